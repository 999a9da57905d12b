"""The steps of the schema from the fourth on: reviews, comments, findings, snapshots, acts, the search, and
edits of several cells.

Like every step, none of these is edited once it has been released. Imports nothing of nbreview.

Rows only ever grow at their end, and nothing is stored twice: what a prompt was, and how a model was
quantised, is read out of the columns that hold it (a view, a generated column). So `salvage` can tell a row's
table by its fields in a file whose schema is lost.
"""

from typing import Any

_PLACE = """
            notebook TEXT NOT NULL,
            cell_index INTEGER NOT NULL,
            cell_id TEXT,
            repository TEXT NOT NULL,
            remote TEXT NOT NULL,
            commit_id TEXT NOT NULL,
            path TEXT NOT NULL,
            notebook_blob TEXT NOT NULL,
"""


def run(db: Any, *statements: str) -> None:
    """Run statements one by one, inside the caller's transaction."""
    for statement in statements:
        db.execute(statement)


def provenance(db: Any) -> None:
    """Which version of the notebook a suggestion was made for; models and prompts by what they are."""
    run(
        db,
        "ALTER TABLE suggestions ADD COLUMN notebook_blob TEXT NOT NULL DEFAULT ''",
        """ALTER TABLE models ADD COLUMN quantisation TEXT
            GENERATED ALWAYS AS (coalesce(json_extract(settings, '$.quantisation'), '')) VIRTUAL""",
        "CREATE INDEX suggestions_by_created ON suggestions (created)",
        "CREATE INDEX suggestions_by_repository ON suggestions (repository)",
        # Counting the bytes of a million texts must not read the texts.
        "ALTER TABLE blobs ADD COLUMN stored INTEGER GENERATED ALWAYS AS (length(content)) VIRTUAL",
        "CREATE INDEX blobs_by_stored ON blobs (stored)",
        # What refers to a blob or a model is asked before it goes.
        "CREATE INDEX suggestions_by_base ON suggestions (base_blob)",
        "CREATE INDEX suggestions_by_proposed ON suggestions (proposed_blob)",
        *(
            f"CREATE INDEX suggestions_by_{name} ON suggestions ({name}) WHERE {name} IS NOT NULL"
            for name in ("messages_blob", "reply_blob", "model")
        ),
        "CREATE INDEX decisions_by_final ON decisions (final_blob)",
    )


