"""Cells as people write them, and what is shown for their crashes: tests/data/fixes, written by hand."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nbreview.checks.fixes import Mender
from nbreview.checks.runner import run_checks
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Finding
from nbreview.words import Said
from tests.builders import code, error, notebook
from tests.checks.fix_cases import FOLDER, FixCase, fixes_of, read_case

CASES = [read_case(path) for path in sorted(FOLDER.glob("*/*.txt"))]
RIGHT = [case for case in CASES if case.right]
TRAPS = [case for case in CASES if not case.right]


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case.name)
def test_what_is_shown_is_right(case: FixCase, tmp_path: Path) -> None:
    shown = fixes_of(case, tmp_path)
    assert {fix.source for fix in shown} <= set(case.right)
    assert len({fix.rank for fix in shown}) <= 1, "what is shown together is equally good"
    assert all(isinstance(fix.reason, Said) for fix in shown), "the window says it in its language"


def test_a_fix_is_shown_for_nine_in_ten_crashes(tmp_path: Path) -> None:
    shown = [bool(fixes_of(case, tmp_path)) for case in RIGHT]
    assert sum(shown) >= 0.9 * len(RIGHT)


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: case.name)
def test_nothing_is_shown_where_a_likely_fix_would_be_wrong(case: FixCase, tmp_path: Path) -> None:
    assert fixes_of(case, tmp_path) == ()


RUNS = """
thousands currency column_attribute two_d_series two_d_array_name two_d_predict_one two_d_scaler
not_fitted_scaler not_fitted_model index_next index_len keyword_misspelt_sklearn
keyword_matplotlib_colour keyword_normed positional_seaborn positional_compute_class_weight numpy_float
pandas_append pandas_append_row pandas_ix pandas_iteritems sklearn_cross_validation
sklearn_mse_criterion and_in_mask shape_called inplace_none plt_set_title attribute_slip concat_str_int
joined_arrays accessor_str accessor_dt numeric_only datetime_module axes_as_pyplot
range_float multiclass_average h_append_series_chain h_drop_multiline h_imread h_or_mask h_two_d_values
h_keyword_lbfgs h_seaborn_countplot h_column_set_index time_clock collections_mapping
"""


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name in set(RUNS.split())], ids=lambda case: case.name
)
def test_the_cell_raises_what_it_is_said_to_and_the_fixed_one_runs(
    case: FixCase, tmp_path: Path, run: Callable[[str], str]
) -> None:
    """With the libraries of the `scoring` extra; a removed API may still be there in them."""
    for library in ("numpy", "pandas", "sklearn", "seaborn"):
        pytest.importorskip(library)
    shown = fixes_of(case, tmp_path)
    assert shown
    above = "\n".join("".join(cell["source"]) for cell in case.cells)
    broken, mended = (run(f"{above}\n{source}") for source in (case.target, shown[0].source))
    assert case.exception in broken
    assert mended == ""


_CHILD = """
import contextlib, io, json, sys, warnings
warnings.simplefilter("ignore")
import matplotlib
matplotlib.use("Agg")
for line in sys.stdin:
    said = ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(json.loads(line), "<cells>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        said = type(error).__name__
    print(json.dumps(said), flush=True)
"""


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[[str], str]]:
    """Runs sources in one child: the exception that each raises, "" for none."""
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None and child.stdout is not None
    sending, answers = child.stdin, child.stdout

    def ask(source: str) -> str:
        sending.write(json.dumps(re.sub(r"^%(?:time )?", "", source, flags=re.MULTILINE)) + "\n")
        sending.flush()
        return str(json.loads(answers.readline()))

    yield ask
    with child:
        sending.close()
        answers.read()


def _crash(source: str, exception: str, message: str) -> tuple[Notebook, Finding]:
    book = read_bytes(notebook(code(source, outputs=[error(exception, message)])), "x.ipynb")
    return book, next(found for found in run_checks(book) if found.exception == exception)


CLOCK = ("import time\nt = time.clock()", "AttributeError", "module 'time' has no attribute 'clock'")


def test_two_fixes_that_are_equally_good_have_one_rank() -> None:
    source = "from sklearn.metrics import f1_score\nf1_score([0, 1, 2], [0, 2, 1])"
    book, finding = _crash(source, "ValueError", "Target is multiclass but average='binary'. Please choose")
    fixes = Mender(book).fixes_for(finding)
    assert [fix.rank for fix in fixes] == [0, 0]
    assert ["'weighted'" in fix.source for fix in fixes] == [True, False]


def test_a_rung_that_still_sees_a_crash_stops_a_fix() -> None:
    book, finding = _crash(
        "import time\nt = time.clock()", "AttributeError", "module 'time' has no attribute 'clock'"
    )
    seen: list[str] = []

    def verify(changed: Notebook, about: Finding, cell_index: int) -> str | None:
        seen.append(changed.cells[cell_index].source)
        return None

    assert Mender(book, verify=verify).fixes_for(finding) == ()
    assert seen == ["import time\nt = time.perf_counter()"]


def test_a_fix_says_which_rung_has_seen_it() -> None:
    book, finding = _crash(
        "import time\nt = time.clock()", "AttributeError", "module 'time' has no attribute 'clock'"
    )
    assert Mender(book).fixes_for(finding)[0].verified_by == "static checks"
    (fix,) = Mender(book, verify=lambda *_: "stand-in run").fixes_for(finding)
    assert fix.verified_by == "stand-in run"


def test_a_fix_of_another_cell_is_given_only_when_asked_for() -> None:
    target = code(
        "net(torch.zeros(8, 20))",
        outputs=[error("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (8x64 and 32x10)")],
    )
    above = "import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(20, 64), nn.Linear(32, 10))"
    book = read_bytes(notebook(code(above), target), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.exception == "RuntimeError"]
    assert Mender(book).fixes_for(finding) == ()
    (fix,) = Mender(book).fixes_for(finding, elsewhere=True)
    assert fix.cell_index == 0
    assert "nn.Linear(64, 10)" in fix.source


WALLET = """class Wallet:
    def __init__(self, cash):
        self.cash = cash

    def spend(self, amount):
        self.cash = cash - amount"""


def test_what_an_object_keeps_is_read_through_it_and_an_argument_is_not() -> None:
    target = code("Wallet(20).spend(5)", outputs=[error("NameError", "name 'cash' is not defined")])
    book = read_bytes(notebook(code(WALLET), target), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.exception == "NameError"]
    (fix,) = Mender(book).fixes_for(finding, elsewhere=True)
    assert (fix.cell_index, fix.rule) == (0, "forgotten self")
    assert fix.source == WALLET.replace("self.cash = cash - ", "self.cash = self.cash - ")


def test_a_name_that_hides_a_function_is_renamed_where_it_is_bound() -> None:
    target = code("list(range(3))", outputs=[error("TypeError", "'list' object is not callable")])
    book = read_bytes(notebook(code("list = [1, 2]\nprint(sum(list))"), target), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.exception == "TypeError"]
    (fix,) = Mender(book).fixes_for(finding, elsewhere=True)
    assert (fix.cell_index, fix.source) == (0, "list_ = [1, 2]\nprint(sum(list_))")
    assert "restart the kernel" in fix.reason
    used = code("print(list[0])")
    book = read_bytes(notebook(code("list = [1, 2]"), used, target), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.exception == "TypeError"]
    assert Mender(book).fixes_for(finding, elsewhere=True) == ()


def test_a_function_that_was_set_is_called_instead() -> None:
    target = code("plt.title('b')", outputs=[error("TypeError", "'str' object is not callable")])
    above = "import matplotlib.pyplot as plt\nplt.title = 'Sales'"
    book = read_bytes(notebook(code(above), target), "x.ipynb")
    (finding,) = [found for found in run_checks(book) if found.exception == "TypeError"]
    (fix,) = Mender(book).fixes_for(finding, elsewhere=True)
    assert fix.source == "import matplotlib.pyplot as plt\nplt.title('Sales')"


def test_the_labels_beside_the_one_that_raised_are_mended_with_it(tmp_path: Path) -> None:
    above = code("import io\nimport pandas as pd\ndf = pd.read_csv(io.StringIO('a, b, c\\n1,2,3'))")
    case = FixCase("labels", [above], "df['b'] + df['c']", "KeyError", "'b'", 0)
    assert [fix.source for fix in fixes_of(case, tmp_path)] == ["df[' b'] + df[' c']"]


@pytest.mark.parametrize(("column", "shown"), [("Date", 1), ("city", 0)])
def test_text_as_an_index_becomes_dates_only_where_it_is_called_dates(
    column: str, shown: int, tmp_path: Path
) -> None:
    said = "Only valid with DatetimeIndex, TimedeltaIndex or PeriodIndex, but got an instance of 'Index'"
    made = f"df = pd.DataFrame({{'{column}': ['x'], 'v': [1]}}).set_index('{column}')"
    above = code(f"import pandas as pd\n{made}")
    case = FixCase("index", [above], "m = df.resample('D').sum()", "TypeError", said, 0)
    first = [fix.source.split("\n")[0] for fix in fixes_of(case, tmp_path)]
    assert first == ["df.index = pd.to_datetime(df.index)"] * shown
