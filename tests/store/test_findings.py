"""The latest findings of each check are kept."""

from nbreview.review.model import Evidence, Verdict
from nbreview.store.database import Store
from tests.store.samples import NOTEBOOK, finding


def test_every_field_of_a_finding_comes_back(store: Store) -> None:
    bare = finding(
        "model",
        evidence=Evidence.NO_VERDICT,
        verdict=Verdict.UNKNOWN,
        cell_index=9,
        cell_id=None,
        exception="",
        line=None,
        column=None,
        end_column=None,
        probability=None,
    )
    store.add_findings(NOTEBOOK, [finding(), bare])
    assert store.findings(NOTEBOOK) == (finding(), bare)


def test_a_newer_finding_takes_the_place_of_what_its_check_said_of_the_same_source(store: Store) -> None:
    store.add_findings(NOTEBOOK, [finding(line=1), finding(line=2), finding("execution")])
    store.add_findings(NOTEBOOK, [finding(message="again", line=7)])
    assert [(found.check, found.line) for found in store.findings(NOTEBOOK)] == [
        ("execution", 2),
        ("names", 7),
    ]


def test_findings_of_another_source_or_notebook_stay(store: Store) -> None:
    store.add_findings(NOTEBOOK, [finding(message="old")])
    store.add_findings(NOTEBOOK, [finding(source_digest="ee" * 32, message="other source")])
    store.add_findings("/other.ipynb", [finding(message="other notebook")])
    assert {found.message for found in store.findings(NOTEBOOK)} == {"old", "other source"}
