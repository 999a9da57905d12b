"""Fixes of labels that are listed in one place and looked up in another: `X = df[features]`.

Imports `fix_case`, `fix_tree` and below. The rule follows the pandas user guide ("Indexing and selecting
data").
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case, meant_pairs, nearest
from nbreview.checks.fix_tree import string_value, with_string
from nbreview.words import said

_MISSING = re.compile(r"^\"?\[(?P<some>.+)\] not in index|^\"?None of \[Index\(\[(?P<all>.+?)\]")


def listed_labels(case: Case) -> Iterator[Candidate]:
    """A list of columns with one that does not exist: the one that is spelled almost the same."""
    match = case.said(_MISSING.pattern)
    if case.exception != "KeyError" or match is None:
        return
    missing = re.findall(r"'([^']+)'", match["some"] or match["all"])
    import libcst as cst

    for node in case.at_line(cst.Subscript):
        inner = node.slice[0].slice if len(node.slice) == 1 else None
        listed = inner.value if isinstance(inner, cst.Index) else None
        known = case.known(node.value)
        if (
            known is None
            or known.kind != "DataFrame"
            or not known.complete
            or not isinstance(listed, cst.Name)
        ):
            continue
        meant = {name: nearest(name, known.columns) for name in missing}
        if not meant or not all(meant.values()):
            return
        for tree, where in case.trees(listed.value, "="):
            given = [
                assign.value
                for assign in tree.nodes(cst.Assign)
                if len(assign.targets) == 1 and tree.text(assign.targets[0].target) == listed.value
            ]
            if len(given) > 1 or (given and not isinstance(given[0], cst.List)):
                return
            changes: dict[Any, Any] = {}
            for text in tree.inside(given[0], cst.SimpleString) if given else ():
                name = string_value(text)
                if name in meant and (new := with_string(text, meant[name])) is not None:
                    changes[text] = new
            if given:
                if len(changes) == len(meant):
                    pairs = meant_pairs(meant)
                    reason = said("As far as the notebook shows, the column {pairs}.", pairs=pairs)
                    yield Candidate(tree.edited(changes), reason, "column", cell_index=where)
                return


RULES = (listed_labels,)
