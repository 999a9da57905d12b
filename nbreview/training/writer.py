"""Writing an export: the rows and, beside them, the manifest and the data card; all aside first, then
renamed.

What becomes of an example is said in `pipeline`. Imports `store` and below.
"""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, BinaryIO

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.training.card import data_card
from nbreview.training.edits import edit_examples, reverted_commits
from nbreview.training.examples import Example, accepted_examples
from nbreview.training.files import aside, manifest_bytes, put, targets
from nbreview.training.filters import EVERYTHING, ExportFilter
from nbreview.training.formats import Format, find_format
from nbreview.training.lengths import Lengths, TokenCounter
from nbreview.training.manifest import COMMIT_FILTERS, FILTERS, ManifestBuilder, repositories_in
from nbreview.training.pipeline import Line, Pipeline, Progress, Selection
from nbreview.training.sinks import Sink, load_parquet, open_sink
from nbreview.training.splits import NAMES, Splits
from nbreview.words import Said, said

Examples = Callable[[], Iterator[Example | str]]
"""Begins again what an export reads: examples, or why something is none."""


class NothingToExport(UserError):
    """There is nothing that could become a row; nothing has been written."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote. `path` is the data's file, or the folder of its splits. `left_out` counts, by
    reason, what did not become rows.
    """

    path: Path
    manifest_path: Path
    rows: int
    left_out: Mapping[str, int]
    manifest: Mapping[str, Any]
    card_path: Path


def export(
    store: Store,
    out: Path,
    format: str = "chat",
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
    *,
    splits: Splits | None = None,
    without: Collection[str] = (),
    only: ExportFilter = EVERYTHING,
    counter: TokenCounter | None = None,
    max_tokens: int | None = None,
) -> ExportReport:
    """Write every acceptance that stands as training data, with a manifest and a data card beside it.

    Parameters
    ----------
    out:
        The file to write (`x.jsonl` gets `x.manifest.json` and `x.card.md`), or a folder that exists (it gets
        `<format>.jsonl`, `manifest.json` and `card.md`). With splits, a folder, which is made where it is
        missing and gets a file for each split. Earlier exports are replaced.
    format:
        Name of one of `formats.FORMATS`.
    progress:
        Called with how many acceptances have been seen and how many there are.
    splits:
        How to divide the rows; None writes one file.
    without:
        Ids of decisions to leave out.
    only:
        Which acceptances are asked for.
    counter, max_tokens:
        What counts the tokens of rows, and how many of them a row may have.

    Raises
    ------
    NothingToExport
        There is no row to write.
    UserError
        The format does not exist, or `out` cannot be written.
    Cancelled
        Stopped on request. Whatever is raised, files that were there are as they were and no new one is left.
    """
    chosen = find_format(format)
    counts = store.counts()
    source = _of_store(store, chosen)
    selection = Selection(only, frozenset(without), _settled(splits, source), counter, max_tokens)
    builder = _builder(chosen, selection, FILTERS)
    pipeline = Pipeline(chosen, builder, selection, cancel, progress)
    lines = pipeline.lines(source(), counts["accepted"] + counts["edited"])
    try:
        return _write(lines, out, chosen, builder, splits, store.path, cancel)
    except _NoRows:
        raise NothingToExport(_nothing(store, builder.left_out)) from None


def export_edits(
    edits: Sequence[Path],
    out: Path,
    format: str = "edit-cell",
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
    *,
    splits: Splits | None = None,
    only: ExportFilter = EVERYTHING,
    counter: TokenCounter | None = None,
    max_tokens: int | None = None,
) -> ExportReport:
    """Write edits that `nbreview mine` has found as training data; everything else is as for `export`.

    Raises also UserError for a file that is not of mined edits.
    """
    chosen = find_format(format)
    reverted = reverted_commits(edits)

    def source() -> Iterator[Example | str]:
        return edit_examples(edits, reverted)

    selection = Selection(only, frozenset(), _settled(splits, source), counter, max_tokens)
    builder = _builder(chosen, selection, COMMIT_FILTERS)
    lines = Pipeline(chosen, builder, selection, cancel, progress).lines(source(), 0)
    forbidden = next((path for path in edits if out.exists() and out.samefile(path)), None)
    if forbidden is not None:
        raise UserError(
            said("{path} holds the edits to export and is not written over; name another file.", path=out)
        )
    try:
        return _write(lines, out, chosen, builder, splits, None, cancel)
    except _NoRows:
        names = ", ".join(str(path) for path in edits)
        if not builder.left_out:
            raise NothingToExport(said("Nothing in {names} can be exported.", names=names)) from None
        reasons = _reasons(builder.left_out)
        raise NothingToExport(
            said("Nothing in {names} can be exported ({reasons}).", names=names, reasons=reasons)
        ) from None


