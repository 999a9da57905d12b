"""The store's schema, as a list of steps that only ever grows.

A step that has been released is never edited: the next one changes what it made. Steps run through
`sqlite_utils.Migrations`, which keeps the record of each step in the transaction that makes it. Imports the
later steps beside it and nothing else of nbreview.

Texts are kept as UTF-8; JSON columns hold ASCII JSON with sorted keys. A blob's key is the SHA-256 of its
content, the same digest that `notebook.model.source_digest` gives to a cell's source.
"""

from collections.abc import Callable
from typing import Any

from nbreview.store import schema, schema_drafts
from nbreview.store.schema import run as _run

APPLICATION_ID = 0x6E627276
"""“nbrv” in the header of the file: says that a SQLite database is a store of nbreview."""

MAJOR = 3
"""Version of the format, in `PRAGMA user_version`. It goes up when an older program could misread the file; a
step that only adds tables, columns with defaults or indexes leaves it alone. 2: triggers keep the search in
step with a function that programs of version 1 do not have. 3: a suggestion may insert or remove a cell,
which programs of version 2 would take for a change of its text."""


def _suggestions_and_decisions(db: Any) -> None:
    """What was proposed, by whom, what it was shown, and what a person decided."""
    _run(
        db,
        """CREATE TABLE blobs (
            sha256 TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            encoding TEXT NOT NULL CHECK (encoding IN ('plain', 'zlib')),
            content BLOB NOT NULL
        ) STRICT""",
        """CREATE TABLE models (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            settings TEXT NOT NULL,
            UNIQUE (name, sha256, settings)
        ) STRICT""",
        """CREATE TABLE suggestions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created REAL NOT NULL,
            notebook TEXT NOT NULL,
            cell_index INTEGER NOT NULL,
            cell_id TEXT,
            repository TEXT NOT NULL,
            remote TEXT NOT NULL,
            commit_id TEXT NOT NULL,
            path TEXT NOT NULL,
            cell_type TEXT NOT NULL,
            language TEXT NOT NULL,
            instruction TEXT NOT NULL,
            reason TEXT NOT NULL,
            evidence TEXT NOT NULL,
            failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
            maker TEXT NOT NULL,
            model INTEGER REFERENCES models (id),
            template TEXT NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            reply_tokens INTEGER NOT NULL,
            first_token_seconds REAL NOT NULL,
            total_seconds REAL NOT NULL,
            base_blob TEXT NOT NULL REFERENCES blobs (sha256),
            proposed_blob TEXT NOT NULL REFERENCES blobs (sha256),
            messages_blob TEXT REFERENCES blobs (sha256),
            reply_blob TEXT REFERENCES blobs (sha256)
        ) STRICT""",
        "CREATE INDEX suggestions_by_notebook ON suggestions (notebook, created, seq)",
        """CREATE TABLE decisions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            suggestion TEXT NOT NULL REFERENCES suggestions (id),
            kind TEXT NOT NULL CHECK (kind IN ('accepted', 'edited', 'rejected', 'undone')),
            final_blob TEXT NOT NULL REFERENCES blobs (sha256),
            time REAL NOT NULL,
            comment TEXT NOT NULL,
            applied INTEGER NOT NULL CHECK (applied IN (0, 1))
        ) STRICT""",
        "CREATE INDEX decisions_by_suggestion ON decisions (suggestion, seq)",
        # What was decided is history; only whether the file holds it may still change.
        """CREATE TRIGGER decisions_are_kept
            BEFORE UPDATE OF seq, id, suggestion, kind, final_blob, time, comment ON decisions
            BEGIN SELECT RAISE(ABORT, 'a decision is never changed; a newer one takes its place'); END""",
        """CREATE TABLE findings (
            id INTEGER PRIMARY KEY,
            notebook TEXT NOT NULL,
            source_digest TEXT NOT NULL,
            check_name TEXT NOT NULL,
            time REAL NOT NULL,
            evidence TEXT NOT NULL,
            verdict TEXT NOT NULL,
            cell_index INTEGER NOT NULL,
            cell_id TEXT,
            message TEXT NOT NULL,
            exception TEXT NOT NULL,
            line INTEGER,
            "column" INTEGER,
            end_column INTEGER,
            probability REAL,
            model TEXT NOT NULL,
            seconds REAL NOT NULL
        ) STRICT""",
        "CREATE INDEX findings_by_cell ON findings (notebook, source_digest, check_name)",
    )


def _what_the_window_remembers(db: Any) -> None:
    """Recent notebooks, what has been viewed, and the counts beside each revision."""
    _run(
        db,
        """CREATE TABLE recent (
            notebook TEXT PRIMARY KEY,
            time REAL NOT NULL
        ) STRICT""",
        # What was seen, not where: a digest of both sources, so that the tick goes when either changes.
        """CREATE TABLE viewed (
            notebook TEXT NOT NULL,
            digest TEXT NOT NULL,
            time REAL NOT NULL,
            PRIMARY KEY (notebook, digest)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE diff_badges (
            base_blob TEXT NOT NULL,
            head_blob TEXT NOT NULL,
            options TEXT NOT NULL,
            counts TEXT NOT NULL,
            PRIMARY KEY (base_blob, head_blob, options)
        ) STRICT, WITHOUT ROWID""",
    )


def _no_findings(db: Any) -> None:
    """Findings are made anew from a notebook and its saved outputs, so that none is ever out of date."""
    _run(db, "DROP TABLE findings")


_STEPS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("001_suggestions_and_decisions", _suggestions_and_decisions),
    ("002_what_the_window_remembers", _what_the_window_remembers),
    ("003_no_findings", _no_findings),
    ("004_provenance", schema.provenance),
    ("005_findings", schema.findings),
    ("006_comments", schema.comments),
    ("007_reviews_and_snapshots", schema.reviews_and_snapshots),
    ("008_search", schema.search),
    ("009_edits_of_cells", schema.edits_of_cells),
    ("010_comments_know_their_source", schema.comments_know_their_source),
    ("010_drafts", schema_drafts.drafts),
    ("011_threads_of_comments", schema.threads_of_comments),
)


def migrations() -> Any:
    """All steps in order, as a `sqlite_utils.Migrations`."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("nbreview")
    for name, step in _STEPS:
        steps(name=name)(step)
    return steps
