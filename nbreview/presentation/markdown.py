r"""Markdown read into parts that can be compared and laid out: a heading, a paragraph, an item of a list.

markdown-it reads CommonMark with GitHub's tables and strike-through, its plugins the formulas ($…$, $$…$$,
amsmath's environments; `\[…\]` and `\(…\)` are ours). What an author wrote as HTML is reduced to a subset
of text and tables (`nbreview.presentation.sanitizing`). Nothing is loaded: a picture is what the cell
itself holds of it, or its description. Imports `notebook` and the sanitiser; the libraries when something
is read, which belongs on a worker.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from nbreview.notebook import mime
from nbreview.presentation.sanitizing import inline_tag, safe_html, visible_text
from nbreview.words import said

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_RENDERED = 100_000
"""Characters of a Markdown text that are rendered; the rest is counted."""

FORMULA_BLOCKS = ("math_block", "math_block_label", "amsmath", "brackets")
"""Names of the parser's tokens that are a formula on a line of its own."""

LONGEST_ADDRESS = 64
"""Characters of a link's address that are shown."""


class RunKind(Enum):
    """What a run of a part is."""

    OPEN = 0  # an element begins; `text` is its name
    CLOSE = 1
    TEXT = 2
    LISTING = 3  # lines of code; `detail` is their language
    FORMULA = 4  # LaTeX in a line
    DISPLAY = 5  # LaTeX on a line of its own
    PICTURE = 6  # `text` describes it, `detail` says where it is, `held` holds it where the notebook does
    ADDRESS = 7  # where a link leads
    BREAK = 8
    RULE = 9
    HTML = 10  # reduced to what is safe; `detail` is what it says


@dataclass(frozen=True, slots=True)
class Run:
    """The smallest piece of a part. `held` is the MIME type and the value of a picture."""

    kind: RunKind
    text: str = ""
    detail: str = ""
    held: tuple[str, str] | None = None

    @property
    def words(self) -> str:
        """What of it is compared word by word."""
        if self.kind is RunKind.CLOSE and self.text in _ENDS_WORDS:
            return "\n"
        if self.kind in _WORDLESS:
            return ""
        if self.kind is RunKind.HTML:
            return self.detail
        return self.text


