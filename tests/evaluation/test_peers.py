"""nbdime as the peer: its format read as a matching, and its child ended when it takes too long."""

import importlib.util
from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.peers import matching, open_peer, peer_version
from tests.bench.big_notebooks import many_cells
from tests.builders import code, notebook


def cells(*entries: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"op": "patch", "key": "cells", "diff": list(entries)}]


def test_cells_that_are_not_named_or_patched_are_matched_in_order() -> None:
    assert matching([], 2, 2) == {(0, 0), (1, 1)}
    assert matching(cells({"op": "patch", "key": 1, "diff": []}), 2, 2) == {(0, 0), (1, 1)}


def test_added_and_removed_cells_shift_what_follows() -> None:
    diff = cells(
        {"op": "addrange", "key": 0, "valuelist": [{}, {}]},
        {"op": "removerange", "key": 0, "length": 1},
        {"op": "addrange", "key": 3, "valuelist": [{}]},
    )
    assert matching(diff, 3, 5) == {(1, 2), (2, 3)}


def test_a_diff_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="leads to 2 cells instead of 3"):
        matching([], 2, 3)


def test_nbdime_answers_from_a_child_and_again_after_it_was_ended() -> None:
    pytest.importorskip("nbdime")
    base = notebook(code("import numpy"), code("x = numpy.zeros(10)\nprint(x)"), code("gone()"), minor=4)
    head = notebook(code("import numpy"), code("x = numpy.zeros(12)\nprint(x)"), minor=4)
    slow = [many_cells(3000, edited=edited, ids=False) for edited in (False, True)]
    with open_peer(2) as peer:
        first = peer.answer(base, head)
        broken = peer.answer(b"{", head)
        late = peer.answer(*slow)
        again = peer.answer(base, base)
    assert first.pairs == {(0, 0), (1, 1)} and first.failure == ""
    assert first.read_seconds > 0 and first.diff_seconds > 0
    assert broken.pairs == frozenset() and broken.failure.startswith("NotJSONError")
    assert late.pairs == frozenset() and late.failure == "time-out"
    assert late.diff_seconds >= 2
    assert again.pairs == {(0, 0), (1, 1), (2, 2)} and again.failure == ""
    assert peer_version().startswith("4.")


def test_a_peer_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UserError, match=r"`pip install nbdime`, or compare with --peer none"), open_peer(1):
        pass
