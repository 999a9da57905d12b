"""Runs the checks that need no model and no kernel: the first rung of crash verdicts.

Imports the checks beside it, `notebook`, `review` and below. Nothing is executed.
"""

from collections.abc import Callable

from nbreview.cancellation import CancelToken
from nbreview.checks import execution, names
from nbreview.checks.execution import check_saved_errors
from nbreview.checks.names import check_names
from nbreview.checks.syntax import check_syntax
from nbreview.notebook.model import Notebook
from nbreview.review.model import Finding

Check = Callable[[Notebook, CancelToken | None], tuple[Finding, ...]]

CHECKS: tuple[Check, ...] = (
    lambda notebook, cancel: check_syntax(notebook),
    check_names,
    lambda notebook, cancel: check_saved_errors(notebook),
)
"""Every static check, in the order in which findings of one place are listed."""


def run_checks(notebook: Notebook, cancel: CancelToken | None = None) -> tuple[Finding, ...]:
    """Every finding that is known without running anything, by cell, then line.

    A saved error that a certain finding of the same cell already tells is not repeated.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    findings: list[Finding] = []
    for check in CHECKS:
        if cancel is not None:
            cancel.check()
        findings += check(notebook, cancel)
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
    return tuple(
        sorted(kept, key=lambda finding: (finding.cell_index, finding.line or 0, finding.column or 0))
    )


def _is_first(finding: Finding, notebook: Notebook) -> bool:
    """Whether a certain finding is the very error that the cell's output holds."""
    if finding.check != names.CHECK:
        return True
    saved = names.saved_errors(notebook.cells[finding.cell_index])
    return any(f"'{names.missing_name(finding)}'" in value for _, value in saved)
