"""Calls, attributes and imports that cannot work with what is defined or installed."""

import importlib.metadata
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.checks.calls import check_calls
from nbreview.review.model import Evidence, Verdict
from tests.builders import code
from tests.checks.libraries import Asked, book, libraries

__all__ = ["libraries"]


def own(*cells: str) -> list[tuple[int, str]]:
    """What is said without any environment: of the notebook's own functions and classes."""
    return [(finding.cell_index, finding.message) for finding in check_calls(book(*cells))]


# The notebook's own functions and classes.


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("f()", "f() missing 1 required positional argument: 'a'"),
        ("f(1, 2, 3)", "f() takes from 1 to 2 positional arguments but 3 were given"),
        ("f(1, c=2)", "f() got an unexpected keyword argument 'c'"),
        ("f(1, a=2)", "f() got multiple values for argument 'a'"),
        ("x = [f(), 1]", "f() missing 1 required positional argument: 'a'"),
        ("print(f() + 1)", "f() missing 1 required positional argument: 'a'"),
    ],
)
def test_a_call_that_does_not_fit_the_notebooks_own_function_is_certain(call: str, message: str) -> None:
    assert own("def f(a, b=1):\n    return a", call) == [(1, f"TypeError: {message}.")]


@pytest.mark.parametrize(
    "call",
    [
        "f(1)",
        "f(1, 2)",
        "f(1, b=2)",
        "f(*x)",
        "f(**x)",
        "f(1, *x)",
        "g and f()",
        "lambda: f()",
        "[f() for i in y]",
    ],
)
def test_a_call_that_fits_may_fit_or_may_not_happen_is_not_flagged(call: str) -> None:
    assert own("def f(a, b=1):\n    return a", f"x = y = g = []\n{call}") == []


@pytest.mark.parametrize(
    "between",
    [
        "f = print",
        "if x:\n    def f(): pass",
        "for f in x:\n    pass",
        "import f",
        "from m import *",
        "def g():\n    global f\n    f = print",
        "with open('a') as f:\n    pass",
        "try:\n    from m import f\nexcept ImportError:\n    pass",
        "exec(x)",
        "%run other.ipynb",
        "del f",
        "f += 1",
        "(f := print)",
    ],
)
def test_a_name_that_may_have_been_bound_again_is_not_judged(between: str) -> None:
    assert own("x = []\ndef f(a):\n    return a", between, "f()") == []


@pytest.mark.parametrize("definition", ["@wrap\ndef f(a):\n    pass", "if x:\n    def f(a):\n        pass"])
def test_a_decorated_or_uncertain_definition_is_not_judged(definition: str) -> None:
    assert own(f"x = 1\n{definition}", "f()") == []


@pytest.mark.parametrize(
    "around",
    [
        "try:\n    {}\nexcept Exception:\n    pass",
        "if x:\n    {}",
        "for i in x:\n    {}",
        "def g():\n    {}",
        "while x:\n    {}",
        "with suppress(TypeError):\n    {}",
    ],
)
def test_what_may_not_be_reached_or_may_be_caught_is_not_judged(around: str) -> None:
    assert own("x = []\ndef f(a):\n    return a", around.format("f()")) == []


def test_a_loop_that_has_a_turn_and_a_function_that_is_called_are_followed() -> None:
    assert own("def f(a):\n    return a", "for i in range(3):\n    f()") != []
    ((number, message),) = own("def f(a):\n    return a\ndef g():\n    return f()", "x = 1\ng()")
    assert (number, message) == (
        1,
        "TypeError: f() missing 1 required positional argument: 'a' (in g(), called here).",
    )


def test_a_function_that_calls_itself_ends() -> None:
    assert own("def f(a):\n    return f(a)", "f(1)") == []


def test_a_class_is_called_as_its_initialiser_says() -> None:
    net = "class Net:\n    def __init__(self, a, b=2):\n        self.a = a"
    assert own(net, "Net(1)\nNet(1, b=3)") == []
    assert own(net, "Net()") == [
        (1, "TypeError: Net.__init__() missing 1 required positional argument: 'a'.")
    ]
    assert own("class Plain:\n    pass", "Plain(1)") == [(1, "TypeError: Plain() takes no arguments.")]


@pytest.mark.parametrize(
    "definition",
    [
        "class C(Unknown):\n    def __init__(self, a):\n        pass",
        "@dataclass\nclass C:\n    a: int",
        "class C(metaclass=M):\n    def __init__(self, a):\n        pass",
        "class C:\n    def __new__(cls, *a):\n        return 1\n    def __init__(self, a):\n        pass",
        "class C:\n    def __init__(self, *a):\n        pass",
    ],
)
def test_a_class_that_may_be_made_otherwise_is_not_judged(definition: str) -> None:
    assert own("Unknown = M = dataclass = object", definition, "C()") == []


