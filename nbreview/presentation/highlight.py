"""Syntax colours: a source becomes spans of a few token kinds, line by line.

Pygments does the reading; it is imported when the first source is coloured. Nothing here knows what a
colour is: the kinds are named in the theme. Imports nothing of Qt.
"""

import colorsys
import sys
from collections import OrderedDict
from collections.abc import Callable
from enum import IntFlag, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nbreview.notebook import ansi
from nbreview.notebook.model import CellType

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARACTERS = 200_000
"""A longer source stays plain: nobody reads it for its colours."""


class TokenKind(StrEnum):
    """What a run of characters is, as far as the theme cares: each value names a colour of the theme."""

    KEYWORD = "syntax_keyword"
    STRING = "syntax_string"
    NUMBER = "syntax_number"
    COMMENT = "syntax_comment"
    FUNCTION = "syntax_function"
    CLASS = "syntax_class"
    BUILTIN = "syntax_builtin"
    DECORATOR = "syntax_decorator"
    OPERATOR = "syntax_operator"
    MAGIC = "syntax_magic"
    HEADING = "syntax_heading"
    RED = "ansi_red"
    GREEN = "ansi_green"
    YELLOW = "ansi_yellow"
    BLUE = "ansi_blue"
    MAGENTA = "ansi_magenta"
    CYAN = "ansi_cyan"


