"""The words and signs of the history's rows."""

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.gui.history_model import age_in_words, badge_in_words, badge_parts, details_of, title_of
from nbreview.history.model import FileStatus, Revision, RevisionKind

NOW = 1_760_000_000
DAY = 86_400
RENAMED = Revision(
    RevisionKind.COMMIT,
    "train.ipynb",
    commit="0" * 40,
    time=NOW - 3 * DAY,
    previous_path="deep/old.ipynb",
    status=FileStatus.RENAMED,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "just now"),
        (60, "1 minute ago"),
        (3 * 3600 + 20, "3 hours ago"),
        (21.5 * DAY, "3 weeks ago"),
        (70 * DAY, "2 months ago"),
        (800 * DAY, "2 years ago"),
        (-3600, "in the future"),
    ],
)
def test_ages_are_told_in_words(seconds: float, words: str) -> None:
    assert age_in_words(NOW - seconds, NOW) == words


def test_a_badge_leaves_out_what_is_zero() -> None:
    badge = {ChangeKind.MODIFIED: 3, ChangeKind.ADDED: 1, ChangeKind.REMOVED: 0, ChangeKind.UNCHANGED: 90}
    assert [text for _kind, text in badge_parts(badge)] == ["≠3", "+1"]
    assert badge_in_words(badge) == "cells: 3 modified, 1 added"
    assert badge_in_words({}) == "no cell changed"


def test_a_rename_says_what_the_file_was_called() -> None:
    assert "was old.ipynb" in details_of(RENAMED, NOW)


def test_the_versions_of_a_merge_in_conflict_have_names_of_their_own() -> None:
    theirs = Revision(RevisionKind.INDEX, "a.ipynb", summary="theirs (topic)", stage=3)
    assert title_of(theirs) == "Theirs (topic)"
    assert details_of(theirs, 0.0) == ("in conflict: what is merged into it",)
