"""What a person is asked before something runs, as values: which of these, what it does, and the words of
the button.

Imports nothing of nbreview.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be chosen.

    `said` are sentences that are shown while it is marked. `problem` says why it cannot be chosen, "" where
    it can.
    """

    title: str
    detail: str = ""
    said: tuple[str, ...] = ()
    problem: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in a window of its own that is in nobody's way.

    `said` are sentences that hold whatever is chosen. `agreed` is called with the value of the option that
    was chosen, None where there are none to choose from. `empty` is said where there are no options and one
    was to be chosen.
    """

    title: str
    button: str
    agreed: Callable[[object], None]
    said: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    empty: str = ""
