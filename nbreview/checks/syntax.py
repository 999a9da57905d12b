"""Cells that Python cannot compile, once IPython's magics are taken out.

Imports `cells`, `notebook`, `review` and below. The grammar is that of the Python that
runs nbreview; where the notebook's own Python is newer, or not recorded, an error in syntax that newer
versions brought is not reported.
"""

import re
import sys

from nbreview.checks.cells import checked_cells, expected_to_fail, python_version
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Notebook
from nbreview.review.model import Evidence, Finding, Verdict

CHECK = "syntax"

# What 3.12 (nested quotes in f-strings, type parameters, `type X = …`) and 3.14 (t-strings, bare `except A,
# B`) brought.
_NEWER_SYNTAX = re.compile(
    r"\b[rR]?[fFtT][rR]?['\"]|^\s*type\s+\w+|^\s*(?:async\s+)?(?:def|class)\s+\w+\[|^\s*except\b[^:]*,",
    re.MULTILINE,
)


def check_syntax(notebook: Notebook) -> tuple[Finding, ...]:
    """Findings for cells that cannot be compiled."""
    version = python_version(notebook)
    older_reader = version is None or version > sys.version_info[:2]
    findings: list[Finding] = []
    for cell in checked_cells(notebook):
        problem = parse_cell(cell.source).problem
        if problem is None or expected_to_fail(cell):
            continue
        if older_reader and _NEWER_SYNTAX.search(cell.source):
            continue
        findings.append(
            Finding(
                check=CHECK,
                evidence=Evidence.CERTAIN,
                verdict=Verdict.CRASH,
                cell_index=cell.index,
                source_digest=cell.digest,
                message=f"This cell cannot be run: {problem.exception}: {problem.message.rstrip('.')}"
                + ("" if problem.message.endswith("?") else "."),
                cell_id=cell.id,
                exception=problem.exception,
                line=problem.line,
                column=problem.column,
            )
        )
    return tuple(findings)
