"""Runs the checks that need no model and no kernel: the first rung of crash verdicts.

Imports the checks beside it, `notebook`, `review` and below. Nothing of the notebook is executed.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.checks import execution, names
from nbreview.checks.calls import check_calls
from nbreview.checks.causes import classify
from nbreview.checks.data import check_data
from nbreview.checks.environment import Environment, Reader
from nbreview.checks.execution import check_order, check_saved_errors
from nbreview.checks.files import check_files
from nbreview.checks.names import check_names
from nbreview.checks.syntax import check_syntax
from nbreview.notebook.model import Notebook
from nbreview.review.model import Finding, Verdict

Check = Callable[
    [Notebook, CancelToken | None, Environment | None, Path | None],
    tuple[Finding, ...],
]

CHECKS: tuple[Check, ...] = (
    lambda notebook, cancel, environment, folder: check_syntax(notebook),
    lambda notebook, cancel, environment, folder: check_names(notebook, cancel),
    check_calls,
    lambda notebook, cancel, environment, folder: check_data(notebook, cancel),
    lambda notebook, cancel, environment, folder: check_files(notebook, cancel, folder),
    lambda notebook, cancel, environment, folder: check_saved_errors(notebook),
    lambda notebook, cancel, environment, folder: check_order(notebook, cancel),
)
"""Every static check, in the order in which findings of one place are listed."""

_MOST_ROUNDS = 8


def run_checks(
    notebook: Notebook,
    cancel: CancelToken | None = None,
    environment: Environment | None = None,
    folder: Path | None = None,
) -> tuple[Finding, ...]:
    """Every finding that is known without running anything, by cell, then line.

    A saved error that a certain finding of the same cell already tells is not repeated.

    Parameters
    ----------
    environment
        What is known of the libraries that the notebook is to run with (`learn_libraries`); without one,
        nothing is said about libraries. folder The notebook's folder, for modules and files beside it;
        without one, nothing is said about them.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    findings: list[Finding] = []
    for check in CHECKS:
        if cancel is not None:
            cancel.check()
        findings += check(notebook, cancel, environment, folder)
    told = {
        (finding.cell_index, finding.exception)
        for finding in findings
        if finding.check != execution.CHECK and _is_first(finding, notebook)
    }
    kept = [
        finding
        for finding in findings
        if finding.check != execution.CHECK or (finding.cell_index, finding.exception) not in told
    ]
    kept = [_with_cause(finding, notebook) for finding in kept]
    return tuple(
        sorted(kept, key=lambda finding: (finding.cell_index, finding.line or 0, finding.column or 0))
    )


def learn_libraries(
    notebook: Notebook,
    environment: Environment,
    cancel: CancelToken | None = None,
    folder: Path | None = None,
) -> Environment:
    """The environment with all that `run_checks` wants to know of its libraries for this notebook.

    What is not known yet is asked of a child process, which takes seconds: for a worker thread. When all is
    known, no child is started. `environment.save_facts` keeps the result.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    with Reader(environment.python, cancel) as reader:
        for _ in range(_MOST_ROUNDS):
            probe = replace(environment, asked=set())
            check_calls(notebook, cancel, probe, folder)
            learned = reader.learn(environment, probe.asked)
            if len(learned.facts) == len(environment.facts):
                break
            environment = learned
    return environment


def _with_cause(finding: Finding, notebook: Notebook) -> Finding:
    """A crash with what it is called; what is no crash stays as it is."""
    if finding.verdict is not Verdict.CRASH or finding.cause is not None:
        return finding
    message = finding.message.removeprefix(f"{finding.exception}: ")
    source = notebook.cells[finding.cell_index].source
    return replace(finding, cause=classify(finding.exception, message, "", source))


def _is_first(finding: Finding, notebook: Notebook) -> bool:
    """Whether a certain finding is the very error that the cell's output holds."""
    if finding.check != names.CHECK:
        return True
    saved = names.saved_errors(notebook.cells[finding.cell_index])
    return any(f"'{names.missing_name(finding)}'" in value for _, value in saved)
