"""Fixes of what a library has removed or renamed, by the table in `resources/apis/removed.v1.json`.

Imports `fix_case`, `fix_reference`, `fix_tree`, `notebook` and below. Each row of the table names the release
note that it follows from; rows without a replacement are there so that nothing else is proposed.
"""

import builtins
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_methods import by_template
from nbreview.checks.fix_reference import Removal, removals_of
from nbreview.checks.fix_tree import chained, dotted, drop_argument, keyword_argument
from nbreview.notebook.bindings import cell_uses
from nbreview.words import Said, said

_NO_ATTRIBUTE = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
_NO_NAME = re.compile(r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'")
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")
_INSIDE_KERAS = re.compile(r"^keras\.(?:api\.)?_v2\.keras|^keras\.(?:src\.|api\.)")


@dataclass(slots=True)
class _Edits:
    """Changes of one cell: nodes, and imports to put at the top."""

    nodes: dict[Any, Any] = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)


def removed_names(case: Case) -> Iterator[Candidate]:
    """Attributes and members of modules that are gone."""
    paths = _paths(case)
    if paths is None:
        return
    rows = removals_of("attribute")
    calls = removals_of("call")
    row = next((rows[path][0] for path in paths if path in rows), None)
    template = next((calls[path][0] for path in paths if path in calls), None)
    if template is not None:
        yield from by_template(case, template, lambda func: case.facts.path_of(dotted(func)) in paths)
        return
    if row is None or not row.replacement or row.special in ("none", "distplot", "numpy", "datetime"):
        if row is not None and row.special in ("numpy", "datetime"):
            yield from _borrowed(case, row)
        return
    edits = _Edits()
    if row.special == "members":
        done = _members(case, row, edits)
    else:
        done = _imports(case, row, edits) and _attributes(case, row, edits)
    if done and edits.nodes and not _is_gone_too(case, row):
        yield _candidate(
            case, edits, said("“{name}” is gone: {told}", name=row.name, told=_told(row)), "removed name"
        )


def _is_gone_too(case: Case, row: Removal) -> bool:
    """Whether the notebook's environment is known not to have the replacement either."""
    module, _, name = row.replacement.lstrip("-").rpartition(".")
    return (
        bool(module)
        and case.environment is not None
        and case.environment.has_attribute(module, name) is False
    )


def _told(row: Removal) -> Said:
    return said("“{replacement}” replaces it ({source}).", replacement=row.replacement, source=row.says)


def _candidate(case: Case, edits: _Edits, reason: str, rule: str) -> Candidate:
    from nbreview.checks.fix_names import insert_import

    source = case.tree.edited(edits.nodes)
    for statement in reversed(dict.fromkeys(edits.imports)):
        source = insert_import(source, statement) if source else ""
    return Candidate(source, reason, rule)


def _paths(case: Case) -> tuple[str, ...] | None:
    """The dotted paths that a message says do not exist: as it names them, and as the table may."""
    if case.exception == "AttributeError" and (match := case.said(_NO_ATTRIBUTE.pattern)):
        module, name = match[1], match[2]
    elif case.exception == "ImportError" and (match := case.said(_NO_NAME.pattern)):
        name, module = match[1], match[2]
    elif case.exception == "ImportError" and (match := case.said(r"cannot import name '?(\w+)'?$")):
        name, module = match[1], _imported_from(case, match[1])
    else:
        return None
    plain = _INSIDE_KERAS.sub("keras.", module).replace("..", ".").rstrip(".")
    # A module re-exported under another name says its own.
    written = [
        case.facts.path_of(dotted(node))
        for node in case.at_line(_attribute_type())
        if node.attr.value == name
    ]
    tried = [f"{module}.{name}", f"{plain}.{name}", f"tensorflow.{plain}.{name}", *filter(None, written)]
    return tuple(dict.fromkeys(tried))


def _attribute_type() -> type[Any]:
    import libcst as cst

    return cst.Attribute


def _imported_from(case: Case, name: str) -> str:
    import libcst as cst

    for node in case.tree.nodes(cst.ImportFrom):
        if node.module is not None and name in _taken(node):
            return dotted(node.module)
    return ""


def _split(path: str) -> tuple[str, str]:
    """A dotted path as the module and what is taken from it, which may be a class and its attribute."""
    parts = path.split(".")
    first = next((at for at, part in enumerate(parts) if part[:1].isupper() and at), len(parts) - 1)
    return ".".join(parts[:first]), ".".join(parts[first:])