def _builder(format: Format, selection: Selection, filters: Sequence[str]) -> ManifestBuilder:
    words = (*filters, *selection.only.words())
    return ManifestBuilder(format, selection.splits, words, Lengths(selection.counter, selection.max_tokens))


def _of_store(store: Store, format: Format) -> Examples:
    return lambda: iter(accepted_examples(store, with_rejected=format.rejections))


def _settled(splits: Splits | None, source: Examples) -> Splits | None:
    if splits is None or splits.by != "auto":
        return splits
    return splits.settled(repositories_in(made for made in source() if isinstance(made, Example)))


class _NoRows(Exception):
    """There was nothing to write."""


def _write(
    lines: Iterator[Line],
    out: Path,
    format: Format,
    builder: ManifestBuilder,
    splits: Splits | None,
    forbidden: Path | None,
    cancel: CancelToken | None,
) -> ExportReport:
    if format.suffix == ".parquet":
        load_parquet()
    made = splits is not None and not out.exists()
    try:
        paths, manifest_path = _paths(out, format, splits, forbidden)
        if made:
            out.mkdir()
        try:
            return _write_files(lines, out, format, builder, paths, manifest_path, cancel)
        except BaseException:
            if made:
                with contextlib.suppress(OSError):
                    out.rmdir()  # empty again: nothing half done is left
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        where = out if splits is not None else paths[""]
        raise UserError(
            said(
                "{path} cannot be written ({reason}); choose another place for the export.",
                path=where,
                reason=reason,
            )
        ) from error


def _paths(
    out: Path, format: Format, splits: Splits | None, forbidden: Path | None
) -> tuple[dict[str, Path], Path]:
    if splits is None:
        data, manifest = targets(out, format.name, forbidden, format.suffix)
        if (data.suffix == ".parquet") != (format.suffix == ".parquet") and data.suffix in (
            ".parquet",
            ".jsonl",
        ):
            raise UserError(
                said(
                    "{path} is no name for {format}; name a file such as {example}{suffix}.",
                    path=data,
                    format=format.title,
                    example=format.name,
                    suffix=format.suffix,
                )
            )
        return {"": data}, manifest
    if out.exists() and not out.is_dir():
        raise UserError(
            said("{path} is no folder; splits are several files, so name a folder for them.", path=out)
        )
    if not out.parent.is_dir():
        raise UserError(
            said(
                "There is no folder {folder}; make it first, or name a folder in another one.",
                folder=out.parent,
            )
        )
    return {name: out / f"{name}{format.suffix}" for name in NAMES}, out / "manifest.json"


def _write_files(
    lines: Iterator[Line],
    out: Path,
    format: Format,
    builder: ManifestBuilder,
    paths: Mapping[str, Path],
    manifest_path: Path,
    cancel: CancelToken | None,
) -> ExportReport:
    card_path = manifest_path.with_name(manifest_path.name.removesuffix("manifest.json") + "card.md")
    with contextlib.ExitStack() as stack:
        opened = {split: (*stack.enter_context(aside(path)), path) for split, path in paths.items()}
        sinks: dict[str, Sink] = {split: open_sink(format, new[0]) for split, new in opened.items()}
        for split, row, line in lines:
            sinks[split].put(row, line)
        if not builder.rows:
            raise _NoRows
        for sink in sinks.values():
            sink.close()
        manifest = builder.build({split: sink.figures(paths[split].name) for split, sink in sinks.items()})
        texts = {
            card_path: data_card(manifest, manifest_path.name).encode(),
            manifest_path: manifest_bytes(manifest),
        }
        finished: list[tuple[BinaryIO, Path, Path]] = list(opened.values())
        for path, data in texts.items():
            stream, new = stack.enter_context(aside(path))
            stream.write(data)
            stream.flush()
            finished.append((stream, new, path))
        if cancel is not None:
            cancel.check()
        # The manifest comes last and holds the data's digests: should the power go out in between, it shows.
        for stream, new, path in finished:
            put(stream, new, path)
    path = out if len(paths) > 1 else paths[""]
    return ExportReport(path, manifest_path, builder.rows, dict(builder.left_out), manifest, card_path)


def _nothing(store: Store, left_out: Mapping[str, int]) -> Said:
    if left_out:
        return said(
            "Nothing in {path} can be exported ({reasons}); accept a suggestion that changes a cell.",
            path=store.path,
            reasons=_reasons(left_out),
        )
    return said(
        "No accepted suggestion is in {path} yet, so nothing was written; accept one first.", path=store.path
    )


def _reasons(left_out: Mapping[str, int]) -> Said:
    """What was left out, counted, in one line; not empty."""
    listed = [
        said("{reason}: {count}", reason=reason, count=number) for reason, number in sorted(left_out.items())
    ]
    return reduce(lambda first, second: said("{first}, {second}", first=first, second=second), listed)
