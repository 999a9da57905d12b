"""The window: large notebooks from the files read to the first paint, scrolling, memory, and its start."""

import statistics
import time
from pathlib import Path

from tests.bench.big_notebooks import many_bytes, many_cells, many_pictures
from tests.bench.measure import HERE, Row, Settings, child, medians


def window_rows(folder: Path, settings: Settings) -> list[Row]:
    """Every row about the window."""
    cases = {
        "small notebook": (many_cells(30, edited=False), many_cells(30, edited=True)),
        "5,000 cells": (many_cells(5000, edited=False), many_cells(5000, edited=True)),
        "5,000 cells without ids": (
            many_cells(5000, edited=False, ids=False),
            many_cells(5000, edited=True, ids=False),
        ),
        "500 pictures": (many_pictures(500, edited=False), many_pictures(500, edited=True)),
        "50 MB of pictures, 200 cells": (many_bytes(50, edited=False), many_bytes(50, edited=True)),
    }
    rows: list[Row] = []
    base, head = folder / "base.ipynb", folder / "head.ipynb"
    for title, (base_data, head_data) in cases.items():
        base.write_bytes(base_data)
        head.write_bytes(head_data)
        through = ["through"] if "pictures" in title else []
        found = medians(settings, str(HERE / "open_case.py"), str(base), str(head), *through)
        rows += [
            Row(f"{title} ({found['megabytes']:.1f} MB): read one side", f"{found['read']:.0f} ms"),
            Row(f"{title}: diff against an edited copy", f"{found['diff']:.0f} ms"),
            Row(f"{title}: first paint after the diff", f"{found['paint']:.0f} ms"),
            Row(
                f"{title}: **from the files read to the first paint**",
                f"**{found['diff'] + found['paint']:.0f} ms**",
                reach="under 0.3 s" if title == "small notebook" else "under 0.5 s",
            ),
            Row(
                f"{title}: resident memory, empty canvas → both sides shown and scrolled",
                f"{found['memory_start']:.0f} → {found['memory']:.0f} MiB",
            ),
        ]
        if title != "small notebook":  # all of that is in view
            rows += [
                Row(
                    f"{title}: a turn of the wheel to its paint, median / worst",
                    f"{found['wheel_median']:.1f} / {found['wheel_worst']:.1f} ms",
                    reach="8 / 33 ms",
                ),
                Row(
                    f"{title}: a jump from end to end, painted as a whole, median / worst",
                    f"{found['frame_median']:.1f} / {found['frame_worst']:.1f} ms",
                    reach="8 / 33 ms",
                ),
            ]
        if title in ("small notebook", "5,000 cells"):
            found = medians(settings, str(HERE / "key_case.py"), str(base), str(head))
            rows += [
                Row(
                    f"{title}: in the window, from the command to the first paint", f"{found['open']:.0f} ms"
                ),
                Row(
                    f"{title}: from a key to its paint, median / worst",
                    f"{found['key_median']:.1f} / {found['key_worst']:.1f} ms",
                ),
            ]
    case, store = str(HERE / "start_case.py"), str(folder / "store.sqlite3")
    child(case, "0", store)  # the first start writes the bytecode and makes the store
    starts = [child(case, str(time.time()), store).split() for _ in range(settings.runs)]
    painted, ready = (statistics.median(map(float, times)) for times in zip(*starts, strict=True))
    return [
        *rows,
        Row("window: process start to first paint", f"{painted:.0f} ms", "", "under 1 s"),
        Row("window: process start to the moment from which it answers", f"{ready:.0f} ms"),
    ]
