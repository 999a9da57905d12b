"""Fixes of names that stand for something else than what is called: a module for its function, a list for
the class, a text for pyplot's function, one axes for several.

Imports `fix_case`, `fix_tree` and below. The rules follow the Python library reference,
PEP 8 and the reference of Matplotlib.
"""

import builtins
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import ConcreteCell, dotted, positional
from nbreview.words import said

_NAMED_LIKE_THEIR_MODULE = frozenset(
    {"datetime", "pprint", "glob", "copy", "time", "random", "tqdm", "fnmatch", "timeit", "getpass"}
)
_NO_FUNCTION = (
    r"^'(str|list|tuple|dict|set|int|float|numpy\.\w+|Series|DataFrame|bool)' object is not callable"
)


def called_module(case: Case) -> Iterator[Candidate]:
    """`datetime(2020, 1, 1)` after `import datetime`: the class of the module's own name."""
    if case.exception != "TypeError" or not case.said(r"^'module' object is not callable"):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Name)
        and case.facts.modules.get(call.func.value, "") in _NAMED_LIKE_THEIR_MODULE
    ]
    if len({call.func.value for call in calls}) != 1:
        return
    path = case.facts.modules[calls[0].func.value]
    changes = {call.func: f"{call.func.value}.{path}" for call in calls}
    reason = said(
        "“{name}” is the module; what is called is “{path}.{path}” in it.",
        name=calls[0].func.value,
        path=path,
    )
    yield Candidate(case.tree.edited(changes), reason, "called module")


def several_axes(case: Case) -> Iterator[Candidate]:
    """A figure and its axes come from `subplots`; `subplot` adds one axes (reference of
    `matplotlib.pyplot.subplots`).
    """
    if case.exception not in ("TypeError", "AttributeError", "ValueError"):
        return
    import libcst as cst

    for node in case.at_line(cst.Assign):
        call, target = node.value, node.targets[0].target
        if not isinstance(call, cst.Call) or not isinstance(target, cst.Tuple) or len(target.elements) != 2:
            continue
        if case.facts.path_of(dotted(call.func)) != "matplotlib.pyplot.subplot":
            continue
        given = positional(call)
        if len(given) > 2 or (len(given) == 1 and case.tree.text(given[0].value).strip().isdigit()):
            return
        change = {call.func.attr: "subplots"} if isinstance(call.func, cst.Attribute) else {}
        if change:
            reason = said("“subplots” gives a figure and its axes; “subplot” adds one axes.")
            yield Candidate(case.tree.edited(change), reason, "subplots")
        return


def assigned_function(case: Case) -> Iterator[Candidate]:
    """`plt.title = "…"` puts a text in the place of the function: it is called with the text."""
    if case.exception != "TypeError" or not case.said(_NO_FUNCTION):
        return
    import libcst as cst

    called = {
        dotted(call.func)
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute)
        and case.facts.path_of(dotted(call.func)).startswith("matplotlib.pyplot.")
    }
    found: list[tuple[ConcreteCell, int | None, Any, Any]] = []
    for tree, where in case.trees("=", any_of=[name.rpartition(".")[2] for name in called]):
        for node in tree.nodes(cst.Assign):
            target = node.targets[0].target
            if len(node.targets) == 1 and dotted(target) in called:
                found.append((tree, where, node, target))
    if len({where for _, where, _, _ in found}) != 1:
        return
    tree, where = found[0][0], found[0][1]
    name = dotted(found[0][3])
    changes = {node: _called(tree, target, node.value) for _, _, node, target in found}
    reason = said(
        "“{name}” is a function that is called, not set; restart the kernel, where it is lost.", name=name
    )
    yield Candidate(tree.edited(changes), reason, "assigned function", cell_index=where)


def _called(tree: ConcreteCell, target: Any, value: Any) -> Any:
    import libcst as cst

    given = tree.text(value).strip()
    if isinstance(value, cst.Tuple) and not value.lpar:
        given = f"({given})"
    call = cst.parse_expression(f"{tree.text(target)}({given})")
    return lambda _: cst.Expr(call)


def shadowed_builtin(case: Case) -> Iterator[Candidate]:
    """A variable named like a built-in function that is called later: it gets an underscore at its end
    (PEP 8, "Descriptive: Naming Styles").
    """
    if case.exception != "TypeError" or not case.said(_NO_FUNCTION):
        return
    import libcst as cst

    names = {
        call.func.value
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Name) and callable(getattr(builtins, call.func.value, None))
    }
    names = {name for name in names if name in case.index.binds}
    if len(names) != 1:
        return
    name = names.pop()
    new = f"{name}_"
    if new in case.index.binds:
        return
    homes: list[tuple[ConcreteCell, int | None, list[Any]]] = []
    below = [cell for cell in case.below() if name in cell.source]
    for tree, where in case.trees(name):
        used = [node for node in tree.nodes(cst.Name) if node.value == name and _is_variable(tree, node)]
        if used:
            homes.append((tree, where, used))
    if len(homes) != 1 or below:
        return
    tree, where, used = homes[0]
    if not any(isinstance(tree.parent(node), cst.AssignTarget) for node in used):
        return
    reason = said(
        "“{name}” is a variable here and hides the built-in function; restart the kernel, or "
        "delete the variable with “del {name}”.",
        name=name,
    )
    yield Candidate(tree.edited(dict.fromkeys(used, new)), reason, "shadowed name", cell_index=where)


def _is_variable(tree: ConcreteCell, node: Any) -> bool:
    """Whether a name is used otherwise than by calling it, or as an attribute or keyword."""
    import libcst as cst

    parent = tree.parent(node)
    return not (tree.is_label(node) or (isinstance(parent, cst.Call) and node is parent.func))


RULES = (called_module, several_axes, assigned_function, shadowed_builtin)
