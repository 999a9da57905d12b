"""What a crash is called: labels of JunoBench's taxonomy (arXiv 2510.18013) from exception and message.

Imports `review` and below. The rules follow what Python's documentation says of its built-in exceptions, and
the wording that libraries use for a kind of failure whatever function it comes from. The most particular
rule that fits decides; where none does, a label is None: it is not guessed.
"""

import re
from collections.abc import Sequence

from nbreview.review.taxonomy import Cause, CrashType, RootCause, Stage

_BY_EXCEPTION = {
    "NameError": CrashType.VARIABLE_NOT_FOUND,
    "UnboundLocalError": CrashType.VARIABLE_NOT_FOUND,
    "ModuleNotFoundError": CrashType.MODULE_NOT_FOUND,
    "ImportError": CrashType.MODULE_NOT_FOUND,
    "FileNotFoundError": CrashType.FILE_NOT_FOUND,
    "NotADirectoryError": CrashType.FILE_NOT_FOUND,
    "IsADirectoryError": CrashType.FILE_NOT_FOUND,
    "AttributeError": CrashType.ATTRIBUTE_ERROR,
    "KeyError": CrashType.KEY_ERROR,
    "IndexError": CrashType.INDEX_ERROR,
    "AxisError": CrashType.INDEX_ERROR,
    "SyntaxError": CrashType.SYNTAX_ERROR,
    "IndentationError": CrashType.SYNTAX_ERROR,
    "TabError": CrashType.SYNTAX_ERROR,
    "MemoryError": CrashType.OUT_OF_MEMORY,
    "OutOfMemoryError": CrashType.OUT_OF_MEMORY,
    "ResourceExhaustedError": CrashType.OUT_OF_MEMORY,
    "_ArrayMemoryError": CrashType.OUT_OF_MEMORY,
    "ConnectionError": CrashType.REQUEST_ERROR,
    "ConnectTimeout": CrashType.REQUEST_ERROR,
    "HTTPError": CrashType.REQUEST_ERROR,
    "ReadTimeout": CrashType.REQUEST_ERROR,
    "URLError": CrashType.REQUEST_ERROR,
    "SSLError": CrashType.REQUEST_ERROR,
    "InvalidParameterError": CrashType.INVALID_ARGUMENT,
    "NotFittedError": CrashType.MODEL_INITIALISATION,
    "UFuncTypeError": CrashType.CAST_EXCEPTION,
    "UFuncOutputCastingError": CrashType.CAST_EXCEPTION,
    "UFuncInputCastingError": CrashType.CAST_EXCEPTION,
    "RecursionError": CrashType.RUNTIME_ERROR,
    "NotImplementedError": CrashType.RUNTIME_ERROR,
    "TypeError": CrashType.TYPE_ERROR,
    "ValueError": CrashType.VALUE_ERROR,
    "UnicodeDecodeError": CrashType.VALUE_ERROR,
    "JSONDecodeError": CrashType.VALUE_ERROR,
    "RuntimeError": CrashType.RUNTIME_ERROR,
    "ZeroDivisionError": CrashType.DATA_VALUE_VIOLATION,
    "OverflowError": CrashType.DATA_VALUE_VIOLATION,
    "FloatingPointError": CrashType.DATA_VALUE_VIOLATION,
}
"""What the class of the exception says when its message says nothing more particular."""

_SPOKEN = ("TypeError", "ValueError", "RuntimeError", "InvalidArgumentError", "LinAlgError", "AssertionError")
"""Exceptions that are raised for many reasons: what the message says comes first."""


def _rule(pattern: str, kind: CrashType) -> tuple[re.Pattern[str], CrashType]:
    return re.compile(pattern, re.IGNORECASE), kind


_BY_MESSAGE = (
    _rule(r"out of memory|unable to allocate|\bOOM\b", CrashType.OUT_OF_MEMORY),
    _rule(
        r"feature names|X has \d+ features?, but|columns are missing|number of features",
        CrashType.FEATURE_NAME_MISMATCH,
    ),
    _rule(r"broadcast", CrashType.UNSUPPORTED_BROADCAST),
    _rule(
        r"positional arguments?|keyword arguments?|multiple values for|required argument"
        r"|invalid combination of arguments|value passed to parameter|supports only|not supported for"
        r"|must be one of|is not a valid|invalid (?:option|parameter|value for)"
        r"|unknown (?:label|option|loss|metric)"
        r"|option .*(?:not understood|not recogni[sz]ed)|parameter of \w+ must be|unexpected keyword"
        r"|expected \dd(?: or \dd)? array|reshape your data|neither the|could not interpret"
        r"|unrecogni[sz]ed|argument .{1,40} must be|got an unexpected|not understood",
        CrashType.INVALID_ARGUMENT,
    ),
    _rule(
        r"shapes?\b.*(?:align|match|incompatible|multipl|differ|mismatch|invalid|expected|rank)"
        r"|incompatible (?:shape|with the layer)|mismatch|inconsistent number"
        r"|same (?:length|size|shape|number)"
        r"|equal (?:size|length|shape)|to have \d+ channels|size of tensor"
        r"|dimensions? .*(?:match|expected|must)"
        r"|does not match|lengths? .*(?:match|differ|equal)|cannot reshape"
        r"|expected (?:input|min_ndim|ndim|axis)"
        r"|inhomogeneous|graph execution error|number of dimensions|wrong number of (?:items|dimensions)",
        CrashType.TENSOR_SHAPE_MISMATCH,
    ),
    _rule(r"cannot (?:safely )?cast|casting rule", CrashType.CAST_EXCEPTION),
    _rule(
        r"contains? (?:nan|infinity|negative|duplicate)|nan, infinity|input (?:x|y) contains|non-finite"
        r"|zero-dimensional|at least (?:one|two|2|1)\b|zero-size|empty (?:array|sequence|vocabulary|range)"
        r"|less than|greater than the number|found array with 0|only one class|least populated",
        CrashType.DATA_VALUE_VIOLATION,
    ),
    _rule(
        r"not (?:been )?(?:fitted|built|compiled|initiali[sz]ed)|must (?:compile|build)|isn't fitted"
        r"|weights have not",
        CrashType.MODEL_INITIALISATION,
    ),
)

