"""Outputs in the page, each shown as what it is.

Imports the other parts of the page and below. An output's HTML is never passed on: a table is built anew
from the texts of its cells, everything else stands there as text or as the source of an `<img>`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbreview.diff.model import (
    ChangeKind,
    EditKind,
    FrameChange,
    ImageDiff,
    MetadataChange,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    TreeChange,
)
from nbreview.notebook import ansi, mime
from nbreview.notebook.model import Output
from nbreview.notebook.tables import read_table
from nbreview.presentation.highlight import TokenLines, terminal_tokens
from nbreview.presentation.html_lines import diff_table, one_side
from nbreview.presentation.html_markup import (
    Budget,
    data_uri,
    esc,
    fold,
    note,
    picture,
    sides,
    sign,
)
from nbreview.presentation.html_prose import latex, prose
from nbreview.presentation.html_tables import table_alone, table_diff
from nbreview.presentation.hunks import plural
from nbreview.presentation.labels import SIGNS, image_text, table_text
from nbreview.presentation.lines import leaf_path, output_text, split
from nbreview.presentation.pictures import picture_size
from nbreview.presentation.rows import LONG_OUTPUT, SHOWN_OF_LONG_OUTPUT, output_sides

_LEAVES = 200
"""Leaves shown of a tree or of metadata; the rest is counted."""
_VALUE = 400
"""Characters shown of one value."""
_WIDEST = 2_000
"""Pixels: a picture that says it is larger is shown as large as the page allows."""

_KINDS = {ChangeKind.ADDED: EditKind.INSERT, ChangeKind.REMOVED: EditKind.DELETE}


def outputs(diff: NotebookDiff, index: int, budget: Budget) -> str:
    """All outputs of one change; runs that did not change are folded where the cell did."""
    change = diff.cells[index]
    parts: list[str] = []
    same: list[str] = []
    for output in change.outputs:
        base, head = output_sides(diff, change, output)
        shown = _output(output, base, head, budget)
        if output.kind is ChangeKind.UNCHANGED:
            same.append(shown)
            continue
        parts.extend(_unchanged(same))
        same = []
        parts.append(shown)
    return "".join([*parts, *_unchanged(same)])


def leaves(changes: Sequence[TreeChange] | Sequence[MetadataChange], caption: str) -> str:
    """Changed leaves of a tree as `path: old → new`."""
    rows = []
    for change in changes[:_LEAVES]:
        old = new = ""
        if change.kind is not ChangeKind.ADDED:
            old = f"<del>{_value(change.base)}</del>"
        if change.kind is not ChangeKind.REMOVED:
            new = f"<ins>{_value(change.head)}</ins>"
        arrow = ' <span class="note">→</span> ' if old and new else ""
        path = esc(leaf_path(change.path))
        rows.append(
            f'<tr><td class="sign">{sign(change.kind)}</td><th scope="row">{path}</th>'
            f"<td>{old}{arrow}{new}</td></tr>"
        )
    rest = note(f"{plural(len(changes) - _LEAVES, 'more change')}") if len(changes) > _LEAVES else ""
    return (
        f'<table class="leaves"><caption class="hidden">{caption}</caption><tbody>{"".join(rows)}</tbody>'
        f"</table>{rest}"
    )


def _unchanged(shown: Sequence[str]) -> Iterable[str]:
    if shown:
        yield fold(f"⋯ {plural(len(shown), 'output')} unchanged", "".join(shown), kind="fold")


def _output(output: OutputChange, base: Output | None, head: Output | None, budget: Budget) -> str:
    if output.category is OutputCategory.IMAGE:
        body = _image(output, base, head, budget)
    elif output.category is OutputCategory.TABLE:
        body = _table(output, base, head, budget)
    elif output.category is OutputCategory.ERROR:
        body = _error(output, base, head, budget)
    elif output.tree:
        body = leaves(output.tree, "Changes of the value")
    else:
        body = _text(output, base, head, budget)
    if output.coarse:
        body += note("Large output: it was compared coarsely.")
    mark = f'<span class="sign">{sign(output.kind)}</span> ' if SIGNS[output.kind] else ""
    words = f"Output, {_describe(output, base, head)}"
    number = output.head_index if output.head_index is not None else output.base_index
    label = f"Output {(number or 0) + 1}, {output.kind.value}"
    return (
        f'<section class="output {output.kind.value}" aria-label="{label}">'
        f'<p class="what">{mark}{esc(words)}</p>{body}</section>'
    )


def _describe(output: OutputChange, base: Output | None, head: Output | None) -> str:
    shown = head or base
    words = output.category.value
    if shown is not None and shown.name:
        words = shown.name
    elif output.category in (OutputCategory.JSON, OutputCategory.OTHER) and shown is not None:
        words = ", ".join(sorted(shown.data)[:4]) or words
    if output.kind is ChangeKind.UNCHANGED:
        return words
    if output.image is not None:
        return f"{words} · {image_text(output.image)}"
    if output.table is not None:
        return f"{words} · {table_text(output.table)}"
    return f"{words} · {output.kind.value}"


# --- text ---------------------------------------------------------------------------------------------------


def _text(output: OutputChange, base: Output | None, head: Output | None, budget: Budget) -> str:
    if output.text is not None and output.text.changed:
        tokens = _colours(base, output.text.base_lines), _colours(head, output.text.head_lines)
        table = diff_table(output.text, budget, "Output, base and head", *tokens, numbered=False)
        if len(output.text.edits) > 10 * LONG_OUTPUT:
            removed, added = output.text.counts
            return fold(f"Long text: −{removed:,} +{added:,} lines", table, kind="fold lines-fold")
        return table
    if output.kind is ChangeKind.MODIFIED:
        if all(_markdown_of(side) is not None or _latex_of(side) is not None for side in (base, head)):
            return sides(_alone(base, EditKind.EQUAL, budget), _alone(head, EditKind.EQUAL, budget))
        return _alone(base, EditKind.DELETE, budget) + _alone(head, EditKind.INSERT, budget)
    return _alone(head or base, _KINDS.get(output.kind, EditKind.EQUAL), budget)


def _alone(output: Output | None, kind: EditKind, budget: Budget) -> str:
    """An output as text, or as the Markdown that it is."""
    if output is None:
        return ""
    markdown, formulas = _markdown_of(output), _latex_of(output)
    if markdown is not None:
        return _in_column(prose(markdown, {}, budget), kind)
    if formulas is not None:
        return _in_column(latex(formulas, budget), kind)
    lines = split(output_text(output)) or split(_other_text(output))
    return one_side(
        lines,
        budget,
        "Output",
        kind,
        _colours(output, lines),
        numbered=False,
        shown=len(lines) if len(lines) <= LONG_OUTPUT else SHOWN_OF_LONG_OUTPUT,
    )


def _markdown_of(output: Output | None) -> str | None:
    text = output.data.get("text/markdown") if output is not None else None
    return text if isinstance(text, str) else None


def _latex_of(output: Output | None) -> str | None:
    text = output.data.get("text/latex") if output is not None else None
    return text if isinstance(text, str) and text.strip() else None


def _in_column(body: str, kind: EditKind) -> str:
    if kind is EditKind.INSERT:
        return sides(None, body)
    return sides(body, None) if kind is EditKind.DELETE else body


def _other_text(output: Output) -> str:
    """What else can be said of an output that holds no text: its values as JSON, cut where it is long."""
    return "\n".join(f"{kind}: {_json(value)}" for kind, value in list(output.data.items())[:8])


def _colours(output: Output | None, lines: Sequence[str]) -> TokenLines:
    """The colours that the escape sequences of an output ask for, where the lines are those of its text."""
    if output is None:
        return ()
    plain = output.data.get(mime.TEXT_PLAIN)
    text = "\n".join(output.traceback) if output.traceback else plain if isinstance(plain, str) else ""
    if "\x1b" not in text or "\b" in text:
        return ()
    text = text.replace("\r\n", "\n")
    # What overwrites itself is settled elsewhere: its columns would not fit.
    if "\r" in text or ansi.strip(text).rstrip("\n") != "\n".join(lines).rstrip("\n"):
        return ()
    return terminal_tokens(text)


def _value(value: Any) -> str:
    return esc(_json(value))


def _json(value: Any) -> str:
    if isinstance(value, str) and len(value) > _VALUE:
        value = value[:_VALUE]  # before it is quoted: it may be a picture
    text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return text if len(text) <= _VALUE else f"{text[:_VALUE]}…"


# --- errors -------------------------------------------------------------------------------------------------


def _error(output: OutputChange, base: Output | None, head: Output | None, budget: Budget) -> str:
    """What was raised, open; where it was raised, folded."""
    if output.kind is ChangeKind.MODIFIED and base is not None and head is not None:
        names = sides(_raised(base), _raised(head))
        if output.text is None or not output.text.changed:
            return names
        tokens = _colours(base, output.text.base_lines), _colours(head, output.text.head_lines)
        table = diff_table(output.text, budget, "Traceback, base and head", *tokens, numbered=False)
        frames = output.error.frames if output.error is not None else ()
        return names + fold(_frames(frames), table, kind="fold")
    shown = head or base
    if shown is None:
        return ""
    kind = _KINDS.get(output.kind, EditKind.EQUAL)
    lines = split(output_text(shown))
    table = one_side(lines, budget, "Traceback", kind, _colours(shown, lines), numbered=False, last=True)
    return _in_column(_raised(shown), kind) + fold("Traceback", table, kind="fold")


def _raised(output: Output) -> str:
    message = output.evalue if len(output.evalue) <= 2_000 else output.evalue[:2_000] + "…"
    return f'<p class="raised"><strong>{esc(output.ename or "error")}</strong>: {esc(message)}</p>'


def _frames(frames: Sequence[FrameChange]) -> str:
    if not frames:
        return "Traceback"
    changed = sum(frame.kind is not ChangeKind.UNCHANGED for frame in frames)
    return f"Traceback: {changed} of {plural(len(frames), 'frame')} changed" if changed else "Traceback"


# --- pictures -----------------------------------------------------------------------------------------------


def _image(output: OutputChange, base: Output | None, head: Output | None, budget: Budget) -> str:
    if output.kind is ChangeKind.UNCHANGED:
        return _figure(head or base, "Picture", budget)
    old = _figure(base, "Picture before", budget) if base is not None else None
    new = _figure(head, "Picture after", budget) if head is not None else None
    shown = sides(old, new, "pictures")
    if output.image is not None and output.image.mask:
        shown += _comparison(output.image, budget)
    if output.text is not None and output.text.changed:
        shown += diff_table(output.text, budget, "Text beside the picture", numbered=False)
    return shown


def _figure(output: Output | None, words: str, budget: Budget) -> str:
    data: Mapping[str, Any] = output.data if output is not None else {}
    kind = mime.image_type(data)
    value = data.get(kind)
    uri = data_uri(kind, value)
    if not uri:
        return note(f"{words}: {kind or 'nothing'}, which cannot be shown")
    if not budget.take("pictures", len(uri)):
        return note(f"{words}: {kind}, {len(uri) * 3 // 4:,} bytes, too large for this page")
    size = picture_size(kind, value)
    if size is not None and max(size) > _WIDEST:
        size = None
    return f"<figure>{picture(uri, words, size)}</figure>"


def _comparison(image: ImageDiff, budget: Budget) -> str:
    """The places that differ over the faded picture, and a swipe; the page's script lends them the pictures
    that stand above (without it the places alone are shown).
    """
    import base64

    uri = f"data:image/png;base64,{base64.b64encode(image.mask).decode('ascii')}"
    if not budget.take("pictures", len(uri)):
        return ""
    width = max(size[0] for size in (image.base_size, image.head_size) if size is not None)
    height = max(size[1] for size in (image.base_size, image.head_size) if size is not None)
    mask = picture(uri, "Pixels that differ", (width, height), "mask")
    difference = f'<div class="stack difference"><img class="lent-new" alt="">{mask}</div>'
    swipe = (
        '<div class="swiping"><label>Swipe from base to head <input type="range" min="0" max="100" '
        'value="50"></label><div class="stack swipe"><img class="lent-old" alt="Picture before">'
        '<img class="lent-new" alt="Picture after"></div></div>'
    )
    return fold("Difference", difference, kind="fold compare") + fold(
        "Swipe", swipe, kind="fold compare scripted"
    )


# --- tables -------------------------------------------------------------------------------------------------


def _table(output: OutputChange, base: Output | None, head: Output | None, budget: Budget) -> str:
    if output.table is not None:
        return table_diff(output.table, budget)
    if output.kind is ChangeKind.MODIFIED:
        return _text(output, base, head, budget)
    shown = head or base
    html = shown.data.get(mime.TEXT_HTML) if shown is not None else None
    table = read_table(html) if isinstance(html, str) else None
    if table is None:
        return _text(output, base, head, budget)
    return table_alone(table, output.kind, budget)