def _is_builtin(name: str) -> bool:
    return "." not in name and (hasattr(builtins, name) or not name.isidentifier())


def _imports(case: Case, row: Removal, edits: _Edits) -> bool:
    """Change the `from` imports of a removed name, and its uses; say whether all of it can be done."""
    import libcst as cst

    module, _, name = row.name.rpartition(".")
    for node in case.tree.nodes(cst.ImportFrom):
        if isinstance(node.names, cst.ImportStar) or node.module is None or node.relative:
            continue
        if dotted(node.module) not in (module, f"tensorflow.{module}"):
            continue
        alias = next((alias for alias in node.names if alias.name.value == name), None)
        if alias is None:
            continue
        local = dotted(alias.asname.name) if alias.asname is not None else name
        new_module, new_name = _split(row.replacement)
        if dotted(node.module).startswith("tensorflow.") and not new_module.startswith("tensorflow."):
            new_module = f"tensorflow.{new_module}" if new_module.startswith("keras") else new_module
        taken, _, rest = new_name.partition(".")
        below = case.below()
        used_below = any(local in cell_uses(cell.source) for cell in below)
        if used_below and (rest or _is_builtin(row.replacement)):
            return False
        kept_name = local if alias.asname is not None or used_below else ""
        if not _rename_uses(case, local, kept_name or new_name, edits):
            return False
        _call_changes(case, row, local, edits)
        if kept_name and rest:
            return False
        if _is_builtin(row.replacement):
            edits.nodes[node] = _without_alias(alias)
        elif not new_module:  # the member is a module of its own now
            renamed = f" as {kept_name}" if kept_name and kept_name != new_name else ""
            edits.nodes[case.tree.parent(node)] = _replaced_by(alias, f"import {new_name}{renamed}")
        else:
            renamed = f" as {kept_name}" if kept_name and kept_name != taken else ""
            if new_module == dotted(node.module):
                edits.nodes[alias] = _renamed_alias(taken, kept_name if renamed else "")
            else:
                edits.nodes[case.tree.parent(node)] = _replaced_by(
                    alias, f"from {new_module} import {taken}{renamed}"
                )
    return True


def _renamed_alias(name: str, local: str) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(node: Any) -> Any:
        if local:
            asname = cst.AsName(
                cst.Name(local),
                whitespace_before_as=cst.SimpleWhitespace(" "),
                whitespace_after_as=cst.SimpleWhitespace(" "),
            )
            return node.with_changes(name=cst.Name(name), asname=asname)
        return node.with_changes(name=cst.Name(name), asname=None)

    return edit


def _without_alias(alias: Any) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(node: Any) -> Any:
        kept = [other for other in node.names if other.name.value != alias.name.value]
        if not kept:
            return cst.RemovalSentinel.REMOVE
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return node.with_changes(names=kept)

    return edit


def _replaced_by(alias: Any, statement: str) -> Callable[[Any], Any]:
    """An edit of an import's line: one name comes from elsewhere; those beside it stay, on a line below."""
    import libcst as cst

    def edit(line: Any) -> Any:
        parsed = cst.parse_statement(statement)
        assert isinstance(parsed, cst.SimpleStatementLine)
        at = next(
            number
            for number, part in enumerate(line.body)
            if isinstance(part, cst.ImportFrom) and alias.name.value in _taken(part)
        )
        new = parsed.body[0].with_changes(semicolon=line.body[at].semicolon)
        rest = _without_alias(alias)(line.body[at])
        if rest is cst.RemovalSentinel.REMOVE:
            return line.with_changes(body=[*line.body[:at], new, *line.body[at + 1 :]])
        if len(line.body) > 1:
            between = [new.with_changes(semicolon=cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" ")))]
            return line.with_changes(body=[*line.body[:at], *between, rest, *line.body[at + 1 :]])
        first = parsed.with_changes(leading_lines=line.leading_lines)
        return cst.FlattenSentinel([first, line.with_changes(body=[rest], leading_lines=())])

    return edit


def _taken(node: Any) -> set[str]:
    import libcst as cst

    names = () if isinstance(node.names, cst.ImportStar) else node.names
    return {str(alias.name.value) for alias in names}


