"""A changed notebook written into the bytes of the old one: what did not change keeps its bytes.

Imports `jsontext` and the bottom floor. The old text is walked together with the old and the new value; a
value that is the same keeps its text, wherever it now stands, so cells and outputs are inserted, removed and
moved without being written again. What is new comes from the file that it was taken from, with the digits and
escapes that it has there, or is written in the layout of its surroundings.
"""

import json
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nbreview.errors import UserError
from nbreview.notebook.jsontext import (
    Element,
    Style,
    breaks,
    elements,
    end_of,
    escapes,
    indent_at,
    members,
    restyled,
    root,
    style_of,
    written,
)
from nbreview.words import said

_NEAR = 16
"""Old elements that are looked at for the one which a changed element was made from."""
_DEEPEST = 100
"""Nesting up to which changes are looked for one by one; what lies deeper is written anew as one value."""


@dataclass(frozen=True, slots=True)
class File:
    """A notebook's bytes and the value that was read from them (`Notebook.raw`).

    `at_home`: what is taken from it comes back to where it was. Its characters stay escaped, or not, where
    the rest of the file no longer shows how it does that.
    """

    data: bytes = field(repr=False)
    value: Mapping[str, Any] = field(repr=False)
    at_home: bool = False


def rewrite(file: File, value: Mapping[str, Any], name: str, taken_from: Sequence[File] = ()) -> bytes:
    """The file's bytes with `value` in place of what they hold, and everything that is the same as it was.

    Parameters
    ----------
    value:
        The new value, JSON as `reader` gives it. Objects and lists that it shares with the value of the file,
        or of a file in `taken_from`, are known by identity and cost nothing to compare.
    name:
        What messages call the file.
    taken_from:
        Files that parts of the new value come from; their texts are copied.

    Raises
    ------
    UserError
        The bytes are no notebook of format 4, or the value cannot be written as JSON in UTF-8.
    """
    try:
        text = file.data.decode("utf-8")
        splicer = Splicer(text, tuple(_Origin(other) for other in taken_from))
        start = root(text)
        end = end_of(text, start)
        changed = splicer.spliced(start, end, file.value, value)
        return (text[:start] + changed + text[end:]).encode("utf-8")
    except UnicodeEncodeError:
        raise UserError(
            said(
                "{name} was not changed: the new text holds half of a surrogate pair; delete that character.",
                name=name,
            )
        ) from None
    except (ValueError, TypeError, RecursionError, IndexError, KeyError):
        raise UserError(
            said("{name} is not a notebook that can be changed; open it again to see why.", name=name)
        ) from None


def shaped_like(held: Any, source: str) -> Any:
    """A source as JSON in the shape that `held` has: a text, or lines split as the old ones were.

    nbformat splits at every Unicode line boundary, JavaScript writers only at newlines.
    """
    if isinstance(held, str):
        return source
    old = "".join(held) if isinstance(held, list) else ""
    if held and held != old.splitlines(keepends=True) and held == _newlines(old):
        return _newlines(source)
    return source.splitlines(keepends=True)


def _newlines(text: str) -> list[str]:
    lines = text.split("\n")
    kept = [line + "\n" for line in lines[:-1]]
    return [*kept, lines[-1]] if lines[-1] else kept


def same(base: Any, head: Any) -> bool:
    """Whether two JSON values are written alike: true is not 1, 1 is not 1.0, key order counts."""
    if base is head:
        return True
    if type(base) is not type(head):
        return False
    if isinstance(base, dict | list):
        return bool(base == head) and json.dumps(base) == json.dumps(head)
    return bool(base == head) or (base != base and head != head)


