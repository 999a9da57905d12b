"""What differs between two outputs of one category, each compared as what it is.

Pure: imports the modules of this room for texts, tables, pictures, errors and trees, and `notebook`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.diff.errors import diff_errors, error_changed, read_failure
from nbreview.diff.excerpts import common_ends, diff_long
from nbreview.diff.images import diff_images
from nbreview.diff.markup import steady_html, steady_svg, steady_text
from nbreview.diff.metadata import VOLATILE_OUTPUT, metadata_changes
from nbreview.diff.model import ChangeKind, OutputCategory, OutputChange, TableDiff, TextDiff
from nbreview.diff.options import Aspect, DiffOptions
from nbreview.diff.tables import diff_tables, table_changed
from nbreview.diff.trees import TreeDiff, diff_trees
from nbreview.notebook import ansi, mime
from nbreview.notebook.model import Output, OutputType
from nbreview.notebook.tables import first_table, read_page

MAX_CELLS = 120_000
"""Cells of one side's tables that are compared."""

MAX_EXCERPT = 20_000
"""The same where the HTML is so large that an excerpt of it is compared."""

LARGE_HTML = 4_000_000
"""Characters of HTML beyond which only the rows between the first and the last difference are read."""

_SVG = "image/svg+xml"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_IMAGE_SOURCE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_HEAD_END = re.compile(r"</thead\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_TEXTUAL = (mime.TEXT_PLAIN, "text/markdown", "text/latex", mime.TEXT_HTML)
"""Texts in the order in which a difference of them is shown."""


def category(output: Output) -> OutputCategory:
    """What an output is compared as: the richest of what it holds."""
    if output.output_type is OutputType.ERROR:
        return OutputCategory.ERROR
    if output.output_type is OutputType.STREAM:
        return OutputCategory.TEXT
    if mime.image_type(output.data):
        return OutputCategory.IMAGE
    if mime.has_table(output.data):
        return OutputCategory.TABLE
    if any(mime.is_json(kind) for kind in output.data):
        return OutputCategory.JSON
    if mime.TEXT_PLAIN in output.data and not any(
        kind.startswith("application/") or kind == mime.TEXT_HTML for kind in output.data
    ):
        return OutputCategory.TEXT
    return OutputCategory.OTHER


def output_text(output: Output) -> str:
    """The output as plain text: what a terminal would show of it ("" for an image without a description)."""
    if output.output_type is OutputType.ERROR:
        lines = "\n".join(output.traceback)
        return ansi.settle(lines) if lines else f"{output.ename}: {output.evalue}"
    text = output.data.get(mime.TEXT_PLAIN)
    return ansi.settle(text) if isinstance(text, str) else ""


def kept_metadata(output: Output, options: DiffOptions) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The metadata of an output that makes a difference, hashable."""
    if not output.metadata or not options.compares(Aspect.METADATA):
        return ()
    volatile = frozenset() if options.compares(Aspect.VOLATILE) else VOLATILE_OUTPUT
    return tuple(
        (change.path, repr(change.head)) for change in metadata_changes({}, output.metadata, volatile)
    )


def steady_part(kind: str, value: Any) -> Any:
    """One value of a bundle as it is compared: without what every run changes."""
    if not isinstance(value, str):
        if kind == _WIDGET and isinstance(value, dict):
            return {key: inner for key, inner in value.items() if key != "model_id"}
        return value
    if kind == mime.TEXT_HTML:
        return steady_html(value)
    if kind == _SVG:
        return steady_svg(value)
    if mime.is_base64(kind):
        return mime.payload(kind, value)
    return steady_text(ansi.settle(value))


def compare_outputs(
    base: Output, head: Output, options: DiffOptions, cancel: CancelToken | None = None
) -> OutputChange:
    """What differs between two outputs of one category: UNCHANGED, or MODIFIED with the details.

    The indices are left to the caller.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    kind = category(head)
    if kind is OutputCategory.ERROR:
        change = _errors(base, head, options, cancel)
    elif kind is OutputCategory.TABLE:
        change = _tables(base, head, options, cancel)
    else:
        change = _bundles(base, head, kind, options, cancel)
    if change.kind is ChangeKind.UNCHANGED:
        if kept_metadata(base, options) == kept_metadata(head, options):
            return OutputChange(ChangeKind.UNCHANGED, kind, None, None)
        change = replace(change, kind=ChangeKind.MODIFIED)
    parts = (change.text, change.table, change.image)
    coarse = change.coarse or any(part is not None and part.coarse for part in parts)
    return replace(change, coarse=coarse)


def _errors(base: Output, head: Output, options: DiffOptions, cancel: CancelToken | None) -> OutputChange:
    old, new = (read_failure(side.ename, side.evalue, side.traceback) for side in (base, head))
    error = diff_errors(old, new, cancel)
    if not error_changed(error):
        return _change(OutputCategory.ERROR, False)
    text = diff_long(output_text(base), output_text(head), cancel, whitespace=options.whitespace)
    return replace(_change(OutputCategory.ERROR, True), text=text, error=error)


def _tables(base: Output, head: Output, options: DiffOptions, cancel: CancelToken | None) -> OutputChange:
    """Tables decide alone: the plain text beside them says the same once more."""
    kind = OutputCategory.TABLE
    old_html, new_html = str(base.data[mime.TEXT_HTML]), str(head.data[mime.TEXT_HTML])
    if old_html == new_html:
        return _change(kind, False)
    old_part, new_part = _excerpt(old_html, new_html)
    cells = MAX_CELLS if old_part is old_html else MAX_EXCERPT
    (old, old_around), (new, new_around) = read_page(old_part, cells), read_page(new_part, cells)
    cut = old_part is not old_html or any(table.cut for table in (*old, *new))
    found: TableDiff | None = None
    for first, second in zip(old, new, strict=False):
        table = diff_tables(first, second, options.tolerance, cancel)
        if found is None or (table_changed(table) and not table_changed(found)):
            found = replace(table, coarse=table.coarse or cut)
    around = steady_text(old_around) != steady_text(new_around)
    pictures = _IMAGE_SOURCE.findall(old_part) != _IMAGE_SOURCE.findall(new_part)
    if not (cut or around or pictures or len(old) != len(new)) and (
        found is None or not table_changed(found)
    ):
        return _change(kind, False)
    texts = output_text(base), output_text(head)
    if texts[0] == texts[1] and around:
        texts = old_around, new_around
    text = diff_long(*texts, cancel, whitespace=options.whitespace) if any(texts) else None
    return replace(_change(kind, True), text=text, table=found, coarse=cut)


def _excerpt(base: str, head: str) -> tuple[str, str]:
    """Two large HTML texts without the rows that they share at their start and at their end."""
    if max(len(base), len(head)) <= LARGE_HTML:
        return base, head
    start, end = common_ends(base, head)
    opening = first_table(base)
    rows = [found.start() for _, found in zip(range(3), _ROW.finditer(base), strict=False)]
    head_end = _HEAD_END.search(base, opening, opening + 200_000)
    top = head_end.end() if head_end is not None else rows[1] if len(rows) > 1 else opening
    start = max(base.rfind("<tr", 0, start), 0)
    behind = base.find("<tr", len(base) - end) if end else -1
    end = len(base) - behind if behind >= 0 else 0
    start = max(start, top)
    old_end, new_end = (min(len(html) - end, start + LARGE_HTML) for html in (base, head))
    return base[:top] + base[start:old_end], head[:top] + head[start:new_end]


def _bundles(
    base: Output, head: Output, kind: OutputCategory, options: DiffOptions, cancel: CancelToken | None
) -> OutputChange:
    """Everything that is neither an error nor a table: its main part, then whatever lies beside it."""
    change = _change(kind, False)
    beside = sorted(base.data.keys() | head.data.keys())
    if kind is OutputCategory.IMAGE:
        beside = [name for name in beside if not mime.is_image(name) and name != "application/pdf"]
        change = _pictures(base.data, head.data, options, cancel)
    trees = [name for name in beside if mime.is_json(name)]
    if trees:
        beside = [name for name in beside if name not in trees]
        tree = _trees(base.data, head.data, trees, options, cancel)
        if tree.changes:
            changed = replace(change, kind=ChangeKind.MODIFIED, tree=tree.changes)
            change = replace(changed, coarse=change.coarse or tree.coarse)
    differing = [name for name in beside if _differs(name, base.data, head.data, options)]
    if not differing:
        return change
    change = replace(change, kind=ChangeKind.MODIFIED)
    if change.text is not None:
        return change
    return replace(change, text=_first_text(differing, base.data, head.data, options, cancel))


def _pictures(
    base: Mapping[str, Any], head: Mapping[str, Any], options: DiffOptions, cancel: CancelToken | None
) -> OutputChange:
    kind = OutputCategory.IMAGE
    old_type, new_type = mime.image_type(base), mime.image_type(head)
    old, new = base[old_type], head[new_type]
    if old_type == new_type and (old == new or mime.payload(old_type, old) == mime.payload(new_type, new)):
        return _change(kind, False)
    if old_type == new_type == _SVG:
        first, second = steady_svg(old), steady_svg(new)
        if first == second:
            return _change(kind, False)
        return replace(
            _change(kind, True), text=diff_long(first, second, cancel, whitespace=options.whitespace)
        )
    image = diff_images(mime.image_bytes(old_type, old), mime.image_bytes(new_type, new), cancel)
    return replace(_change(kind, image.ratio > 0), image=image)


def _trees(
    base: Mapping[str, Any],
    head: Mapping[str, Any],
    names: list[str],
    options: DiffOptions,
    cancel: CancelToken | None,
) -> TreeDiff:
    old = {name: steady_part(name, base[name]) for name in names if name in base}
    new = {name: steady_part(name, head[name]) for name in names if name in head}
    return diff_trees(old, new, options.tolerance, cancel)


def _differs(name: str, base: Mapping[str, Any], head: Mapping[str, Any], options: DiffOptions) -> bool:
    if name not in base or name not in head:
        return True
    if base[name] == head[name]:
        return False
    old, new = steady_part(name, base[name]), steady_part(name, head[name])
    if not options.whitespace and isinstance(old, str) and isinstance(new, str):
        return old.split() != new.split()
    return bool(old != new)


def _first_text(
    names: list[str],
    base: Mapping[str, Any],
    head: Mapping[str, Any],
    options: DiffOptions,
    cancel: CancelToken | None,
) -> TextDiff | None:
    """The line diff of the first text that differs; None where only bytes do."""
    known = [name for name in _TEXTUAL if name in names]
    for name in [*known, *(name for name in names if name not in known and not mime.is_base64(name))]:
        old, new = base.get(name, ""), head.get(name, "")
        if isinstance(old, str) and isinstance(new, str):
            return diff_long(ansi.settle(old), ansi.settle(new), cancel, whitespace=options.whitespace)
    return None


def _change(kind: OutputCategory, changed: bool) -> OutputChange:
    return OutputChange(ChangeKind.MODIFIED if changed else ChangeKind.UNCHANGED, kind, None, None)
