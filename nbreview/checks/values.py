"""What a name of the notebook stands for, where that is known for certain.

Imports only the standard library.
"""

import ast
from dataclasses import dataclass, field

from nbreview.notebook.bindings import FunctionNode


@dataclass(frozen=True, slots=True)
class Library:
    """A module, class or function of an installed library; `target` as `environment_child` writes them."""

    target: str

    def member(self, name: str) -> "Library":
        """An attribute of it."""
        return Library(self.target + (name if self.target.endswith(":") else f".{name}"))

    @property
    def package(self) -> str:
        """The top-level package."""
        return self.target.partition(":")[0].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of exactly one class of a library, and the call that made it, if a call of the class did.

    `cell` is where it was made. `literals` are the arguments given by keyword that are literals.
    """

    target: str
    cell: int
    literals: tuple[tuple[str, object], ...] = ()

    @property
    def package(self) -> str:
        """The top-level package of its class."""
        return self.target.partition(":")[0].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Bound:
    """A method of a library's class, taken from an object of it."""

    target: str
    owner: Instance


@dataclass(frozen=True, slots=True)
class Defined:
    """A function that the notebook defines, undecorated."""

    node: FunctionNode
    cell: int


@dataclass(frozen=True, slots=True)
class DefinedClass:
    """A class that the notebook defines, undecorated and without a metaclass; `bases` where each is known."""

    node: ast.ClassDef
    cell: int
    bases: tuple[Library, ...] = field(default=())


Value = Library | Instance | Bound | Defined | DefinedClass