_WORDLESS = (RunKind.OPEN, RunKind.CLOSE, RunKind.RULE)
_ENDS_WORDS = frozenset({"p", "line", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that is compared and laid out as one."""

    runs: tuple[Run, ...]

    @property
    def name(self) -> str:
        """What it is: the name of its outermost element, or the kind of its only run."""
        first = self.runs[0] if self.runs else Run(RunKind.RULE)
        return first.text.partition(":")[0] if first.kind is RunKind.OPEN else first.kind.name.lower()

    @property
    def key(self) -> tuple[Run, ...]:
        """What is equal for parts that say the same: the number of an item does not count."""
        if self.name != "ol":
            return self.runs
        return (Run(RunKind.OPEN, "ol"), *self.runs[1:])

    @property
    def words(self) -> str:
        """Its text, in which places of changes are counted."""
        return "".join(run.words for run in self.runs)


def read_markdown(source: str, attachments: Mapping[str, Any] | None = None) -> tuple[Part, ...]:
    """The parts of a Markdown text in order. `attachments` are those of its cell."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        # A picture written into the text is no text: it neither counts nor is read as Markdown.
        held.append(match[2])
        return f"data:{match[1]};base64,held{len(held) - 1}"

    source = _LONG_INLINE.sub(keep, source)
    rest = len(source) - MAX_RENDERED
    reader = _Reader(attachments or {}, held)
    parts = [*reader.parts(_parser().parse(source[:MAX_RENDERED]))]
    if rest > 0:
        note = Run(RunKind.TEXT, said("… {count} more characters, not rendered", count=f"{rest:,}"))
        parts.append(Part((Run(RunKind.OPEN, "note"), note, Run(RunKind.CLOSE, "note"))))
    return tuple(parts)


def read_latex(source: str) -> tuple[Part, ...]:
    """What an output of LaTeX holds: one formula, or text with formulas in it."""
    text = source.strip()
    for start, end in (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)")):
        inside = text[len(start) : -len(end)]
        if text.startswith(start) and text.endswith(end) and inside and "$" not in inside:
            return (Part((Run(RunKind.DISPLAY, inside.strip()),)),)
    if text.startswith(r"\begin{"):
        return (Part((Run(RunKind.DISPLAY, text),)),)
    return read_markdown(source)


def read_html(source: str) -> tuple[Part, ...]:
    """What an output of HTML says: text and tables, nothing that runs or loads."""
    cut = source[:MAX_RENDERED]
    safe = safe_html(cut)
    parts = [Part((Run(RunKind.HTML, safe, visible_text(safe)),))] if safe.strip() else []
    if rest := len(source) - len(cut):
        note = Run(RunKind.TEXT, said("… {count} more characters of HTML, not shown", count=f"{rest:,}"))
        parts.append(Part((Run(RunKind.OPEN, "note"), note, Run(RunKind.CLOSE, "note"))))
    return tuple(parts)


_INLINE = re.compile(r"data:(image/[a-z0-9.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)
_LONG_INLINE = re.compile(r"data:(image/[a-z0-9.+-]+);base64,([A-Za-z0-9+/]{200,}={0,2})", re.IGNORECASE)
_HELD = re.compile(r"held(\d{1,9})", re.ASCII)
_TASK = re.compile(r"\[([ xX])\]\s+")
_NAMES = {
    "paragraph": "p", "bullet_list": "ul", "list_item": "li", "blockquote": "quote", "table": "table",
    "thead": "thead", "tbody": "tbody", "tr": "tr", "em": "em", "strong": "strong", "s": "s", "link": "link",
}  # fmt: skip


class _Reader:
    """Turns markdown-it's tokens into parts."""

    def __init__(self, attachments: Mapping[str, Any], held: Sequence[str]) -> None:
        self._attachments = attachments
        self._held = held

    def parts(self, tokens: Sequence["Token"]) -> Iterator[Part]:
        """The parts of a whole text; a list is divided into its items."""
        for start, stop in _groups(tokens, 0, len(tokens)):
            if tokens[start].type not in ("bullet_list_open", "ordered_list_open"):
                yield Part(tuple(self._runs(tokens[start:stop])))
                continue
            number = int(tokens[start].attrs.get("start", 1))
            for first, last in _groups(tokens, start + 1, stop - 1):
                name = "ul" if tokens[start].type == "bullet_list_open" else f"ol:{number}"
                inside = self._runs(tokens[first:last])
                yield Part((Run(RunKind.OPEN, name), *inside, Run(RunKind.CLOSE, name[:2])))
                number += 1

    def _runs(self, tokens: Sequence["Token"]) -> Iterator[Run]:
        for place, token in enumerate(tokens):
            kind, _, edge = token.type.rpartition("_")
            if token.type == "inline":
                # "[x] done" is a task where an item of a list begins so.
                task = place >= 2 and tokens[place - 2].type == "list_item_open"
                yield from self._inline(token.children or (), task=task)
            elif edge in ("open", "close"):
                yield from self._edge(token, kind, edge == "open")
            elif token.type in ("fence", "code_block"):
                language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
                yield Run(RunKind.LISTING, token.content.rstrip("\n"), language.strip("{}.").lower())
            elif token.type in FORMULA_BLOCKS:
                yield Run(RunKind.DISPLAY, token.content.strip())
            elif token.type == "hr":
                yield Run(RunKind.RULE)
            elif token.type == "html_block":
                safe = safe_html(token.content)
                if safe.strip():
                    yield Run(RunKind.HTML, safe, visible_text(safe))

    def _edge(self, token: "Token", kind: str, opens: bool) -> Iterator[Run]:
        edge = RunKind.OPEN if opens else RunKind.CLOSE
        if kind == "paragraph" and token.hidden:
            yield Run(edge, "line")
        elif kind == "heading":
            yield Run(edge, token.tag)
        elif kind == "ordered_list":
            start = f":{token.attrs.get('start', 1)}" if opens else ""
            yield Run(edge, f"ol{start}")
        elif kind in ("th", "td"):
            align = str(token.attrs.get("style", "")).rpartition(":")[2] if opens else ""
            yield Run(edge, f"{kind}:{align}" if align in ("left", "right", "center") else kind)
        elif kind in _NAMES:
            yield Run(edge, _NAMES[kind])

    def _inline(self, tokens: Sequence["Token"], *, task: bool) -> Iterator[Run]:
        links: list[tuple[str, str]] = []
        opened: list[str] = []
        for place, token in enumerate(tokens):
            if token.type == "text":
                text = token.content
                if task and place == 0 and (box := _TASK.match(text)) is not None:
                    text = f"{'☐' if box[1] == ' ' else '☑'} {text[box.end() :]}"
                if text:
                    yield Run(RunKind.TEXT, text)
            elif token.type == "code_inline":
                yield from (
                    Run(RunKind.OPEN, "code"), Run(RunKind.TEXT, token.content), Run(RunKind.CLOSE, "code")
                )  # fmt: skip
            elif token.type == "softbreak":
                yield Run(RunKind.TEXT, " ")
            elif token.type == "hardbreak":
                yield Run(RunKind.BREAK, "\n")
            elif token.type == "math_inline":
                yield Run(RunKind.FORMULA, token.content.strip())
            elif token.type == "math_inline_double":
                yield Run(RunKind.DISPLAY, token.content.strip())
            elif token.type == "image":
                yield self._picture(str(token.attrs.get("src", "")), token.content)
            elif token.type == "link_open":
                following = tokens[place + 1].content if place + 1 < len(tokens) else ""
                links.append((str(token.attrs.get("href", "")), following))
                yield Run(RunKind.OPEN, "link")
            elif token.type == "link_close":
                yield Run(RunKind.CLOSE, "link")
                address, words = links.pop() if links else ("", "")
                if address and unquote(address).removeprefix("mailto:") != words:
                    yield Run(RunKind.ADDRESS, _short(address))
            elif token.type == "html_inline":
                name, opens = inline_tag(token.content)
                if name == "br":
                    yield Run(RunKind.BREAK, "\n")
                elif name and opens:
                    opened.append(name)
                    yield Run(RunKind.OPEN, name)
                elif name and name in opened:
                    while opened:
                        closed = opened.pop()
                        yield Run(RunKind.CLOSE, closed)
                        if closed == name:
                            break
            else:
                kind, _, edge = token.type.rpartition("_")
                if kind in _NAMES:
                    yield Run(RunKind.OPEN if edge == "open" else RunKind.CLOSE, _NAMES[kind])
        for name in reversed(opened):
            yield Run(RunKind.CLOSE, name)

    def _picture(self, address: str, description: str) -> Run:
        if address.startswith("attachment:"):
            name = unquote(address.removeprefix("attachment:"))
            bundle = self._attachments.get(name)
            joined = mime.joined(bundle) if isinstance(bundle, Mapping) else {}
            kind = mime.image_type(joined)
            found = (kind, str(joined[kind])) if kind else None
            return Run(RunKind.PICTURE, description or name, f"attachment: {name}", found)
        inline = _INLINE.fullmatch(address)
        if inline is None:
            return Run(RunKind.PICTURE, description or "picture", _short(address))
        kept = _HELD.fullmatch(inline[2])
        value = self._held[int(kept[1])] if kept and int(kept[1]) < len(self._held) else inline[2]
        kind = inline[1].lower()
        if kind == "image/svg+xml":
            value = mime.image_bytes("image/png", value).decode("utf-8", "replace")
        return Run(RunKind.PICTURE, description or "picture", "in the text", (kind, value))


def _groups(tokens: Sequence["Token"], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The ranges of tokens that each make one element."""
    depth = 0
    first = start
    for place in range(start, stop):
        depth += tokens[place].nesting
        if depth == 0:
            yield first, place + 1
            first = place + 1


def _short(address: str) -> str:
    if len(address) <= LONGEST_ADDRESS:
        return address
    half = LONGEST_ADDRESS // 2
    return f"{address[:half]}…{address[-half + 1 :]}"


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    read_formulas(parser)
    # The default refuses some addresses by leaving the Markdown as it is; no address is ever opened here.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def read_formulas(parser: "MarkdownIt") -> None:
    r"""Have a parser read formulas as Jupyter does: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, amsmath's environments.

    Its tokens are then `math_inline` and `math_inline_double` in a line, and those of `FORMULA_BLOCKS`.
    """
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    dollarmath_plugin(parser, allow_space=True, allow_digits=False, double_inline=True, allow_labels=False)
    amsmath_plugin(parser)
    parser.block.ruler.before(
        "fence", "brackets", _bracket_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("escape", "parentheses", _parentheses)


def _bracket_block(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    r"""`\[ … \]` (or `\\[ … \\]`, as Jupyter wants it) that begins a line and ends one."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opening = re.match(r"\\{1,2}\[", first)
    if opening is None:
        return False
    closing = opening[0].replace("[", "]")
    lines: list[str] = []
    for number in range(start, end):
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
        if not line.strip():
            return False
        if number == start:
            line = line[opening.end() :]
        lines.append(line)
        if line.rstrip().endswith(closing):
            break
    else:
        return False
    if silent:
        return True
    token = state.push("brackets", "", 0)
    token.content = "\n".join(lines).rstrip()[: -len(closing)]
    token.map = [start, number + 1]
    state.line = number + 1
    return True


def _parentheses(state: "StateInline", silent: bool) -> bool:
    r"""`\( … \)` (or `\\( … \\)`) within a paragraph."""
    opening = _OPENING.match(state.src, state.pos)
    if opening is None:
        return False
    closing = opening[0].replace("(", ")").replace("[", "]")
    stop = state.src.find(closing, opening.end(), state.posMax)
    inside = state.src[opening.end() : stop]
    if stop < 0 or not inside.strip():
        return False
    if not silent:
        token = state.push("math_inline" if "(" in opening[0] else "math_inline_double", "", 0)
        token.content = inside
    state.pos = stop + len(closing)
    return True


_OPENING = re.compile(r"\\{1,2}\(|\\\\\[")
