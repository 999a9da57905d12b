"""What differs in metadata, leaf by leaf, without the aspects that the caller ignores.

Pure: imports only `model`, `options` and `notebook`. Objects are walked, everything else (lists too) is a
leaf.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from nbreview.diff.model import ChangeKind, MetadataChange
from nbreview.diff.options import DEFAULT_OPTIONS, Aspect, DiffOptions
from nbreview.notebook.model import Cell, Notebook

VOLATILE_CELL = frozenset(
    {
        # view state of the editors
        ("collapsed",),
        ("scrolled",),
        ("heading_collapsed",),
        ("hidden",),
        ("trusted",),
        ("jupyter", "outputs_hidden"),
        # timings and traces of the last run
        ("ExecuteTime",),
        ("execution",),
        ("executionInfo",),
        ("execution_start",),
        ("execution_millis",),
        ("execution_context_id",),
        ("execution_event_id",),
        ("last_executed_text",),
        ("papermill",),
        ("pycharm", "is_executing"),
        # ids and links that services write
        ("id",),
        ("outputId",),
        ("colab",),
        ("source_hash",),
        ("output_cleared",),
        ("_uuid",),
        ("_cell_guid",),
    }
)
"""Paths of cell metadata that say nothing about the work: they never make a cell modified."""

VOLATILE_OUTPUT = VOLATILE_CELL
"""The same for the metadata of an output."""

VOLATILE_NOTEBOOK = frozenset(
    {
        ("signature",),
        ("widgets",),
        ("papermill",),
        ("colab",),
        ("ExecuteTimeLog",),
        ("execution",),
        ("toc", "toc_position"),
        ("varInspector",),
        ("vscode", "interpreter"),
        # how editors colour the language, which follows from its name
        ("language_info", "codemirror_mode"),
        ("language_info", "pygments_lexer"),
        ("language_info", "nbconvert_exporter"),
        ("language_info", "mimetype"),
        ("language_info", "file_extension"),
    }
)
"""The same for the notebook: view state, timings, the saved state of widgets, and what editors add."""

_ASPECTS = {"tags": Aspect.TAGS}
_NOTEBOOK_ASPECTS = {"kernelspec": Aspect.KERNEL, "language_info": Aspect.LANGUAGE}
"""What the first key of a path belongs to; everything else is METADATA."""


def metadata_changes(
    base: Mapping[str, Any], head: Mapping[str, Any], volatile: frozenset[tuple[str, ...]] = frozenset()
) -> tuple[MetadataChange, ...]:
    """The leaves that differ, sorted by path; paths in `volatile` and below are left out."""
    if not base and not head:
        return ()
    return tuple(sorted(_changes(base, head, (), volatile), key=lambda change: change.path))


def cell_changes(
    base: Cell, head: Cell, options: DiffOptions = DEFAULT_OPTIONS
) -> tuple[MetadataChange, ...]:
    """What differs in two cells apart from source, type and outputs.

    Metadata by its path; attachments as `("attachments", name)`; where the options ask for them, the
    execution count as `("execution_count",)` and the id as `("id",)`.
    """
    volatile = VOLATILE_CELL if Aspect.VOLATILE in options.ignored else frozenset()
    found = _compared(metadata_changes(base.metadata, head.metadata, volatile), _ASPECTS, options)
    if base.attachments != head.attachments and options.compares(Aspect.ATTACHMENTS):
        found += tuple(_attachment_changes(base.attachments, head.attachments))
    if base.execution_count == head.execution_count and base.id == head.id:
        return found
    for aspect, key, old, new in (
        (Aspect.COUNTS, "execution_count", base.execution_count, head.execution_count),
        (Aspect.IDS, "id", base.id, head.id),
    ):
        if old != new and options.compares(aspect):
            kind = (
                ChangeKind.ADDED
                if old is None
                else ChangeKind.REMOVED
                if new is None
                else ChangeKind.MODIFIED
            )
            found += (MetadataChange((key,), kind, old, new, beside=True),)
    return found


def notebook_changes(
    base: Notebook, head: Notebook, options: DiffOptions = DEFAULT_OPTIONS
) -> tuple[MetadataChange, ...]:
    """What differs in two notebooks' own metadata."""
    volatile = VOLATILE_NOTEBOOK if Aspect.VOLATILE in options.ignored else frozenset()
    return _compared(metadata_changes(base.metadata, head.metadata, volatile), _NOTEBOOK_ASPECTS, options)


def _compared(
    changes: tuple[MetadataChange, ...], aspects: Mapping[str, Aspect], options: DiffOptions
) -> tuple[MetadataChange, ...]:
    """The changes without those of an ignored aspect."""
    if not changes:
        return ()
    return tuple(
        change for change in changes if options.compares(aspects.get(change.path[0], Aspect.METADATA))
    )


def _attachment_changes(base: Mapping[str, Any], head: Mapping[str, Any]) -> Iterator[MetadataChange]:
    for name in sorted(base.keys() | head.keys()):
        if name not in head:
            yield MetadataChange(("attachments", name), ChangeKind.REMOVED, base[name], None, True)
        elif name not in base:
            yield MetadataChange(("attachments", name), ChangeKind.ADDED, None, head[name], True)
        elif base[name] != head[name]:
            yield MetadataChange(("attachments", name), ChangeKind.MODIFIED, base[name], head[name], True)


def _changes(
    base: Mapping[str, Any],
    head: Mapping[str, Any],
    path: tuple[str, ...],
    volatile: frozenset[tuple[str, ...]],
) -> Iterator[MetadataChange]:
    for key in base.keys() | head.keys():
        place = (*path, key)
        if place in volatile:
            continue
        old, new = base.get(key), head.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _changes(old, new, place, volatile)
        elif key not in head:
            yield from _one_side(old, place, ChangeKind.REMOVED, volatile)
        elif key not in base:
            yield from _one_side(new, place, ChangeKind.ADDED, volatile)
        elif _differ(old, new):
            yield MetadataChange(place, ChangeKind.MODIFIED, old, new)


def _differ(base: Any, head: Any) -> bool:
    """Whether two leaves differ; NaN equals itself here, and true is not 1."""
    return (base != head and repr(base) != repr(head)) or isinstance(base, bool) != isinstance(head, bool)


def _one_side(
    value: Any, path: tuple[str, ...], kind: ChangeKind, volatile: frozenset[tuple[str, ...]]
) -> Iterator[MetadataChange]:
    """A key that one side lacks: one change, or one a leaf where part of it is volatile."""
    if isinstance(value, dict) and any(known[: len(path)] == path for known in volatile):
        for key, inner in value.items():
            if (*path, key) not in volatile:
                yield from _one_side(inner, (*path, key), kind, volatile)
        return
    old, new = (value, None) if kind is ChangeKind.REMOVED else (None, value)
    yield MetadataChange(path, kind, old, new)
