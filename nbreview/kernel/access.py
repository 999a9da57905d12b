"""What a run of untrusted code may do, in sentences for the person who is asked.

Imports nothing of nbreview.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Containment(StrEnum):
    """What holds a child, strongest first. NONE: nothing does."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Access:
    """Which containments may be used, strongest first: the first that the system offers is.

    With NONE among them the cell runs even where nothing can hold it; only a person may ask for that.
    """

    levels: tuple[Containment, ...] = (Containment.NAMESPACES, Containment.LANDLOCK)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What will run, and with what access, before it is known which containment the system offers."""
        said = [
            "The cell runs in a copy of the kernel that ends with it; the kernel's own variables stay.",
            "It can read every file that you can read.",
        ]
        if Containment.NAMESPACES in self.levels:
            said.append(
                "Under namespaces its writes vanish, the network is cut, and it cannot see other programs."
            )
        if Containment.LANDLOCK in self.levels:
            said.append(
                "Where only Landlock is to be had, it cannot write outside a folder that is removed "
                "afterwards; UDP and UNIX sockets, and the rights and times of files, stay open to it."
            )
        if Containment.NONE in self.levels:
            said.append(
                "Where neither is to be had, it runs with all your rights: it can write and delete files "
                "and use the network."
            )
        else:
            said.append("Where neither is to be had, it does not run.")
        return tuple(said)


CONTAINED = Access()
UNCONTAINED = Access((Containment.NAMESPACES, Containment.LANDLOCK, Containment.NONE))


@dataclass(frozen=True, slots=True)
class ContainmentReport:
    """Which containment is really in force where a kernel runs. `level` None: a run would be refused.

    `notes` are sentences: what could not be had, and what stays open.
    """

    level: Containment | None
    notes: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the child can do, for the person."""
        if self.level is Containment.NAMESPACES:
            said = [
                "It runs in namespaces of its own: no network, no other programs, files read-only.",
                f"Writes below {', '.join(self.folders)} look real to it and vanish.",
            ]
        elif self.level is Containment.LANDLOCK:
            said = ["Landlock refuses it every write outside a folder that is removed afterwards."]
        elif self.level is Containment.NONE:
            said = ["Nothing holds it: it runs with all your rights."]
        else:
            said = ["It does not run: this system offers nothing to hold it."]
        return (*said, *self.notes)


def containment_report(facts: Mapping[str, Any]) -> ContainmentReport:
    """The report of a child's own account of its containment (see `supervision.keep`)."""
    level = str(facts.get("level") or "")
    notes = [str(note) for note in _listed(facts.get("notes"))]
    ways = [str(way) for way in _listed(facts.get("open_ways"))]
    if ways:
        notes.append(f"Not held: {', '.join(ways)}.")
    notes += [f"{path} can only be read." for path in _listed(facts.get("read_only_files"))]
    folders = tuple(str(folder) for folder in _listed(facts.get("folders")))
    return ContainmentReport(Containment(level) if level in set(Containment) else None, tuple(notes), folders)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
