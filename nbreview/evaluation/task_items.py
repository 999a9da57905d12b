"""Tasks in a repository: what a person wants, with which arguments, and which kind of program does it.

One JSON object a line with the fields that ML-Bench publishes (arXiv 2311.09835, the data set's card):

- `id`: of the task; `github`: address of the repository; `path`: folder of its copy;
- `instruction`: what is wanted; `arguments`: the values that must be used;
- `oracle`: the passage of the README that tells how; `prefix_code`: how the program begins (both optional);
- `type`: kind of the program ("Bash Script" or "Python Code"); `output`: a program that does it (optional).

`arguments` is an object, or a text that holds one as JSON or as Python writes it.

Imports `sandbox` and the bottom floor.
"""

import ast
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from nbreview.errors import UserError
from nbreview.evaluation.sandbox import Kind


@dataclass(frozen=True, slots=True)
class TaskItem:
    """One task. `folder` is the part of the repository's address or path that names its copy."""

    id: str
    repository: str
    folder: str
    instruction: str
    arguments: tuple[tuple[str, str], ...]
    passage: str
    prefix: str
    kind: Kind
    reference: str

    @property
    def digest(self) -> str:
        """SHA-256 of all that an answer to it depends on."""
        return hashlib.sha256(
            orjson.dumps([self.repository, self.instruction, self.passage, self.prefix])
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class TaskSet:
    """Tasks in the order of the file, and why there are not more: reasons with their counts."""

    items: tuple[TaskItem, ...]
    skipped: Mapping[str, int]

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out, as sentences."""
        return tuple(f"Left out, {reason}: {count}." for reason, count in sorted(self.skipped.items()))


def read_tasks(path: Path, limit: int | None = None) -> TaskSet:
    """The tasks of a file, the first `limit` of them where that is given.

    Raises
    ------
    UserError
        The file cannot be read, or holds no task.
    """
    skipped: Counter[str] = Counter()
    items: dict[str, TaskItem] = {}
    try:
        with path.open("rb") as stream:
            for line in stream:
                if not line.strip():
                    continue
                try:
                    item = _item(orjson.loads(line))
                except (KeyError, TypeError, ValueError):
                    skipped["lines that are no task"] += 1
                    continue
                if item.id in items:
                    skipped["listed twice"] += 1
                else:
                    items[item.id] = item
                if len(items) == limit:
                    break
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); name a file of tasks.") from None
    if not items:
        raise UserError(
            f"{path} holds no task; name JSON lines with id, instruction, arguments and type, as ML-Bench "
            "has them."
        )
    return TaskSet(tuple(items.values()), dict(skipped))


def copy_of(item: TaskItem, copies: Path | None) -> Path | None:
    """The task's copy of its repository among `copies`, None without one. Nothing outside is ever meant."""
    if copies is None or not item.folder:
        return None
    names = [part for part in PurePosixPath(item.folder).parts if part not in ("/", ".", "..")]
    for start in range(len(names)):
        folder = copies.joinpath(*names[start:])
        if folder.is_dir() and folder.resolve().is_relative_to(copies.resolve()):
            return folder
    return None


def _item(row: Any) -> TaskItem:
    if not isinstance(row, dict):
        raise TypeError("row")
    name = row["id"]
    if not isinstance(name, (str, int)) or not str(name):
        raise TypeError("id")
    repository = _text(row, "github")
    return TaskItem(
        id=str(name),
        repository=repository,
        folder=_text(row, "path") or repository.rstrip("/").removesuffix(".git").rsplit("/", 1)[-1],
        instruction=_wanted(row, "instruction"),
        arguments=_arguments(row.get("arguments")),
        passage=_text(row, "oracle"),
        prefix=_text(row, "prefix_code"),
        kind=_kind(_wanted(row, "type")),
        reference=_text(row, "output"),
    )


def _kind(text: str) -> Kind:
    first = text.strip().lower()
    for kind, names in ((Kind.BASH, ("bash", "sh")), (Kind.PYTHON, ("python", "py"))):
        if first.startswith(names):
            return kind
    raise ValueError(text)


def _arguments(value: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(value, str):
        value = _parsed(value)
    if value is None:
        return ()
    if isinstance(value, list):
        merged: dict[str, Any] = {}
        for part in value:
            if not isinstance(part, dict):
                raise TypeError("arguments")
            merged |= part
        value = merged
    if not isinstance(value, dict):
        raise TypeError("arguments")
    return tuple((str(name), str(each)) for name, each in value.items() if each is not None)


def _parsed(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError("arguments") from None


def _wanted(row: Mapping[str, Any], name: str) -> str:
    if not isinstance(row[name], str) or not row[name].strip():
        raise TypeError(name)
    return str(row[name])


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(name)
    return value
