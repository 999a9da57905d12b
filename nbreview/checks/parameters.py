"""Whether a literal is what a scikit-learn estimator's parameter may be.

Imports only the standard library. scikit-learn, "Developing scikit-learn estimators": since 1.2 an
estimator's `_parameter_constraints` list what each parameter may be, and `fit` raises InvalidParameterError
where none of them holds. The facts hold them as plain data (`environment_child`).
"""

from collections.abc import Mapping, Sequence
from typing import Any


def violation(estimator: str, name: str, value: object, constraints: Sequence[Mapping[str, Any]]) -> str:
    """The message of the error that a literal raises, "" where a constraint holds or may hold."""
    if not isinstance(value, str | int | float | bool | type(None)):
        return ""
    if not constraints or any(_may_hold(value, constraint) for constraint in constraints):
        return ""
    told = [text for text in map(_told, constraints) if text]
    if not told:
        told = ["an object of another kind"]
    wanted = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} or {told[-1]}"
    return f"The '{name}' parameter of {estimator} must be {wanted}. Got {value!r} instead"


def _may_hold(value: object, constraint: Mapping[str, Any]) -> bool:
    number = isinstance(value, int | float)  # a bool is an Integral, for Interval too
    match constraint.get("is"):
        case "none":
            return value is None
        case "boolean":
            return isinstance(value, bool | int)
        case "verbose":
            return isinstance(value, bool | int)
        case "random_state":
            return value is None or isinstance(value, int)
        case "options":
            return value in constraint["options"]
        case "type":
            return type(value).__name__ in constraint["types"]
        case "interval":
            if not number or isinstance(value, bool):
                return isinstance(value, bool)
            assert isinstance(value, int | float)
            whole = isinstance(value, int)
            if constraint["type"] == "integer" and not whole:
                return False
            if constraint["type"] == "float" and whole:
                return False
            return _inside(value, constraint["limits"], constraint["closed"])
        case "object":
            return False  # a class, a callable, an array: no literal that is looked at here is one
    return True


def _inside(value: float, limits: Sequence[float | None], closed: str) -> bool:
    left, right = limits
    if left is not None and (value < left or (value == left and closed not in ("left", "both"))):
        return False
    return not (right is not None and (value > right or (value == right and closed not in ("right", "both"))))


def _told(constraint: Mapping[str, Any]) -> str:
    match constraint.get("is"):
        case "none":
            return "None"
        case "boolean":
            return "a bool"
        case "options":
            return "one of " + ", ".join(repr(option) for option in constraint["options"])
        case "interval":
            left, right = constraint["limits"]
            opening = "[" if constraint["closed"] in ("left", "both") else "("
            closing = "]" if constraint["closed"] in ("right", "both") else ")"
            low = "-inf" if left is None else f"{left:g}"
            high = "inf" if right is None else f"{right:g}"
            kind = {"integer": "an int", "real": "a number", "float": "a float"}[constraint["type"]]
            return f"{kind} in {opening}{low}, {high}{closing}"
        case "type":
            return f"an instance of {' or '.join(constraint['types'])}" if constraint["types"] else ""
        case "random_state":
            return "a random state"
    return ""
