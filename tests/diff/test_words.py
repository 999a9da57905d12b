"""Words that changed inside a line are marked, and only they."""

import base64
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.model import Span
from nbreview.diff.words import _TOKEN, Marks, _parts, word_marks


def marked(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def both_sides(base: str, head: str) -> list[tuple[str, tuple[Span, ...]]]:
    marks = word_marks(base, head)
    return [(base, marks.base), (head, marks.head)]


@pytest.mark.parametrize(
    ("base", "head", "old", "new"),
    [
        ("lr = 1e-3", "lr = 3e-4", ["1e-3"], ["3e-4"]),
        ("fit(x, y, epochs=10)", "fit(x_train, y, epochs=20)", ["x", "10"], ["x_train", "20"]),
        ("model.fit(x)", "model.fit(x, verbose=0)", [], [", verbose=0"]),
        ("    return value", "        return value", [], ["    "]),
        ("the old grey cat sat here", "the young black cat sat here", ["old grey"], ["young black"]),
        ("print(total)", "print(totals)", ["total"], ["totals"]),
        ("価格は安い本です", "価格は高い本です", ["安"], ["高"]),
        ("x = 'cafe\u0301 au lait'", "x = 'cafes au lait'", ["cafe\u0301"], ["cafes"]),
    ],
)
def test_the_changed_words_are_marked(base: str, head: str, old: list[str], new: list[str]) -> None:
    marks = word_marks(base, head)
    base_spans, head_spans = marks.base, marks.head
    assert marked(base, base_spans) == old
    assert marked(head, head_spans) == new


def test_a_rewritten_line_has_no_marks() -> None:
    assert word_marks("import pandas as pd", "for row in table: print(row)") == Marks()


@given(st.text(max_size=40), st.text(max_size=40))
def test_spans_lie_inside_their_line_in_order(base: str, head: str) -> None:
    for line, spans in both_sides(base, head):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(line)
            end = span.end


@given(st.lists(st.sampled_from(["alpha", "beta", "12", " ", "(", "\u00e9"]), max_size=12), st.data())
def test_what_is_not_marked_is_common(tokens: list[str], data: st.DataObject) -> None:
    base = "".join(tokens)
    place = data.draw(st.integers(0, len(tokens)))
    head = "".join([*tokens[:place], "NEW", *tokens[place:]])
    marks = word_marks(base, head)
    base_spans, head_spans = marks.base, marks.head
    if not base_spans and not head_spans:
        return  # so much differs that marks would not help

    def rest(line: str, spans: tuple[Span, ...]) -> str:
        kept, start = "", 0
        for span in spans:
            kept, start = kept + line[start : span.start], span.end
        return "".join((kept + line[start:]).split())

    assert rest(base, base_spans) == rest(head, head_spans)


@pytest.mark.parametrize(
    ("base", "head", "old", "new"),
    [
        ("train_loss = fit(x)", "valid_loss = fit(x)", ["train"], ["valid"]),
        ("getUserName(1)", "getUserMail(1)", ["Name"], ["Mail"]),
        ("model1.predict(x)", "model2.predict(x)", ["1"], ["2"]),
        ("x = read(v10)", "x = read(w10)", ["v10"], ["w10"]),
        ("rate = 0.001", "rate = 0.0001", ["0.001"], ["0.0001"]),
        ("print(foobar, 1)", "print(foobaz, 1)", ["foobar"], ["foobaz"]),
    ],
)
def test_of_a_name_the_parts_that_changed_are_marked(
    base: str, head: str, old: list[str], new: list[str]
) -> None:
    assert [marked(*side) for side in both_sides(base, head)] == [old, new]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "\U0001f469\u200d\U0001f469\u200d\U0001f467",
            "\U0001f469\u200d\U0001f469\u200d\U0001f466",
        ),  # families
        ("\U0001f44d\U0001f3fd", "\U0001f44d\U0001f3ff"),  # skin tones
        ("\U0001f1e9\U0001f1ea", "\U0001f1e9\U0001f1f0"),  # flags
        ("1\ufe0f\u20e3", "2\ufe0f\u20e3"),  # keycaps
        ("\u2764\ufe0f", "\u2764"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0942"),  # Hindi
        ("cafe\u0301", "cafe"),
        ("\u5b66", "\u6821"),
    ],
)
def test_what_is_drawn_as_one_character_is_marked_whole(old: str, new: str) -> None:
    for filler in ("", "some more words of a long line " * 30):
        base, head = (f"the sign {sign} stands here {filler}" for sign in (old, new))
        assert [marked(*side) for side in both_sides(base, head)] == [[old], [new]]


def test_an_insertion_that_slides_does_not_meet_the_mark_before_it() -> None:
    for base, head in [
        ("q(a), (b)", "z), (a), (b)"),
        ("f(a(b)) c", "g(a(x)) (b)) c"),
        ("x (), y", "() (), ), (y"),
    ]:
        for line, spans in both_sides(base, head):
            places = [place for span in spans for place in (span.start, span.end)]
            assert places == sorted(places)
            assert not places or places[-1] <= len(line)


def test_white_space_can_stay_unmarked() -> None:
    marks = word_marks("f(a,  b, c)", "f( a, b, d)", whitespace=False)
    assert (marks.base, marks.head) == ((Span(9, 10),), (Span(9, 10),))


PICTURE = base64.b64encode(random.Random(0).randbytes(750_000)).decode()


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("![one word](data:{0})", "![one sign](data:{0})", (["word"], ["sign"])),
        ("![a](data:{0}) one word", "![a](data:{0}) one sign", (["word"], ["sign"])),
        ("an ![a](data:{0}) one word", "my ![a](data:{0}) one sign", (["an", "word"], ["my", "sign"])),
    ],
    ids=["before", "behind", "both"],
)
def test_a_word_beside_a_megabyte_is_marked_alone(
    old: str, new: str, changed: tuple[list[str], list[str]]
) -> None:
    base, head = old.format(PICTURE), new.format(PICTURE)
    assert tuple(marked(*side) for side in both_sides(base, head)) == changed
    assert not word_marks(base, head).coarse


def test_a_change_inside_a_megabyte_is_marked_where_it_is() -> None:
    place = 500_000
    marks = word_marks(PICTURE, f"{PICTURE[:place]}/new/{PICTURE[place:]}")
    assert place - 1_000 < marks.head[0].start <= place < marks.head[-1].end < place + 1_000


def test_a_thousand_changes_in_one_line_are_a_thousand_marks() -> None:
    rows = [{"id": n, "name": f"n{n % 97}", "value": n * 3} for n in range(20_000)]
    base = json.dumps(rows, separators=(",", ":"))
    for n in range(0, 20_000, 20):
        rows[n]["value"] = 1_000_000 + n
    marks = word_marks(base, json.dumps(rows, separators=(",", ":")))
    assert len(marks.base) == len(marks.head) == 1_000
    assert not marks.coarse


def test_too_many_words_are_marked_coarsely_and_truly() -> None:
    numbers = random.Random(0)
    base, head = (" ".join(str(numbers.randrange(10)) for _ in range(120_000)) for _ in range(2))
    assert word_marks(base, head).coarse


@given(st.text(alphabet="ab3_ .,()1e+-5E\n\t#Z", max_size=30))
def test_text_of_ascii_alone_is_cut_into_the_same_words(text: str) -> None:
    assert _parts(_TOKEN, text) == _TOKEN.findall(text)
