"""What a run of untrusted code may do, in sentences for the person who is asked.

Imports `child_words` and `words` only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nbreview.kernel.child_words import recognised
from nbreview.words import joined, said


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
        found = [
            said("The cell runs in a copy of the kernel that ends with it; the kernel's own variables stay."),
            said("It can read every file that you can read."),
        ]
        if Containment.NAMESPACES in self.levels:
            found.append(
                said(
                    "Under namespaces its writes vanish, the network is cut, and it cannot see other "
                    "programs."
                )
            )
        if Containment.LANDLOCK in self.levels:
            found.append(
                said(
                    "Where only Landlock is to be had, it cannot write outside a folder that is removed "
                    "afterwards; UDP and UNIX sockets, and the rights and times of files, stay open to it."
                )
            )
        if Containment.NONE in self.levels:
            found.append(
                said(
                    "Where neither is to be had, it runs with all your rights: it can write and delete files "
                    "and use the network."
                )
            )
        else:
            found.append(said("Where neither is to be had, it does not run."))
        return tuple(found)


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
            found = [
                said("It runs in namespaces of its own: no network, no other programs, files read-only."),
                said("Writes below {folders} look real to it and vanish.", folders=", ".join(self.folders)),
            ]
        elif self.level is Containment.LANDLOCK:
            found = [said("Landlock refuses it every write outside a folder that is removed afterwards.")]
        elif self.level is Containment.NONE:
            found = [said("Nothing holds it: it runs with all your rights.")]
        else:
            found = [said("It does not run: this system offers nothing to hold it.")]
        return (*found, *self.notes)


def containment_report(facts: Mapping[str, Any]) -> ContainmentReport:
    """The report of a child's own account of its containment (see `supervision.keep`)."""
    level = str(facts.get("level") or "")
    notes = [recognised(str(note)) for note in _listed(facts.get("notes"))]
    ways = [recognised(str(way)) for way in _listed(facts.get("open_ways"))]
    if ways:
        notes.append(said("Not held: {ways}.", ways=joined(ways)))
    notes += [said("{path} can only be read.", path=path) for path in _listed(facts.get("read_only_files"))]
    folders = tuple(str(folder) for folder in _listed(facts.get("folders")))
    return ContainmentReport(Containment(level) if level in set(Containment) else None, tuple(notes), folders)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