def test_a_finding_is_tied_to_its_place_and_says_what_it_is() -> None:
    (found,) = check_calls(book("def f(a):\n    return a", "x = 1\ny = f()"))
    assert (found.evidence, found.verdict, found.exception) == (Evidence.CERTAIN, Verdict.CRASH, "TypeError")
    assert (found.cell_index, found.line, found.column, found.end_column) == (1, 1, 4, 7)
    assert found.cause is not None and found.cause.crash_type == "invalid argument"


def test_cells_that_are_meant_to_fail_are_not_judged() -> None:
    assert own("def f(a):\n    return a", code("f()", tags=["raises-exception"])) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "source",
    [
        "+".join(["f(1)"] * 4000),
        "f(" * 80 + ")" * 80,
        "\n".join(f"x{i} = f(1)" for i in range(20_000)),
        "f(\x00)",
        "%%",
        "class C: x = f(",
        "f(" + "a." * 2000 + "b)",
    ],
)
def test_odd_cells_end_in_no_finding(source: str) -> None:
    assert own("def f(*a):\n    return a", source) == []


def test_the_check_stops_when_asked_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        check_calls(book("x"), cancel)


# Libraries: without an environment, nothing is said of them.


def test_without_an_environment_nothing_is_said_of_libraries() -> None:
    assert own("import math\nmath.nonesuch", "import nonesuch") == []


def test_before_the_libraries_were_asked_nothing_is_said_and_the_questions_are_noted(
    libraries: Asked,
) -> None:
    value = book("import math\nmath.nonesuch")
    environment = type(libraries.environment)(Path("python"))
    assert check_calls(value, None, environment) == ()
    assert "find:math" in environment.asked


def test_an_attribute_that_a_module_does_not_have_is_certain(libraries: Asked) -> None:
    assert libraries.said("import math\nmath.sqroot(2)") == [
        (0, "AttributeError: module 'math' has no attribute 'sqroot'")
    ]
    assert libraries.said("import math\nmath.sqrt(2)") == []


def test_a_name_that_a_module_does_not_have_cannot_be_imported(libraries: Asked) -> None:
    assert libraries.said("from collections import Mapping") == [
        (0, "ImportError: cannot import name 'Mapping' from 'collections'")
    ]


def test_a_call_that_no_signature_takes_is_certain(libraries: Asked) -> None:
    assert libraries.said("import textwrap as t\nt.shorten('a')") == [
        (0, "TypeError: shorten() missing 1 required positional argument: 'width'")
    ]
    assert libraries.said("from random import choices", "choices([1], wieghts=[1])") == [
        (1, "TypeError: choices() got an unexpected keyword argument 'wieghts'")
    ]


def test_an_object_of_a_known_class_is_judged_by_its_class(libraries: Asked) -> None:
    made = "import random\nr = random.Random(3)"
    assert libraries.said(made, "r.choices([1], k=3)") == []
    assert libraries.said("import textwrap\nw = textwrap.TextWrapper(width=3)", "w.fill('a', 2)") == [
        (1, "TypeError: fill() takes 2 positional arguments but 3 were given")
    ]


@pytest.mark.parametrize(
    "patch",
    [
        "math.sqroot = math.sqrt",
        "setattr(math, 'sqroot', math.sqrt)",
        "for n in ['sqroot']:\n    setattr(math, n, math.sqrt)",
    ],
)
def test_an_attribute_that_the_notebook_stores_is_there(libraries: Asked, patch: str) -> None:
    assert libraries.said("import math", patch, "math.sqroot(2)") == []


def test_a_module_beside_the_notebook_is_none_of_the_environments(libraries: Asked, tmp_path: Path) -> None:
    (tmp_path / "math.py").write_text("sqroot = 1")
    assert libraries.said("import math\nmath.sqroot", folder=tmp_path) == []


def test_after_an_installation_of_versions_nothing_is_said_of_libraries(libraries: Asked) -> None:
    assert libraries.said("%pip install 'numpy<1.20'", "import math\nmath.sqroot") == []
    assert libraries.said("import math\nmath.sqroot", "%pip install 'numpy<1.20'") != []


def test_an_import_that_may_fail_is_not_judged(libraries: Asked) -> None:
    assert libraries.said("try:\n    from collections import Mapping\nexcept ImportError:\n    pass") == []


# Missing modules.


