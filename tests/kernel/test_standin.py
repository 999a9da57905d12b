"""A target cell is judged by running it on stand-ins, and nothing that it does harms or hangs us."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, RuntimeSnapshot, Step
from nbreview.kernel.standin import StandInServer, stand_in_run

RAISED, FINISHED, NO_VERDICT = OutcomeStatus.RAISED, OutcomeStatus.FINISHED, OutcomeStatus.NO_VERDICT
FRAME = {
    "type": "pandas.core.frame.DataFrame",
    "shape": [120, 2],
    "has_nan": False,
    "per_column": {
        "age": {"type": "continuous", "num_unique": 60, "value_range": [18, 90]},
        "installs": {"type": "categorical", "num_unique": 2, "unique_values": ["10,000+", "500+"]},
    },
}
READ = "import pandas as pd\ndf = pd.read_csv('not-here.csv')"


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    with StandInServer(preload=()) as server:
        yield server


@pytest.fixture(scope="module")
def pandas_server() -> Iterator[StandInServer]:
    pytest.importorskip("pandas")
    with StandInServer(preload=("numpy", "pandas")) as server:
        yield server


def program(target: str, *executed: str, names: dict[str, Any] | None = None) -> Program:
    steps = tuple(Step(source, number) for number, source in enumerate(executed))
    return Program(steps, Step(target), RuntimeSnapshot(names=names) if names is not None else None)


def outcome(
    server: StandInServer, target: str, *executed: str, seconds: float = 6.0, **named: Any
) -> Outcome:
    return server.run(program(target, *executed, **named), RunLimits(seconds=seconds, memory_bytes=1 << 30))


def test_a_name_that_no_cell_binds_is_a_crash_with_its_line(server: StandInServer) -> None:
    found = outcome(server, "a = 1\nb = a + missing", "x = 1")
    assert (found.status, found.exception, found.line) == (RAISED, "NameError", 1)
    assert "missing" in found.message
    assert found.frames[-1].file == ""


def test_a_name_that_was_deleted_is_a_crash(server: StandInServer) -> None:
    assert outcome(server, "x", "x = 1", "del x").exception == "NameError"


def test_a_wrong_signature_names_the_cell_that_bound_the_value(server: StandInServer) -> None:
    found = outcome(server, "f(n, 2)", "n = 1", "def f(a):\n    return a")
    assert (found.status, found.exception, found.origin) == (RAISED, "TypeError", 0)


def test_what_is_not_known_is_no_crash(server: StandInServer) -> None:
    found = outcome(
        server,
        "total = 0\nfor a, b in rows:\n    total += a\nif total > 3:\n    print(total)\nrows.nothing(1)[2].x",
        "rows = load('not-here')",
    )
    assert found.status is FINISHED
    assert found.reason.startswith("No crash found")


def test_a_missing_file_or_module_is_no_crash(server: StandInServer) -> None:
    found = outcome(server, "import a_module_of_nobody as m\nopen('no-such-file')\nm.f(3)", "")
    assert found.status is FINISHED


def test_a_crash_after_something_unknown_is_still_seen(server: StandInServer) -> None:
    found = outcome(server, "data = open('no-such-file').read()\nn = len(data)\nint('12a')")
    assert (found.status, found.exception, found.line) == (RAISED, "ValueError", 2)


def test_what_a_skipped_statement_would_have_collected_is_not_known(server: StandInServer) -> None:
    found = outcome(
        server,
        "items[0]\n{'a': 1}[keys[0]]",
        "items = []\nfor row in load():\n    items.append(row)\nkeys = items",
    )
    assert found.status is FINISHED


def test_the_notebooks_own_handlers_keep_working(server: StandInServer) -> None:
    found = outcome(server, "try:\n    {}['a']\nexcept KeyError:\n    n = 1\nn + 1")
    assert found.status is FINISHED


def test_magics_and_shell_lines_are_no_syntax_errors(server: StandInServer) -> None:
    found = outcome(server, "%matplotlib inline\n!pip install x\nfiles = !ls\n1 + 1", "%%bash\nls | wc")
    assert found.status is FINISHED


def test_a_syntax_error_of_the_target_is_a_crash(server: StandInServer) -> None:
    found = outcome(server, "a = 1\nb = (")
    assert (found.status, found.exception) == (RAISED, "SyntaxError")


def test_a_table_is_rebuilt_and_a_conversion_of_its_own_text_is_a_crash(pandas_server: StandInServer) -> None:
    found = outcome(pandas_server, "df['installs'] = df['installs'].astype(int)", READ, names={"df": FRAME})
    assert (found.status, found.exception, found.library, found.origin) == (RAISED, "ValueError", "pandas", 0)


def test_a_column_that_a_complete_list_lacks_is_a_crash(pandas_server: StandInServer) -> None:
    found = outcome(pandas_server, "df['size'].mean()", READ, names={"df": FRAME})
    assert (found.status, found.exception, found.message) == (RAISED, "KeyError", "'size'")


def test_a_row_label_that_is_missing_is_none(pandas_server: StandInServer) -> None:
    assert outcome(pandas_server, "df.drop([10472])", READ, names={"df": FRAME}).status is FINISHED


def test_a_column_that_is_there_is_none(pandas_server: StandInServer) -> None:
    found = outcome(
        pandas_server, "df['age'].mean()\ndf['twice'] = df.age * 2\ndf.twice.sum()", READ, names={"df": FRAME}
    )
    assert found.status is FINISHED


def test_a_shape_that_is_known_exactly_is_held_against(pandas_server: StandInServer) -> None:
    array = {
        "type": "numpy.ndarray",
        "dtype": "float64",
        "shape": [10, 3],
        "has_nan": False,
        "value_range": [0.0, 1.0],
    }
    names = {"a": array, "b": {**array, "shape": [4, 2]}}
    found = outcome(pandas_server, "a @ b", "import numpy as np", "a, b = load()", names=names)
    assert (found.status, found.exception) == (RAISED, "ValueError")


def test_a_loop_without_end_gives_a_verdict_only_where_its_first_turns_crash(server: StandInServer) -> None:
    for source in ("while True:\n    pass", "n = 0\nwhile n >= 0:\n    n = n + 1"):
        found = outcome(server, source, seconds=2.0)
        assert found.status is NO_VERDICT
        assert "did not end" in found.reason
    found = outcome(server, "import time\nwhile True:\n    time.time()\n    len(3)", seconds=2.0)
    assert (found.status, found.exception) == (RAISED, "TypeError")


@pytest.mark.parametrize(
    "target",
    [
        "import itertools\nlist(itertools.repeat(1, 10**12))",  # all memory
        "import os\nos._exit(0)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "sum(i for i in iter(int, 1))",  # without end, and not a loop that can be bounded
    ],
)
def test_what_ends_the_process_or_never_ends_gives_no_verdict_with_a_reason(
    server: StandInServer, target: str
) -> None:
    found = outcome(server, target, seconds=2.0)
    assert found.status is not RAISED
    assert found.reason
    assert outcome(server, "1 + 1").status is FINISHED  # and the server goes on


@pytest.mark.parametrize(
    "target",
    [
        "import os\nfor _ in range(10**7):\n    print('x' * 1000)",
        "def f():\n    return f()\nf()",
        "\n".join(f"x{n} = {n}" for n in range(100_000)),
        "list = 3\nlen = 4\nBaseException = 5",
        "s = '\udcff\udc80'",
        "\0" * 50,
        "(" * 5000,
        "",
    ],
    ids=["printing", "recursion", "long", "shadows", "not-utf8", "nul", "nested", "empty"],
)
def test_odd_cells_end_in_time(server: StandInServer, target: str) -> None:
    started = time.monotonic()
    found = outcome(server, target, "list = 1", seconds=3.0)
    assert found.status in OutcomeStatus
    assert len(found.output) < 40_000
    assert time.monotonic() - started < 12


@pytest.mark.parametrize(
    "names",
    [
        {"x": 3},
        {"x": {"type": 4}},
        {"x": {}},
        {"": {"type": "int"}},
        {"x": {"type": "numpy.ndarray", "shape": "no"}},
    ],
)
def test_a_snapshot_that_is_none_is_no_hindrance(server: StandInServer, names: dict[str, Any]) -> None:
    assert outcome(server, "y = x", names=names).status in OutcomeStatus


def test_a_run_can_be_stopped() -> None:
    cancel = CancelToken()
    timer = threading.Timer(0.5, cancel.cancel)
    timer.start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        stand_in_run(program("while True:\n    pass"), cancel=cancel)
    assert time.monotonic() - started < 5


def test_an_interpreter_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not start"):
        stand_in_run(program("1"), python=tmp_path / "python")
