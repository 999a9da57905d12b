r"""Formulas set as drawings, without a browser: LaTeX becomes SVG by latex2mathml and ziamath.

Imports nothing of nbreview; the libraries when the first formula is set, which takes a quarter of a second
and belongs on a worker. What the libraries cannot set (a command that they do not know, a letter that their
font lacks) gives None: the reader then sees the source and never half of a formula.
"""

import re
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import Any

MAX_FORMULA = 4_000
"""Characters of a formula that are set; longer ones stay source."""

MAX_DEPTH = 60
"""Braces and environments inside each other that are set."""

MAX_SIDE = 8_000
"""A formula larger than this on a side, in pixels, stays source."""

_MARGIN = 1.0
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_DROPPED = re.compile(
    r"\\(?:label|require|vspace|hspace|phantomsection)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag|allowbreak)\b"
)
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_MACRO = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?=\{)")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_EQNARRAY = re.compile(r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", re.DOTALL)
_MANY_MACROS = 20


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as a drawing. Sizes are in the pixels of the size asked for; `ascent` lies above the line
    that text stands on, `descent` below it.
    """

    svg: str
    width: float
    ascent: float
    descent: float


class Typesetter:
    """Sets formulas, one at a time: the libraries keep their fonts and settings in their modules."""

    def __init__(self) -> None:
        self._lock = Lock()

    def set(self, source: str, size: float, color: str, *, display: bool) -> Formula | None:
        """One formula, or None where it cannot be set as it is meant.

        Parameters
        ----------
        source:
            LaTeX without the dollars around it.
        size:
            Of its letters, in pixels.
        color:
            "#rrggbb".
        display:
            On a line of its own (large sums, limits below), or in a line of text.
        """
        if len(source) > MAX_FORMULA or _depth(source) > MAX_DEPTH:
            return None
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return _typeset(plain_latex(source), size, color, display)
            except (Exception, RecursionError):
                # The libraries raise whatever they stumble over; a notebook's formula is anyone's text.
                return None


def plain_latex(source: str) -> str:
    r"""The formula without what only a whole document has a use for (labels, numbers, comments), and with
    the commands that it defines itself (`\newcommand{\R}{\mathbb{R}}`, without parameters) put in.
    """
    text = _COMMENT.sub("", source)
    text, macros = _without_macros(text)
    for name, body in macros.items():
        text = re.sub(rf"\\{name}(?![A-Za-z])", lambda _, body=body: f"{{{body}}}", text)  # type: ignore[misc]
    text = _DROPPED.sub("", text)
    text = _TAG.sub(lambda tag: rf"\qquad \text{{{tag[2] if tag[1] else f'({tag[2]})'}}}", text)
    text = _EQNARRAY.sub(lambda found: rf"\begin{{array}}{{rcl}}{found[1]}\end{{array}}", text)
    return text.strip()


def _without_macros(text: str) -> tuple[str, dict[str, str]]:
    macros: dict[str, str] = {}
    while len(macros) < _MANY_MACROS and (found := _MACRO.search(text)) is not None:
        depth, end = 0, found.end()
        while end < len(text):
            depth += (text[end] == "{") - (text[end] == "}")
            end += 1
            if depth == 0:
                break
        macros[found[1]] = text[found.end() + 1 : end - 1]
        text = text[: found.start()] + text[end:]
    return text, macros


def _typeset(source: str, size: float, color: str, display: bool) -> Formula | None:
    from ziamath.config import config
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math

    if not source:
        return None
    config.svg2 = False  # plain paths: nothing is referred to
    mathml = tex2mml(source, inline=not display)
    mathml = mathml.replace("<math ", f'<math mathcolor="{color}" ', 1)
    made = Math(mathml, size=size, margin=_MARGIN)
    if not _complete(made):
        return None
    box = made.node.bbox
    width, ascent, descent = box.xmax - box.xmin + 2 * _MARGIN, box.ymax + _MARGIN, _MARGIN - box.ymin
    if not (0 < width < MAX_SIDE and 0 < ascent + descent < MAX_SIDE):
        return None
    return Formula(made.svg(), width, ascent, descent)


def _complete(made: Any) -> bool:
    """Whether every command was understood and every letter is in the font."""
    for element in made.mathml.iter():
        text = (element.text or "").strip()
        if "\\" in text and _COMMAND.search(text):
            return False
        if any(made.font.glyphindex(letter) == 0 for letter in text if not letter.isspace()):
            return False
    return True


def _depth(source: str) -> int:
    depth = deepest = 0
    for letter in source:
        depth += (letter == "{") - (letter == "}")
        deepest = max(deepest, depth)
    return max(deepest, source.count("\\begin{"), source.count("\\left"))
