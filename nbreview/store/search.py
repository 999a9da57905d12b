"""Finding what is in the store by its words, or by the start of its id.

A query is words: all of them must be there, `word*` is the start of one, and "some words" in quotes stand
side by side. Nothing that a person types is syntax beyond that (FTS5 would take `-`, `:` and `NEAR` for its
own). Imports `errors` and the modules beside it; every function takes an open database.
"""

import functools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nbreview.errors import UserError
from nbreview.store.rows import Row, select
from nbreview.words import said

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_WORD = re.compile(r"\w")
_AGE = re.compile(r"(\d{1,6})\s*([dhw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
_SHOWN_WORDS = 16

MARKS = ("\x02", "\x03")
"""What stands before and after a match in `Hit.text`."""

_KINDS = {
    said("suggestion"): "suggestions",
    said("decision"): "decisions",
    said("comment"): "comments",
    said("finding"): "findings",
    said("review"): "reviews",
    said("snapshot"): "snapshots",
}
"""What has ids, in words, and its table."""

STATE = """CASE WHEN s.replaced_by <> '' THEN 'divided' ELSE coalesce((SELECT kind FROM decisions WHERE seq =
    (SELECT max(seq) FROM decisions WHERE suggestion = s.id)),
    CASE s.failed WHEN 1 THEN 'failed' ELSE 'pending' END) END"""
"""A suggestion's state, of `suggestions AS s`."""

_TIME = "coalesce(c.time, s.created, e.time, m.created, o.time, f.time)"
_MAKER = "coalesce(s.maker, m.author, 'rule:' || f.check_name)"
_STANDS = f"""CASE WHEN s.id IS NOT NULL THEN {STATE} WHEN m.id IS NOT NULL THEN
    CASE WHEN (SELECT act FROM comment_events WHERE comment = m.id AND act IN ('deleted', 'restored')
        ORDER BY seq DESC LIMIT 1) = 'deleted' THEN 'deleted'
    ELSE CASE (SELECT act FROM comment_events WHERE comment = m.id AND act IN ('resolved', 'reopened')
        ORDER BY seq DESC LIMIT 1) WHEN 'resolved' THEN 'resolved' ELSE 'open' END END
    ELSE f.evidence END"""

_HITS = f"""
    SELECT d.kind AS kind, d.ref AS id, coalesce(s.id, m.id, f.id) AS subject,
        coalesce(s.notebook, m.notebook, f.notebook) AS notebook,
        coalesce(s.cell_index, m.cell_index, f.cell_index) AS cell_index,
        coalesce(s.repository, m.repository, f.repository) AS repository,
        {_TIME} AS time, {_STANDS} AS state, {_MAKER} AS maker,
        snippet(search, -1, char(2), char(3), '…', {_SHOWN_WORDS}) AS text
    FROM search JOIN documents AS d ON d.seq = search.rowid
    LEFT JOIN decisions AS c ON d.kind = 'decision' AND c.id = d.ref
    LEFT JOIN suggestions AS s
        ON d.kind IN ('suggestion', 'decision') AND s.id = coalesce(c.suggestion, d.ref)
    LEFT JOIN comment_events AS e ON d.kind = 'comment event' AND e.id = d.ref
    LEFT JOIN comments AS m ON d.kind IN ('comment', 'comment event') AND m.id = coalesce(e.comment, d.ref)
    LEFT JOIN finding_outcomes AS o ON d.kind = 'outcome' AND o.id = d.ref
    LEFT JOIN findings AS f ON d.kind IN ('finding', 'outcome') AND f.id = coalesce(o.finding, d.ref)
    WHERE search MATCH ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    `kind` and `id` say what the words are in (a suggestion, a decision's reason, a comment, …), `subject` is
    the suggestion, comment or finding that this belongs to. `text` is an excerpt with the matches between
    `MARKS`.
    """

    kind: str
    id: str
    subject: str
    notebook: str
    cell_index: int
    repository: str
    time: float
    state: str
    maker: str
    text: str


def match_expression(text: str) -> str:
    """A query of FTS5 that asks for the words of a person's text, whatever characters it has.

    Raises
    ------
    UserError
        There is no word in it.
    """
    phrases = []
    for quoted, star, bare in _PIECE.findall(text.replace("\0", " ")):
        prefix = "*" if star or bare.endswith("*") else ""
        words = (bare or quoted).encode("utf-8", "replace").decode()
        if _WORD.search(words):
            phrases.append(f'"{words}" {prefix}'.strip())
    if not phrases:
        raise UserError(
            said(
                "“{text}” has no word to search for; give one, such as read_csv, or the start of one: read*.",
                text=text,
            )
        )
    return " AND ".join(phrases)


def find(
    db: Any,
    text: str,
    *,
    state: str | None = None,
    maker: str | None = None,
    repository: str | None = None,
    since: float | None = None,
    limit: int = 50,
) -> tuple[Hit, ...]:
    """What holds all words of `text`, the latest that was stored first.

    Parameters
    ----------
    state:
        Only what is in this state ("accepted", "pending", …; "open" and "resolved" for comments; the evidence
        for findings).
    maker:
        Only what was made by this ("model", "rule", "rule:names"; a comment's author).
    repository:
        Only from this repository: its folder, its remote, or the last part of either.
    since:
        Only what is not older, in seconds since the epoch.

    Raises
    ------
    UserError
        `text` has no word.
    """
    sql, values = _HITS, list[Any]([match_expression(text)])
    if state is not None:
        sql += f" AND {_STANDS} = ?"
        values.append(state)
    if maker is not None:
        sql += f" AND ({_MAKER} = ? OR substr({_MAKER}, 1, length(?) + 1) = ? || ':')"
        values += [maker] * 3
    if repository is not None:
        sql += f" AND ({belongs_to('coalesce(s.repository, m.repository, f.repository)')}"
        sql += f" OR {belongs_to('coalesce(s.remote, m.remote, f.remote)')})"
        values += repository_values(repository) * 2
    if since is not None:
        sql += f" AND {_TIME} >= ?"
        values.append(since)
    rows = select(db, f"{sql} ORDER BY search.rowid DESC LIMIT ?", [*values, limit])
    return tuple(Hit(**row) for row in rows)


def belongs_to(column: str) -> str:
    """The condition that a repository's folder or remote is the one named by `repository_values`."""
    return f"(rtrim({column}, '/') = ? OR substr(rtrim({column}, '/'), -length(?)) = ?)"


def repository_values(name: str) -> list[str]:
    """What `belongs_to` is asked with: a whole folder or address, or the last part of one."""
    bare = name.rstrip("/")
    return [bare, f"/{bare}", f"/{bare}"]


def parse_since(text: str, now: float) -> float:
    """A point in time, in seconds since the epoch: `2026-03-01`, `2026-03-01T12:00`, or an age: `36h`, `30d`,
    `6w`. A date without a zone is local time.

    Raises
    ------
    UserError
        It is none of these.
    """
    if age := _AGE.fullmatch(text.strip()):
        return now - timedelta(hours=int(age[1]) * _HOURS[age[2]]).total_seconds()
    try:
        return datetime.fromisoformat(text.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        raise UserError(
            said(
                "“{text}” is no time; give a date such as 2026-03-01, or an age such as 36h, 30d or 6w.",
                text=text,
            )
        ) from None


def identify(db: Any, start: str) -> tuple[str, str]:
    """What an id, or the start of one, belongs to: its kind and the whole id.

    Raises
    ------
    UserError
        Nothing has that id, or several things have an id that starts so.
    """
    found: list[tuple[str, str]] = []
    for kind, table in _KINDS.items():
        exact = select(db, f"SELECT id FROM {table} WHERE id = CAST(? AS TEXT)", [start])
        if exact:
            return kind, start
        # A range, and not LIKE, so that the index of ids answers.
        sql = f"SELECT id FROM {table} WHERE id >= CAST(?1 AS TEXT) AND id < CAST(?2 AS TEXT) LIMIT 3"
        rows: list[Row] = select(db, sql, [start, start + "\U0010ffff"]) if start else []
        found += [(kind, row["id"]) for row in rows]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            said(
                "Nothing in the store has the id “{id}”; `nbreview store search` shows ids of what it finds.",
                id=start,
            )
        )
    several = [said("{id} ({kind})", id=id, kind=kind) for kind, id in found[:4]]
    raise UserError(
        said(
            "Several ids start with “{start}”: {ids}; give more of the one that is meant.",
            start=start,
            ids=functools.reduce(lambda some, one: said("{some}, {one}", some=some, one=one), several),
        )
    )


def in_words(time: float) -> str:
    """A time for people, in UTC to the minute."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M")
