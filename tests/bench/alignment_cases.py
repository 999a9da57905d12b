"""The matching of cells on a folder of labelled pairs, which is no part of the project."""

from pathlib import Path

from nbreview.evaluation.alignment import OURS, Tool, ours, score_all
from nbreview.evaluation.alignment_report import alignment_report
from nbreview.evaluation.pairs import read_lines, read_pair
from nbreview.evaluation.peers import open_peer
from nbreview.evaluation.report import duration, figure
from tests.bench.measure import Row, Settings


def alignment_rows(data: str, settings: Settings) -> list[Row]:
    """The labelled pairs of a folder: quality and time of both, in one process each."""
    lines = read_lines(Path(data))
    with open_peer(settings.patience or 1.0) as nbdime:
        tools: dict[str, Tool] = {OURS: ours}
        if settings.patience is not None:
            tools["nbdime"] = nbdime.answer
        scores = score_all(map(read_pair, lines), tools, lambda: None)
    found = alignment_report(scores, {}, []).values
    figures = list(found["tools"].values())
    rows = []
    for part, where in (("all", ""), ("structural", ", structural pairs")):
        count = found["data"]["pairs" if part == "all" else "structural"]
        for what, name in (("F1 on edited cells", "edited"), ("notebooks matched exactly", "exact")):
            values = [tool[part][name] for tool in figures]
            texts = [figure(value["f1"] if isinstance(value, dict) else value) for value in values]
            rows.append(Row(f"{what}{where} ({count} pairs, ids hidden)", *texts))
    texts = [duration(tool["seconds"]["diff"]["median"]) for tool in figures]
    if len(texts) > 1:
        texts[1] += f" ({found['ratio']['nbdime']['diff_median']:.0f}×), {figures[1]['timeouts']} never ended"
    rows.append(Row("median time a pair, in one process", texts[0], "".join(texts[1:]), "50 times less"))
    return rows
