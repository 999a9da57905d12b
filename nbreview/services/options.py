"""The settings as options of a comparison.

Imports `diff` and below; knows no file and no window.
"""

from nbreview.diff.options import Aspect, DiffOptions
from nbreview.settings import Settings

_RULES = 2
"""Counts up when the same options give another diff, so that counts kept from before are not used."""


def diff_options(settings: Settings) -> DiffOptions:
    """How a person has chosen to compare. An aspect that this version does not know is passed over."""
    known = {aspect.value for aspect in Aspect}
    return DiffOptions(
        similarity=settings.similarity,
        ignored=frozenset(Aspect(name) for name in settings.ignored if name in known),
        whitespace=settings.whitespace,
        tolerance=settings.table_tolerance,
    )


def fingerprint(options: DiffOptions) -> str:
    """What counts of changed cells depend on beside the two notebooks, as a text."""
    ignored = ",".join(sorted(options.ignored))
    return (
        f"rules {_RULES}; similarity {options.similarity:g}; ignored {ignored}; "
        f"white space {options.whitespace}; tolerance {options.tolerance:g}"
    )
