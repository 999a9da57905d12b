"""The one form of a report: JSON, Markdown, SVG, and the files."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.report import (
    Bar,
    Chart,
    Report,
    Table,
    duration,
    figure,
    json_text,
    markdown,
    svg,
    write_report,
)

REPORT = Report(
    name="alignment",
    title="Cell alignment",
    values={"figure": 0.5},
    tables=(Table("All", ("tool", "a | b"), (("nbreview", "0.500"), ("other", "–"))),),
    chart=Chart(
        "Scores <here>",
        (Bar("F1", "nbreview", 0.5, 0.25, 0.75), Bar("F1", "other", None), Bar("exact", "nbreview", 1.0)),
    ),
    notes=("Measured once.",),
)


def test_json_holds_the_figures_and_where_they_come_from() -> None:
    value = json.loads(json_text(REPORT))
    assert (value["evaluation"], value["figure"], value["notes"]) == ("alignment", 0.5, ["Measured once."])
    assert value["nbreview"] and value["machine"]


def test_markdown_holds_notes_and_tables() -> None:
    lines = markdown(REPORT).splitlines()
    assert lines[:3] == ["# Cell alignment", "", "- Measured once."]
    assert "| tool | a \\| b |" in lines and "| nbreview | 0.500 |" in lines


def test_the_chart_is_a_picture_with_its_bars_and_no_script() -> None:
    root = ElementTree.fromstring(svg(REPORT.chart))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Scores <here>" in texts and "0.500" in texts and "no figure" in texts
    assert texts.count("F1") == 1 and texts.count("nbreview") == 1
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags == {"svg", "title", "rect", "text", "line"}


def test_a_legend_that_is_too_wide_goes_on_below_and_stays_in_the_picture() -> None:
    names = [f"a series with a long name, number {number}" for number in range(7)]
    root = ElementTree.fromstring(svg(Chart("Many", tuple(Bar("F1", name, 0.5) for name in names))))
    found = {each.text: each for each in root.iter("{http://www.w3.org/2000/svg}text")}
    ends = [float(found[name].get("x", 0)) + 8 * len(name) for name in names]
    lines = sorted({float(found[name].get("y", 0)) for name in names})
    assert max(ends) <= float(root.get("width", 0)) and len(lines) > 1
    assert float(found["F1"].get("y", 0)) > lines[-1]


def test_the_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    assert [path.name for path in write_report(REPORT, folder)] == [
        "report.json",
        "report.md",
        "report.svg",
    ]
    assert (folder / "report.json").read_text(encoding="utf-8") == json_text(REPORT)
    assert "![Scores <here>](report.svg)" in (folder / "report.md").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"could not be written to .* name another folder with -o"):
        write_report(REPORT, tmp_path / "file")


def test_figures_and_times_as_text() -> None:
    assert [figure(None), figure(0.5), figure(0.5, 0.25, 1.0)] == ["–", "0.500", "0.500 (0.250–1.000)"]
    assert [duration(None), duration(0.00123), duration(0.25), duration(20.04)] == [
        "–",
        "1.23 ms",
        "250 ms",
        "20.0 s",
    ]
