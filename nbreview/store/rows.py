"""Values on their way into and out of SQLite.

Python texts can hold what UTF-8 cannot: half of a surrogate pair from a notebook's JSON escape, or the bytes
of a file name that is not UTF-8. They are kept by writing them as `surrogatepass` bytes cast to TEXT, and by
reading every text the same way. Imports nothing of nbreview.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def decode_text(data: bytes) -> str:
    """Read a TEXT value; the connection's `text_factory`."""
    return data.decode("utf-8", "surrogatepass")


def bind(value: str) -> str | bytes:
    """What stands for a text in `CAST(? AS TEXT)`: itself, or its bytes where it holds lone surrogates."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")
    return value


def insert(db: Any, table: str, row: Mapping[str, Any], *, on_conflict: str = "") -> int:
    """Insert one row and return how many rows came of it (0 where `on_conflict` says DO NOTHING).

    Table and column names come from this program, never from data.
    """
    places = ", ".join("CAST(? AS TEXT)" if isinstance(value, str) else "?" for value in row.values())
    names = ", ".join(f'"{name}"' for name in row)
    return execute(db, f"INSERT INTO {table} ({names}) VALUES ({places}) {on_conflict}", tuple(row.values()))


def execute(db: Any, sql: str, values: Sequence[Any] = ()) -> int:
    """Run a statement and return how many rows it touched; texts are bound as in `select`."""
    return int(db.execute(sql, bound(values)).rowcount)


def select(db: Any, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query. A text is compared as `CAST(? AS TEXT)` where it may hold lone surrogates."""
    return list(db.query(sql, bound(values)))


def bound(values: Iterable[Any]) -> list[Any]:
    """Values as SQLite takes them; texts with lone surrogates as in `bind`."""
    return [bind(value) if isinstance(value, str) else value for value in values]


def dump_json(value: Any) -> str:
    """JSON whose text depends on the value alone: sorted keys, ASCII (so that lone surrogates survive)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
