"""Runtime snapshots: what lived in a kernel, kept once for each state.

Imports `kernel.model` and the modules beside it; every function takes an open database, and those that write
belong inside a transaction.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from nbreview.kernel.model import Definition, RuntimeSnapshot
from nbreview.store.blobs import put_text, unpack_text
from nbreview.store.rows import Row, dump_json, insert, select


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A snapshot as the store keeps it: of which notebook, in which kernel (its spec's name), and when."""

    id: str
    notebook: str
    kernel: str
    time: float
    snapshot: RuntimeSnapshot


def add(db: Any, kept: KeptSnapshot) -> bool:
    """Keep a snapshot; whether it was new. Equal contents are kept once."""
    snapshot = kept.snapshot
    row = {
        "id": kept.id,
        "notebook": kept.notebook,
        "time": kept.time,
        "kernel": kept.kernel,
        "python": snapshot.python,
        "libraries": dump_json(dict(snapshot.libraries)),
        "digest": snapshot.digest,
        "details": dump_json(
            {
                "execution_count": snapshot.execution_count,
                "cut": snapshot.cut,
                "seconds": snapshot.seconds,
            }
        ),
        "content_blob": put_text(db, dump_json(_content(snapshot))),
    }
    return insert(db, "snapshots", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


_SNAPSHOT = """SELECT s.*, b.encoding AS encoding, b.content AS content
    FROM snapshots AS s JOIN blobs AS b ON b.sha256 = s.content_blob"""


def get(db: Any, snapshot_id: str) -> KeptSnapshot | None:
    """One snapshot, or None."""
    rows = select(db, f"{_SNAPSHOT} WHERE s.id = CAST(? AS TEXT)", [snapshot_id])
    return _kept(rows[0]) if rows else None


def of_notebook(db: Any, notebook: str, digest: str | None = None) -> tuple[KeptSnapshot, ...]:
    """A notebook's snapshots, oldest first; with `digest` only those of that state."""
    sql = f"{_SNAPSHOT} WHERE s.notebook = CAST(? AS TEXT)"
    values = [notebook]
    if digest is not None:
        sql += " AND s.digest = ?"
        values.append(digest)
    return tuple(_kept(row) for row in select(db, f"{sql} ORDER BY s.time, s.seq", values))


def _content(snapshot: RuntimeSnapshot) -> dict[str, Any]:
    return {
        "names": {name: dict(described) for name, described in snapshot.names.items()},
        "definitions": {name: asdict(defined) for name, defined in snapshot.definitions.items()},
        "left_out": dict(snapshot.left_out),
    }


def _kept(row: Row) -> KeptSnapshot:
    content: Mapping[str, Any] = json.loads(unpack_text(row["content_blob"], row["encoding"], row["content"]))
    snapshot = RuntimeSnapshot(
        names=content["names"],
        definitions={name: Definition(**value) for name, value in content["definitions"].items()},
        libraries=json.loads(row["libraries"]),
        left_out=content["left_out"],
        python=row["python"],
        **json.loads(row["details"]),
    )
    return KeptSnapshot(row["id"], row["notebook"], row["kernel"], row["time"], snapshot)
