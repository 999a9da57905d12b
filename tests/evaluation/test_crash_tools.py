"""The rungs as they are scored: what they need is made once, before the first case, and ends with them."""

from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.crash_cases import read_cases, read_program
from nbreview.evaluation.crash_tools import open_tools, static_tool
from nbreview.evaluation.crashes import judge_all
from nbreview.review.model import Rung, Verdict
from tests.evaluation.crash_folder import program, small_folder

BOTH = (Rung.STATIC, Rung.STAND_IN)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_the_static_rung_sees_a_missing_name_in_the_target() -> None:
    answer = static_tool()(program("a = 1", "print(a, b)"), CancelToken(), ())
    assert (answer.verdict, answer.exception, answer.line) == (Verdict.CRASH, "NameError", 0)


def test_what_is_wrong_with_an_executed_cell_says_nothing_about_the_target() -> None:
    answer = static_tool()(program("print(b)", "print(1)"), CancelToken(), ())
    assert answer.verdict is Verdict.NO_CRASH_FOUND


def test_the_static_rung_knows_the_libraries_of_the_interpreter() -> None:
    asked = program("import json", "json.loads('{}', nothing_of_the_kind=1)")
    more = program("import json", "json.no_such_function('{}')")
    with open_tools((Rung.STATIC,), [asked, more]) as tools:
        answer = tools[Rung.STATIC](more, CancelToken(), ())
    assert (answer.verdict, answer.exception) == (Verdict.CRASH, "AttributeError")


def test_several_programs_run_at_a_time_each_in_a_server_of_its_own(tmp_path: Path) -> None:
    cases = read_cases(small_folder(tmp_path / "data"))
    programs = [read_program(case) for case in cases]
    cancel = CancelToken()
    with open_tools(BOTH, programs, jobs=2, cancel=cancel) as tools:
        found = judge_all(cases, tools, snapshot=True, jobs=2, progress=lambda: None, cancel=cancel)
    assert [each.right for each in found] == [True] * 4
    assert [each.right_exception for each in found] == [None, True, None, True]


def test_a_model_is_told_what_the_stand_in_run_showed(tmp_path: Path, tiny_model: Path) -> None:
    from contextlib import ExitStack

    from nbreview.cli.engine import open_model

    asked = program("n = 2", "print(n)", names={"n": {"type": "<class 'int'>", "value": 2}})
    with ExitStack() as stack:
        engine = open_model(stack, tiny_model, 1)
        tools = stack.enter_context(open_tools((*BOTH, Rung.MODEL), [asked], asked=engine))
        ran = tools[Rung.STAND_IN](asked, CancelToken(), ())
        assert "No crash found" in ran.findings[0].message
        answer = tools[Rung.MODEL](asked, CancelToken(), ran.findings)
    assert answer.verdict is not Verdict.UNKNOWN or answer.reason
    assert answer.probability is None or 0 < answer.probability < 1


def test_an_interpreter_that_is_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no interpreter"), open_tools(BOTH, [], tmp_path / "python"):
        pass
