"""JSON as text: where each value stands, how the file is laid out, and a value written in that layout.

Imports nothing of nbreview. Values are skipped by the parser of the standard library, so that walking to one
value of a large notebook costs little; numbers stay texts here and have any size.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u(?!00[0-7])([0-9a-fA-F]{4})|.)", re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)
# Numbers stay texts: they are only skipped, and Python refuses integers of more than 4,300 digits.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)


@dataclass(frozen=True, slots=True)
class Element:
    """Where something of a container stands: `start` of an element or of a member's key, `value` where the
    value begins (`start` for an element), `end` of the value. `key` is "" for an element.
    """

    start: int
    value: int
    end: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out.

    `newline` is "" for a file without line breaks; `unit` is one step of indentation; `comma` and `colon` are
    what stands between members and between key and value within one line.
    """

    newline: str = "\n"
    unit: str = " "
    comma: str = ", "
    colon: str = ": "
    escape: bool = False

    def inline(self) -> "Style":
        """The same style, all in one line."""
        return Style("", "", self.comma, self.colon, self.escape)

    def separators(self, indent: str) -> tuple[str, str, str]:
        """What stands behind the opening of a container, between its elements and before its end; the line
        that it begins in is indented by `indent`.
        """
        if not self.newline:
            return "", self.comma, ""
        inner = self.newline + indent + self.unit
        return inner, "," + inner, self.newline + indent


def skip(text: str, position: int) -> int:
    """Where the white space at `position` ends."""
    match = _SPACE.match(text, position)
    return match.end() if match else position


def root(text: str) -> int:
    """Where the value of a file begins."""
    return skip(text, 1 if text.startswith("\ufeff") else 0)


def end_of(text: str, position: int) -> int:
    """Where the value that begins at `position` ends. ValueError and IndexError: it is no JSON."""
    return int(_DECODER.raw_decode(text, position)[1])


def elements(text: str, position: int) -> list[Element]:
    """The elements of the array at `position`. Errors as `end_of`."""
    if text[position] != "[":
        raise json.JSONDecodeError("not an array", text, position)
    found: list[Element] = []
    position = skip(text, position + 1)
    while text[position] != "]":
        end = end_of(text, position)
        found.append(Element(position, position, end))
        position = skip(text, end)
        if text[position] == ",":
            position = skip(text, position + 1)
    return found


def members(text: str, position: int, opened: str = "") -> tuple[list[Element], list[Element]]:
    """The members of the object at `position`, repeated keys included; of these the last one counts, as for
    JSON readers. Errors as `end_of`.

    The second list holds the elements of the member `opened`, found in the same pass, where that is an array.
    """
    if text[position] != "{":
        raise json.JSONDecodeError("not an object", text, position)
    found: list[Element] = []
    inner: list[Element] = []
    position = skip(text, position + 1)
    while text[position] != "}":
        if text[position] != '"':
            raise json.JSONDecodeError("not a key", text, position)
        start = position
        key, position = _DECODER.raw_decode(text, start)
        position = skip(text, position)
        if text[position] != ":":
            raise json.JSONDecodeError("no colon", text, position)
        value = skip(text, position + 1)
        if opened and key == opened and text[value] == "[":
            inner = elements(text, value)
            end = skip(text, skip(text, inner[-1].end if inner else value + 1)) + 1
        else:
            inner = inner if key != opened else []
            end = end_of(text, value)
        found.append(Element(start, value, end, key))
        position = skip(text, end)
        if text[position] == ",":
            position = skip(text, position + 1)
    return found, inner


def indent_at(text: str, position: int) -> str:
    """The white space that the line of `position` begins with."""
    line = text.rfind("\n", 0, position) + 1
    line = max(line, text.rfind("\r", line, position) + 1)
    if line == 0:
        line = root(text)
    end = line
    while end < position and text[end] in " \t":
        end += 1
    return text[line:end]


def breaks(space: str) -> bool:
    """Whether a piece of white space holds a line break."""
    return "\n" in space or "\r" in space


def style_of(text: str) -> Style:
    """How a file is laid out, told by its outermost object. Errors as `end_of`."""
    escape = bool(escapes(text))
    start = root(text)
    first = skip(text, start + 1)
    if text[start] != "{" or text[first] != '"':
        return Style(escape=escape)
    key_end = end_of(text, first)
    value = skip(text, skip(text, key_end) + 1)
    colon = text[key_end:value]
    space = text[start + 1 : first]
    if breaks(space):
        newline = "\r\n" if "\r\n" in space else "\n" if "\n" in space else "\r"
        unit = space[space.rfind(newline[-1]) + 1 :]
        return Style(newline, unit, ", ", colon, escape)
    comma = skip(text, end_of(text, value))
    gap = text[comma : skip(text, comma + 1)] if text[comma] == "," else ", "
    return Style("", "", gap, colon, escape)


def escapes(text: str) -> bool | None:
    """Whether characters beyond ASCII are escaped in a piece of JSON; None where it holds none."""
    if not text.removeprefix("\ufeff").isascii():
        return False
    # Escapes are walked one by one: in `\\u00e9` the backslash is escaped, not the letter.
    if "\\u" in text and any(match[1] for match in _ESCAPE.finditer(text)):
        return True
    return None


def written(value: Any, style: Style, indent: str) -> str:
    """A value as text in a file's style, for a line that is indented by `indent`."""
    if not style.newline or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=style.escape, separators=(style.comma, style.colon))
    text = json.dumps(value, ensure_ascii=style.escape, indent=style.unit, separators=(",", style.colon))
    # Only the layout breaks lines: in texts line breaks are escaped.
    return text.replace("\n", style.newline + indent)


def restyled(text: str, style: Style, indent: str, *, reescape: bool) -> str:
    """A value's text in another style: numbers keep their digits, texts their escapes unless `reescape`."""
    return "".join(_restyled(text, style, indent, reescape))


def _restyled(text: str, style: Style, indent: str, reescape: bool) -> Iterator[str]:
    depth = 0
    opened = False
    comma = "," if style.newline else style.comma
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "]}":
            depth -= 1
            if not opened and style.newline:
                yield style.newline + indent + style.unit * depth
            opened = False
            yield token
            continue
        if opened and style.newline:
            yield style.newline + indent + style.unit * depth
        opened = False
        if token in "[{":
            depth += 1
            opened = True
            yield token
        elif token == ",":
            yield comma
            if style.newline:
                yield style.newline + indent + style.unit * depth
        elif token == ":":
            yield style.colon
        elif reescape and token[0] == '"':
            yield json.dumps(json.loads(token, strict=False), ensure_ascii=style.escape)
        else:
            yield token
