"""The diff itself: what is asked of it, each case in a process of its own, nbdime beside it in one run."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.big_notebooks import many_cells
from tests.bench.hard_notebooks import (
    all_edited,
    embedded_picture,
    html_plot,
    html_table,
    long_cell,
    repetitive_cell,
)
from tests.bench.measure import (
    HERE,
    Row,
    Settings,
    against,
    exponent,
    medians,
    milliseconds,
    peer,
    wall,
)

CASE = str(HERE / "diff_case.py")
Maker = Callable[[bool], bytes]


def diff_rows(folder: Path, settings: Settings) -> list[Row]:
    """Every row about the diff."""
    return [
        *(_one(folder, settings, *case) for case in _single_cases()),
        *_growth(folder, settings),
        *_whole_process(folder, settings),
    ]


def _single_cases() -> list[tuple[str, Maker, str]]:
    """What is measured once, how its sides are made, and what is asked for."""
    return [
        ("400 cells without ids, 10 % edited", lambda e: many_cells(400, edited=e, ids=False), "50 ms"),
        ("400 cells without ids, all edited", lambda e: all_edited(400, edited=e), "50 ms"),
        ("3,000 cells without ids, 10 % edited", lambda e: many_cells(3000, edited=e, ids=False), ""),
        ("10,000 cells without ids, 10 % edited", lambda e: many_cells(10_000, edited=e, ids=False), "2 s"),
        ("10,000 cells with ids, 10 % edited", lambda e: many_cells(10_000, edited=e), "2 s"),
        ("one cell of 5,000 lines, changed", lambda e: long_cell(5000, edited=e), "0.5 s"),
        (
            "one cell of 5,000 lines, every line changed",
            lambda e: long_cell(5000, edited=e, share=1),
            "0.5 s",
        ),
        (
            "a Markdown cell with 1 MB of base64, one word changed",
            lambda e: embedded_picture(1, edited=e),
            "0.5 s",
        ),
        ("20 MB of HTML output, a table, changed", lambda e: html_table(20, edited=e), "2 s, 300 MB"),
        ("20 MB of HTML output, a plot, changed", lambda e: html_plot(20, edited=e), "2 s, 300 MB"),
    ]


def _one(folder: Path, settings: Settings, title: str, make: Maker, reach: str) -> Row:
    sides = _write(folder, make)
    found = medians(settings, CASE, *sides)
    assert found["changed"], f"{title}: no difference was found"
    assert not found["loaded"], f"{title}: the diff loads what it does not need"
    text = f"{milliseconds(found['diff'])}, {found['memory'] * 1.048576:.0f} MB" + _coarse(found["coarse"])
    theirs = ""
    if settings.patience is not None:
        beside = peer(settings, CASE, *sides, "--nbdime")
        theirs = against(found["diff"], beside["diff"] if beside else None, settings)
        if beside:
            theirs += f", {beside['memory'] * 1.048576:.0f} MB"
    return Row(title, text, theirs, reach and f"under {reach.replace(', ', ', under ')}")


def _growth(folder: Path, settings: Settings) -> list[Row]:
    """How time and memory grow, and with what exponent: 1 is linear, 2 is quadratic."""
    cells = (1000, 3000, 10_000)
    lines = (1000, 10_000, 100_000)
    cases: list[tuple[str, tuple[int, ...], Callable[[int, bool], bytes]]] = [
        ("cells without ids, 10 % edited", cells, lambda n, e: many_cells(n, edited=e, ids=False)),
        ("cells without ids, all edited", cells, lambda n, e: all_edited(n, edited=e)),
        ("lines of one cell, 6 % changed", lines, lambda n, e: long_cell(n, edited=e)),
        ("lines of one cell, every line changed", lines, lambda n, e: long_cell(n, edited=e, share=1)),
        ("lines of one cell of 16 kinds, 5 % changed", lines, lambda n, e: repetitive_cell(n, edited=e)),
    ]
    rows = []
    for title, sizes, make in cases:
        found = []
        for size in sizes:
            sides = _write(folder, partial(make, size))
            found.append(medians(settings, CASE, *sides))
        times = [case["diff"] for case in found]
        taken = [case["memory"] - case["memory_start"] for case in found]
        sizes_text = " / ".join(f"{size:,}" for size in sizes)
        rows.append(
            Row(
                f"{sizes_text} {title}: time",
                " / ".join(map(milliseconds, times))
                + f", exponent {exponent(sizes, times):.2f}"
                + _coarse(found[-1]["coarse"]),
                reach="never quadratic",
            )
        )
        rows.append(
            Row(
                f"{sizes_text} {title}: memory that reading and diff take",
                " / ".join(f"{value * 1.048576:.0f}" for value in taken)
                + f" MB, exponent {exponent(sizes, [max(value, 0.1) for value in taken]):.2f}",
                reach="linear",
            )
        )
    return rows


def _whole_process(folder: Path, settings: Settings) -> list[Row]:
    rows = []
    for count, ids in ((100, True), (200, False)):
        sides = _write(folder, partial(_many, count, ids))
        ours = wall(settings, sys.executable, "-m", "nbreview", "diff", *sides)
        assert ours is not None, f"nbreview diff outlasts {settings.patience} s"
        theirs = ""
        if settings.patience is not None:
            found = wall(settings, sys.executable, "-m", "nbdime", "diff", *sides)
            theirs = against(ours, found, settings)
        title = f"whole process `nbreview diff`, {count} cells{'' if ids else ' without ids'}"
        rows.append(Row(title, milliseconds(ours), theirs, "under half" if ids else ""))
    return rows


def _many(count: int, ids: bool, edited: bool) -> bytes:
    return many_cells(count, edited=edited, ids=ids)


def _coarse(flag: float) -> str:
    return ", **coarse**" if flag else ""


def _write(folder: Path, make: Maker) -> tuple[str, str]:
    paths = []
    for name, edited in (("base", False), ("head", True)):
        path = folder / f"{name}.ipynb"
        path.write_bytes(make(edited))
        paths.append(str(path))
    return paths[0], paths[1]
