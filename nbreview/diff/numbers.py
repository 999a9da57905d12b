"""Numbers as outputs write them: `1,234.5`, `12 %`, `−3e-4`, `$5`, `nan`.

Pure: imports nothing of nbreview.
"""

import math
import re
from dataclasses import dataclass

ROUNDING = 1e-4
"""Tolerances below this stand for rounding, which whole numbers have none of: 1000001 is not 1000000."""

_NUMBER = re.compile(
    r"(?P<before>[^\d.,+\-−]{0,4})"
    r"(?P<sign>[+\-−]?)"
    r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)"
    r"(?P<exponent>[eE][+\-−]?\d{1,4})?"
    r"(?P<after>[^\d]{0,8})"
)
_NAMES = {"nan": math.nan, "inf": math.inf, "+inf": math.inf, "-inf": -math.inf, "−inf": -math.inf}


@dataclass(frozen=True, slots=True)
class Number:
    """A number and what stands around it (a currency, a unit, a percent sign). `whole`: written without a
    fraction or an exponent.
    """

    value: float
    unit: tuple[str, str]
    whole: bool


def read_number(text: str) -> Number | None:
    """The one number that a text consists of; None for anything else (a date, two numbers, a word)."""
    stripped = text.strip()
    if len(stripped) > 60:
        return None
    if stripped.lower() in _NAMES:
        return Number(_NAMES[stripped.lower()], ("", ""), False)
    found = _NUMBER.fullmatch(stripped)
    if found is None:
        return None
    sign = -1.0 if found["sign"] in ("-", "−") else 1.0
    exponent = (found["exponent"] or "").replace("−", "-")
    value = sign * float(found["value"].replace(",", "") + exponent)
    unit = found["before"].strip(), found["after"].strip()
    return Number(value, unit, "." not in found["value"] and not exponent)


def near(base: float, head: float, tolerance: float) -> bool:
    """Whether two numbers are equal within a tolerance relative to the larger; NaN equals itself."""
    if base == head or (base != base and head != head):
        return True
    if isinstance(base, int) and isinstance(head, int) and tolerance < ROUNDING:
        return False
    try:
        return math.isfinite(base) and math.isfinite(head) and math.isclose(base, head, rel_tol=tolerance)
    except OverflowError:  # whole numbers beyond what a float holds
        return False


def near_texts(base: str, head: str, tolerance: float) -> bool:
    """Whether two texts are equal, or both one number of one unit and near."""
    if base == head:
        return True
    old, new = read_number(base), read_number(head)
    if old is None or new is None or old.unit != new.unit:
        return False
    if old.whole and new.whole and tolerance < ROUNDING:
        return old.value == new.value and abs(old.value) < 2**53
    return near(old.value, new.value, tolerance)
