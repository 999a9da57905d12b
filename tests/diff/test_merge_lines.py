"""Three-way merge of texts, held against git's own."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.diff.merge_lines import Labels, MergedText, merge_text

BASE = "one\ntwo\nthree\nfour\nfive"


def test_edits_of_different_lines_are_both_taken() -> None:
    merged = merge_text(BASE, BASE.replace("one", "ONE"), BASE.replace("five", "FIVE"))

    assert merged == MergedText("ONE\ntwo\nthree\nfour\nFIVE")


def test_what_both_did_alike_is_no_conflict() -> None:
    merged = merge_text(BASE, "ONE\ntwo\nthree\nfour\nfive\nsix", "ONE\ntwo\nthree\nfour\nfive")

    assert merged == MergedText("ONE\ntwo\nthree\nfour\nfive\nsix")


def test_a_conflict_stands_between_markers_and_only_the_lines_that_differ_are_in_it() -> None:
    ours = BASE.replace("two\nthree", "TWO\n3\nsame")
    theirs = BASE.replace("two\nthree", "TWO\ndrei\nsame")

    merged = merge_text(BASE, ours, theirs, Labels("main", "abc", "topic"))

    assert merged.text == (
        "one\nTWO\n<<<<<<< main\n3\n||||||| abc\ntwo\nthree\n=======\ndrei\n>>>>>>> topic\nsame\nfour\nfive"
    )
    assert merged.regions == ((2, 10),)


def test_edits_of_neighbouring_lines_are_a_conflict_as_in_git() -> None:
    merged = merge_text(BASE, BASE.replace("two", "TWO"), BASE.replace("three", "THREE"))

    assert merged.regions == ((1, 11),)


def test_a_newline_that_one_side_put_at_the_end_conflicts_with_nothing() -> None:
    assert merge_text(BASE, BASE + "\n", BASE + "\nsix").text == BASE + "\nsix\n"
    assert merge_text(BASE + "\n", BASE, BASE.replace("five", "V") + "\n").text == "one\ntwo\nthree\nfour\nV"


def test_a_deletion_against_an_edit_shows_an_empty_side() -> None:
    merged = merge_text("a\nb", "a", "a\nB")

    assert merged.text == "a\n<<<<<<< ours\n||||||| base\nb\n=======\nB\n>>>>>>> theirs"


def test_markers_are_as_long_as_asked_and_labels_stay_on_their_line() -> None:
    merged = merge_text("", "a", "b", Labels("x\ny", "", "z"), marker_size=3)

    assert merged.text == "<<< x y\na\n|||\n===\nb\n>>> z"


texts = st.lists(st.sampled_from(["a", "b", "c", "", "  d"]), max_size=8).map("\n".join)


@given(texts, texts)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(base: str, side: str) -> None:
    assert merge_text(base, side, base) == MergedText(side)
    assert merge_text(base, base, side) == MergedText(side)
    assert merge_text(base, side, side) == MergedText(side)


@given(texts, texts, texts)
def test_exchanging_the_sides_exchanges_what_stands_in_conflicts_and_nothing_else(
    base: str, ours: str, theirs: str
) -> None:
    one, other = merge_text(base, ours, theirs), merge_text(base, theirs, ours)

    assert [end - start for start, end in one.regions] == [end - start for start, end in other.regions]
    assert _without(one) == _without(other)


def _without(merged: MergedText) -> list[str]:
    lines = merged.text.split("\n")
    for start, end in reversed(merged.regions):
        del lines[start:end]
    return lines


NUMBERED = [f"line {number}" for number in range(12)]


@st.composite
def edited(draw: st.DrawFn) -> list[str]:
    """The numbered lines with some changed, deleted and inserted; no two lines alike, so that there is one
    way to compare them.
    """
    found = []
    for number, line in enumerate(NUMBERED):
        what = draw(st.sampled_from(["keep"] * 8 + ["change", "delete", "insert"]))
        if what == "insert":
            found.append(draw(st.sampled_from([f"new {number}", f"also {number}"])))
        if what == "change":
            found.append(draw(st.sampled_from([f"edit {number}", f"other {number}"])))
        elif what != "delete":
            found.append(line)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merge")


@settings(max_examples=60, deadline=None)
@given(edited(), edited())
def test_git_merges_the_same_and_finds_the_same_conflicts(
    folder: Path, ours: list[str], theirs: list[str]
) -> None:
    versions = {"base": NUMBERED, "ours": ours, "theirs": theirs}
    for name, lines in versions.items():
        (folder / name).write_text("".join(line + "\n" for line in lines))
    done = subprocess.run(
        ["git", "merge-file", "-p", "--diff3", *(str(folder / name) for name in ("ours", "base", "theirs"))],
        capture_output=True,
        check=False,
        text=True,
    )

    merged = merge_text(*("".join(line + "\n" for line in versions[n]) for n in ("base", "ours", "theirs")))

    assert len(merged.regions) == done.returncode
    if not merged.regions:
        assert merged.text == done.stdout
