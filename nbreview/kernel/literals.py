"""Python values as text and as plain data: what stands in a snapshot, and how it is printed.

Imports only floors below. A snapshot holds JSON types only, so what JSON has no word for is wrapped:

- `{"$tuple": [...]}`, `{"$set": [...]}` (and `{"$list": [...]}` under the fields of `TUPLE_FIELDS`, where a
  bare list means a tuple, so that shapes and ranges read plainly);
- `{"$repr": "dtype('O')"}`: a value of which only the representation is known (`Opaque`);
- a key of a mapping that is no string, or that begins with "$", is "$" and its representation: "$0" is 0,
  "$('a', 1)" is a pair.

`decode` gives the Python values back. Not-a-number and the infinities stay floats.
"""

import ast
import pprint
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.errors import UserError
from nbreview.words import Said, said

RUNTIME_INFORMATION = said("the runtime information")

TUPLE_FIELDS = frozenset({"shape", "value_range", "image_shape", "target_size"})
"""Fields whose value is a tuple where it is a bare list."""

_DEPTH = 200
_SPACE = re.compile(r"\s*")
_STRING = re.compile(r"[bBrRuU]{0,2}(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")", re.DOTALL)
_END = r"(?=[\s,\]\)\}:]|$)"
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|nan|inf)" + _END)
_CONSTANT = re.compile(r"(?:True|False|None)" + _END)
_CONSTANTS: Mapping[str, bool | None] = {"True": True, "False": False, "None": None}
_CLOSING = {"(": ")", "[": "]"}
_CUT = "..."


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Opaque:
    """A value of which only the representation is known. It prints as that."""

    text: str

    def __repr__(self) -> str:
        return self.text


def parse(text: str, name: str = RUNTIME_INFORMATION) -> object:
    """Read what `pprint` printed. Where a part is no literal, its text is kept as `Opaque`.

    Raises
    ------
    UserError
        The brackets or quotes do not match, or it is nested too deep. `name` says what was read.
    """
    reader = _Reader(text, name)
    value = reader.value(0)
    reader.space()
    if reader.place != len(text):
        raise reader.error(said("there is more after its end"))
    return value


def show(value: object) -> str:
    """Print as `pprint` does at 80 columns with sorted keys: the layout that CRANE-LLM publishes."""
    return pprint.pformat(value, width=80)


