"""Which findings a change brought and which it took away.

Imports `diff`, `notebook` and the vocabulary beside it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nbreview.diff.model import NotebookDiff
from nbreview.review.model import Finding

_CELL_NUMBER = re.compile(r"\b([Cc]ells?) \d+")


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """Findings of head that base lacks, findings of base that head lacks, and those that stayed (as they are
    in head). Each in the order in which they came.
    """

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Finding, ...]


def compare_findings(diff: NotebookDiff, base: Iterable[Finding], head: Iterable[Finding]) -> FindingChanges:
    """Hold the findings of both sides against each other, cell by cell as the diff pairs them.

    Two findings are one when the same check says the same of paired cells; where the cell was moved or
    edited, or the line is another one, does not matter, nor do cell numbers in the sentence.
    """
    pairs = {
        change.base_index: change.head_index
        for change in diff.cells
        if change.base_index is not None and change.head_index is not None
    }
    before: dict[object, list[Finding]] = defaultdict(list)
    for finding in base:
        place = pairs.get(finding.cell_index)
        before[(("base", finding.cell_index) if place is None else place, *_said(finding))].append(finding)
    left = Counter({key: len(found) for key, found in before.items()})
    new: list[Finding] = []
    kept: list[Finding] = []
    for finding in head:
        key = (finding.cell_index, *_said(finding))
        if left[key] > 0:
            left[key] -= 1
            kept.append(finding)
        else:
            new.append(finding)
    gone = [finding for key, found in before.items() for finding in found[len(found) - max(0, left[key]) :]]
    gone.sort(key=lambda finding: (finding.cell_index, finding.line or 0, finding.column or 0))
    return FindingChanges(tuple(new), tuple(gone), tuple(kept))


def _said(finding: Finding) -> tuple[str, str, str, str]:
    message = _CELL_NUMBER.sub(r"\1", finding.message)
    return finding.check, finding.verdict.value, finding.exception, message
