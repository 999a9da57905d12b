"""Python environments beside a notebook, and whether they have ipykernel: by their files, or by asking them.

Imports only `errors` and `words`. Looking runs nothing: an environment in a repository that somebody else
wrote may hold anything under the name of `python`. Asking runs that interpreter and comes after the person
has chosen it. The layout is that of PEP 405 (`pyvenv.cfg`) and of conda (`conda-meta`).
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbreview.errors import UserError
from nbreview.words import Said, said

_FOLDERS = (".venv", "venv", "env", ".env", ".conda")
_LEVELS = 6
_ASK_SECONDS = 20.0
_ANSWER_BYTES = 65_536
_INTERPRETER = re.compile(r"(python|pypy)[\d.]*t?w?(\.exe)?", re.IGNORECASE)
_LAUNCH = ("-m", "ipykernel_launcher", "-f", "{connection_file}")

INTERPRETER_SWITCHES = frozenset(
    f"PYTHON{name}"
    for name in (
        "DEBUG", "DEVMODE", "FAULTHANDLER", "INSPECT", "MALLOC", "MALLOCSTATS", "OPTIMIZE",
        "PROFILEIMPORTTIME", "STARTUP", "TRACEMALLOC", "VERBOSE", "WARNINGS",
    )
)  # fmt: skip
"""Variables that make an interpreter of ours run libraries in another way than a kernel does: warnings that
raise, assertions left out ("Command line and environment" of the Python documentation)."""

_QUESTION = """
import importlib.metadata, importlib.util, json, sys
try:
    version = importlib.metadata.version("ipykernel") if importlib.util.find_spec("ipykernel") else ""
except importlib.metadata.PackageNotFoundError:
    version = ""
print(json.dumps({"python": sys.version.split()[0], "ipykernel": version}))
"""


@dataclass(frozen=True, slots=True)
class KernelChoice:
    """Something that a notebook can be run with.

    `name` is Jupyter's name for it, "" for an interpreter. `argv` is its command, with `{connection_file}`
    and `{resource_dir}` in it. `prefix` is an environment's folder. `beside`: the environment lies beside the
    notebook. `version` is Python's where it is known. `problem` says why it cannot be started and what to do,
    "" where nothing is known against it. `why` says why it was taken for a notebook.
    """

    title: str
    argv: tuple[str, ...]
    name: str = ""
    language: str = "python"
    prefix: Path | None = None
    beside: bool = False
    version: str = ""
    resource_folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    interrupt_by_message: bool = False
    problem: str = ""
    why: str = ""

    @property
    def programs(self) -> Path | None:
        """The folder of the environment's programs, None for a kernel of Jupyter's."""
        return Path(self.argv[0]).parent if self.prefix is not None else None

    def command(self, connection_file: Path) -> list[str]:
        """The command that starts it."""
        values = {
            "{connection_file}": str(connection_file),
            "{resource_dir}": str(self.resource_folder or ""),
            "{prefix}": sys.prefix,
        }
        command = list(self.argv)
        for name, value in values.items():
            command = [word.replace(name, value) for word in command]
        return command


def interpreters(folder: Path) -> tuple[KernelChoice, ...]:
    """The environments beside a notebook, nearest first, then the one that is active, then our own.

    Parameters
    ----------
    folder:
        The notebook's. The folders above it are looked at too, up to the top of its repository.
    """
    found: dict[Path, KernelChoice] = {}
    for level in _levels(folder):
        for name in _FOLDERS:
            _add(found, level / name, beside=True)
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if value := os.environ.get(variable):
            _add(found, Path(value), beside=False)
    if not getattr(sys, "frozen", False):
        _add(found, Path(sys.prefix), beside=False, python=Path(sys.executable))
    return tuple(found.values())


def asked(choice: KernelChoice, seconds: float = _ASK_SECONDS) -> KernelChoice:
    """Run the chosen interpreter to learn its version and whether it has ipykernel.

    Raises
    ------
    UserError
        It does not run, or has no ipykernel.
    """
    if choice.prefix is None:
        return choice
    python = choice.argv[0]
    try:
        process = subprocess.Popen(
            [python, "-I", "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=choice.prefix,
        )
    except OSError as error:
        raise UserError(
            said(
                "{python}: this interpreter does not start ({reason}); make the environment again, or "
                "choose another kernel.",
                python=python,
                reason=error.strerror or str(error),
            )
        ) from error
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    with process:
        data = process.stdout.read(_ANSWER_BYTES) if process.stdout is not None else b""
        process.kill()
    timer.cancel()
    try:
        told = json.loads(data)
        version, ipykernel = str(told["python"]), str(told["ipykernel"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError(
            said(
                "{python}: this interpreter did not say which version it is; make the environment again, or "
                "choose another kernel.",
                python=python,
            )
        ) from error
    if not ipykernel:
        raise UserError(_no_ipykernel(python))
    return replace(choice, version=version, problem="")


def is_interpreter(program: Path) -> bool:
    """Whether a program is a Python by its name. The command of a kernel may as well be `env` or `conda`."""
    return _INTERPRETER.fullmatch(program.name) is not None


def _levels(folder: Path) -> Iterator[Path]:
    try:
        resolved = folder.resolve()
    except (OSError, RuntimeError):
        return
    home = Path.home()
    for level in (resolved, *resolved.parents)[:_LEVELS]:
        yield level
        try:
            if level == home or (level / ".git").exists():
                return
        except OSError:
            return


def _add(found: dict[Path, KernelChoice], prefix: Path, *, beside: bool, python: Path | None = None) -> None:
    """Add an environment, unless there is none or it is known already."""
    try:
        key = prefix.resolve()
        if key in found:
            return
        program = python or _program(prefix)
        if program is None or not (
            python or (prefix / "pyvenv.cfg").is_file() or (prefix / "conda-meta").is_dir()
        ):
            return
        settings = _settings(prefix / "pyvenv.cfg")
        version = settings.get("version", settings.get("version_info", ""))
        shared = settings.get("include-system-site-packages", "").lower() == "true"
        has = shared or _has_ipykernel(prefix)
    except (OSError, RuntimeError, ValueError):
        return
    if python is not None:
        version = ".".join(map(str, sys.version_info[:3]))
    short = ".".join(version.split(".")[:2])
    label = f"{prefix.parent.name}/{prefix.name}" if beside else str(prefix)
    title = f"Python {short} ({label})" if short else f"Python ({label})"
    found[key] = KernelChoice(
        title=title if python is None else said("{title}, which nbreview runs in", title=title),
        argv=(str(program), *_LAUNCH),
        prefix=prefix,
        beside=beside,
        version=version,
        problem="" if has else _no_ipykernel(str(program)),
    )


def _program(prefix: Path) -> Path | None:
    for relative in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"):
        if (prefix / relative).is_file():
            return prefix / relative
    return None


def _has_ipykernel(prefix: Path) -> bool:
    patterns = ("lib/python*/site-packages/ipykernel", "Lib/site-packages/ipykernel")
    return any(True for pattern in patterns for _ in prefix.glob(pattern))


def _settings(file: Path) -> dict[str, str]:
    """The `name = value` lines of a `pyvenv.cfg`."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")[:10_000]
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines())
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def _no_ipykernel(python: str) -> Said:
    return said(
        "{python}: this environment has no ipykernel; install it ({python} -m pip install ipykernel).",
        python=python,
    )
