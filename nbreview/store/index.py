"""An index of passages in a file of its own in the cache folder: SQLite's FTS5, ranked by BM25.

It can be made again at any time, so a file that cannot be used is thrown away; and it is never the store.
Imports `assist.retrieval`, `cancellation`, `paths` and below. One index may be used from any thread, one call
at a time; between processes, writes queue for SQLite's lock.
"""

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbreview.assist.retrieval import Passage, PassageKind, parts_of
from nbreview.cancellation import CancelToken
from nbreview.paths import cache_dir

MOST_BYTES = 256 * 2**20
"""Of one index file; what comes later is not taken in."""

MOST_INDEXES = 24
"""Index files that are kept; the ones that were used least lately go first."""

_FORMAT = 2  # of the tables and of how files are cut into passages; another one is made anew
_BUSY_SECONDS = 10.0
_AT_ONCE = 50
_NAME_WEIGHT, _SCOPE_WEIGHT, _TEXT_WEIGHT, _PARTS_WEIGHT = 8.0, 1.0, 1.0, 0.5
"""Chosen with stems and stop words on networkx, click and nltk; `tests/bench/retrieval_case.py` measures them
on other packages.
"""

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest TEXT NOT NULL,
    readme INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    path TEXT NOT NULL, start_line INTEGER NOT NULL, end_line INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, name TEXT NOT NULL, scope TEXT NOT NULL, text TEXT NOT NULL,
    parts TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS passages_by_source ON passages (source);
CREATE INDEX IF NOT EXISTS passages_by_title ON passages (title);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    name, scope, text, parts, content = 'passages', content_rowid = 'id', tokenize = 'porter unicode61');
CREATE TRIGGER IF NOT EXISTS passages_are_searched AFTER INSERT ON passages BEGIN
    INSERT INTO words (rowid, name, scope, text, parts)
    VALUES (new.id, new.name, new.scope, new.text, new.parts); END;
CREATE TRIGGER IF NOT EXISTS passages_are_forgotten AFTER DELETE ON passages BEGIN
    INSERT INTO words (words, rowid, name, scope, text, parts)
    VALUES ('delete', old.id, old.name, old.scope, old.text, old.parts); END;