def findings(db: Any) -> None:
    """Findings, and what became of each."""
    run(
        db,
        f"""CREATE TABLE findings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            time REAL NOT NULL,
            {_PLACE}
            check_name TEXT NOT NULL,
            evidence TEXT NOT NULL,
            verdict TEXT NOT NULL,
            rung TEXT NOT NULL,
            source_digest TEXT NOT NULL,
            state_digest TEXT NOT NULL,
            message TEXT NOT NULL,
            exception TEXT NOT NULL,
            line INTEGER,
            "column" INTEGER,
            end_column INTEGER,
            probability REAL,
            model_name TEXT NOT NULL,
            seconds REAL NOT NULL,
            cause TEXT NOT NULL,
            origin_index INTEGER,
            trace TEXT NOT NULL,
            model INTEGER REFERENCES models (id),
            template TEXT NOT NULL,
            messages_blob TEXT REFERENCES blobs (sha256),
            reply_blob TEXT REFERENCES blobs (sha256),
            origin TEXT NOT NULL
        ) STRICT""",
        *(
            f"CREATE INDEX findings_by_{name} ON findings ({name}) WHERE {name} IS NOT NULL"
            for name in ("messages_blob", "reply_blob", "model")
        ),
        "CREATE INDEX findings_by_notebook ON findings (notebook, time, seq)",
        """CREATE TABLE finding_outcomes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            finding TEXT NOT NULL REFERENCES findings (id),
            kind TEXT NOT NULL CHECK (kind IN ('fixed', 'dismissed', 'confirmed', 'gone', 'still there')),
            time REAL NOT NULL,
            suggestion TEXT REFERENCES suggestions (id),
            reason TEXT NOT NULL,
            commit_id TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX finding_outcomes_by_finding ON finding_outcomes (finding, seq)",
        "CREATE INDEX finding_outcomes_by_suggestion ON finding_outcomes (suggestion)",
    )


def comments(db: Any) -> None:
    """Comments and their history."""
    run(
        db,
        f"""CREATE TABLE comments (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created REAL NOT NULL,
            {_PLACE}
            line INTEGER,
            source_digest TEXT NOT NULL,
            author TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX comments_by_notebook ON comments (notebook, created, seq)",
        """CREATE TABLE comment_events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            comment TEXT NOT NULL REFERENCES comments (id),
            act TEXT NOT NULL CHECK (act IN ('edited', 'resolved', 'reopened')),
            author TEXT NOT NULL,
            time REAL NOT NULL,
            text TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX comment_events_by_comment ON comment_events (comment, seq)",
    )


def reviews_and_snapshots(db: Any) -> None:
    """Reviews that were held, what lived in kernels, and acts that can be taken back."""
    run(
        db,
        """CREATE TABLE reviews (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            notebook TEXT NOT NULL,
            started REAL NOT NULL,
            ended REAL,
            repository TEXT NOT NULL,
            remote TEXT NOT NULL,
            path TEXT NOT NULL,
            base_commit TEXT NOT NULL,
            head_commit TEXT NOT NULL,
            base_blob TEXT NOT NULL,
            head_blob TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX reviews_by_notebook ON reviews (notebook, started)",
        """CREATE TABLE review_cells (
            id INTEGER PRIMARY KEY,
            review TEXT NOT NULL REFERENCES reviews (id),
            digest TEXT NOT NULL,
            time REAL NOT NULL,
            cell_index INTEGER,
            cell_id TEXT,
            UNIQUE (review, digest)
        ) STRICT""",
        """CREATE TABLE snapshots (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            notebook TEXT NOT NULL,
            time REAL NOT NULL,
            kernel TEXT NOT NULL,
            python TEXT NOT NULL,
            libraries TEXT NOT NULL,
            digest TEXT NOT NULL,
            details TEXT NOT NULL,
            content_blob TEXT NOT NULL REFERENCES blobs (sha256)
        ) STRICT""",
        "CREATE INDEX snapshots_by_content ON snapshots (content_blob)",
        "CREATE INDEX snapshots_by_notebook ON snapshots (notebook, time)",
        "CREATE INDEX snapshots_by_digest ON snapshots (digest)",
        """CREATE TABLE cell_acts (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            notebook TEXT NOT NULL,
            kind TEXT NOT NULL,
            time REAL NOT NULL,
            base TEXT NOT NULL,
            details TEXT NOT NULL,
            before_blob TEXT REFERENCES blobs (sha256),
            after_blob TEXT REFERENCES blobs (sha256)
        ) STRICT""",
        *(
            f"CREATE INDEX cell_acts_by_{name} ON cell_acts ({name}) WHERE {name} IS NOT NULL"
            for name in ("before_blob", "after_blob")
        ),
        "CREATE INDEX cell_acts_by_notebook ON cell_acts (notebook, seq)",
        # What a model was shown: the template with its hash, and the packed context.
        """CREATE VIEW prompts AS
            SELECT template, messages_blob, count(*) AS times,
                CASE instr(template, ' sha256:') WHEN 0 THEN template
                    ELSE substr(template, 1, instr(template, ' sha256:') - 1) END AS name,
                CASE instr(template, ' sha256:') WHEN 0 THEN ''
                    ELSE substr(template, instr(template, ' sha256:') + 8) END AS sha256
            FROM (SELECT template, messages_blob FROM suggestions
                UNION ALL SELECT template, messages_blob FROM findings)
            WHERE messages_blob IS NOT NULL GROUP BY template, messages_blob""",
    )


def search(db: Any) -> None:
    """Full-text search, kept in step by triggers in the transaction of what it finds.

    FTS5 with external content (sqlite.org/fts5.html): no text is stored twice, matches can be shown, and
    `integrity-check` can compare the index with what it stands for. Words are runs of letters, digits and
    `_`, so that `train_test_split` is one word and `df.groupby` two neighbours; trigrams would find parts of
    words, but not `x`, `df` or `lr`, and notebooks are full of those, at three times the size.
    """
    documents = {
        "suggestions": ("suggestion", "id"),
        "decisions": ("decision", "id"),
        "comments": ("comment", "id"),
        "comment_events": ("comment event", "id"),
        "findings": ("finding", "id"),
        "finding_outcomes": ("outcome", "id"),
    }
    when = {
        "decisions": "WHEN new.comment <> '' OR new.kind = 'edited'",
        "comment_events": "WHEN new.text <> ''",
        "finding_outcomes": "WHEN new.reason <> ''",
    }
    run(
        db,
        """CREATE TABLE documents (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            ref TEXT NOT NULL,
            UNIQUE (kind, ref)
        ) STRICT""",
        """CREATE VIEW search_content (seq, instruction, reason, source, comment, place) AS
            SELECT d.seq, s.instruction, s.reason,
                searchable(b.encoding, b.content) || char(10) || searchable(p.encoding, p.content), '',
                s.notebook || char(10) || s.path
            FROM documents AS d JOIN suggestions AS s ON s.id = d.ref
            JOIN blobs AS b ON b.sha256 = s.base_blob JOIN blobs AS p ON p.sha256 = s.proposed_blob
            WHERE d.kind = 'suggestion'
            UNION ALL
            SELECT d.seq, '', '',
                CASE c.kind WHEN 'edited' THEN searchable(f.encoding, f.content) ELSE '' END, c.comment, ''
            FROM documents AS d JOIN decisions AS c ON c.id = d.ref JOIN blobs AS f ON f.sha256 = c.final_blob
            WHERE d.kind = 'decision'
            UNION ALL
            SELECT d.seq, '', '', '', c.text, c.notebook || char(10) || c.path
            FROM documents AS d JOIN comments AS c ON c.id = d.ref WHERE d.kind = 'comment'
            UNION ALL
            SELECT d.seq, '', '', '', e.text, ''
            FROM documents AS d JOIN comment_events AS e ON e.id = d.ref WHERE d.kind = 'comment event'
            UNION ALL
            SELECT d.seq, '', f.message, f.exception, '', f.notebook || char(10) || f.path
            FROM documents AS d JOIN findings AS f ON f.id = d.ref WHERE d.kind = 'finding'
            UNION ALL
            SELECT d.seq, '', o.reason, '', '', ''
            FROM documents AS d JOIN finding_outcomes AS o ON o.id = d.ref WHERE d.kind = 'outcome'""",
        """CREATE VIRTUAL TABLE search USING fts5 (
            instruction, reason, source, comment, place,
            content = 'search_content', content_rowid = 'seq',
            tokenize = "unicode61 remove_diacritics 2 tokenchars '_'"
        )""",
        """CREATE TRIGGER documents_are_searched AFTER INSERT ON documents BEGIN
            INSERT INTO search (rowid, instruction, reason, source, comment, place)
            SELECT seq, instruction, reason, source, comment, place FROM search_content
            WHERE seq = new.seq; END""",
        """CREATE TRIGGER documents_are_forgotten BEFORE DELETE ON documents BEGIN
            INSERT INTO search (search, rowid, instruction, reason, source, comment, place)
            SELECT 'delete', seq, instruction, reason, source, comment, place FROM search_content
            WHERE seq = old.seq; END""",
    )
    for table, (kind, key) in documents.items():
        run(
            db,
            f"""CREATE TRIGGER {table}_are_searched AFTER INSERT ON {table} {when.get(table, "")} BEGIN
                INSERT INTO documents (kind, ref) VALUES ('{kind}', new.{key}); END""",
            f"""CREATE TRIGGER {table}_are_forgotten BEFORE DELETE ON {table} BEGIN
                DELETE FROM documents WHERE kind = '{kind}' AND ref = old.{key}; END""",
        )
    # What an older store held.
    for table, (kind, key) in documents.items():
        condition = when.get(table, "WHEN 1").removeprefix("WHEN ").replace("new.", "")
        run(
            db,
            f"INSERT INTO documents (kind, ref) SELECT '{kind}', {key} FROM {table} "
            f"WHERE {condition} ORDER BY seq",
        )


def edits_of_cells(db: Any) -> None:
    """Cells that are inserted and removed, answers about several cells, hunks decided on apart, and what the
    window remembers of each pair of versions.

    What is new in a row stands at its end, with a default: older rows mean what they meant. Programs before
    this step would take an insertion for a change of an empty cell, so the format's version went up with it.
    """
    run(
        db,
        """ALTER TABLE suggestions ADD COLUMN edit TEXT NOT NULL DEFAULT 'change'
            CHECK (edit IN ('change', 'insert', 'remove'))""",
        "ALTER TABLE suggestions ADD COLUMN follows TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE suggestions ADD COLUMN answer TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE suggestions ADD COLUMN part_of TEXT NOT NULL DEFAULT ''",
        # What stands in its place: its parts, or the whole that it was a part of.
        """ALTER TABLE suggestions ADD COLUMN replaced_by TEXT NOT NULL DEFAULT ''
            CHECK (replaced_by IN ('', 'parts', 'whole'))""",
        "CREATE INDEX suggestions_by_answer ON suggestions (answer) WHERE answer <> ''",
        "CREATE INDEX suggestions_by_part_of ON suggestions (part_of) WHERE part_of <> ''",
        # Decisions of one batch are one write of the file; `kept_blob` is what taking one back needs.
        "ALTER TABLE decisions ADD COLUMN batch TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decisions ADD COLUMN kept_blob TEXT REFERENCES blobs (sha256)",
        "CREATE INDEX decisions_by_batch ON decisions (batch) WHERE batch <> ''",
        "CREATE INDEX decisions_by_kept_blob ON decisions (kept_blob) WHERE kept_blob IS NOT NULL",
        """CREATE TRIGGER batches_are_kept BEFORE UPDATE OF batch ON decisions
            BEGIN SELECT RAISE(ABORT, 'a decision is never changed; a newer one takes its place'); END""",
        # What a write was to make of the file, until it is known whether it did.
        """CREATE TABLE file_writes (
            batch TEXT PRIMARY KEY,
            notebook TEXT NOT NULL,
            before_digest TEXT NOT NULL,
            after_digest TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        # Nothing was ever kept in it by a window.
        "DROP TABLE viewed",
        """CREATE TABLE viewed_cells (
            notebook TEXT NOT NULL,
            base_blob TEXT NOT NULL,
            head_blob TEXT NOT NULL,
            cell TEXT NOT NULL,
            time REAL NOT NULL,
            PRIMARY KEY (notebook, base_blob, head_blob, cell)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX viewed_cells_by_time ON viewed_cells (time)",
        """CREATE TABLE viewed_files (
            repository TEXT NOT NULL,
            path TEXT NOT NULL,
            base_blob TEXT NOT NULL,
            head_blob TEXT NOT NULL,
            time REAL NOT NULL,
            PRIMARY KEY (repository, path, base_blob, head_blob)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX viewed_files_by_time ON viewed_files (time)",
        """CREATE TABLE window_places (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            time REAL NOT NULL
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX window_places_by_time ON window_places (time)",
        "ALTER TABLE diff_badges ADD COLUMN time REAL NOT NULL DEFAULT 0",
        "CREATE INDEX diff_badges_by_time ON diff_badges (time)",
    )


def comments_know_their_source(db: Any) -> None:
    """The source that a comment was written for, so that its line is found again in an edited cell."""
    run(
        db,
        "ALTER TABLE comments ADD COLUMN source_blob TEXT REFERENCES blobs (sha256)",
        "CREATE INDEX comments_by_source_blob ON comments (source_blob) WHERE source_blob IS NOT NULL",
    )


def threads_of_comments(db: Any) -> None:
    """Answers to comments, and comments that were deleted and restored.

    SQLite cannot widen a check, so the table of events is copied; its rows are what they were. Dropping a
    table sets off no trigger, so what the search knows of them stays.
    """
    columns = "seq, id, comment, act, author, time, text"
    run(
        db,
        "ALTER TABLE comments ADD COLUMN reply_to TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE kept_events AS SELECT * FROM comment_events",
        "DROP TABLE comment_events",
        """CREATE TABLE comment_events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            comment TEXT NOT NULL REFERENCES comments (id),
            act TEXT NOT NULL CHECK (act IN ('edited', 'resolved', 'reopened', 'deleted', 'restored')),
            author TEXT NOT NULL,
            time REAL NOT NULL,
            text TEXT NOT NULL
        ) STRICT""",
        f"INSERT INTO comment_events ({columns}) SELECT {columns} FROM kept_events ORDER BY seq",
        "DROP TABLE kept_events",
        "CREATE INDEX comment_events_by_comment ON comment_events (comment, seq)",
        """CREATE TRIGGER comment_events_are_searched AFTER INSERT ON comment_events WHEN new.text <> '' BEGIN
            INSERT INTO documents (kind, ref) VALUES ('comment event', new.id); END""",
        """CREATE TRIGGER comment_events_are_forgotten BEFORE DELETE ON comment_events BEGIN
            DELETE FROM documents WHERE kind = 'comment event' AND ref = old.id; END""",
    )