class Splicer:
    """Writes new values into one text."""

    def __init__(self, text: str, origins: "tuple[_Origin, ...]" = ()) -> None:
        self._text = text
        self._origins = origins
        self._style = style_of(text)
        self._shows_escapes = escapes(text) is not None

    def spliced(self, start: int, end: int, held: Any, value: Any, depth: int = 0) -> str:
        """The text of `value`, which stands in place of `held`, the value at `start` up to `end`."""
        if same(held, value):
            return self._text[start:end]
        indent = indent_at(self._text, start)
        if depth < _DEEPEST and self._origin_of(value) is None:
            if isinstance(held, dict) and isinstance(value, dict):
                return self._object(start, end, held, value, depth)
            if isinstance(held, list) and isinstance(value, list):
                return self._list(start, end, held, value, depth)
        return self._fresh(value, self._escaping(self._style, start, end), indent)

    def _escaping(self, style: Style, start: int, end: int) -> Style:
        """The style with escapes as the old value has them, else as the file."""
        escape = escapes(self._text[start:end])
        return style if escape is None else replace(style, escape=escape)

    def _object(
        self, start: int, end: int, held: Mapping[str, Any], value: Mapping[str, Any], depth: int
    ) -> str:
        found, inner = members(self._text, start, "cells" if depth == 0 else "")
        live = {member.key: member for member in found}
        if list(held) == list(value):
            pieces = []
            position = start
            for member in found:
                if live[member.key] is not member:
                    continue
                pieces.append(self._text[position : member.value])
                pieces.append(self._member(member, held, value, depth, inner))
                position = member.end
            return "".join(pieces) + self._text[position:end]
        layout = self._layout(start, end, found)
        places = {id(member): place for place, member in enumerate(found)}
        texts: list[tuple[int | None, str]] = []
        for key in value:
            if key in live:
                member = live[key]
                key_text = self._text[member.start : member.value]
                texts.append((places[id(member)], key_text + self._member(member, held, value, depth, inner)))
            else:
                style = layout.style
                key_text = json.dumps(key, ensure_ascii=style.escape) + style.colon
                texts.append((None, key_text + self._fresh(value[key], style, layout.indent)))
        return self._assembled("{", "}", found, texts, layout)

    def _member(
        self,
        member: Element,
        held: Mapping[str, Any],
        value: Mapping[str, Any],
        depth: int,
        inner: list[Element],
    ) -> str:
        old, new = held[member.key], value[member.key]
        if depth == 0 and member.key == "cells" and inner and isinstance(old, list) and isinstance(new, list):
            return self._list(member.value, member.end, old, new, depth + 1, inner)
        return self.spliced(member.value, member.end, old, new, depth + 1)

    def _list(
        self,
        start: int,
        end: int,
        held: list[Any],
        value: list[Any],
        depth: int,
        found: list[Element] | None = None,
    ) -> str:
        if found is None:
            found = elements(self._text, start)
        layout = self._layout(start, end, found)
        if value and isinstance(value[0], str):
            # The old lines know best how characters are escaped.
            layout = replace(layout, style=self._escaping(layout.style, start, end))
        texts: list[tuple[int | None, str]] = []
        for new, place in zip(value, _templates(held, value), strict=True):
            if place is None:
                texts.append((None, self._fresh(new, layout.style, layout.indent)))
            else:
                element = found[place]
                texts.append((place, self.spliced(element.start, element.end, held[place], new, depth + 1)))
        return self._assembled("[", "]", found, texts, layout)

    def _layout(self, start: int, end: int, found: Sequence[Element]) -> "_Layout":
        """How the container at `start` is laid out, told by its elements, else by the file."""
        text, style = self._text, self._style
        indent = indent_at(text, start)
        if not found:
            opening, separator, closing = style.separators(indent)
        else:
            opening = text[start + 1 : found[0].start]
            closing = text[found[-1].end : end - 1]
            if len(found) > 1:
                separator = text[found[0].end : found[1].start]
            else:
                separator = "," + opening if breaks(opening) else style.comma
        if not breaks(separator):
            return _Layout(opening, separator, closing, indent, style.inline())
        line = max(separator.rfind("\n"), separator.rfind("\r")) + 1
        return _Layout(opening, separator, closing, separator[line:], style)

    def _assembled(
        self,
        opening: str,
        closing: str,
        found: Sequence[Element],
        texts: Sequence[tuple[int | None, str]],
        layout: "_Layout",
    ) -> str:
        """A container of these texts. Between two elements that were neighbours stands what stood there."""
        if not texts:
            return opening + closing
        pieces = [opening, layout.opening]
        before: int | None = None
        for count, (place, text) in enumerate(texts):
            if count:
                if place is not None and before is not None and place == before + 1:
                    pieces.append(self._text[found[before].end : found[place].start])
                else:
                    pieces.append(layout.separator)
            pieces.append(text)
            before = place
        return "".join([*pieces, layout.closing, closing])

    def _fresh(self, value: Any, style: Style, indent: str) -> str:
        """The text of a value that the file did not hold."""
        origin = self._origin_of(value)
        if origin is None:
            return written(value, style, indent)
        return origin.text_of(value, style, indent, keep_escapes=not self._shows_escapes)

    def _origin_of(self, value: Any) -> "_Origin | None":
        if not isinstance(value, dict | list):
            return None
        return next((origin for origin in self._origins if origin.holds(value)), None)


