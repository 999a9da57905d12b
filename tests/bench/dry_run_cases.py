"""How long a dry run takes on a kernel that holds a gigabyte: one row of the table."""

from pathlib import Path

from tests.bench.measure import HERE, Row, Settings, medians, milliseconds


def dry_run_rows(folder: Path, settings: Settings) -> list[Row]:
    """Median and worst of light cells, containment included."""
    found = medians(settings, str(HERE / "dry_run_case.py"), str(folder))
    return [
        Row(
            f"dry run of a light cell, kernel of {found['kernel_megabytes'] / 1000:.1f} GB (median)",
            milliseconds(found["dry_run_median"]),
            reach="150 ms",
        ),
        Row("the slowest of them", milliseconds(found["dry_run_worst"])),
    ]
