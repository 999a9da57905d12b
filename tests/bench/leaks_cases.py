"""What opening and closing leaves behind: two hundred reviews in one window, thirty windows."""

import json
from pathlib import Path

from tests.bench.measure import HERE, Row, Settings, child

REVIEWS, WINDOWS = 200, 30


def leak_rows(folder: Path, settings: Settings) -> list[Row]:
    """Each kind is counted once, in a process of its own: counts do not vary as times do."""
    rows: list[Row] = []
    for what, count in (("reviews", REVIEWS), ("windows", WINDOWS)):
        found = json.loads(child(str(HERE / "leaks_case.py"), what, str(count)))
        title = f"{count} {what} opened and closed"
        memory = " → ".join(f"{each['resident'] / 2**20:.0f}" for each in found)
        rows.append(Row(f"{title}: resident memory, first → half way → last", f"{memory} MiB", reach="level"))
        for kind in ("objects", "widgets", "threads", "files"):
            counts = " → ".join(f"{each[kind]:,}" for each in found)
            rows.append(Row(f"{title}: {kind}", counts, reach="level"))
    return rows