def encode(value: object, field: str = "") -> Any:
    """Python values as JSON types. `field` is the key that the value stands under."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {encode_key(key): encode(part, str(key)) for key, part in value.items()}
    if isinstance(value, tuple | list):
        parts = [encode(part) for part in value]
        bare = isinstance(value, tuple) == (field in TUPLE_FIELDS)
        return parts if bare else {"$tuple" if isinstance(value, tuple) else "$list": parts}
    if isinstance(value, set | frozenset):
        return {"$set": sorted((encode(part) for part in value), key=repr)}
    return {"$repr": value.text if isinstance(value, Opaque) else repr(value)}


def decode(value: object, field: str = "") -> Any:
    """The Python values of what `encode` (or the probe) made; unknown wrappers stay mappings."""
    if isinstance(value, Mapping):
        if len(value) == 1:
            ((key, inside),) = value.items()
            if key == "$repr":
                return Opaque(str(inside))
            if key in ("$tuple", "$list", "$set") and isinstance(inside, list | tuple):
                parts = [decode(part) for part in inside]
                return _hashed(parts) if key == "$set" else tuple(parts) if key == "$tuple" else parts
        return {decode_key(key): decode(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        parts = [decode(part) for part in value]
        return tuple(parts) if field in TUPLE_FIELDS else parts
    return value


def encode_key(key: object) -> str:
    """A key of a mapping as a string that `decode_key` tells apart."""
    return key if isinstance(key, str) and not key.startswith("$") else f"${key!r}"


def decode_key(key: str) -> Any:
    """The key that `encode_key` wrote; `Opaque` where it is no literal."""
    if not key.startswith("$"):
        return key
    try:
        value = ast.literal_eval(key[1:])
        hash(value)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return Opaque(key[1:])
    return value


def _hashed(parts: list[Any]) -> object:
    try:
        return set(parts)
    except TypeError:
        return parts


class _Reader:
    """Reads one value after another from a text; owns the place that it has reached."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.place = text, name, 0

    def error(self, what: Said) -> UserError:
        line = self.text.count("\n", 0, self.place) + 1
        return UserError(
            said(
                "In {name}, line {line}, {what}; use text as it was published, unshortened.",
                name=self.name,
                line=line,
                what=what,
            )
        )

    def space(self) -> str:
        """Go past white space; the character that follows, "" at the end."""
        found = _SPACE.match(self.text, self.place)
        self.place = found.end() if found else self.place
        return self.text[self.place : self.place + 1]

    def value(self, depth: int, key: bool = False) -> object:
        if depth > _DEPTH:
            raise self.error(said("values are nested too deep"))
        sign = self.space()
        if not sign:
            raise self.error(said("a value is missing"))
        if sign == "{":
            return self.braces(depth)
        if sign in _CLOSING:
            return self.sequence(sign, depth)
        if _STRING.match(self.text, self.place):
            start, value = self.place, self.string()
            if not self.text.startswith(_CUT, self.place):
                return value
            self.place = start  # a string of which the probe kept the beginning
            return self.opaque(key)
        if sign in "'\"":
            raise self.error(said("a string does not end"))
        for pattern in (_NUMBER, _CONSTANT):
            found = pattern.match(self.text, self.place)
            if found:
                self.place = found.end()
                return _constant(found.group())
        return self.opaque(key)

    def string(self) -> object:
        """Strings that follow each other are one, as in source: `pprint` breaks long ones so."""
        found, start = _STRING.match(self.text, self.place), self.place
        while found:
            end = found.end()
            blank = _SPACE.match(self.text, end)
            found = _STRING.match(self.text, blank.end() if blank else end)
        self.place = end
        try:
            return ast.literal_eval(f"({self.text[start:end]})")
        except (ValueError, SyntaxError):
            raise self.error(said("a string cannot be read")) from None

    def sequence(self, opening: str, depth: int) -> object:
        self.place += 1
        parts: list[object] = []
        comma = False
        while self.space() != _CLOSING[opening]:
            parts.append(self.value(depth + 1))
            comma = self.separator(_CLOSING[opening])
        self.place += 1
        if opening == "[":
            return parts
        return parts[0] if len(parts) == 1 and not comma else tuple(parts)

    def braces(self, depth: int) -> object:
        self.place += 1
        pairs: dict[Any, object] = {}
        members: list[object] = []
        while self.space() != "}":
            key = self.value(depth + 1, key=True)
            if self.space() == ":":
                self.place += 1
                try:
                    pairs[key] = self.value(depth + 1)
                except TypeError:
                    raise self.error(said("a key cannot be one")) from None
            else:
                members.append(key)
            self.separator("}")
        self.place += 1
        if members and pairs:
            raise self.error(said("a set and a dictionary are mixed"))
        return _hashed(members) if members else pairs

    def separator(self, closing: str) -> bool:
        """Go past a comma; whether there was one. Nothing but the closing bracket may stand instead."""
        sign = self.space()
        if sign == ",":
            self.place += 1
            return True
        if sign != closing:
            raise self.error(said('"{closing}" is missing', closing=closing))
        return False

    def opaque(self, key: bool) -> Opaque:
        """A representation that is no literal, to the next comma or bracket outside its own brackets."""
        start, text = self.place, self.text
        depth: list[str] = []
        while self.place < len(text):
            sign = text[self.place]
            quoted = _STRING.match(text, self.place) if sign in "'\"" else None
            if quoted:
                self.place = quoted.end()
                continue
            if sign in "([{<":
                depth.append(sign)
            elif sign in ")]}":
                if not depth:
                    break
                depth.pop()
            elif sign == ">" and depth and depth[-1] == "<":
                depth.pop()
            elif not depth and (sign == "," or (key and sign == ":")):
                break
            self.place += 1
        if self.place == start or depth:
            raise self.error(said("a value cannot be read"))
        return Opaque(text[start : self.place].rstrip())


def _constant(text: str) -> object:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return float(text) if text.lstrip("+-") in ("nan", "inf") else ast.literal_eval(text)
