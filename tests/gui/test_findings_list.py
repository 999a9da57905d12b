"""The list of findings: its words, its folds, and what a click or a key does."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nbreview.gui.card_view import FindingView
from nbreview.gui.finding_rows import Part, spoken
from nbreview.gui.findings_list import FindingsList
from nbreview.gui.theme import load_theme
from nbreview.review.model import Evidence

CRASH = FindingView(
    "0",
    "Cell 5  df['x']",
    Evidence.OBSERVED,
    None,
    "KeyError: 'x', in a run on stand-ins for the data.",
    has_fix=True,
    rung="stand-in",
    cause="key error · data confusion · pandas",
    origin=1,
    origin_title="cell 2  df = load()",
    news="new",
    trace="this cell, line 1\n    df['x']\nKeyError: 'x'",
)
GONE = FindingView("gone 0", "Cell 2  y", Evidence.CERTAIN, None, "NameError: name 'y' is not defined.")


@pytest.fixture
def findings(qtbot: QtBot) -> FindingsList:
    panel = FindingsList(load_theme("light"), "Nothing yet.")
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.set_findings([CRASH], [GONE, GONE])
    panel.show()
    return panel


def test_a_row_tells_all_that_is_known_of_a_crash(findings: FindingsList) -> None:
    words = spoken(findings._model.rows[0])
    for part in ("observed · stand-in", "new", "key error · data confusion · pandas", "from cell 2", "fix"):
        assert part in words


def test_the_traceback_is_behind_a_fold(findings: FindingsList, qtbot: QtBot) -> None:
    index = findings._model.index(0, 0)
    before = findings._delegate.sizeHint(None, index)  # type: ignore[arg-type]
    findings.list.setCurrentIndex(index)
    QTest.keyClick(findings.list, Qt.Key.Key_Right)
    assert findings._delegate.sizeHint(None, index).height() > before.height()  # type: ignore[arg-type]
    QTest.keyClick(findings.list, Qt.Key.Key_Left)
    assert findings._delegate.sizeHint(None, index) == before  # type: ignore[arg-type]


def test_a_click_on_the_origin_goes_there_and_elsewhere_to_the_cell(
    findings: FindingsList, qtbot: QtBot
) -> None:
    area = findings.list.visualRect(findings._model.index(0, 0))
    row = findings._model.rows[0]
    places = [QPoint(area.left() + 30, y) for y in range(area.top(), area.bottom())]
    origin = next(place for place in places if findings._delegate.part_at(row, area, place) is Part.ORIGIN)
    with qtbot.waitSignal(findings.origin_activated) as went:
        QTest.mouseClick(findings.list.viewport(), Qt.MouseButton.LeftButton, pos=origin)
    assert went.args == [1]
    with qtbot.waitSignal(findings.activated) as chosen:
        QTest.mouseClick(findings.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, area.top() + 12))
    assert chosen.args == ["0"]


def test_what_is_gone_opens_below_its_count(findings: FindingsList, qtbot: QtBot) -> None:
    assert findings._model.rows[1].heading == "2 gone since base"
    findings.list.setCurrentIndex(findings._model.index(1, 0))
    QTest.keyClick(findings.list, Qt.Key.Key_Return)
    assert [row.gone for row in findings._model.rows] == [False, False, True, True]
    assert "gone since base" in spoken(findings._model.rows[2])
    QTest.keyClick(findings.list, Qt.Key.Key_Left)
    assert len(findings._model.rows) == 2


def test_many_verdicts_without_a_crash_are_one_line(findings: FindingsList) -> None:
    quiet = [
        FindingView(str(number), f"Cell {number}", Evidence.OBSERVED, None, "No crash found.", quiet=True)
        for number in range(1, 7)
    ]
    findings.set_findings([CRASH, *quiet])
    assert [row.heading for row in findings._model.rows] == ["", "6 cells without a crash found"]
    findings.set_findings([CRASH, *quiet[:2]])
    assert len(findings._model.rows) == 3
