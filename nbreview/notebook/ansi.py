"""Terminal text in outputs: ANSI escapes taken out or turned into styled runs, carriage returns obeyed.

Imports nothing of nbreview. Of ECMA-48 SGR (colour and weight) and what moves the cursor inside a text
are understood; every other escape sequence is dropped.
"""

import re
from dataclasses import dataclass, replace

_ESCAPE = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~]|$)"  # CSI … final, or cut off
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC … BEL or ST (hyperlinks, titles)
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"  # two-character sequences
    r"|\x1b"  # an escape that was cut off
)

_CURSOR = re.compile(r"\x1b\[[0-9;]*[A-GJK]")
"""What moves the cursor or erases."""
_PRINTED = re.compile(
    r"\r*\n|\r|\x08"
    r"|\x1b\[(?P<moved>[0-9;]*)(?P<final>[A-GJK])"
    rf"|(?P<escape>{_ESCAPE.pattern})"
    r"|(?P<plain>[^\r\n\x08\x1b]+)"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of characters looks.

    Colours are palette numbers 0–255, "#rrggbb", or None for the default.
    """

    foreground: int | str | None = None
    background: int | str | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share one style."""

    text: str
    style: Style


PLAIN = Style()


def strip(text: str) -> str:
    """The text without escape sequences."""
    return _ESCAPE.sub("", text) if "\x1b" in text else text


def settle(text: str) -> str:
    """The text as a terminal would leave it: no escapes, `\\r` overwrites its line from the start, `\\b`
    steps back, lines that were erased or gone back to (as nested progress bars do) are written over.

    A progress bar that redraws itself a hundred times is one line afterwards.
    """
    if "\x1b" in text and _CURSOR.search(text):
        return _Screen().show(text)
    text = strip(text)
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(_settle_line(line) for line in text.replace("\r\n", "\n").split("\n"))


def runs(text: str) -> tuple[Run, ...]:
    """The text as styled runs, in order; without escapes it is one plain run."""
    if "\x1b" not in text:
        return (Run(text, PLAIN),) if text else ()
    found: list[Run] = []
    style, start = PLAIN, 0
    for match in _ESCAPE.finditer(text):
        if match.start() > start:
            found.append(Run(text[start : match.start()], style))
        if match.group(2) == "m":
            style = _styled(style, match.group(1))
        start = match.end()
    if start < len(text):
        found.append(Run(text[start:], style))
    return tuple(found)


class _Screen:
    """Lines without end, written by a cursor that moves. Each line is a text; nothing scrolls away."""

    def __init__(self) -> None:
        self._lines = [""]
        self._row = 0
        self._column = 0

    def show(self, text: str) -> str:
        """What stands there once the text has been printed."""
        for found in _PRINTED.finditer(text):
            plain = found["plain"]
            if plain is not None:
                self._write(plain)
            elif found["moved"] is not None:
                self._move(found["final"], found["moved"])
            else:
                self._control(found.group())
        return "\n".join(self._lines)

    def _write(self, text: str) -> None:
        line = self._lines[self._row]
        if self._column > len(line):
            line += " " * (self._column - len(line))
        self._lines[self._row] = line[: self._column] + text + line[self._column + len(text) :]
        self._column += len(text)

    def _control(self, control: str) -> None:
        if control.endswith("\n"):
            self._row += 1
            self._column = 0
            if self._row == len(self._lines):
                self._lines.append("")
        elif control == "\r":
            self._column = 0
        elif control == "\b":
            self._column = max(0, self._column - 1)

    def _move(self, final: str, parameters: str) -> None:
        count = int(parameters) if parameters.isdecimal() and len(parameters) < 5 else 0
        if final in ("A", "F"):
            self._row = max(0, self._row - max(count, 1))
        elif final in ("B", "E"):
            self._row = min(
                self._row + max(count, 1), len(self._lines) - 1
            )  # a terminal makes no lines either
        elif final == "C":
            self._column += min(max(count, 1), 1000)
        elif final == "D":
            self._column = max(0, self._column - max(count, 1))
        elif final == "G":
            self._column = min(max(count, 1), 1000) - 1
        elif final == "K":
            line = self._lines[self._row]
            kept = "" if count == 2 else " " * self._column + line[self._column :] if count == 1 else None
            self._lines[self._row] = line[: self._column] if kept is None else kept
        elif final == "J" and count == 0:
            self._lines[self._row] = self._lines[self._row][: self._column]
            del self._lines[self._row + 1 :]
        elif final == "J" and count in (2, 3):
            self._lines = [""] * (self._row + 1)
        if final in ("E", "F"):
            self._column = 0


def _settle_line(line: str) -> str:
    if "\r" not in line and "\b" not in line:
        return line
    shown = ""
    for part in line.split("\r"):
        if "\b" in part:
            part = _step_back(part)
        shown = part + shown[len(part) :]
    return shown


def _step_back(part: str) -> str:
    kept: list[str] = []
    column = 0
    for character in part:
        if character == "\b":
            column = max(0, column - 1)
        else:
            kept[column : column + 1] = [character]
            column += 1
    return "".join(kept)


def _styled(style: Style, parameters: str) -> Style:
    """The style after one SGR sequence."""
    codes = [int(code) if code.isdigit() and len(code) < 5 else 0 for code in re.split("[;:]", parameters)]
    position = 0
    while position < len(codes):
        code = codes[position]
        position += 1
        if code == 0:
            style = PLAIN
        elif code in (1, 22):
            style = replace(style, bold=code == 1)
        elif code in (3, 23):
            style = replace(style, italic=code == 3)
        elif code in (4, 24):
            style = replace(style, underline=code == 4)
        elif code in (7, 27):
            style = replace(style, inverse=code == 7)
        elif code in (38, 48):
            colour, position = _extended(codes, position)
            style = replace(style, foreground=colour) if code == 38 else replace(style, background=colour)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = replace(style, foreground=code - 30 if code < 90 else code - 82)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style = replace(style, background=code - 40 if code < 100 else code - 92)
        elif code == 39:
            style = replace(style, foreground=None)
        elif code == 49:
            style = replace(style, background=None)
    return style


def _extended(codes: list[int], position: int) -> tuple[int | str | None, int]:
    """The colour after a 38 or 48 (`5;n` or `2;r;g;b`) and where the next code stands."""
    mode = codes[position] if position < len(codes) else 0
    if mode == 5 and position + 1 < len(codes):
        return min(codes[position + 1], 255), position + 2
    if mode == 2 and position + 3 < len(codes):
        red, green, blue = (min(value, 255) for value in codes[position + 1 : position + 4])
        return f"#{red:02x}{green:02x}{blue:02x}", position + 4
    return None, len(codes)
