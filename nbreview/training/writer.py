"""Writing an export: the rows and, beside them, the manifest; both aside first, then renamed.

Imports `store` and below.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.training.examples import make_example
from nbreview.training.files import aside, manifest_bytes, put, targets
from nbreview.training.formats import Format, find_format
from nbreview.training.manifest import ManifestBuilder


class NothingToExport(UserError):
    """The store holds no acceptance that could become an example; nothing has been written."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote. `left_out` counts, by reason, acceptances that did not become rows."""

    path: Path
    manifest_path: Path
    rows: int
    left_out: Mapping[str, int]
    manifest: Mapping[str, Any]


def export(
    store: Store,
    out: Path,
    format: str = "chat",
    cancel: CancelToken | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write every acceptance that stands as training data, with a manifest beside it.

    Parameters
    ----------
    out:
        The file to write (`x.jsonl` gets `x.manifest.json`), or a folder that exists (it gets
        `<format>.jsonl` and `manifest.json`). Earlier exports are replaced.
    format:
        Name of one of `formats.FORMATS`.
    progress:
        Called with how many acceptances have been seen and how many there are.

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
    data_path, manifest_path = targets(out, chosen.name, store.path)
    builder = ManifestBuilder(chosen)
    try:
        with aside(data_path) as (stream, data_aside):
            for line in _lines(store, builder, chosen, cancel, progress):
                stream.write(line)
            if not builder.rows:
                raise NothingToExport(_nothing(store, builder.left_out))
            manifest = builder.build(data_path.name)
            with aside(manifest_path) as (manifest_stream, manifest_aside):
                manifest_stream.write(manifest_bytes(manifest))
                if cancel is not None:
                    cancel.check()
                put(stream, data_aside, data_path)
                # The manifest comes last and holds the data's digest: should the power go out in between, it
                # shows.
                put(manifest_stream, manifest_aside, manifest_path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"{data_path} cannot be written ({reason}); choose another place for the export."
        ) from error
    return ExportReport(data_path, manifest_path, builder.rows, dict(builder.left_out), manifest)


def preview(store: Store, format: str = "chat", limit: int = 20) -> tuple[str, ...]:
    """The first rows of an export, each as the text that would be written.

    Raises UserError for an unknown format.
    """
    chosen = find_format(format)
    lines = _lines(store, ManifestBuilder(chosen), chosen, None, None)
    return tuple(line.decode().rstrip() for line in itertools.islice(lines, limit))


def _lines(
    store: Store,
    builder: ManifestBuilder,
    format: Format,
    cancel: CancelToken | None,
    progress: Callable[[int, int], None] | None,
) -> Iterator[bytes]:
    counts = store.counts()
    total = counts["accepted"] + counts["edited"]
    for seen, (suggestion, decision) in enumerate(store.accepted(), start=1):
        if cancel is not None:
            cancel.check()
        if decision.final_source == suggestion.base_source:
            builder.leave_out("nothing changed")
        else:
            example = make_example(suggestion, decision)
            row = format.make_row(example)
            try:
                line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
            except orjson.JSONEncodeError:
                # Half a surrogate pair: it is in no file that UTF-8 can hold, and no tokeniser takes it.
                builder.leave_out("not Unicode text")
            else:
                builder.add(example, row, line)
                yield line
        if progress is not None:
            progress(seen, total)


def _nothing(store: Store, left_out: Mapping[str, int]) -> str:
    if left_out:
        reasons = ", ".join(f"{reason}: {number}" for reason, number in sorted(left_out.items()))
        return (
            f"Nothing in {store.path} can be exported ({reasons}); accept a suggestion that changes a cell."
        )
    return f"No accepted suggestion is in {store.path} yet, so nothing was written; accept one first."
