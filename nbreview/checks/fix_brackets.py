"""Brackets that are open, too many or of the wrong kind, and commas between values, in a cell that Python
cannot compile.

Imports `fix_text`, `notebook` and below. Where a bracket may be missing in several places with different
meanings there is no repair.
"""

import re
from itertools import pairwise

from nbreview.checks.fix_text import CLOSING, COMPOUND, OPENING, Broken, Word
from nbreview.notebook.bindings import parse_cell
from nbreview.words import said

_TAKES_ANYTHING = frozenset(
    {"print", "display", "str", "len", "list", "set", "tuple", "sorted", "type", "repr", "append", "add"}
)
_OF_LITERALS = frozenset(dir(str) + dir(list) + dir(tuple) + dir(dict))


def never_closed(state: Broken) -> tuple[str, str] | None:
    """A bracket that is not closed: closed at the end of the first line where the statement then is whole."""
    match = re.match(r"'([(\[{])' was never closed", state.problem.message)
    if match is None:
        return None
    place = next((word.start for word in state.words if word.start == state.at), -1)
    if state.text[place : place + 1] != match[1]:
        return None
    words = [word for word in state.words if word.start > place]
    closing = OPENING[match[1]]
    for number, word in enumerate(words):
        last = number + 1 == len(words) or words[number + 1].kind in ("end", "comment")
        if not last or word.kind in ("end", "comment"):
            continue
        if word.text in (",", "=") or (word.kind == "sign" and not word.ends_value):
            continue
        text = state.edited([(word.end, word.end, closing)])
        if text and _gets_past(text, state.line_of(word.start)):
            inside = [each for each in words[: number + 1] if each.kind not in ("end", "comment")]
            if _may_end_earlier(state, place, inside):
                return None
            return text, said("The bracket “{bracket}” was not closed.", bracket=match[1])
    return None


def closed_head(state: Broken) -> tuple[str, str] | None:
    """`if (a > 1:` and `def f(a, b:`: the one open bracket of a head ends before its colon."""
    if not re.match(r"invalid syntax|'\(' was never closed", state.problem.message):
        return None
    row = state.problem.line
    words = [
        word
        for word in state.words
        if state.line_of(word.start) == row and word.kind not in ("end", "comment")
    ]
    if len(words) < 4 or words[0].text not in COMPOUND or words[-1].text != ":":
        return None
    opening = next((word for word in words if word.start == words[-1].inside), None)
    if opening is None or opening.text != "(" or opening.inside >= 0:
        return None
    inside = [word for word in words if opening.end <= word.start < words[-1].start]
    if not inside or _may_end_earlier(state, opening.start, inside):
        return None
    at = inside[-1].end
    return state.edited([(at, at, ")")]), said("The bracket “(” was not closed.")


def _gets_past(text: str, row: int) -> bool:
    after = parse_cell(text)
    return after.tree is not None or (after.problem is not None and after.problem.line > row)


def _may_end_earlier(state: Broken, place: int, inside: list[Word]) -> bool:
    """Whether the missing bracket may as well stand further to the left, with another meaning."""
    before = [word for word in state.words if word.end <= place]
    name = before[-1].text if before else ""
    for left, right in pairwise(inside):
        # `["a", "b"].mean()`: a method that no list and no text has is one of what was meant to be closed.
        if right.text != "." or right.inside != place or not (left.text in "])}" or left.kind == "string"):
            continue
        follows = next((word for word in inside if word.start >= right.end), None)
        opened = _opening_of(inside, left)
        literal = left.kind == "string" or (opened is not None and not _is_applied(inside, opened))
        if literal and follows is not None and follows.text not in _OF_LITERALS:
            return True
    if not inside or inside[-1].text not in CLOSING or name in _TAKES_ANYTHING:
        return False
    # `round(np.mean(x, 2)`: the last argument of the call inside may be one of this call.
    opened = _opening_of(inside, inside[-1])
    if opened is None or opened.text != "(" or not _is_applied(inside, opened):
        return False
    commas = [word for word in inside if word.text == "," and word.inside == opened.start]
    outer = [word for word in inside if word.text == "," and word.inside == place]
    return bool(commas) and not outer


