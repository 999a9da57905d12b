"""Git history to data: each revision of each notebook becomes one row of edits.

The listing of every repository is walked once and cut into chunks, always in the same way; workers read and
compare (`mining_chunk`) in any `concurrent.futures.Executor`; lines are taken in the order of the chunks and
kept in a journal. So the bytes do not depend on the workers, memory not on the length of the history, and a
run that was killed goes on where it was.

Imports `history` and below, and the modules beside it.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from nbreview import __version__
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.mining_log import count_commits
from nbreview.training.files import aside, manifest_bytes, put, targets
from nbreview.training.mining_chunk import Chunk, Mined, mine_chunk, release
from nbreview.training.mining_filters import MiningFilters
from nbreview.training.mining_journal import Journal, Position, open_journal
from nbreview.training.mining_rows import MiningSchema, find_schema
from nbreview.training.mining_survey import Survey, chunks, survey


@dataclass(frozen=True, slots=True)
class MiningProgress:
    """How far the work is: the repository at hand, and its commits seen of those it has."""

    repository: str
    number: int
    repositories: int
    commits: int
    total: int
    rows: int


@dataclass(frozen=True, slots=True)
class MiningReport:
    """What a run wrote. `problems` are sentences about repositories that could not be mined; `resumed`
    whether the run went on where an earlier one had ended.
    """

    path: Path
    manifest_path: Path
    rows: int
    manifest: Mapping[str, Any]
    problems: tuple[str, ...]
    resumed: bool


def mine(
    folders: Sequence[Path],
    out: Path,
    schema: str = "nbreview",
    filters: MiningFilters | None = None,
    *,
    executor: Executor | None = None,
    width: int = 1,
    cancel: CancelToken | None = None,
    progress: Callable[[MiningProgress], None] | None = None,
) -> MiningReport:
    """Write the edits in the history of repositories, with a manifest beside them.

    Parameters
    ----------
    folders:
        Clones, bare or not, or worktrees. Each is mined from its HEAD.
    out:
        A file, or a folder that exists. Earlier data there is replaced when the new one is complete.
    schema:
        Name of one of `mining_rows.SCHEMAS`.
    filters:
        What is left out; None takes the schema's defaults.
    executor:
        What the chunks run in; None runs them here. It stays the caller's.
    width:
        How many chunks the executor works on at a time.

    Raises
    ------
    UserError
        Not one repository can be mined, `out` cannot be written, a worker died. What had been done is kept,
        and the same call goes on from there.
    Cancelled
        Stopped on request; the same call goes on from there.
    """
    chosen = find_schema(schema)
    wanted = chosen.defaults if filters is None else filters
    data_path, manifest_path = targets(out, chosen.name)
    surveyed = survey(folders, cancel)
    fingerprint = _fingerprint(chosen, wanted, surveyed)
    try:
        with open_journal(data_path, fingerprint) as journal:
            resumed = journal.resumed
            tally = _Tally(journal.counts)
            _run(journal, tally, surveyed, chosen, wanted, executor, width, cancel, progress)
            manifest = _manifest(chosen, wanted, surveyed, journal, tally, data_path.name)
            with aside(manifest_path) as (stream, manifest_aside):
                stream.write(manifest_bytes(manifest))
                journal.finish(data_path)
                # The manifest comes last and holds the data's digest: should the power go out in between, it
                # shows.
                put(stream, manifest_aside, manifest_path)
            journal.remove()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"{data_path} cannot be written ({reason}); make room or choose another place, then run it again."
        ) from error
    except BrokenExecutor as error:
        raise UserError(
            "A worker process ended unexpectedly (out of memory?); run the same command again with fewer "
            "workers or a smaller limit on the size of notebooks: it goes on where it stopped."
        ) from error
    finally:
        release()
    return MiningReport(data_path, manifest_path, tally.rows, manifest, surveyed.problems, resumed)


class _Tally:
    """What is counted over all chunks, and survives in the journal."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self.rows: int = held.get("rows", 0)
        self.left_out: Counter[str] = Counter(held.get("left_out", {}))
        self.listed: Counter[str] = Counter(held.get("listed", {}))
        self.notes: Counter[str] = Counter(held.get("notes", {}))
        self.languages: Counter[str] = Counter(held.get("languages", {}))
        self.repositories: Counter[str] = Counter(held.get("repositories", {}))
        self.first: int | None = held.get("first")
        self.last: int | None = held.get("last")

    def add(self, repository: str, mined: Mined) -> None:
        """Count one chunk."""
        self.rows += mined.rows
        self.left_out.update(mined.left_out)
        self.listed.update(mined.listed)
        self.notes.update(mined.notes)
        self.languages.update(mined.languages)
        if mined.rows:
            self.repositories[repository] += mined.rows
        if mined.first is not None and mined.last is not None:
            self.first = mined.first if self.first is None else min(self.first, mined.first)
            self.last = mined.last if self.last is None else max(self.last, mined.last)

    def record(self) -> dict[str, Any]:
        """Everything, as JSON holds it."""
        return {
            "rows": self.rows,
            "left_out": dict(self.left_out),
            "listed": dict(self.listed),
            "notes": dict(self.notes),
            "languages": dict(self.languages),
            "repositories": dict(self.repositories),
            "first": self.first,
            "last": self.last,
        }