def _rename_uses(case: Case, old: str, new: str, edits: _Edits) -> bool:
    """Rename a name wherever this cell uses it; False where the cell binds it otherwise."""
    import libcst as cst

    if old == new:
        return True
    for node in case.tree.nodes(cst.Name):
        if node.value != old or case.tree.is_label(node):
            continue
        parent = case.tree.parent(node)
        if isinstance(parent, cst.ImportAlias | cst.AsName):
            continue
        if isinstance(parent, cst.AssignTarget | cst.Param | cst.FunctionDef | cst.ClassDef):
            return False
        edits.nodes[node] = new
    return True


def _call_changes(case: Case, row: Removal, local: str, edits: _Edits) -> None:
    """What has to change in the arguments, too."""
    import libcst as cst

    if not row.call:
        return
    for call in case.tree.nodes(cst.Call):
        if dotted(call.func) != local and case.facts.path_of(dotted(call.func)) != row.name:
            continue
        steps: list[Callable[[Any], Any]] = []
        for word, value in row.call.get("drop", {}).items():
            arg = keyword_argument(call, word)
            if arg is not None and case.tree.text(arg.value) == value:
                steps.append(drop_argument(word))
        for word, values in row.call.get("values", {}).items():
            arg = keyword_argument(call, word)
            new = values.get(case.tree.text(arg.value)) if arg is not None else None
            if new is not None:
                edits.nodes[arg.value] = _written(case, new, edits)
        if steps:
            edits.nodes[call] = chained(*steps)


def _written(case: Case, path: str, edits: _Edits) -> str:
    """How a dotted path is written in this notebook; an import is added where it needs one."""
    sign = "-" if path.startswith("-") else ""
    path = path.removeprefix("-")
    if _is_builtin(path):
        return f"{sign}{path}"
    best = ("", "")
    for name, target in (*case.facts.modules.items(), *case.facts.members.items()):
        if (path == target or path.startswith(f"{target}.")) and len(target) > len(best[1]):
            best = (name, target)
    module, _ = _split(path)
    local, target = best
    if local:
        if (
            len(target) < len(module)
            and target == target.partition(".")[0]
            and target in ("urllib", "html", "scipy", "sklearn", "importlib", "concurrent", "matplotlib")
        ):
            edits.imports.append(f"import {module}")
        return f"{sign}{local}{path[len(target) :]}"
    from nbreview.checks.aliases import usual_alias

    usual = usual_alias(module)
    edits.imports.append(f"import {module} as {usual}" if usual else f"import {module}")
    return f"{sign}{usual or module}{path[len(module) :]}"


def _attributes(case: Case, row: Removal, edits: _Edits) -> bool:
    """Change every use of a removed name as an attribute of its module."""
    import libcst as cst

    for node in case.tree.nodes(cst.Attribute):
        text = dotted(node)
        if not text or isinstance(case.tree.parent(node), cst.ImportFrom | cst.ImportAlias):
            continue
        if case.facts.path_of(text) not in (row.name, f"tensorflow.{row.name}"):
            continue
        new = row.replacement
        if case.facts.path_of(text).startswith("tensorflow.") and new.startswith("keras."):
            new = f"tensorflow.{new}"
        edits.nodes[node] = _written(case, new, edits)
        call = case.tree.parent(node)
        if row.name == "seaborn.factorplot" and isinstance(call, cst.Call):
            edits.nodes[call] = _renamed_keyword("size", "height")
    _call_changes(case, row, "", edits)
    return True


def _renamed_keyword(old: str, new: str) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(call: Any) -> Any:
        args = [
            arg.with_changes(keyword=cst.Name(new))
            if arg.keyword is not None and arg.keyword.value == old
            else arg
            for arg in call.args
        ]
        return call.with_changes(args=args)

    return edit


