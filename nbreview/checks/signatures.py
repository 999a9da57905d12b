"""Whether a call fits a signature, as the language reference binds arguments ("Calls"), in Python's words.

Imports only the standard library. A signature is a list of rows: the parameter's name, its kind (as
`inspect.Parameter.kind` counts: positional only, positional or keyword, `*args`, keyword only, `**kwargs`)
and whether it has a default.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

POSITIONAL_ONLY, EITHER, REST, KEYWORD_ONLY, EXTRA = range(5)

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call hands over. `open_positional` and `open_keywords` say that there may be more, by `*` and
    `**`.
    """

    positional: int
    keywords: tuple[str, ...]
    open_positional: bool = False
    open_keywords: bool = False


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a call does not fit: the message of Python's TypeError, and the keyword that it is about."""

    message: str
    keyword: str = ""


def arguments_of(call: ast.Call) -> Arguments:
    """The arguments of a call as it is written."""
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return Arguments(
        sum(not isinstance(argument, ast.Starred) for argument in call.args),
        tuple(keyword.arg for keyword in call.keywords if keyword.arg is not None),
        starred,
        any(keyword.arg is None for keyword in call.keywords),
    )


def rows_of(arguments: ast.arguments, skip: int = 0) -> list[list[Any]]:
    """The signature of a function that the notebook defines, without its first `skip` parameters."""
    plain = [(argument.arg, POSITIONAL_ONLY) for argument in arguments.posonlyargs]
    plain += [(argument.arg, EITHER) for argument in arguments.args]
    without = len(plain) - len(arguments.defaults)
    rows: list[list[Any]] = [[name, kind, number >= without] for number, (name, kind) in enumerate(plain)]
    rows = rows[skip:]
    if arguments.vararg is not None:
        rows.append([arguments.vararg.arg, REST, False])
    rows += [
        [argument.arg, KEYWORD_ONLY, default is not None]
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg is not None:
        rows.append([arguments.kwarg.arg, EXTRA, False])
    return rows


def misfit(name: str, rows: Rows, given: Arguments, bound: int = 0) -> Misfit | None:
    """Why a call does not fit a signature for certain; None where it fits, or may.

    Parameters
    ----------
    name
        What the message calls the function.
    rows
        The signature without what is bound already.
    given
        The call's arguments.
    bound
        How many arguments are bound already (`self`): Python counts them.
    """
    ordered = [row for row in rows if row[1] in (POSITIONAL_ONLY, EITHER)]
    kinds = {row[1] for row in rows}
    by_keyword = {row[0] for row in rows if row[1] in (EITHER, KEYWORD_ONLY)}
    for number, keyword in enumerate(given.keywords):
        if keyword in given.keywords[:number]:
            return None  # no syntax
        if keyword not in by_keyword and EXTRA not in kinds:
            return Misfit(f"{name}() got an unexpected keyword argument '{keyword}'", keyword)
    for row in ordered[: given.positional]:
        if row[1] == EITHER and row[0] in given.keywords:
            return Misfit(f"{name}() got multiple values for argument '{row[0]}'", row[0])
    if given.positional > len(ordered) and REST not in kinds:
        return Misfit(_too_many(name, ordered, given.positional, bound))
    if given.open_keywords:
        return None
    left = [] if given.open_positional else ordered[given.positional :]
    left = [row for row in left if not row[2] and (row[1] == POSITIONAL_ONLY or row[0] not in given.keywords)]
    if left:
        return Misfit(_lacking(name, [row[0] for row in left], "positional"))
    only = [row[0] for row in rows if row[1] == KEYWORD_ONLY and not row[2] and row[0] not in given.keywords]
    return Misfit(_lacking(name, only, "keyword-only")) if only else None


def _too_many(name: str, ordered: Rows, positional: int, bound: int) -> str:
    most = len(ordered) + bound
    least = most - sum(bool(row[2]) for row in ordered)
    takes = f"{most}" if least == most else f"from {least} to {most}"
    plural = "" if (least, most) == (1, 1) else "s"
    count = positional + bound
    were = "was" if count == 1 else "were"
    return f"{name}() takes {takes} positional argument{plural} but {count} {were} given"


def _lacking(name: str, missing: Sequence[str], kind: str) -> str:
    quoted = [f"'{each}'" for each in missing]
    listed = quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" and {quoted[-1]}"
    plural = "" if len(missing) == 1 else "s"
    return f"{name}() missing {len(missing)} required {kind} argument{plural}: {listed}"