"""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that has passages: a file, or a module of a library.

    `stamp` changes whenever it may have changed (size and time of a file); `read` gives its content and is
    called only then. `cut` makes passages of the content.
    """

    path: str
    stamp: str
    read: Callable[[], bytes | None]
    cut: Callable[[str, bytes], tuple[Passage, ...]]
    readme: bool = False


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did, in sources. `full`: the index is as large as it may get, some were left out."""

    kept: int
    read: int
    removed: int
    full: bool = False


class PassageIndex:
    """The passages of one repository, or of one environment's libraries.

    Parameters
    ----------
    file:
        Where it is kept; None keeps it in memory, as is done where the file cannot be written.
    """

    def __init__(self, file: Path | None, most_bytes: int = MOST_BYTES) -> None:
        self.file = file
        self._most = most_bytes
        self._lock = threading.RLock()
        self._db = _opened(file)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def update(
        self,
        sources: Iterable[Source],
        cancel: CancelToken,
        progress: Callable[[int], None] | None = None,
        *,
        complete: bool = True,
    ) -> Updated:
        """Bring the index up to date: only what has changed is read; a content that has not changed, by git's
        id for it, is not cut again.

        Parameters
        ----------
        progress:
            Told how many sources are done, now and then.
        complete:
            Whether these are all sources there are, so that others are forgotten.

        Raises
        ------
        Cancelled
            `cancel` was raised; what was done so far is kept, and the next update goes on from there.
        """
        with self._lock:
            try:
                return self._update(sources, cancel, progress, complete)
            except sqlite3.DatabaseError:
                # A cache on a full or broken disk, or damaged: it lives in memory from here on.
                with contextlib.suppress(sqlite3.Error):
                    self._db.close()
                self._db = _opened(None)
                return self._update(sources, cancel, progress, complete)

    def _update(
        self,
        sources: Iterable[Source],
        cancel: CancelToken,
        progress: Callable[[int], None] | None,
        complete: bool,
    ) -> Updated:
        known = {
            path: (key, stamp, digest)
            for key, path, stamp, digest in self._db.execute("SELECT id, path, stamp, digest FROM sources")
        }
        seen: set[str] = set()
        read = 0
        full = False
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for number, source in enumerate(sources, 1):
                cancel.check()
                seen.add(source.path)
                before = known.get(source.path)
                if before is None or before[1] != source.stamp:
                    if self._is_full():
                        full = True
                        continue
                    read += self._take(source, before)
                if number % _AT_ONCE == 0:
                    self._db.execute("COMMIT")
                    self._db.execute("BEGIN IMMEDIATE")
                    if progress is not None:
                        progress(number)
            gone = [row[0] for path, row in known.items() if path not in seen] if complete else []
            self._db.executemany("DELETE FROM sources WHERE id = ?", [(key,) for key in gone])
        finally:
            if self._db.in_transaction:
                self._db.execute("COMMIT")
        if progress is not None:
            progress(len(seen))
        return Updated(len(seen) - read, read, len(gone), full)

    def _take(self, source: Source, before: tuple[int, str, str] | None) -> int:
        """Read one source; 1 where it was cut anew."""
        data = source.read()
        if data is None:
            if before is not None:
                self._db.execute("DELETE FROM sources WHERE id = ?", (before[0],))
            return 0
        digest = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        if before is not None and before[2] == digest:
            self._db.execute("UPDATE sources SET stamp = ? WHERE id = ?", (source.stamp, before[0]))
            return 0
        if before is not None:
            self._db.execute("DELETE FROM sources WHERE id = ?", (before[0],))
        key = self._db.execute(
            "INSERT INTO sources (path, stamp, digest, readme) VALUES (?, ?, ?, ?)",
            (_plain(source.path), source.stamp, digest, int(source.readme)),
        ).lastrowid
        self._db.executemany(
            "INSERT INTO passages "
            "(source, path, start_line, end_line, kind, title, name, scope, text, parts) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_record(key, passage) for passage in source.cut(source.path, data)],
        )
        return 1

    def _is_full(self) -> bool:
        pages = self._db.execute("PRAGMA page_count").fetchone()[0]
        free = self._db.execute("PRAGMA freelist_count").fetchone()[0]
        size = self._db.execute("PRAGMA page_size").fetchone()[0]
        return bool((pages - free) * size >= self._most)

    def search(
        self,
        terms: Sequence[str],
        limit: int,
        kinds: Sequence[PassageKind] = (),
        libraries: Sequence[str] = (),
    ) -> tuple[Passage, ...]:
        """The passages that hold most of the terms, best first, by BM25 (Robertson and Zaragoza 2009, as
        FTS5 reckons it) with a definition's name or a heading counting eight times. A term is a word, counted
        by its stem, or an identifier, taken apart at underscores; there is no syntax. No terms find nothing.

        Parameters
        ----------
        libraries:
            The top modules whose passages count; none: all.
        """
        quoted = " OR ".join(
            f'"{term}"' for term in (_plain(each).replace('"', " ") for each in terms) if term.strip()
        )
        if not quoted:
            return ()
        only = f"AND p.kind IN ({_marks(kinds)})" if kinds else ""
        if libraries:
            only += f" AND substr(p.title, 1, instr(p.title || '.', '.') - 1) IN ({_marks(libraries)})"
        sql = f"""SELECT p.path, p.start_line, p.end_line, p.title, p.text,
                -bm25(words, {_NAME_WEIGHT}, {_SCOPE_WEIGHT}, {_TEXT_WEIGHT}, {_PARTS_WEIGHT}) AS score,
                p.kind
            FROM words JOIN passages AS p ON p.id = words.rowid
            WHERE words MATCH ? {only} ORDER BY score DESC, p.path, p.start_line LIMIT ?"""
        with self._lock:
            try:
                rows = self._db.execute(sql, [quoted, *map(str, kinds), *libraries, limit]).fetchall()
            except sqlite3.DatabaseError:
                return ()
        return tuple(map(_passage, rows))

    def titled(self, titles: Iterable[str]) -> tuple[Passage, ...]:
        """The passages with exactly these titles, in the order of the titles."""
        sql = "SELECT path, start_line, end_line, title, text, 0.0, kind FROM passages WHERE title = ?"
        with self._lock:
            rows = [row for title in titles for row in self._db.execute(sql, (_plain(title),))]
        return tuple(map(_passage, rows))

    def of(self, path: str) -> tuple[Passage, ...]:
        """The passages of one source, in order; none where it is not in the index."""
        sql = """SELECT path, start_line, end_line, title, text, 0.0, kind FROM passages
            WHERE source = (SELECT id FROM sources WHERE path = ?) ORDER BY id"""
        with self._lock:
            rows = self._db.execute(sql, (_plain(path),)).fetchall()
        return tuple(map(_passage, rows))

    def paths(self, *, readmes: bool = False) -> tuple[str, ...]:
        """The paths of all sources, in order; or those of README files only."""
        sql = "SELECT path FROM sources WHERE readme >= ? ORDER BY path"
        with self._lock:
            return tuple(row[0] for row in self._db.execute(sql, (int(readmes),)))

    def stamp(self, path: str) -> str | None:
        """The stamp that a source had when it was read, None where it is not in the index."""
        with self._lock:
            row = self._db.execute("SELECT stamp FROM sources WHERE path = ?", (_plain(path),)).fetchone()
        return str(row[0]) if row else None


def index_file(name: str, folder: Path | None = None) -> Path:
    """Where the index of a repository (its absolute path) or of an environment (its fingerprint) is kept.

    Parameters
    ----------
    folder:
        None: the user's cache folder.
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return (folder or cache_dir()) / "knowledge" / f"{digest[:32]}.sqlite3"


