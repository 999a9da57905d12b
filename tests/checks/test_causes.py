"""What a crash is called, from its exception and its message."""

import pytest

from nbreview.checks.causes import classify
from nbreview.review.taxonomy import CrashType, RootCause, Stage


@pytest.mark.parametrize(
    ("exception", "message", "kind"),
    [
        ("NameError", "name 'x' is not defined", CrashType.VARIABLE_NOT_FOUND),
        ("ModuleNotFoundError", "No module named 'x'", CrashType.MODULE_NOT_FOUND),
        ("AttributeError", "'list' object has no attribute 'shape'", CrashType.ATTRIBUTE_ERROR),
        ("TypeError", "f() takes 1 positional argument but 3 were given", CrashType.INVALID_ARGUMENT),
        ("TypeError", "f() got an unexpected keyword argument 'x'", CrashType.INVALID_ARGUMENT),
        ("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", CrashType.TYPE_ERROR),
        ("ValueError", "could not convert string to float: 'a'", CrashType.VALUE_ERROR),
        (
            "ValueError",
            "operands could not be broadcast together with shapes (2,) (3,)",
            CrashType.UNSUPPORTED_BROADCAST,
        ),
        (
            "ValueError",
            "Found input variables with inconsistent numbers of samples: [2, 3]",
            CrashType.TENSOR_SHAPE_MISMATCH,
        ),
        (
            "ValueError",
            "X has 3 features, but LinearRegression is expecting 2 features as input.",
            CrashType.FEATURE_NAME_MISMATCH,
        ),
        ("ValueError", "Input X contains NaN.", CrashType.DATA_VALUE_VIOLATION),
        (
            "RuntimeError",
            "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)",
            CrashType.TENSOR_SHAPE_MISMATCH,
        ),
        ("RuntimeError", "CUDA out of memory. Tried to allocate 2 GiB", CrashType.OUT_OF_MEMORY),
        ("RuntimeError", "element 0 of tensors does not require grad", CrashType.RUNTIME_ERROR),
        ("KeyError", "'shape mismatch'", CrashType.KEY_ERROR),
        ("sklearn.exceptions.NotFittedError", "This model is not fitted yet", CrashType.MODEL_INITIALISATION),
        ("MyOwnError", "no", CrashType.OTHER),
        ("", "", None),
    ],
)
def test_the_kind_of_a_crash(exception: str, message: str, kind: CrashType | None) -> None:
    assert classify(exception, message).crash_type == kind


def test_a_root_cause_is_named_only_where_it_is_known() -> None:
    assert classify("NameError", "name 'x' is not defined").root_cause is RootCause.NOTEBOOK_SPECIFIC
    assert classify("MemoryError", "").root_cause is RootCause.INSUFFICIENT_RESOURCE
    assert classify("ImportError", "cannot import name 'a' from 'b'").root_cause is RootCause.LIBRARY_CAUSE
    assert (
        classify("ValueError", "could not convert string to float: 'a'").root_cause
        is RootCause.DATA_CONFUSION
    )
    assert classify("KeyError", "'a'").root_cause is None


def test_who_calls_wrongly_decides_the_root_of_an_invalid_argument() -> None:
    message = "f() missing 1 required positional argument: 'a'"
    assert classify("TypeError", message, "pandas").root_cause is RootCause.API_MISUSE
    assert classify("TypeError", message).root_cause is RootCause.IMPLEMENTATION_ERROR


@pytest.mark.parametrize(
    ("source", "stage"),
    [
        ("import numpy as np\nmodel.fit(x, y)", Stage.TRAINING),
        ("model.predict(x)", Stage.EVALUATION),
        ("plt.plot(x)", Stage.DATA_VISUALISATION),
        ("class Net(nn.Module): pass", Stage.MODEL_CONSTRUCTION),
        ("df = pd.read_csv('a')", Stage.DATA_PREPARATION),
        ("import json", Stage.ENVIRONMENT_SETUP),
        ("x = 1", None),
    ],
)
def test_the_stage_is_told_by_what_the_cell_does(source: str, stage: Stage | None) -> None:
    assert classify("KeyError", "1", source=source).stage == stage


def test_the_exception_the_message_and_the_library_are_kept() -> None:
    cause = classify("pandas.errors.ParserError", "Error tokenizing data", "pandas")
    assert (cause.exception, cause.message, cause.library) == (
        "ParserError",
        "Error tokenizing data",
        "pandas",
    )
