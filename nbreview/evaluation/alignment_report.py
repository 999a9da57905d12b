"""What the scores of an alignment come to, and the report about them.

Imports `alignment` and below.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import mean, median
from typing import Any

from nbreview.evaluation.alignment import OURS, Score
from nbreview.evaluation.form import Dataset, Form, Item, Measure, by_repository, measure
from nbreview.evaluation.metrics import Counts, bootstrap, share, total
from nbreview.evaluation.moves import KINDS
from nbreview.evaluation.report import Bar, Chart, Report, Table, duration, figure

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
"""Edges of the bands of similarity in which the recall of edited cells is told."""

_COLUMNS = (
    "edited precision",
    "edited recall",
    "edited F1 (95 %)",
    "matched F1",
    "moved: paired / as moved",
    "exact (95 %)",
    "exact, like cells alike",
)


def alignment_report(
    scores: Mapping[str, Sequence[Score]], moves: Mapping[str, Sequence[Score]], notes: Sequence[str]
) -> Report:
    """The report about every tool's scores.

    Parameters
    ----------
    scores:
        By tool, ours first: the scores of the labelled pairs.
    moves:
        By tool: the scores of the scripted moves; empty when there were none.
    notes:
        Sentences about this run.
    """
    tools = {name: _tool(rows, moves.get(name, ())) for name, rows in scores.items()}
    first = next(iter(scores.values()))
    data = {
        "pairs": len(first),
        "structural": sum(row.structural for row in first),
        "repositories": len({row.repository for row in first if row.repository}),
        "scripted_moves": len(next(iter(moves.values()), ())),
    }
    drawn = tools[OURS]["all"]["drawn"]
    ratios = _ratios(tools)
    return Report(
        name="alignment",
        title="Cell alignment",
        values={"data": data, "tools": tools, "ratio": ratios},
        tables=(
            _quality("All pairs", "all", tools),
            _quality("Structural pairs: cells inserted, deleted or moved too", "structural", tools),
            *([_moves(tools)] if data["scripted_moves"] else []),
            _bands(tools),
            _times(tools, ratios),
        ),
        chart=_chart(tools),
        notes=(
            f"{data['pairs']} pairs of {data['repositories'] or 'unnamed'} repositories, "
            f"{data['structural']} of them structural; ids are hidden from every tool.",
            f"95 % intervals: percentile bootstrap over {drawn}." if drawn else "No intervals: no figures.",
            "Precision, recall and F1 weigh every cell alike; a pair without an answer counts as an empty "
            "matching.",
            *notes,
        ),
    )


def alignment_form(
    scores: Mapping[str, Sequence[Score]], dataset: Dataset, seconds: float, settings: Mapping[str, Any]
) -> Form:
    """What all evaluations say alike, of the labelled pairs.

    Parameters
    ----------
    scores:
        By tool, ours first.
    seconds:
        Wall time of the run.
    settings:
        What changes figures.
    """
    measures: list[Measure] = []
    items: list[Item] = []
    for tool, rows in scores.items():
        for name, part in (("edited F1", "edited"), ("matched F1", "matched")):
            counted = [
                (row.repository, (2.0 * counts.hits, float(counts.predicted + counts.truth)))
                for row in rows
                for counts in (getattr(row, part),)
            ]
            measures.append(measure(name, tool, by_repository(counted), singles="pairs"))
        exact = by_repository((row.repository, (float(row.exact), 1.0)) for row in rows)
        measures.append(measure("exact", tool, exact, singles="pairs"))
        items += [
            Item(
                _unlike(row.name, number),
                tool,
                row.repository,
                {"exact": row.exact, "edited F1": row.edited.f1, "matched F1": row.matched.f1},
                row.read_seconds + row.diff_seconds,
            )
            for number, row in enumerate(rows)
        ]
    ended = {tool: sum(bool(row.failure) for row in rows) for tool, rows in scores.items()}
    problems = tuple(f"{tool}: {number} pairs without an answer." for tool, number in ended.items() if number)
    return Form(dataset, tuple(measures), tuple(items), seconds, settings=settings, problems=problems)


def _unlike(name: str, number: int) -> str:
    """An item's id: names need not be unlike each other, places are."""
    return f"{number + 1} {name}"


def edited_f1(rows: Sequence[Score]) -> float | None:
    """F1 over the edited cells of all rows together."""
    return total(row.edited for row in rows).f1


def exact_share(rows: Sequence[Score]) -> float | None:
    """Share of the notebooks whose whole matching is the true one."""
    return share(row.exact for row in rows)


# --- figures ------------------------------------------------------------------------------------------------


def _tool(rows: Sequence[Score], moves: Sequence[Score]) -> dict[str, Any]:
    kinds = {kind: [row for row in moves if row.repository == kind] for kind in KINDS}
    return {
        "all": _block(rows),
        "structural": _block([row for row in rows if row.structural]),
        "moves": {name: _moved(found) for name, found in {"all": moves, **kinds}.items() if found},
        "edited_recall_by_similarity": _recalls(rows),
        "seconds": {
            "diff": _seconds([row.diff_seconds for row in rows]),
            "read": _seconds([row.read_seconds for row in rows]),
            "both": _seconds([row.diff_seconds + row.read_seconds for row in rows]),
        },
        "timeouts": sum(row.failure == "time-out" for row in [*rows, *moves]),
        "failures": dict(Counter(row.failure for row in [*rows, *moves] if row.failure)),
    }


