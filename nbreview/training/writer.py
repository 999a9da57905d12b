"""Writing an export: the rows and, beside them, the manifest and the data card; all aside first, then
renamed.

Every example goes the same way: cleaned of what is private, compared with those before it, given to its
split, put into the form asked for. Imports `store` and below.
"""

import contextlib
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.training.card import data_card
from nbreview.training.duplicates import DuplicateFilter
from nbreview.training.edits import edit_examples, reverted_commits
from nbreview.training.examples import Example, accepted_examples, clean
from nbreview.training.files import aside, manifest_bytes, put, targets
from nbreview.training.formats import Format, Row, find_format
from nbreview.training.manifest import COMMIT_FILTERS, FILTERS, ManifestBuilder, repositories_in
from nbreview.training.sinks import Sink, line_of, load_parquet, open_sink
from nbreview.training.splits import NAMES, Splits

Progress = Callable[[int, int], None]
Examples = Callable[[], Iterator[Example | str]]
"""Begins again what an export reads: examples, or why something is none."""

BY_HAND = "left out by hand"


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


class _Line(NamedTuple):
    split: str
    row: Row
    line: bytes


def export(
    store: Store,
    out: Path,
    format: str = "chat",
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
    *,
    splits: Splits | None = None,
    without: Collection[str] = (),
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
    builder = ManifestBuilder(chosen, _settled(splits, source), FILTERS)
    pipeline = _Pipeline(chosen, builder, _settled(splits, source), frozenset(without), cancel, progress)
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
) -> ExportReport:
    """Write edits that `nbreview mine` has found as training data; everything else is as for `export`.

    Raises also UserError for a file that is not of mined edits.
    """
    chosen = find_format(format)
    reverted = reverted_commits(edits)

    def source() -> Iterator[Example | str]:
        return edit_examples(edits, reverted)

    settled = _settled(splits, source)
    builder = ManifestBuilder(chosen, settled, COMMIT_FILTERS)
    lines = _Pipeline(chosen, builder, settled, frozenset(), cancel, progress).lines(source(), 0)
    forbidden = next((path for path in edits if out.exists() and out.samefile(path)), None)
    if forbidden is not None:
        raise UserError(f"{out} holds the edits to export and is not written over; name another file.")
    try:
        return _write(lines, out, chosen, builder, splits, None, cancel)
    except _NoRows:
        names = ", ".join(str(path) for path in edits)
        raise NothingToExport(f"Nothing in {names} can be exported{_reasons(builder.left_out)}.") from None


def preview(store: Store, format: str = "chat", limit: int = 20) -> tuple[str, ...]:
    """The first rows of an export, each as the text that would be written (of a Parquet file, as JSON).

    Raises UserError for an unknown format.
    """
    chosen = find_format(format)
    pipeline = _Pipeline(chosen, ManifestBuilder(chosen), None, frozenset(), None, None)
    lines = pipeline.lines(_of_store(store, chosen)(), 0)
    return tuple(made.line.decode().rstrip() for made in itertools.islice(lines, limit))


def _of_store(store: Store, format: Format) -> Examples:
    return lambda: iter(accepted_examples(store, with_rejected=format.rejections))


def _settled(splits: Splits | None, source: Examples) -> Splits | None:
    if splits is None or splits.by != "auto":
        return splits
    return splits.settled(repositories_in(made for made in source() if isinstance(made, Example)))


@dataclass(frozen=True, slots=True)
class _Pipeline:
    """From examples to lines; what is left out is counted in the builder."""

    format: Format
    builder: ManifestBuilder
    splits: Splits | None
    without: frozenset[str]
    cancel: CancelToken | None
    progress: Progress | None

    def lines(self, examples: Iterator[Example | str], total: int) -> Iterator[_Line]:
        known = DuplicateFilter()
        for seen, made in enumerate(examples, start=1):
            if self.cancel is not None:
                self.cancel.check()
            if isinstance(made, str):
                self.builder.leave_out(made)
            else:
                yield from self._lines_of(made, known)
            if self.progress is not None:
                self.progress(seen, max(seen, total))

    def _lines_of(self, raw: Example, known: DuplicateFilter) -> Iterator[_Line]:
        leave_out = self.builder.leave_out
        if raw.provenance["decision"] and raw.provenance["decision"] in self.without:
            return leave_out(BY_HAND)
        if raw.before == raw.after:
            return leave_out("nothing changed")
        example = clean(raw)
        rows = self.format.make_rows(example)
        if not rows:
            return leave_out(self.format.lack)
        try:
            lines = [line_of(row) for row in rows]
        except orjson.JSONEncodeError:
            # Half a surrogate pair: it is in no file that UTF-8 can hold, and no tokeniser takes it.
            return leave_out("not Unicode text")
        group = self.splits.group_of(rows[0]["metadata"]) if self.splits is not None else ""
        split = self.splits.split_of(group) if self.splits is not None else ""
        before, after = example.before, example.after
        if self.format.whole and example.whole is not None:
            before, after = example.whole
        reason = known.reason(replace(example, before=before, after=after), split)
        if reason is not None:
            return leave_out(reason)
        for row, line in zip(rows, lines, strict=True):
            self.builder.add(row, example.settings, split, group, str(raw.provenance["repository"]))
            yield _Line(split, row, line)


class _NoRows(Exception):
    """There was nothing to write."""


def _write(
    lines: Iterator[_Line],
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
            f"{where} cannot be written ({reason}); choose another place for the export."
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
                f"{data} is no name for {format.title}; name a file such as {format.name}{format.suffix}."
            )
        return {"": data}, manifest
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is no folder; splits are several files, so name a folder for them.")
    if not out.parent.is_dir():
        raise UserError(f"There is no folder {out.parent}; make it first, or name a folder in another one.")
    return {name: out / f"{name}{format.suffix}" for name in NAMES}, out / "manifest.json"


def _write_files(
    lines: Iterator[_Line],
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


def _nothing(store: Store, left_out: Mapping[str, int]) -> str:
    if left_out:
        reasons = _reasons(left_out)
        return f"Nothing in {store.path} can be exported{reasons}; accept a suggestion that changes a cell."
    return f"No accepted suggestion is in {store.path} yet, so nothing was written; accept one first."


def _reasons(left_out: Mapping[str, int]) -> str:
    listed = ", ".join(f"{reason}: {number}" for reason, number in sorted(left_out.items()))
    return f" ({listed})" if listed else ""
