"""SARIF and annotations say for each finding where it stands and how it is known."""

from pathlib import Path

import pytest

from nbreview.presentation.sarif import Flagged, annotations, flag, level_of, sarif_log
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from tests.builders import code, notebook


def _finding(evidence: Evidence = Evidence.CERTAIN, verdict: Verdict = Verdict.CRASH) -> Finding:
    return Finding(
        check="names",
        evidence=evidence,
        verdict=verdict,
        cell_index=2,
        source_digest="a" * 64,
        message="NameError: name 'x' is not defined\n100 %",
        exception="NameError",
        line=4,
        probability=0.7 if evidence is Evidence.LIKELY else None,
        rung=Rung.STATIC,
    )


def test_a_result_names_file_line_cell_and_evidence() -> None:
    log = sarif_log([Flagged(Path("sub dir/a#b.ipynb"), _finding(), 17)], "1.0")
    run = log["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["id"] == "names"
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "sub%20dir/a%23b.ipynb"}, "region": {"startLine": 17}}
    assert result["level"] == "error" and result["ruleIndex"] == 0
    assert result["message"]["text"].startswith("cell 3, line 5: NameError")
    assert result["properties"]["evidence"] == "certain"


def test_a_run_that_could_not_read_everything_says_so() -> None:
    (run,) = sarif_log([], "1.0", ["a.ipynb is not JSON; restore it."])["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("a.ipynb")


@pytest.mark.parametrize(
    ("evidence", "level"),
    [
        (Evidence.CERTAIN, "error"),
        (Evidence.OBSERVED, "error"),
        (Evidence.LIKELY, "warning"),
        (Evidence.NO_VERDICT, "note"),
        (Evidence.STALE, "note"),
    ],
)
def test_the_level_follows_the_evidence(evidence: Evidence, level: str) -> None:
    assert level_of(_finding(evidence)) == level
    assert level_of(_finding(evidence, Verdict.NO_CRASH_FOUND)) == "note"


def test_an_annotation_is_one_line_with_what_would_end_it_escaped() -> None:
    (line,) = annotations([Flagged(Path("a,b.ipynb"), _finding(), 17)])
    assert line == (
        "::error file=a%2Cb.ipynb,line=17,title=cell 3 (certain)::"
        "NameError: name 'x' is not defined%0A100 %25"
    )
    (line,) = annotations([Flagged(Path("a.ipynb"), _finding(Evidence.LIKELY))])
    assert line.startswith("::warning file=a.ipynb,title=cell 3 (likely)::")


def test_a_finding_points_to_the_line_of_the_file_that_its_line_of_the_cell_is_in() -> None:
    data = notebook(code("a"), code("b"), code("1\n2\n3\n4\nx = 'here'"))
    (flagged,) = flag(Path("a.ipynb"), data, [_finding()])
    assert flagged.file_line is not None
    assert "x = 'here'" in data.decode().splitlines()[flagged.file_line - 1]
    assert flag(Path("a.ipynb"), b"{}", [_finding()])[0].file_line is None
