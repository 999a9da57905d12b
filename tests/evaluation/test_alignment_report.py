"""What scores come to: totals, shares, ratios, and a report that says them all."""

from dataclasses import replace

from nbreview.evaluation.alignment import Score
from nbreview.evaluation.alignment_report import alignment_report
from nbreview.evaluation.metrics import Counts
from nbreview.evaluation.report import json_text, markdown

RIGHT = Score(
    name="1",
    repository="r",
    structural=False,
    matched=Counts(4, 4, 4),
    edited=Counts(2, 2, 2),
    moved=Counts(),
    moved_paired=0,
    moved_called=0,
    exact=True,
    exact_alike=True,
    read_seconds=0.001,
    diff_seconds=0.002,
    failure="",
    bands=((0.5, True), (1.0, True)),
)
WRONG = replace(
    RIGHT,
    name="2",
    structural=True,
    matched=Counts(1, 2, 4),
    edited=Counts(0, 1, 1),
    moved=Counts(0, 0, 2),
    moved_paired=1,
    exact=False,
    exact_alike=False,
    diff_seconds=0.004,
    bands=((0.5, False),),
)
LATE = replace(WRONG, matched=Counts(0, 0, 4), diff_seconds=20.0, failure="time-out")


def test_the_figures_of_two_tools_and_how_their_times_compare() -> None:
    moves = replace(WRONG, repository="one cell", moved_paired=2, moved_called=1)
    report = alignment_report(
        {"nbreview": [RIGHT, WRONG], "nbdime": [RIGHT, LATE]},
        {"nbreview": [moves], "nbdime": [replace(moves, moved_called=0)]},
        ["One run."],
    )
    values = report.values
    assert values["data"] == {"pairs": 2, "structural": 1, "repositories": 1, "scripted_moves": 1}
    whole = values["tools"]["nbreview"]["all"]
    assert (whole["edited"]["hits"], whole["edited"]["predicted"], whole["edited"]["truth"]) == (2, 3, 3)
    assert whole["exact"] == 0.5 and whole["drawn"] == "pairs"
    assert whole["moved"]["paired"] == 1 and whole["moved"]["called_moved"] == 0
    assert values["tools"]["nbreview"]["structural"]["exact"] == 0.0
    moved = values["tools"]["nbreview"]["moves"]
    assert moved["all"] == moved["one cell"]
    assert (moved["all"]["paired_share"], moved["all"]["called_moved_share"]) == (1.0, 0.5)
    bands = {band["from"]: band for band in values["tools"]["nbreview"]["edited_recall_by_similarity"]}
    assert (bands[0.4]["cells"], bands[0.4]["recall"]) == (2, 0.5)
    assert (bands[0.95]["cells"], bands[0.95]["recall"]) == (1, 1.0)
    assert values["tools"]["nbdime"]["timeouts"] == 1
    assert values["ratio"]["nbdime"]["diff_worst"] == 5000
    text = markdown(report)
    assert "| nbdime | diff | 10.0 s (3.33e+03×) |" in text and "One run." in text
    assert json_text(report)


def test_pairs_without_edits_moves_or_structure_have_no_such_figures() -> None:
    plain = replace(RIGHT, edited=Counts(), bands=())
    report = alignment_report({"nbreview": [plain]}, {}, [])
    assert report.values["tools"]["nbreview"]["all"]["edited"]["f1"] is None
    assert report.values["tools"]["nbreview"]["structural"]["exact"] is None
    assert report.values["ratio"] == {}
    assert "| nbreview | – | – | – | 1.000 | 0 / 0 of 0 | 1.000 (1.000–1.000) | 1.000 |" in markdown(report)
