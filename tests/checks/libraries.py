"""What the libraries of the Python that runs the tests say of themselves: asked once a module of tests."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.checks.calls import check_calls
from nbreview.checks.environment import Environment, Reader, read_environment
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Finding
from tests.builders import code, notebook


def book(*cells: str | dict) -> Notebook:
    """A notebook of code cells, given as sources or as JSON."""
    values = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    return read_bytes(notebook(*values), "x.ipynb")


class Asked:
    """An environment that learns what each test needs; one child process for all of them."""

    def __init__(self, cache: Path) -> None:
        self.environment = read_environment(Path(sys.executable), cache)
        self.reader = Reader(Path(sys.executable))

    def knowing(self, notebook: Notebook, folder: Path | None = None) -> Environment:
        """The environment with all that the checks want to know for one notebook."""
        for _ in range(8):
            probe = replace(self.environment, asked=set())
            check_calls(notebook, None, probe, folder)
            if not probe.asked - set(self.environment.facts):
                break
            self.environment = self.reader.learn(self.environment, probe.asked)
        return replace(self.environment, asked=set())

    def findings(self, *cells: str | dict, folder: Path | None = None) -> tuple[Finding, ...]:
        """What `check_calls` says of a notebook."""
        value = book(*cells)
        return check_calls(value, None, self.knowing(value, folder), folder)

    def said(self, *cells: str | dict, folder: Path | None = None) -> list[tuple[int, str]]:
        """Cell and message of each finding, without where the library is installed."""
        return [
            (finding.cell_index, finding.message.split(", in the installed")[0].rstrip("."))
            for finding in self.findings(*cells, folder=folder)
        ]


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    asked = Asked(tmp_path_factory.mktemp("cache"))
    with asked.reader:
        yield asked
