"""What a change brought is told from what was there before."""

from nbreview.checks.runner import run_checks
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.review.changes import FindingChanges, compare_findings
from tests.builders import code, notebook

_LONG = "np.zeros(3)\nprint('a longer cell')\nprint('that is known again')"


def _compare(base: list[str], head: list[str]) -> FindingChanges:
    old, new = (read_bytes(notebook(*map(code, side)), "x.ipynb") for side in (base, head))
    return compare_findings(diff_notebooks(old, new), run_checks(old), run_checks(new))


def test_a_crash_that_the_change_brings_is_new() -> None:
    changes = _compare(["import numpy as np", "np.zeros(3)"], ["x = 1", "np.zeros(3)"])
    assert [finding.exception for finding in changes.new] == ["NameError"]
    assert changes.gone == changes.kept == ()


def test_a_crash_that_the_change_mends_is_gone() -> None:
    changes = _compare(["x = 1", "np.zeros(3)"], ["import numpy as np", "np.zeros(3)"])
    assert [finding.exception for finding in changes.gone] == ["NameError"]
    assert changes.new == changes.kept == ()


def test_a_crash_that_was_there_before_stays_although_its_cell_moved_and_its_line_changed() -> None:
    changes = _compare(["x = 1", _LONG], ["x = 1", "y = 2", f"print('first')\n{_LONG}"])
    assert [finding.cell_index for finding in changes.kept] == [2]
    assert changes.new == changes.gone == ()


def test_the_second_of_two_findings_is_new_by_itself() -> None:
    changes = _compare(["a.b\n"], ["a.b\n", "c.d\n"])
    assert [finding.cell_index for finding in changes.new] == [1]
    assert [finding.cell_index for finding in changes.kept] == [0]


def test_a_finding_of_a_removed_cell_is_gone() -> None:
    changes = _compare(["x = 1", "np.zeros(3)"], ["x = 1"])
    assert [finding.cell_index for finding in changes.gone] == [1]