_ROOTS = {
    CrashType.VARIABLE_NOT_FOUND: RootCause.NOTEBOOK_SPECIFIC,
    CrashType.MODULE_NOT_FOUND: RootCause.ENVIRONMENT,
    CrashType.FILE_NOT_FOUND: RootCause.ENVIRONMENT,
    CrashType.REQUEST_ERROR: RootCause.ENVIRONMENT,
    CrashType.OUT_OF_MEMORY: RootCause.INSUFFICIENT_RESOURCE,
    CrashType.SYNTAX_ERROR: RootCause.IMPLEMENTATION_ERROR,
    CrashType.INVALID_ARGUMENT: RootCause.API_MISUSE,
    CrashType.MODEL_INITIALISATION: RootCause.API_MISUSE,
    CrashType.FEATURE_NAME_MISMATCH: RootCause.DATA_CONFUSION,
    CrashType.UNSUPPORTED_BROADCAST: RootCause.DATA_CONFUSION,
    CrashType.CAST_EXCEPTION: RootCause.DATA_CONFUSION,
}
"""What usually lies behind a kind of crash; kinds that have several causes are left out."""

_CONVERSION = re.compile(
    r"could not convert|invalid literal|cannot convert|does not match format", re.IGNORECASE
)
_REMOVED = re.compile(r"has been removed|was removed|deprecated|no longer|cannot import name", re.IGNORECASE)


def classify(exception: str, message: str, library: str = "", source: str = "") -> Cause:
    """The labels of a crash, as far as they can be told.

    Parameters
    ----------
    exception
        The exception's class name, without its module.
    message
        Its message.
    library
        The top-level package that raised, "" for the notebook's own code.
    source
        The source of the cell: it tells what the cell was doing.
    """
    name = exception.rpartition(".")[2]
    kind = _kind(name, message)
    return Cause(
        exception=name,
        message=message,
        crash_type=kind,
        root_cause=_root(name, message, library, kind),
        stage=_stage(source),
        library=library,
    )


def _kind(name: str, message: str) -> CrashType | None:
    if name in _SPOKEN or name not in _BY_EXCEPTION:
        for pattern, kind in _BY_MESSAGE:
            if pattern.search(message):
                return kind
    known = _BY_EXCEPTION.get(name)
    if known is None and name.endswith(("Error", "Exception")):
        return CrashType.OTHER
    return known


def _root(name: str, message: str, library: str, kind: CrashType | None) -> RootCause | None:
    if name == "ImportError" or _REMOVED.search(message):
        return RootCause.LIBRARY_CAUSE if _REMOVED.search(message) else RootCause.ENVIRONMENT
    if _CONVERSION.search(message):
        return RootCause.DATA_CONFUSION
    if kind is CrashType.INVALID_ARGUMENT and not library:
        return RootCause.IMPLEMENTATION_ERROR  # the notebook's own function, called wrongly
    if kind is CrashType.ATTRIBUTE_ERROR and library:
        return RootCause.API_MISUSE
    if kind is CrashType.INDEX_ERROR and not library:
        return RootCause.IMPLEMENTATION_ERROR
    return _ROOTS.get(kind) if kind is not None else None


def _stages(*given: tuple[str, Stage]) -> Sequence[tuple[re.Pattern[str], Stage]]:
    return tuple((re.compile(pattern), stage) for pattern, stage in given)


_STAGES = _stages(
    (
        r"\.(?:fit|fit_generator|train_on_batch|backward|fit_predict|train)\(|for epoch\b|optimizer\.step\(",
        Stage.TRAINING,
    ),
    (
        r"\.(?:predict|predict_proba|predict_classes|evaluate|score|eval)\(|_score\(|confusion_matrix"
        r"|classification_report",
        Stage.EVALUATION,
    ),
    (r"\bplt\.|\bsns\.|\.(?:plot|hist|boxplot|scatter|imshow)\(|\bpx\.|\bax\d?\.", Stage.DATA_VISUALISATION),
    (
        r"nn\.Module|Sequential\(|\.compile\(|\.add\(|layers\.|\bModel\(|Dense\(|Conv\dD\(|(?:Classifier|Regressor)\(",
        Stage.MODEL_CONSTRUCTION,
    ),
    (
        r"\b(?:pd|np|df|pandas|numpy)\b|read_\w+\(|\.(?:drop|merge|groupby|transform|fit_transform|apply|append|reshape)\("
        r"|\bopen\(|DataLoader\(|\bdata\b|train_test_split",
        Stage.DATA_PREPARATION,
    ),
    (r"(?m)^\s*(?:!|%)\s*(?:pip|conda)|^\s*(?:import|from)\s", Stage.ENVIRONMENT_SETUP),
)
"""What the words of a cell say of what it does: the first that is found decides."""


def _stage(source: str) -> Stage | None:
    return next((stage for pattern, stage in _STAGES if pattern.search(source)), None)