class Emphasis(IntFlag):
    """How a terminal's text stands out beside its colour."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    UNDERLINE = 4
    FILLED = 8  # the colour lies behind the characters, which are in the colour of the page


class Token(NamedTuple):
    """Characters `start` up to but not including `end` of one line, in code points.

    `kind` is None for text in its usual colour that stands out otherwise.
    """

    start: int
    end: int
    kind: TokenKind | None
    emphasis: Emphasis = Emphasis.NONE


_TOKEN_BYTES = sys.getsizeof(Token(0, 1, TokenKind.KEYWORD))

TokenLines = tuple[tuple[Token, ...], ...]
"""The tokens of each line."""

_KINDS = (
    # The first prefix of Pygments' token name that fits decides.
    ("Token.Keyword.Constant", TokenKind.BUILTIN),
    ("Token.Keyword", TokenKind.KEYWORD),
    ("Token.Operator.Word", TokenKind.KEYWORD),
    ("Token.Literal.String.Interpol", TokenKind.OPERATOR),
    ("Token.Literal.String.Affix", TokenKind.KEYWORD),
    ("Token.Literal.String", TokenKind.STRING),
    ("Token.Literal.Number", TokenKind.NUMBER),
    ("Token.Comment", TokenKind.COMMENT),
    ("Token.Name.Function", TokenKind.FUNCTION),
    ("Token.Name.Class", TokenKind.CLASS),
    ("Token.Name.Exception", TokenKind.CLASS),
    ("Token.Name.Builtin", TokenKind.BUILTIN),
    ("Token.Name.Decorator", TokenKind.DECORATOR),
    ("Token.Name.Tag", TokenKind.KEYWORD),
    ("Token.Operator", TokenKind.OPERATOR),
    ("Token.Generic.Heading", TokenKind.HEADING),
    ("Token.Generic.Subheading", TokenKind.HEADING),
    ("Token.Generic.Strong", TokenKind.HEADING),
    ("Token.Generic.Emph", TokenKind.STRING),
)


class Highlighter:
    """Colours sources and remembers the answers, up to a number of bytes.

    Parameters
    ----------
    budget:
        Bytes that sources and their tokens may take; the least recently used go first.
    """

    def __init__(self, budget: int = 32 * 2**20) -> None:
        self._budget = budget
        self._held = 0
        self._cache: OrderedDict[tuple[str, str], tuple[int, TokenLines]] = OrderedDict()

    @property
    def kept_bytes(self) -> int:
        """Bytes of what is remembered now, sources included."""
        return self._held

    def known(self, source: str, language: str) -> TokenLines | None:
        """The tokens where they have been computed already."""
        key = (language, source)
        found = self._cache.get(key)
        if found is None:
            return None
        self._cache.move_to_end(key)
        return found[1]

    def remember(self, source: str, language: str, tokens: TokenLines) -> None:
        """Keep tokens that were computed elsewhere (in a worker)."""
        key = (language, source)
        if key in self._cache:
            return
        size = _size(source, tokens)
        self._cache[key] = (size, tokens)
        self._held += size
        while self._held > self._budget and len(self._cache) > 1:
            _, (size, _tokens) = self._cache.popitem(last=False)
            self._held -= size

    def tokens(self, source: str, language: str) -> TokenLines:
        """The tokens of each line, computed now where they are not known."""
        found = self.known(source, language)
        if found is None:
            found = tokenize(source, language)
            self.remember(source, language, found)
        return found


def _size(source: str, tokens: TokenLines) -> int:
    """Bytes in memory; whole numbers below 257 and the kinds are shared and cost nothing."""
    lines = sum(map(sys.getsizeof, tokens))
    return sys.getsizeof(source) + sys.getsizeof(tokens) + lines + _TOKEN_BYTES * sum(map(len, tokens))


def language_of(cell_type: CellType, notebook_language: str) -> str:
    """The language that a cell is written in; "" for raw cells."""
    if cell_type is CellType.CODE:
        return notebook_language.lower()
    return "markdown" if cell_type is CellType.MARKDOWN else ""


def tokenize(source: str, language: str, rest: Callable[[], None] | None = None) -> TokenLines:
    """Tokens of each line; plain (no tokens) for an unknown language or a source beyond `MAX_CHARACTERS`.

    In Python, lines of IPython (`%magic`, `!command`) are marked as such, and a cell magic that names
    another language (`%%bash`) has the rest read in it.

    Parameters
    ----------
    rest:
        Called after every few characters, so that a worker may let another thread go first.
    """
    if not language or len(source) > MAX_CHARACTERS:
        return ()
    source = source.replace("\r\n", "\n")
    if language in ("python", "python3", "ipython"):
        return _ipython(source, rest)
    return _lex(source, language, rest)


def terminal_tokens(text: str) -> TokenLines:
    """The colours and weights that a terminal text asks for by its escape sequences, for the text without
    them.
    """
    lines: list[tuple[Token, ...]] = []
    line: list[Token] = []
    column = 0
    for run in ansi.runs(text):
        kind, emphasis = _terminal_style(run.style)
        for number, part in enumerate(run.text.split("\n")):
            if number:
                lines.append(tuple(line))
                line, column = [], 0
            if part and (kind is not None or emphasis):
                line.append(Token(column, column + len(part), kind, emphasis))
            column += len(part)
    return (*lines, tuple(line))


def _terminal_style(style: ansi.Style) -> tuple[TokenKind | None, Emphasis]:
    """What the page can show of a terminal's style: one colour, which lies behind the text where the terminal
    has one there, so that text and ground always differ as the theme promises.
    """
    kind, emphasis = _terminal_kind(style.foreground), Emphasis.NONE
    ground = _terminal_kind(style.background)
    if style.inverse or ground is not None:
        kind, emphasis = (kind if style.inverse else ground), Emphasis.FILLED
    for asked, flag in (
        (style.bold, Emphasis.BOLD),
        (style.italic, Emphasis.ITALIC),
        (style.underline, Emphasis.UNDERLINE),
    ):
        emphasis |= flag if asked else Emphasis.NONE
    return kind, emphasis


_HUES = (TokenKind.RED, TokenKind.YELLOW, TokenKind.GREEN, TokenKind.CYAN, TokenKind.BLUE, TokenKind.MAGENTA)
_SIXTEEN = (
    None, TokenKind.RED, TokenKind.GREEN, TokenKind.YELLOW, TokenKind.BLUE, TokenKind.MAGENTA,
    TokenKind.CYAN, None
)  # fmt: skip


def _terminal_kind(color: int | str | None) -> TokenKind | None:
    """The theme's colour nearest in hue: a terminal's own would be unreadable on half of the backgrounds."""
    if color is None:
        return None
    if isinstance(color, int):
        if color < 16:
            return _SIXTEEN[color % 8]
        if color >= 232:
            return None  # greys
        level = color - 16
        red, green, blue = (level // 36 / 5, level // 6 % 6 / 5, level % 6 / 5)
    else:
        red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    return _HUES[round(hue * 6) % 6] if saturation > 0.2 else None


def _ipython(source: str, rest: Callable[[], None] | None) -> TokenLines:
    lines = source.split("\n")
    if lines[0].startswith("%%"):
        name = lines[0][2:].split(" ", 1)[0]
        language = {
            "sh": "bash",
            "js": "javascript",
            "time": "python",
            "timeit": "python",
            "capture": "python",
        }
        below = tokenize("\n".join(lines[1:]), language.get(name, name), rest)
        return ((Token(0, len(lines[0]), TokenKind.MAGIC),), *below)
    magics = [number for number, line in enumerate(lines) if line.lstrip()[:1] in ("%", "!")]
    if not magics:
        return _lex(source, "python", rest)
    blanked = list(lines)
    for number in magics:
        blanked[number] = ""
    tokens = list(_lex("\n".join(blanked), "python", rest))
    tokens += [()] * (len(lines) - len(tokens))
    for number in magics:
        line = lines[number]
        # Pygments never saw this line, so that `!` and `%` are no errors to it.
        tokens[number] = (Token(len(line) - len(line.lstrip()), len(line), TokenKind.MAGIC),)
    return tuple(tokens)


def _lex(source: str, language: str, rest: Callable[[], None] | None) -> TokenLines:
    lexer = _lexer(language)
    if lexer is None:
        return ()
    lines: list[tuple[Token, ...]] = []
    line: list[Token] = []
    column = 0
    for token_type, value in lexer.get_tokens(source):
        kind = _kind(token_type)
        if rest is not None:
            rest()
        while True:
            text, found, value = value.partition("\n")
            if text and kind is not None:
                line.append(Token(column, column + len(text), kind))
            column += len(text)
            if not found:
                break
            lines.append(tuple(line))
            line = []
            column = 0
            if not value:
                break
    if line:
        lines.append(tuple(line))
    return tuple(lines)


@lru_cache(maxsize=256)
def _kind(token_type: object) -> TokenKind | None:
    name = str(token_type)
    return next((kind for prefix, kind in _KINDS if name.startswith(prefix)), None)


@lru_cache(maxsize=32)
def _lexer(language: str) -> "Lexer | None":
    if language == "python":
        from pygments.lexers.python import PythonLexer

        return PythonLexer(stripnl=False, ensurenl=False)
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