@dataclass(frozen=True, slots=True)
class _Layout:
    """White space of a container, the indentation of its elements and how new ones are written."""

    opening: str
    separator: str
    closing: str
    indent: str
    style: Style


class _Origin:
    """A file that values are taken from; they are found by identity and walked to when they are asked for."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._paths: dict[int, tuple[str | int, ...]] | None = None
        self._text = ""
        self._style = Style()
        self._cells: list[Element] = []
        self._members: dict[str, Element] = {}

    def holds(self, value: Any) -> bool:
        """Whether this very object was read from the file."""
        if self._paths is None:
            self._paths = {}
            _note(self._file.value, (), self._paths)
        return id(value) in self._paths

    def text_of(self, value: Any, style: Style, indent: str, *, keep_escapes: bool) -> str:
        """The text that the file has for a value, in the style of the file that it goes to; characters are
        escaped as they are here where that file does not show how it would and this one is `at_home`.
        """
        assert self._paths is not None
        if not self._text:
            self._text = self._file.data.decode("utf-8")
            self._style = style_of(self._text)
            found, self._cells = members(self._text, root(self._text), "cells")
            self._members = {member.key: member for member in found}
        if keep_escapes and self._file.at_home:
            style = replace(style, escape=self._style.escape)
        start, end = self._place(self._paths[id(value)])
        text = self._text[start:end]
        if style == self._style and indent == indent_at(self._text, start):
            return text
        return restyled(text, style, indent, reescape=style.escape != self._style.escape)

    def _place(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        if not path:
            start = root(self._text)
            return start, end_of(self._text, start)
        first = self._members[str(path[0])]
        if path[0] == "cells" and len(path) > 1:
            place, rest = self._cells[int(path[1])], path[2:]
        else:
            place, rest = first, path[1:]
        for step in rest:
            if isinstance(step, int):
                place = elements(self._text, place.value)[step]
            else:
                found, _ = members(self._text, place.value)
                place = {member.key: member for member in found}[step]
        return place.value, place.end


def _note(value: Any, path: tuple[str | int, ...], paths: dict[int, tuple[str | int, ...]]) -> None:
    """Note where every object and list lies that a part of a notebook can be; not what is inside lines."""
    paths[id(value)] = path
    if len(path) > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                _note(inner, (*path, key), paths)
    elif isinstance(value, list) and value and isinstance(value[0], dict | list):
        for place, inner in enumerate(value):
            if isinstance(inner, dict | list):
                _note(inner, (*path, place), paths)


def _templates(held: Sequence[Any], value: Sequence[Any]) -> list[int | None]:
    """For each new element the old one whose text it has, or is made from; None for a new one."""
    by_identity = {id(old): place for place, old in enumerate(held) if isinstance(old, dict | list)}
    chosen: list[int | None] = [by_identity.get(id(new)) for new in value]
    used = set(chosen)
    left = [place for place in range(len(held)) if place not in used]
    by_text: defaultdict[Any, deque[int]] = defaultdict(deque)
    for place in left:
        by_text[_key(held[place])].append(place)
    for index, new in enumerate(value):
        if chosen[index] is None and (places := by_text.get(_key(new))):
            chosen[index] = places.popleft()
    used = set(chosen)
    left = [place for place in left if place not in used]
    before = 0
    for index, new in enumerate(value):
        if chosen[index] is None and left and isinstance(new, dict):
            near = bisect_left(left, before)
            scored = [(_shared(held[each], new), -each) for each in left[max(0, near - 4) : near + _NEAR]]
            best, negated = max(scored, default=(0, 0))
            if best:
                chosen[index] = -negated
                left.remove(-negated)
        before = before if (found := chosen[index]) is None else found
    return chosen


def _key(value: Any) -> Any:
    return value if isinstance(value, str) else (json.dumps(value),)


def _shared(old: Any, new: Mapping[str, Any]) -> int:
    """How many members of two objects are the same at a glance; an equal id weighs more than any other."""
    if not isinstance(old, dict):
        return 0
    shared: int = sum(
        key in old and (old[key] is value or (isinstance(value, str | int) and old[key] == value))
        for key, value in new.items()
    )
    return shared + len(new) if "id" in new and new["id"] == old.get("id") else shared
