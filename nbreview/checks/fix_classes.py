"""Fixes inside classes that a notebook defines: the `self` that was forgotten.

Imports `fix_case`, `fix_tree` and below. The rules follow the Python tutorial (chapter 9, "Classes").
"""

import ast
import textwrap
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case, all_of
from nbreview.checks.fix_tree import ConcreteCell
from nbreview.words import said

_OWN = frozenset({"self", "cls"})


def forgotten_self(case: Case) -> Iterator[Candidate]:
    """A method is given the object as its first argument, which has to have a name (tutorial, 9.3.2)."""
    counted = case.said(
        r"^(?:([\w.<>]+)\.)?(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were)"
    )
    unnamed = case.exception == "NameError" and case.said(r"name 'self' is not defined|“self”")
    if case.exception == "TypeError" and counted is not None:
        if int(counted[4]) != int(counted[3]) + 1:
            return
        owner, name, count = (counted[1] or "").rpartition(".")[2], counted[2], int(counted[3])
    elif unnamed:
        owner, name, count = "", "", -1
    else:
        return
    for tree, where in case.trees("class", name or "self", owner):
        found = [
            method
            for method in _methods(tree)
            if (not name or method.name.value == name)
            and (not owner or _class_of(tree, method).name.value == owner)
            and (count < 0 or len(method.params.params) == count)
            and _takes_no_self(tree, method, named=count < 0)
        ]
        if not found:
            continue
        if count >= 0 and len(found) > 1:
            return
        changes: dict[Any, Any] = {method.params: _with_self for method in found}
        names = all_of([said("“{name}”", name=method.name.value) for method in found])
        reason = said(
            "A method gets its object as the first argument; {names} had no name for it.", names=names
        )
        yield Candidate(tree.edited(changes), reason, "forgotten self", cell_index=where)
        return


def _methods(tree: ConcreteCell) -> Iterator[Any]:
    import libcst as cst

    for node in tree.nodes(cst.FunctionDef):
        if _class_of(tree, node) is not None and not node.decorators:
            yield node


def _class_of(tree: ConcreteCell, node: Any) -> Any:
    """The class that a function is a method of, None where it is none."""
    import libcst as cst

    block = tree.parent(node)
    outer = tree.parent(block) if block is not None else None
    return outer if isinstance(outer, cst.ClassDef) else None


def _takes_no_self(tree: ConcreteCell, method: Any, *, named: bool) -> bool:
    """Whether a method has no name for its object; `named`: and uses “self” all the same."""
    import libcst as cst

    params = method.params
    if isinstance(params.star_arg, cst.Param) or params.posonly_params:
        return False
    if params.params and params.params[0].name.value in _OWN:
        return False
    return not named or any(node.value == "self" for node in tree.inside(method.body, cst.Name))


def _with_self(params: Any) -> Any:
    import libcst as cst

    own = cst.Param(cst.Name("self"))
    if params.params or params.star_kwarg is not None or params.kwonly_params:
        own = own.with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
    return params.with_changes(params=[own, *params.params])


def own_attribute(case: Case) -> Iterator[Candidate]:
    """What a method keeps in its object is read through it: `self.total`, not `total` (tutorial, 9.3.2)."""
    match = case.said(r"name '(\w+)' is not defined") or case.said(r"“(\w+)”")
    if case.exception != "NameError" or match is None or match[1] in case.index.binds:
        return
    import libcst as cst

    name = match[1]
    for tree, where in case.trees("class", "self", name):
        changes: dict[Any, Any] = {}
        for owner in tree.nodes(cst.ClassDef):
            if not _keeps(tree, owner, name):
                continue
            for method in _methods(tree):
                if _class_of(tree, method) is not owner or not method.params.params:
                    continue
                if method.params.params[0].name.value != "self" or _binds(tree, method, name):
                    continue
                for node in tree.inside(method.body, cst.Name):
                    if node.value == name and _is_read(tree, node):
                        changes[node] = f"self.{name}"
        if changes:
            reason = said("“{name}” is kept in the object: its methods read it as “self.{name}”.", name=name)
            yield Candidate(tree.edited(changes), reason, "forgotten self", cell_index=where)
            return


def _binds(tree: ConcreteCell, method: Any, name: str) -> bool:
    """Whether a method has a name of its own that is spelled so."""
    import libcst as cst

    try:
        written = ast.parse(textwrap.dedent(tree.text(method)).strip()).body[0]
    except SyntaxError:
        return True
    own = any(param.name.value == name for param in tree.inside(method.params, cst.Param))
    return own or any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(written)
    )


def _keeps(tree: ConcreteCell, owner: Any, name: str) -> bool:
    """Whether objects of a class have an attribute or a method of this name."""
    import libcst as cst

    if any(method.name.value == name for method in _methods(tree) if _class_of(tree, method) is owner):
        return True
    return any(
        isinstance(target.target, cst.Attribute) and tree.text(target.target) == f"self.{name}"
        for target in tree.inside(owner, cst.AssignTarget)
    )


def _is_read(tree: ConcreteCell, node: Any) -> bool:
    """Whether a name is one that is looked up, and not an attribute, a keyword or a definition."""
    import libcst as cst

    parent = tree.parent(node)
    return not (
        tree.is_label(node) or isinstance(parent, cst.AssignTarget | cst.Param | cst.FunctionDef | cst.For)
    )


RULES = (forgotten_self, own_attribute)
