"""The step of the schema that holds drafts of notebooks. Imports `schema` beside it.

What `migrations` says of steps holds here too: it is never edited once it has been released.
"""

from typing import Any

from nbreview.store.schema import run


def drafts(db: Any) -> None:
    """Every step of every draft, as it was made or edited."""
    run(
        db,
        """CREATE TABLE draft_steps (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            draft TEXT NOT NULL,
            step TEXT NOT NULL,
            notebook TEXT NOT NULL,
            time REAL NOT NULL,
            content_blob TEXT NOT NULL REFERENCES blobs (sha256)
        ) STRICT""",
        "CREATE INDEX draft_steps_by_draft ON draft_steps (draft, seq)",
        "CREATE INDEX draft_steps_by_notebook ON draft_steps (notebook, seq)",
        "CREATE INDEX draft_steps_by_content_blob ON draft_steps (content_blob)",
        """CREATE TRIGGER draft_steps_are_kept BEFORE UPDATE OF id, draft, step, notebook, time ON draft_steps
            BEGIN SELECT RAISE(ABORT, 'a step of a draft is never changed; another one follows it'); END""",
    )
