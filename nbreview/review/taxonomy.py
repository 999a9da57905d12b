"""What a crash is called: the labels of JunoBench (arXiv 2510.18013), as values.

Imports nothing of nbreview. A label is given only where it is known; "" and None are what is not known.
"""

from dataclasses import dataclass
from enum import StrEnum


class CrashType(StrEnum):
    """What kind of failure ends the cell."""

    VARIABLE_NOT_FOUND = "variable not found"
    MODULE_NOT_FOUND = "module not found"
    ATTRIBUTE_ERROR = "attribute error"
    TYPE_ERROR = "type error"
    VALUE_ERROR = "value error"
    KEY_ERROR = "key error"
    INDEX_ERROR = "index error"
    INVALID_ARGUMENT = "invalid argument"
    TENSOR_SHAPE_MISMATCH = "tensor shape mismatch"
    UNSUPPORTED_BROADCAST = "unsupported broadcast"
    DATA_VALUE_VIOLATION = "data value violation"
    FEATURE_NAME_MISMATCH = "feature name mismatch"
    MODEL_INITIALISATION = "model initialization error"
    CAST_EXCEPTION = "cast exception"
    FILE_NOT_FOUND = "file not found"
    REQUEST_ERROR = "request error"
    OUT_OF_MEMORY = "out of memory"
    SYNTAX_ERROR = "syntax error"
    RUNTIME_ERROR = "runtime error"
    OTHER = "other"


class RootCause(StrEnum):
    """Why it happens, as far as it can be told from the run."""

    API_MISUSE = "API misuse"
    DATA_CONFUSION = "data confusion"
    IMPLEMENTATION_ERROR = "implementation error"
    NOTEBOOK_SPECIFIC = "NB specific"
    MODEL_CONFUSION = "ML model confusion"
    LIBRARY_CAUSE = "library cause"
    ENVIRONMENT = "environment"
    INSUFFICIENT_RESOURCE = "insufficient resource"


class Stage(StrEnum):
    """What the cell was doing in the course of the work."""

    ENVIRONMENT_SETUP = "environment setup"
    DATA_PREPARATION = "data preparation"
    DATA_VISUALISATION = "data visualization"
    MODEL_CONSTRUCTION = "model construction"
    TRAINING = "training"
    EVALUATION = "evaluation and prediction"


@dataclass(frozen=True, slots=True)
class Cause:
    """What is known of a crash: the exception's class name, its message, and the labels.

    `library` is the top-level package that raised or was misused ("pandas"), "" for the notebook's own code.
    """

    exception: str = ""
    message: str = ""
    crash_type: CrashType | None = None
    root_cause: RootCause | None = None
    stage: Stage | None = None
    library: str = ""
