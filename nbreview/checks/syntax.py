"""Cells that Python cannot compile, once IPython's magics are taken out.

Imports `cells`, `notebook`, `review` and below. The grammar is that of the Python that
runs nbreview; where the notebook's own Python is newer, or not recorded, an error in syntax that newer
versions brought is not reported. A notebook that looks like Python 2 and does not say so gets one finding,
which is no verdict: that its cells fail in Python 3 is true and of no use to whoever runs it in Python 2.
"""

import re
import sys

from nbreview.checks.cells import checked_cells, expected_to_fail, python_2_cell, python_version
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import said

CHECK = "syntax"

# What 3.12 (nested quotes in f-strings, type parameters, `type X = …`) and 3.14 (t-strings, bare `except A,
# B`) brought.
_NEWER_SYNTAX = re.compile(
    r"\b[rR]?[fFtT][rR]?['\"]|^\s*type\s+\w+|^\s*(?:async\s+)?(?:def|class)\s+\w+\[|^\s*except\b[^:]*,",
    re.MULTILINE,
)


def check_syntax(notebook: Notebook) -> tuple[Finding, ...]:
    """Findings for cells that cannot be compiled."""
    old = python_2_cell(notebook)
    if old is not None:
        return (_python_2(old),)
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
                message=f"{problem.exception}: {problem.message.rstrip('.')}"
                + ("" if problem.message.endswith("?") else "."),
                cell_id=cell.id,
                exception=problem.exception,
                line=problem.line,
                column=problem.column,
            )
        )
    return tuple(findings)


def _python_2(cell: Cell) -> Finding:
    problem = parse_cell(cell.source).problem
    return Finding(
        check=CHECK,
        evidence=Evidence.NO_VERDICT,
        verdict=Verdict.UNKNOWN,
        cell_index=cell.index,
        source_digest=cell.digest,
        message=said(
            "This looks like Python 2, and the notebook does not say which Python it is for: "
            "its cells are not checked. In Python 3 this cell cannot be run."
        ),
        cell_id=cell.id,
        line=problem.line if problem is not None else None,
        column=problem.column if problem is not None else None,
    )