def _members(case: Case, row: Removal, edits: _Edits) -> bool:
    """A module that was folded into the one above it: what was asked of it is imported by name."""
    import libcst as cst

    module, _, name = row.name.rpartition(".")
    if any(name in cell_uses(cell.source) for cell in case.below()):
        new = (
            f"from {row.replacement.rpartition('.')[0]} import {row.replacement.rpartition('.')[2]} as {name}"
        )
    else:
        used: dict[str, None] = {}
        for node in case.tree.nodes(cst.Attribute):
            if isinstance(node.value, cst.Name) and node.value.value == name:
                used[node.attr.value] = None
                edits.nodes[node] = node.attr.value
        if not used:
            return False
        new = f"from {row.replacement} import {', '.join(used)}"
    for imported in case.tree.nodes(cst.ImportFrom):
        if imported.module is None or isinstance(imported.names, cst.ImportStar):
            continue
        alias = next((alias for alias in imported.names if alias.name.value == name), None)
        if (
            alias is not None
            and alias.asname is None
            and dotted(imported.module)
            in (
                module,
                f"tensorflow.{module}",
            )
        ):
            if dotted(imported.module).startswith("tensorflow.") and "from keras" in new:
                new = new.replace("from keras", "from tensorflow.keras")
            edits.nodes[case.tree.parent(imported)] = _replaced_by(alias, new)
            return True
    return False


def _borrowed(case: Case, row: Removal) -> Iterator[Candidate]:
    """`pd.np` and `pd.datetime`: modules that pandas only happened to hold."""
    import libcst as cst

    edits = _Edits()
    target = "numpy" if row.special == "numpy" else "datetime.datetime"
    for node in case.tree.nodes(cst.Attribute):
        if case.facts.path_of(dotted(node)) != row.name:
            continue
        if target == "numpy":
            known = next((name for name, module in case.facts.modules.items() if module == "numpy"), "")
            edits.imports += [] if known else ["import numpy as np"]
            edits.nodes[node] = known or "np"
        else:
            known = next((name for name, path in case.facts.members.items() if path == target), "")
            edits.imports += [] if known else ["from datetime import datetime"]
            edits.nodes[node] = known or "datetime"
    if edits.nodes:
        yield _candidate(
            case, edits, said("“{name}” is gone ({source}).", name=row.name, source=row.says), "removed name"
        )


def removed_modules(case: Case) -> Iterator[Candidate]:
    """Modules that have moved: `sklearn.cross_validation` is `sklearn.model_selection`."""
    match = case.said(_NO_MODULE.pattern)
    if case.exception not in ("ModuleNotFoundError", "ImportError") or match is None:
        return
    import libcst as cst

    rows = removals_of("module")
    name = match[1]
    row = next((rows[path][0] for path in (name, f"tensorflow.{name}") if path in rows), None)
    if row is None or not row.replacement:
        return
    edits = _Edits()
    gone = removals_of("attribute")
    below = case.below()
    for node in case.tree.nodes(cst.ImportFrom):
        path = dotted(node.module) if node.module is not None else ""
        if path != row.name and not path.startswith(f"{row.name}."):
            continue
        if not isinstance(node.names, cst.ImportStar):
            for alias in node.names:
                if f"{path}.{alias.name.value}" in gone:
                    return  # the member has not moved with its module as it was
        new = row.replacement + path[len(row.name) :]
        edits.nodes[node.module] = new
    for whole in case.tree.nodes(cst.ImportAlias):
        if not isinstance(case.tree.parent(whole), cst.Import) or dotted(whole.name) != row.name:
            continue
        if whole.asname is not None:
            edits.nodes[whole.name] = row.replacement
            continue
        root = row.name.partition(".")[0]
        if any(root in cell_uses(cell.source) for cell in below):
            if "." in row.name:
                return
            edits.nodes[whole] = _import_as(row.replacement, row.name)
            continue
        edits.nodes[whole.name] = row.replacement
        for used in case.tree.nodes(cst.Attribute if "." in row.name else cst.Name):
            parent = case.tree.parent(used)
            if isinstance(parent, cst.ImportAlias) or (
                isinstance(parent, cst.Attribute) and used is parent.attr
            ):
                continue
            if dotted(used) == row.name:
                edits.nodes[used] = row.replacement
    if edits.nodes:
        yield _candidate(
            case,
            edits,
            said("The module “{name}” is gone: {told}", name=row.name, told=_told(row)),
            "removed module",
        )


def _import_as(module: str, local: str) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(node: Any) -> Any:
        name = cst.parse_expression(module)
        return node.with_changes(name=name, asname=cst.AsName(cst.Name(local)))

    return edit


def known_removals(names: Iterable[str]) -> Mapping[str, Removal]:
    """The rows for dotted names, of whatever kind."""
    return {
        name: rows[0]
        for kind in ("attribute", "method", "call")
        for name, rows in removals_of(kind).items()
        if name in set(names)
    }


RULES = (removed_names, removed_modules)
