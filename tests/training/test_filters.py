"""What is asked for is chosen by state, maker, model, repository, notebook, language and time."""

from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.training.examples import Example, accepted_examples
from nbreview.training.filters import EVERYTHING, ExportFilter, parse_filter
from tests.store.samples import decision, rule_suggestion, suggestion


@pytest.fixture
def provenances(store: Store) -> list[Any]:
    """Of a model's suggestion in a repository, and of a rule's outside any, 100 seconds later."""
    store.add_suggestion(suggestion())
    store.add_suggestion(rule_suggestion())
    store.decide(decision())
    store.decide(decision("d2", "r1", final_source="import pandas as pd\n", time=1_700_000_300.5))
    return [made.provenance for made in accepted_examples(store) if isinstance(made, Example)]


@pytest.mark.parametrize(
    ("wanted", "first", "second"),
    [
        ({}, True, True),
        ({"states": ["accepted"]}, True, True),
        ({"states": ["edited", "committed"]}, False, False),
        ({"makers": ["model"]}, True, False),
        ({"makers": ["rule"]}, False, True),
        ({"makers": ["names"]}, False, True),
        ({"makers": ["rule:names", "model"]}, True, True),
        ({"models": ["qwen2.5*"]}, True, False),
        ({"repositories": ["course"]}, True, False),
        ({"repositories": ["course.git"]}, True, False),
        ({"repositories": ["example.org/course"]}, True, False),
        ({"repositories": ["https://example.org/course.git"]}, True, False),
        ({"repositories": ["/srv/course/"]}, False, False),
        ({"repositories": ["/srv/course"]}, True, False),
        ({"notebooks": ["*train.ipynb"]}, True, True),
        ({"notebooks": ["ünï train.ipynb"]}, True, True),
        ({"notebooks": ["test.ipynb"]}, False, False),
        ({"languages": ["Python"]}, True, True),
        ({"languages": ["r", "julia"]}, False, False),
        ({"since": "2023-11-14T22:18:00+00:00"}, False, True),
        ({"until": "2023-11-14T22:18:00+00:00"}, True, False),
        ({"makers": ["model"], "languages": ["r"]}, False, False),
    ],
)
def test_what_is_asked_for_is_admitted(
    provenances: list[Any], wanted: dict[str, Any], first: bool, second: bool
) -> None:
    only = parse_filter(**wanted)
    assert [only.admits(each) for each in provenances] == [first, second]


def test_brackets_in_a_name_are_no_pattern() -> None:
    seen = {
        "kind": "accepted",
        "maker": "model",
        "model": "",
        "repository": "",
        "remote": "",
        "path": "a[1].ipynb",
    }
    assert ExportFilter(notebooks=("a[1].ipynb",)).admits(
        {**seen, "notebook": "/x/a[1].ipynb", "language": "python", "time": 0}
    )


def test_a_filter_is_said_in_words_without_what_is_private() -> None:
    only = parse_filter(
        ["edited"], ["rule"], repositories=["/home/anna/course"], since="1970-01-02T00:00+00:00"
    )
    assert only.words() == (
        "state: edited",
        "made by: rule",
        "repository: ~/course",
        "decided or committed from 1970-01-02T00:00:00Z on",
    )
    assert EVERYTHING.words() == ()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"states": ["rejected"]}, "“rejected” is no state of an example; choose one of: accepted, edited, "),
        ({"since": "soon"}, "“soon” is no time; give a date such as"),
    ],
)
def test_what_cannot_be_asked_for_is_said(wanted: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        parse_filter(**wanted)
