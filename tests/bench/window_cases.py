"""The window: large notebooks from the files read to the first paint, scrolling, memory, and its start."""

import statistics
import time
from pathlib import Path

from tests.bench.big_notebooks import many_bytes, many_cells
from tests.bench.measure import HERE, Row, Settings, child, medians


def window_rows(folder: Path, settings: Settings) -> list[Row]:
    """Every row about the window."""
    cases = {
        "5,000 cells": (many_cells(5000, edited=False), many_cells(5000, edited=True)),
        "5,000 cells without ids": (
            many_cells(5000, edited=False, ids=False),
            many_cells(5000, edited=True, ids=False),
        ),
        "50 MB of pictures, 200 cells": (many_bytes(50, edited=False), many_bytes(50, edited=True)),
    }
    rows: list[Row] = []
    base, head = folder / "base.ipynb", folder / "head.ipynb"
    for title, (base_data, head_data) in cases.items():
        base.write_bytes(base_data)
        head.write_bytes(head_data)
        found = medians(settings, str(HERE / "open_case.py"), str(base), str(head))
        rows += [
            Row(f"{title} ({found['megabytes']:.1f} MB): read one side", f"{found['read']:.0f} ms"),
            Row(f"{title}: diff against an edited copy", f"{found['diff']:.0f} ms"),
            Row(f"{title}: first paint after the diff", f"{found['paint']:.0f} ms"),
            Row(
                f"{title}: **from the files read to the first paint**",
                f"**{found['diff'] + found['paint']:.0f} ms**",
                reach="under 0.5 s" if title == "5,000 cells" else "",
            ),
            Row(
                f"{title}: a frame while scrolling from end to end, median / worst",
                f"{found['frame_median']:.0f} / {found['frame_worst']:.0f} ms",
            ),
            Row(
                f"{title}: resident memory, empty canvas → both sides shown and scrolled",
                f"{found['memory_start']:.0f} → {found['memory']:.0f} MiB",
            ),
        ]
    starts = [float(child(str(HERE / "start_case.py"), str(time.time()))) for _ in range(settings.runs)]
    rows.append(
        Row("window: process start to first paint", f"{statistics.median(starts):.0f} ms", "", "under 1.5 s")
    )
    return rows
