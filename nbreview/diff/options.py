"""How two notebooks are compared: one frozen value, made by the caller and handed down.

Pure: imports nothing of nbreview.
"""

from dataclasses import dataclass
from enum import StrEnum


class Aspect(StrEnum):
    """A part of a notebook that can be compared or ignored, by its name on the command line."""

    SOURCES = "sources"
    OUTPUTS = "outputs"
    METADATA = "metadata"  # whatever no other aspect names
    TAGS = "tags"
    ATTACHMENTS = "attachments"
    COUNTS = "counts"  # execution counts
    KERNEL = "kernel"  # the kernelspec
    LANGUAGE = "language"  # the language and its version
    VOLATILE = "volatile"  # view state, timings and ids that change by themselves
    IDS = "ids"  # cell ids


NOISE = frozenset({Aspect.COUNTS, Aspect.VOLATILE, Aspect.IDS})
"""What running or saving a notebook changes by itself: ignored unless it is asked for."""


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """How two notebooks are compared.

    Parameters
    ----------
    similarity:
        How much of two sources (0 to 1) must agree for them to be one edited cell when nothing else says so.
    ids:
        Whether equal cell ids are evidence.
    seconds:
        Time budget of the alignment; past it the rest is aligned by position and the diff says so. None is
        no budget.
    ignored:
        The aspects that make no difference.
    whitespace:
        Whether white space inside a line and at its ends makes a difference.
    tolerance:
        Relative difference up to which two numbers of a table are equal.
    """

    similarity: float = 0.5
    ids: bool = True
    seconds: float | None = 10.0
    ignored: frozenset[Aspect] = NOISE
    whitespace: bool = True
    tolerance: float = 1e-6

    def compares(self, aspect: Aspect) -> bool:
        """Whether the aspect makes a difference."""
        return aspect not in self.ignored


DEFAULT_OPTIONS = DiffOptions()