def clean_up(folder: Path | None = None, most: int = MOST_INDEXES) -> int:
    """Remove the index files that were used least lately beyond `most`; how many."""
    files: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError):
        for file in ((folder or cache_dir()) / "knowledge").glob("*.sqlite3"):
            files.append((file.stat().st_mtime, file))
    gone = sorted(files, reverse=True)[most:]
    for _, file in gone:
        _remove(file)
    return len(gone)


def _opened(file: Path | None) -> sqlite3.Connection:
    if file is not None:
        for _ in range(2):
            with contextlib.suppress(OSError, sqlite3.Error):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(mode=0o600)
                return _prepared(_connected(file))
            _remove(file)
    return _prepared(_connected(":memory:"))


def _connected(place: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(place, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _passage(row: Sequence[Any]) -> Passage:
    path, start, end, title, text, score, kind = row
    return Passage(path, start, end, title, text, score, PassageKind(kind))


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
            raise sqlite3.DatabaseError("of another format")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # a cache: what a crash of the machine takes is made again
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA recursive_triggers = ON")
        db.executescript(_TABLES)
        db.execute(f"PRAGMA user_version = {_FORMAT}")
    except BaseException:
        db.close()
        raise
    return db


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            file.with_name(file.name + end).unlink()


def _plain(text: str) -> str:
    """A text as UTF-8 can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _record(source: int | None, passage: Passage) -> tuple[int | str | None, ...]:
    """A passage as a row: of a definition the last part of its dotted name is what it is called, and what
    stands before that, with the path, is where it is.
    """
    path, title, text = _plain(passage.path), _plain(passage.title), _plain(passage.text)
    named = passage.kind in (PassageKind.DEFINITION, PassageKind.LIBRARY)
    before, _, last = title.rpartition(".") if named else (path, "", title)
    name = " ".join((last, *parts_of(last)))
    scope = before if passage.kind is PassageKind.LIBRARY else path
    return (
        source,
        path,
        passage.start_line,
        passage.end_line,
        str(passage.kind),
        title,
        name,
        " ".join((scope, *parts_of(scope))),
        text,
        " ".join(parts_of(text)),
    )