def _run(
    journal: Journal,
    tally: _Tally,
    surveyed: Survey,
    schema: MiningSchema,
    filters: MiningFilters,
    executor: Executor | None,
    width: int,
    cancel: CancelToken | None,
    progress: Callable[[MiningProgress], None] | None,
) -> None:
    """Bring the journal from where it stands to the end."""
    start = journal.position
    number, total, seen = -1, 0, 0
    work = _work(surveyed, start, schema, filters, cancel)
    for at, chunk_number, mined in _in_order(work, executor, width):
        if cancel is not None:
            cancel.check()
        repository = surveyed.repositories[at]
        if at != number:
            number, seen = at, 0
            if progress is not None:
                total = count_commits(repository.git, repository.tip, cancel)
        tally.add(repository.source.remote or repository.source.name, mined)
        journal.add(mined.lines, Position(at, chunk_number + 1), tally.record())
        if progress is not None:
            seen += mined.commits
            names = (repository.source.name, at + 1, len(surveyed.repositories))
            progress(MiningProgress(*names, min(seen, total), total, tally.rows))


_Work = tuple[int, int, Chunk]


def _work(
    surveyed: Survey,
    start: Position,
    schema: MiningSchema,
    filters: MiningFilters,
    cancel: CancelToken | None,
) -> Iterator[_Work]:
    """Every chunk that is still to do, with its place."""
    for at, repository in enumerate(surveyed.repositories):
        if at < start.repositories:
            continue
        done = start.chunks if at == start.repositories else 0
        for number, chunk in enumerate(chunks(repository, schema, filters, cancel)):
            if number >= done:
                yield at, number, chunk


def _in_order(
    work: Iterator[_Work], executor: Executor | None, width: int
) -> Iterator[tuple[int, int, Mined]]:
    """What comes of the chunks, in their order, with no more than a few of them waiting."""
    if executor is None:
        for at, number, chunk in work:
            yield at, number, mine_chunk(chunk)
        return
    waiting: deque[tuple[int, int, Future[Mined]]] = deque()
    try:
        for at, number, chunk in work:
            waiting.append((at, number, executor.submit(mine_chunk, chunk)))
            if len(waiting) >= 2 * width:
                first, second, future = waiting.popleft()
                yield first, second, future.result()
        while waiting:
            first, second, future = waiting.popleft()
            yield first, second, future.result()
    finally:
        for _, _, future in waiting:
            future.cancel()


def _fingerprint(schema: MiningSchema, filters: MiningFilters, surveyed: Survey) -> str:
    """A digest of all that the rows depend on."""
    value = [
        __version__,
        schema.name,
        filters.record(),
        [
            [str(each.folder), list(each.source), each.tip, sorted(each.shallow)]
            for each in surveyed.repositories
        ],
    ]
    return hashlib.sha256(orjson.dumps(value)).hexdigest()


def _manifest(
    schema: MiningSchema,
    filters: MiningFilters,
    surveyed: Survey,
    journal: Journal,
    tally: _Tally,
    file_name: str,
) -> dict[str, Any]:
    return {
        "format": schema.name,
        "schema": schema.schema,
        "program": {"name": "nbreview", "version": __version__},
        "data": {"file": file_name, "sha256": journal.sha256, "bytes": journal.size, "rows": tally.rows},
        "filters": filters.record(),
        "listed": dict(tally.listed),
        "left_out": dict(tally.left_out),
        "notes": dict(tally.notes),
        "languages": dict(tally.languages),
        "authored": {"first": tally.first, "last": tally.last},
        "repositories": [
            {
                "name": each.source.name,
                "remote": each.source.remote,
                "tip": each.tip,
                "shallow": bool(each.shallow),
                "partial": each.partial,
            }
            for each in surveyed.repositories
        ],
        "rows_by_repository": dict(tally.repositories),
        "unusable": len(surveyed.problems),
    }