def _block(rows: Sequence[Score]) -> dict[str, Any]:
    groups: dict[str, list[Score]] = {}
    for row in rows:
        groups.setdefault(row.repository, []).append(row)
    edited, exact = bootstrap(groups, edited_f1), bootstrap(groups, exact_share)
    return {
        "pairs": len(rows),
        "edited": _counts(total(row.edited for row in rows)),
        "edited_f1_interval": [edited.low, edited.high] if edited else None,
        "matched": _counts(total(row.matched for row in rows)),
        "moved": {
            **_counts(total(row.moved for row in rows)),
            "paired": sum(row.moved_paired for row in rows),
            "called_moved": sum(row.moved_called for row in rows),
        },
        "exact": exact_share(rows),
        "exact_interval": [exact.low, exact.high] if exact else None,
        "exact_like_cells_alike": share(row.exact_alike for row in rows),
        "drawn": exact.drawn if exact else None,
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "hits": counts.hits,
        "predicted": counts.predicted,
        "truth": counts.truth,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


def _moved(rows: Sequence[Score]) -> dict[str, Any]:
    cells = sum(row.moved.truth for row in rows)
    paired, called = sum(row.moved_paired for row in rows), sum(row.moved_called for row in rows)
    return {
        "pairs": len(rows),
        "cells": cells,
        "paired": paired,
        "called_moved": called,
        "paired_share": paired / cells if cells else None,
        "called_moved_share": called / cells if cells else None,
        "exact": exact_share(rows),
    }


def _recalls(rows: Sequence[Score]) -> list[dict[str, Any]]:
    found = []
    for low, high in pairwise(BANDS):
        hits = [
            hit
            for row in rows
            for similarity, hit in row.bands
            if low <= similarity < high or similarity == high == BANDS[-1]
        ]
        found.append({"from": low, "to": high, "cells": len(hits), "recall": share(hits)})
    return found


def _seconds(values: Sequence[float]) -> dict[str, float] | None:
    return {"median": median(values), "mean": mean(values), "worst": max(values)} if values else None


def _ratios(tools: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """How many times longer each other tool takes: of the medians, means and worst times."""
    own = tools[OURS]["seconds"]
    return {
        name: {
            f"{part}_{kind}": tool["seconds"][part][kind] / own[part][kind]
            for part in ("diff", "both")
            for kind in ("median", "mean", "worst")
            if own[part][kind]
        }
        for name, tool in tools.items()
        if name != OURS
    }


# --- tables -------------------------------------------------------------------------------------------------


def _quality(title: str, part: str, tools: Mapping[str, dict[str, Any]]) -> Table:
    rows = []
    for name, tool in tools.items():
        block = tool[part]
        edited, moved = block["edited"], block["moved"]
        rows.append(
            (
                name,
                figure(edited["precision"]),
                figure(edited["recall"]),
                figure(edited["f1"], *(block["edited_f1_interval"] or ())),
                figure(block["matched"]["f1"]),
                f"{moved['paired']} / {moved['called_moved']} of {moved['truth']}",
                figure(block["exact"], *(block["exact_interval"] or ())),
                figure(block["exact_like_cells_alike"]),
            )
        )
    return Table(f"{title} ({tools[OURS][part]['pairs']})", ("tool", *_COLUMNS), tuple(rows))


def _moves(tools: Mapping[str, dict[str, Any]]) -> Table:
    rows = []
    for name, tool in tools.items():
        for kind, found in tool["moves"].items():
            rows.append(
                (
                    name,
                    kind,
                    str(found["pairs"]),
                    str(found["cells"]),
                    figure(found["paired_share"]),
                    figure(found["called_moved_share"]),
                    figure(found["exact"]),
                )
            )
    return Table(
        "Real notebooks with cells moved by a script",
        ("tool", "what was moved", "notebooks", "moved cells", "found as a pair", "found as moved", "exact"),
        tuple(rows),
    )


def _bands(tools: Mapping[str, dict[str, Any]]) -> Table:
    bands = tools[OURS]["edited_recall_by_similarity"]
    columns = tuple(f"{band['from']:g}–{band['to']:g} ({band['cells']})" for band in bands)
    return Table(
        "Recall of edited cells by the similarity of their two sources (cells)",
        ("tool", *columns),
        tuple(
            (name, *(figure(band["recall"]) for band in tool["edited_recall_by_similarity"]))
            for name, tool in tools.items()
        ),
    )


def _times(tools: Mapping[str, dict[str, Any]], ratios: Mapping[str, Mapping[str, float]]) -> Table:
    rows = []
    for name, tool in tools.items():
        for part, what in (("diff", "diff"), ("both", "reading and diff")):
            seconds = tool["seconds"][part]
            cells: list[str] = []
            for kind in ("median", "mean", "worst"):
                ratio = ratios.get(name, {}).get(f"{part}_{kind}")
                text = duration(seconds[kind])
                cells.append(text if ratio is None else f"{text} ({ratio:.3g}×)")
            rows.append((name, what, *cells, str(tool["timeouts"]), str(sum(tool["failures"].values()))))
    return Table(
        "Time a pair, each tool in one process (times ours)",
        ("tool", "what", "median", "mean", "worst", "time-outs", "without an answer"),
        tuple(rows),
    )


def _chart(tools: Mapping[str, dict[str, Any]]) -> Chart:
    bars = []
    for part, what in (("all", ""), ("structural", ", structural pairs")):
        for name, tool in tools.items():
            low, high = tool[part]["edited_f1_interval"] or (None, None)
            bars.append(Bar(f"edited F1{what}", name, tool[part]["edited"]["f1"], low, high))
        for name, tool in tools.items():
            low, high = tool[part]["exact_interval"] or (None, None)
            bars.append(Bar(f"exact{what}", name, tool[part]["exact"], low, high))
    for name, tool in tools.items():
        if tool["moves"]:
            bars.append(Bar("scripted moves, as moved", name, tool["moves"]["all"]["called_moved_share"]))
    return Chart("Cell alignment, ids hidden (whiskers: 95 %)", tuple(bars))
