"""What a crash is called: the labels of JunoBench (arXiv 2510.18013), as values.

Imports `words` only. A label is given only where it is known; "" and None are what is not known. The
labels are gathered for translation; as values they are plain text.
"""

from dataclasses import dataclass
from enum import StrEnum

from nbreview.words import said


class CrashType(StrEnum):
    """What kind of failure ends the cell."""

    VARIABLE_NOT_FOUND = said("variable not found")
    MODULE_NOT_FOUND = said("module not found")
    ATTRIBUTE_ERROR = said("attribute error")
    TYPE_ERROR = said("type error")
    VALUE_ERROR = said("value error")
    KEY_ERROR = said("key error")
    INDEX_ERROR = said("index error")
    INVALID_ARGUMENT = said("invalid argument")
    TENSOR_SHAPE_MISMATCH = said("tensor shape mismatch")
    UNSUPPORTED_BROADCAST = said("unsupported broadcast")
    DATA_VALUE_VIOLATION = said("data value violation")
    FEATURE_NAME_MISMATCH = said("feature name mismatch")
    MODEL_INITIALISATION = said("model initialization error")
    CAST_EXCEPTION = said("cast exception")
    FILE_NOT_FOUND = said("file not found")
    REQUEST_ERROR = said("request error")
    OUT_OF_MEMORY = said("out of memory")
    SYNTAX_ERROR = said("syntax error")
    RUNTIME_ERROR = said("runtime error")
    OTHER = said("other")


class RootCause(StrEnum):
    """Why it happens, as far as it can be told from the run."""

    API_MISUSE = said("API misuse")
    DATA_CONFUSION = said("data confusion")
    IMPLEMENTATION_ERROR = said("implementation error")
    NOTEBOOK_SPECIFIC = said("NB specific")
    MODEL_CONFUSION = said("ML model confusion")
    LIBRARY_CAUSE = said("library cause")
    ENVIRONMENT = said("environment")
    INSUFFICIENT_RESOURCE = said("insufficient resource")


class Stage(StrEnum):
    """What the cell was doing in the course of the work."""

    ENVIRONMENT_SETUP = said("environment setup")
    DATA_PREPARATION = said("data preparation")
    DATA_VISUALISATION = said("data visualization")
    MODEL_CONSTRUCTION = said("model construction")
    TRAINING = said("training")
    EVALUATION = said("evaluation and prediction")


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
