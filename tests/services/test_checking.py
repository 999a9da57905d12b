"""`Checker`: files judged rung by rung, in a real kernel where one is asked for."""

import sys
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.review.model import Evidence, Rung, Verdict
from nbreview.services.checking import Checker, CheckPlan, CheckReport
from tests.builders import code, notebook
from tests.git_repos import Repo

FINE = "x = [1, 2, 3]"
CRASHING = "y = x[7]"


def _check(path: Path, plan: CheckPlan) -> CheckReport:
    with Checker(plan) as checker:
        return checker.check(path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code(FINE), code(CRASHING), code("print(z)")))
    return path


def test_nothing_runs_unless_the_plan_says_so(book: Path) -> None:
    report = _check(book, CheckPlan(environment="none"))
    assert [(each.cell_index, each.rung, each.exception) for each in report.findings] == [
        (2, Rung.STATIC, "NameError")
    ]


def test_the_cell_after_those_that_ran_is_tried_in_a_dry_run(book: Path) -> None:
    pytest.importorskip("ipykernel")
    report = _check(book, CheckPlan("none", kernel="auto", run_to=0, dry_run=True))
    tried = next(each for each in report.findings if each.rung is Rung.DRY_RUN)
    assert tried.cell_index == 1 and tried.evidence in (Evidence.OBSERVED, Evidence.NO_VERDICT)
    if tried.evidence is Evidence.OBSERVED:  # where forks can be contained
        assert tried.exception == "IndexError" and report.crashes


def test_a_cell_that_raises_while_it_is_run_is_observed(book: Path) -> None:
    pytest.importorskip("ipykernel")
    report = _check(book, CheckPlan("none", kernel="auto", run_to=2))
    ran = next(each for each in report.findings if each.rung is Rung.RUN)
    assert (ran.cell_index, ran.exception, ran.verdict) == (1, "IndexError", Verdict.CRASH)
    assert "list index out of range" in ran.message


def test_stand_ins_need_no_kernel(book: Path) -> None:
    report = _check(book, CheckPlan(environment=sys.executable, stand_in=True, cells=(1,)))
    stood_in = [each for each in report.findings if each.rung is Rung.STAND_IN]
    assert [(each.cell_index, each.exception) for each in stood_in] == [(1, "IndexError")]


def test_with_a_base_only_what_is_new_is_reported(tmp_path: Path) -> None:
    sandbox = Repo(tmp_path / "repo")
    sandbox.write("a.ipynb", notebook(code("print(old)"), code("fine = 1")))
    sandbox.commit("one")
    sandbox.write("a.ipynb", notebook(code("old = 1\nprint(old)"), code("fine = 1"), code("print(fresh)")))
    report = _check(sandbox.root / "a.ipynb", CheckPlan("none", base="HEAD"))
    assert [each.cell_index for each in report.findings] == [2]
    assert [each.cell_index for each in report.gone] == [0]
    sandbox.write("b.ipynb", notebook(code("print(new_file)")))
    assert len(_check(sandbox.root / "b.ipynb", CheckPlan("none", base="HEAD")).findings) == 1
    with pytest.raises(UserError, match="no revision “nowhere”"):
        _check(sandbox.root / "a.ipynb", CheckPlan("none", base="nowhere"))


def test_a_base_needs_a_repository(book: Path) -> None:
    with pytest.raises(UserError, match="in no git repository"):
        _check(book, CheckPlan("none", base="HEAD"))


def test_an_interpreter_that_is_none_is_said(book: Path) -> None:
    with pytest.raises(UserError, match="is no Python interpreter"):
        _check(book, CheckPlan(environment="/nowhere/python"))


def test_a_cell_that_there_is_not_is_said(book: Path) -> None:
    pytest.importorskip("ipykernel")
    with pytest.raises(UserError, match="There is no cell 10; the notebook has 3"):
        _check(book, CheckPlan("none", kernel="auto", run_to=9))


def test_a_notebook_of_another_language_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "r.ipynb"
    path.write_bytes(notebook(code("x <- 1"), language_info={"name": "R"}))
    report = _check(path, CheckPlan(kernel="auto", run_to=0, dry_run=True))
    assert report.findings == ()
    assert report.notes == (f"{path} is in R: only its saved errors were looked at.",)