def test_a_module_that_is_not_installed_is_certain(libraries: Asked, tmp_path: Path) -> None:
    (found,) = libraries.findings("x = 1\nimport nonesuch_module.part", folder=tmp_path)
    assert (found.check, found.exception, found.line) == ("modules", "ModuleNotFoundError", 1)
    assert found.message.startswith(
        "ModuleNotFoundError: No module named 'nonesuch_module': it is not installed"
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("try:\n    import nonesuch_module\nexcept ImportError:\n    pass",),
        ("!pip install nonesuch", "import nonesuch_module"),
        ("%pip install -q nonesuch", "import nonesuch_module"),
        ("import sys\nsys.path.append('..')", "import nonesuch_module"),
        ("%cd ..", "import nonesuch_module"),
        ("if x:\n    import nonesuch_module",),
        ("from . import nonesuch_module",),
    ],
)
def test_a_module_that_may_be_found_is_not_missed(
    libraries: Asked, tmp_path: Path, cells: tuple[str, ...]
) -> None:
    assert libraries.said("x = 0", *cells, folder=tmp_path) == []


def test_a_module_beside_the_notebook_is_not_missed(libraries: Asked, tmp_path: Path) -> None:
    (tmp_path / "nonesuch_module.py").write_text("")
    assert libraries.said("import nonesuch_module", folder=tmp_path) == []


def test_without_the_notebooks_folder_no_module_is_missed(libraries: Asked) -> None:
    assert libraries.said("import nonesuch_module") == []


# Libraries of the field.


def test_what_numpy_has_removed_is_certain_and_the_version_is_named(libraries: Asked) -> None:
    pytest.importorskip("numpy")
    (found,) = libraries.findings("import numpy as np", "a = np.zeros(3).astype(np.float)")
    version = importlib.metadata.version("numpy")
    assert found.exception == "AttributeError"
    assert found.message.endswith(f"in the installed numpy {version}.")


def test_a_method_that_no_frame_has_is_certain_when_it_is_called(libraries: Asked) -> None:
    pytest.importorskip("pandas")
    start = "import pandas as pd\ndf = pd.read_csv('a.csv')"
    (found,) = libraries.findings(start, "df = df.append({}, ignore_index=True)")
    assert "'DataFrame' object has no attribute 'append'" in found.message
    assert found.origin_index == 0
    assert libraries.said(start, "df.append_") == []  # it may be a column
    assert libraries.said(start, "pd.DataFrame.append = f", "df.append(1)") == []
    assert libraries.said(start, "import swifter", "df.append(1)") == []
    assert (
        libraries.said("import pandas as pd", "for df in pd.read_csv('a', chunksize=2): df.append(1)") == []
    )


def test_a_frame_is_known_through_methods_that_return_one(libraries: Asked) -> None:
    pytest.importorskip("pandas")
    start = "import pandas as pd\ndf = pd.read_csv('a.csv').head().copy()"
    assert [number for number, _ in libraries.said(start, "df.append(1)")] == [1]


def test_what_a_wrapper_takes_is_not_judged_by_the_function_inside(libraries: Asked) -> None:
    pytest.importorskip("pandas")
    start = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})"
    assert libraries.said(start, "df.to_csv('x.csv', index=False)\ndf.fillna(0)\ndf.drop('a', axis=1)") == []
    assert libraries.said(start, "df.drop('a', 1)") == [
        (1, "TypeError: drop() takes from 1 to 2 positional arguments but 3 were given")
    ]


def test_scikit_learns_parameters_are_checked_when_it_is_fitted(libraries: Asked) -> None:
    pytest.importorskip("sklearn")
    start = "from sklearn.linear_model import LogisticRegression\nX = y = []"
    made = "model = LogisticRegression(penalty='l3')"
    (found,) = libraries.findings(start, made, "model.fit(X, y)")
    assert (found.exception, found.cell_index, found.origin_index) == ("InvalidParameterError", 2, 1)
    assert found.message.startswith(
        "InvalidParameterError: The 'penalty' parameter of LogisticRegression must be"
    )
    assert libraries.said(start, made) == []
    assert libraries.said(start, made, "model.penalty = 'l2'", "model.fit(X, y)") == []
    assert libraries.said(start, made, "model.set_params(penalty='l2')", "model.fit(X, y)") == []
    assert libraries.said(start, "LogisticRegression(penalty='l1', C=2, max_iter=10).fit(X, y)") == []


def test_attributes_of_estimators_are_known_where_none_can_be_added(libraries: Asked) -> None:
    pytest.importorskip("sklearn")
    start = "from sklearn.preprocessing import OneHotEncoder\nencoder = OneHotEncoder()"
    assert libraries.said(start, "encoder.get_feature_names()") == [
        (1, "AttributeError: 'OneHotEncoder' object has no attribute 'get_feature_names'")
    ]
    assert libraries.said(start, "encoder.categories_\nencoder.get_feature_names_out()") == []


def test_what_an_experimental_import_unlocks_is_not_judged(libraries: Asked) -> None:
    pytest.importorskip("sklearn")
    assert libraries.said("from sklearn.model_selection import HalvingGridSearchCV") == []


def test_a_submodule_that_something_else_may_have_imported_is_not_judged(libraries: Asked) -> None:
    pytest.importorskip("scipy")
    assert libraries.said("import scipy\nscipy.odr") == []