def _opening_of(words: list[Word], closing: Word) -> Word | None:
    """The bracket inside these words that a closing one belongs to."""
    if closing.text not in CLOSING:
        return None
    depth = 0
    for word in reversed([word for word in words if word.start <= closing.start]):
        if word.kind != "sign":
            continue
        depth += (word.text in CLOSING) - (word.text in OPENING)
        if depth == 0:
            return word
    return None


def _is_applied(words: list[Word], opening: Word) -> bool:
    """Whether a bracket calls or subscripts what stands before it."""
    before = [word for word in words if word.end <= opening.start]
    return bool(before) and before[-1].end == opening.start and before[-1].ends_value


def one_too_many(state: Broken) -> tuple[str, str] | None:
    """A closing bracket that nothing opened, right behind another of its kind."""
    match = re.match(r"unmatched '([)\]}])'", state.problem.message)
    if match is None or state.text[state.at : state.at + 1] != match[1]:
        return None
    words = state.logical(state.at)
    here = next((number for number, word in enumerate(words) if word.start == state.at), 0)
    if here < 1 or words[here - 1].text != match[1]:
        return None
    if any(word.text == "," and word.inside < 0 for word in words[:here]):
        return None
    return state.edited([(state.at, state.at + 1, "")]), said(
        "There is one “{bracket}” too many.", bracket=match[1]
    )


def wrong_kind(state: Broken) -> tuple[str, str] | None:
    """`(…]`: the one of two repairs with which the cell can be read."""
    match = re.match(
        r"closing parenthesis '([)\]}])' does not match opening parenthesis '([(\[{])'", state.problem.message
    )
    if match is None or state.text[state.at : state.at + 1] != match[1]:
        return None
    right, row = OPENING[match[2]], state.problem.line
    replaced = state.edited([(state.at, state.at + 1, right)])
    put_in = state.edited([(state.at, state.at, right)])
    found = [text for text in (replaced, put_in) if text and _gets_past(text, row)]
    if len(found) != 1:
        return None
    return found[0], said("What “{left}” opens “{right}” closes.", left=match[2], right=right)


def commas(state: Broken) -> tuple[str, str] | None:
    """Two values side by side in brackets, or two entries of a dictionary: a comma stands between them."""
    if not re.match(r"invalid syntax|'[(\[{]' was never closed", state.problem.message):
        return None
    words = state.logical(state.at)
    gaps = []
    for number, (left, right) in enumerate(pairwise(words)):
        if right.inside < 0 or (left.inside != right.inside and left.text not in CLOSING):
            continue
        opens = right.text in OPENING and left.kind in ("number", "string") and right.text != "["
        if not (left.ends_value and (right.begins_value or opens)):
            continue
        if left.kind == right.kind == "string" or (left.kind == "name" and state.text[left.end] in "'\""):
            continue
        gaps.append((number, left, right))
    if not gaps or len({right.inside for _, _, right in gaps}) != 1:
        return None
    plain = all(
        "string" in (left.kind, right.kind) or left.kind == right.kind == "number" for _, left, right in gaps
    )
    if len(gaps) > 1 and not plain:
        return None
    opening = state.text[gaps[0][2].inside]
    if opening == "{" and any(_entry_of(words, number + 1) != ":" for number, _, _ in gaps):
        return None
    edits = [(left.end, left.end, ",") for _, left, _ in gaps]
    return state.edited(edits), said("A comma was missing between two values.")


def _entry_of(words: tuple[Word, ...], number: int) -> str:
    """What follows the value that begins at a word."""
    return words[number + 1].text if number + 1 < len(words) else ""


STEPS = (closed_head, commas, never_closed, one_too_many, wrong_kind)
