"""Two runs compared item by item, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.comparison import compare_reports, read_report
from nbreview.evaluation.form import Dataset, Form, Item, dataset_of, item_measures
from nbreview.evaluation.report import Chart, Report, json_text, markdown, write_report
from nbreview.evaluation.statistics import mcnemar
from tests.evaluation.forms import check_form

DATA = Dataset("data", "a" * 64, 40)


def written(folder: Path, right: int, similarity: float, dataset: Dataset = DATA, **changes: Any) -> Path:
    """A run in which the first `right` of 40 items of ten repositories are right."""
    items = [
        Item(
            f"i{number}",
            "model",
            f"r{number % 10}",
            {"exact match": number < right, "similarity": similarity + 0.001 * number, "none": None},
            0.5,
        )
        for number in range(changes.pop("count", 40))
    ]
    measures = tuple(item_measures(items, ("exact match", "similarity")))
    form = Form(dataset, measures, tuple(items), 1.0, settings={"limit": right})
    report = Report("edits", "Edits", {}, (), Chart("Edits", ()), (), form)
    write_report(replace(report, **changes), folder)
    return folder


def test_the_difference_is_told_with_interval_and_test(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a", 10, 0.5), written(tmp_path / "b", 22, 0.6)
    report = compare_reports(read_report(first), read_report(second / "report.json"))
    value = json.loads(json_text(report))
    check_form(value)
    exact, similar = value["differences"]
    assert (exact["name"], exact["first"], exact["second"]) == ("exact match", 0.25, 0.55)
    assert exact["difference"] == pytest.approx(0.3) and exact["p"] == mcnemar(0, 12)
    assert (exact["only_first"], exact["only_second"], exact["items"]) == (0, 12, 40)
    assert similar["difference"] == pytest.approx(0.1) and similar["low"] == pytest.approx(0.1)
    assert similar["test"] == "paired bootstrap over repositories" and similar["p"] < 0.01
    text = markdown(report)
    assert "| model | exact match | 40 | 0.250 | 0.550 | +0.300 (" in text
    assert "The runs differ in: limit." in text


def test_a_run_does_not_differ_from_itself(tmp_path: Path) -> None:
    run = read_report(written(tmp_path / "a", 10, 0.5))
    value = json.loads(json_text(compare_reports(run, run)))
    assert [(each["difference"], each["p"]) for each in value["differences"]] == [(0.0, 1.0), (0.0, 1.0)]


def test_items_of_one_run_only_are_left_out_and_counted(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a", 10, 0.5), written(tmp_path / "b", 10, 0.5, count=30)
    value = json.loads(json_text(compare_reports(read_report(first), read_report(second))))
    assert value["dataset"]["items"] == 30
    assert value["problems"] == ["10 items are in A only and were left out."]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"dataset": replace(DATA, sha256="b" * 64)}, "are of different data sets .* run both on the same"),
        ({"name": "tasks"}, "is about edits and .* about tasks; name two runs of one evaluation"),
        ({"count": 0}, "have no item of the same series in common"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    first, second = written(tmp_path / "a", 10, 0.5), written(tmp_path / "b", 10, 0.5, **changes)
    with pytest.raises(UserError, match=sentence):
        compare_reports(read_report(first), read_report(second))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is no JSON"),
        ("{}", "is no report of nbreview evaluate"),
        ("[]", "is no report of nbreview evaluate"),
        ('{"form": 2}', "is of a newer nbreview"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=sentence):
        read_report(tmp_path)
    with pytest.raises(UserError, match="cannot be read"):
        read_report(tmp_path / "none")


def test_a_data_set_is_known_by_its_content_not_its_place(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "data" / "blobs").mkdir(parents=True)
        (tmp_path / name / "data" / "truth.jsonl").write_text("{}", encoding="utf-8")
        (tmp_path / name / "data" / "blobs" / "a").write_text("x", encoding="utf-8")
    found = [dataset_of(tmp_path / name / "data", 1) for name in ("one", "two")]
    assert found[0] == found[1]
    (tmp_path / "two" / "data" / "out").mkdir()
    (tmp_path / "two" / "data" / "out" / "report.json").write_text("", encoding="utf-8")
    folder = tmp_path / "two" / "data"
    assert dataset_of(folder, 1, ignored=folder / "out") == found[0] != dataset_of(folder, 1)
    with pytest.raises(UserError, match="cannot be read"):
        dataset_of(tmp_path / "none", 1)
