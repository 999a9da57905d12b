"""Which Jupyter kernels this machine has, and which one suits a notebook. Starts nothing.

Imports `environments` and `errors`. `jupyter_client` belongs to the `kernel` extra; it is
imported only when asked.
"""

import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.kernel.environments import KernelChoice, interpreters
from nbreview.words import Said, said

_PLAIN_PYTHON = re.compile(r"python(\d(\.\d+)?)?")
_NO_EXTRA = said(
    "Running notebooks needs the kernel extra, which is not installed; pip install 'nbreview[kernel]'."
)


def available() -> bool:
    """Whether the `kernel` extra is installed."""
    return importlib.util.find_spec("jupyter_client") is not None


def need_extra() -> None:
    """Raise `UserError` with the next step unless the `kernel` extra is installed."""
    if not available():
        raise UserError(_NO_EXTRA)


def kernel_names() -> tuple[str, ...]:
    """The names ("python3") of the kernels installed for this user; empty without the `kernel` extra.

    A kernel whose description cannot be read is left out.
    """
    if not available():
        return ()
    from jupyter_client.kernelspec import KernelSpecManager

    folders = KernelSpecManager().find_kernel_specs()
    return tuple(name for name in sorted(folders) if _description(Path(folders[name])) is not None)


def kernel_choices(folder: Path) -> tuple[KernelChoice, ...]:
    """All that a notebook in this folder could be run with: Jupyter's kernels, then `environments`."""
    if not available():
        return ()
    named = []
    for name in kernel_names():
        try:
            named.append(choice_named(name))
        except UserError:  # listed, and gone or broken since
            continue
    return (*named, *environments(folder))


def environments(folder: Path) -> tuple[KernelChoice, ...]:
    """The Python interpreters of the environments beside the notebook, and our own, each as a choice.

    Only files are looked at: an environment in a folder that somebody else wrote may hold anything under the
    name of `python`. What has no ipykernel says so in `problem`. `environments.asked` runs one, when it has
    been chosen.
    """
    return interpreters(folder)


def choice_named(name: str) -> KernelChoice:
    """The kernel that Jupyter knows by this name.

    Raises
    ------
    UserError
        There is none, or its description cannot be used.
    """
    need_extra()
    from jupyter_client.kernelspec import KernelSpecManager

    folders = KernelSpecManager().find_kernel_specs()
    if name not in folders:
        installed = kernel_names()
        if not installed:
            raise UserError(
                said(
                    "{name}: no kernel of this name is installed here (python -m ipykernel install --user); "
                    "choose another one.",
                    name=name,
                )
            )
        raise UserError(
            said(
                "{name}: no kernel of this name is installed here (there is {installed}); choose another "
                "one.",
                name=name,
                installed=", ".join(installed),
            )
        )
    folder = Path(folders[name])
    spec = _description(folder)
    argv = spec.get("argv") if spec is not None else None
    if (
        spec is None
        or not isinstance(argv, list)
        or not argv
        or not all(isinstance(one, str) for one in argv)
    ):
        raise UserError(
            said(
                "{file}: this description of the kernel {name} names no program; install the kernel again.",
                file=folder / "kernel.json",
                name=name,
            )
        )
    language = spec.get("language")
    title = spec.get("display_name")
    extra = spec.get("env")
    program = _python_of(folder, argv[0])
    return KernelChoice(
        title=title if isinstance(title, str) and title else name,
        argv=(program, *argv[1:]),
        name=name,
        language=language.lower() if isinstance(language, str) else "",
        resource_folder=folder,
        environment={str(key): str(value) for key, value in extra.items()} if isinstance(extra, dict) else {},
        interrupt_by_message=spec.get("interrupt_mode") == "message",
        problem=""
        if _found(program)
        else said("{program}: the program of this kernel is missing; install it again.", program=program),
    )


def choice_for(metadata: Mapping[str, Any], folder: Path) -> KernelChoice:
    """The kernel that suits a notebook with this metadata in this folder; `why` says why it was taken.

    "python3" and its like mean "the Python at hand": an environment beside the notebook, which is what its
    people run it with, then the kernel of that name. Any other name means the kernel of that name. Where it
    is not installed, one of the same language is taken.

    Raises
    ------
    UserError
        Nothing here runs the notebook's language.
    """
    need_extra()
    wanted, language = wanted_kernel(metadata), wanted_language(metadata)
    plain = language == "python" and (not wanted or _PLAIN_PYTHON.fullmatch(wanted.lower()) is not None)
    around = environments(folder) if language == "python" else ()
    missing = (
        said("the notebook asks for {wanted}, which is not installed here", wanted=wanted) if wanted else ""
    )
    if plain:
        for choice in around:
            if choice.beside and not choice.problem:
                return replace(
                    choice,
                    why=said("it is the environment beside the notebook ({folder})", folder=choice.prefix),
                )
    if wanted in kernel_names():
        choice = choice_named(wanted)
        if not choice.problem:
            return replace(choice, why=said("the notebook names it"))
        missing = said("the notebook asks for {wanted}, whose program is missing", wanted=wanted)
    for choice in kernel_choices(folder):
        if choice.language == language and not choice.problem:
            if missing:
                return replace(
                    choice,
                    why=said("{missing}; this one runs {language} too", missing=missing, language=language),
                )
            return replace(choice, why=said("it runs {language}", language=language))
    if language == "python":
        raise UserError(
            said(
                "No Python kernel was found for this notebook; install ipykernel in its environment (python "
                "-m pip install ipykernel) and choose that environment."
            )
        )
    raise UserError(
        said(
            "No kernel for {language} is installed here; install one for Jupyter, or go on without it.",
            language=language,
        )
    )


def wanted_language(metadata: Mapping[str, Any]) -> str:
    """The language that a notebook says it is written in, lower case; "python" when it does not say."""
    for part, field in (("kernelspec", "language"), ("language_info", "name")):
        told = metadata.get(part)
        value = told.get(field) if isinstance(told, Mapping) else None
        if isinstance(value, str) and value:
            return "python" if value.lower() == "ipython" else value.lower()
    return "python"


def wanted_kernel(metadata: Mapping[str, Any]) -> str:
    """The name of the kernel that a notebook asks for, or ""."""
    spec = metadata.get("kernelspec")
    name = spec.get("name") if isinstance(spec, Mapping) else None
    return name if isinstance(name, str) else ""


def status_line(metadata: Mapping[str, Any]) -> Said:
    """What the status bar says for a notebook with this metadata."""
    wanted = wanted_kernel(metadata)
    if not available():
        return said("kernel: none (pip install 'nbreview[kernel]')")
    installed = kernel_names()
    if not installed:
        return said("kernel: none found (python -m ipykernel install --user)")
    if not wanted:
        return said("kernel: none named by the notebook")
    if wanted not in installed:
        return said(
            "kernel: {wanted} is not installed here (there is {installed})",
            wanted=wanted,
            installed=", ".join(installed),
        )
    return said("kernel: {wanted} (not started)", wanted=wanted)


def _description(folder: Path) -> Mapping[str, Any] | None:
    try:
        spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return spec if isinstance(spec, Mapping) else None


def _python_of(resource_folder: Path, program: str) -> str:
    """The program of a kernel; a bare "python" is that of the environment which the description lies in.

    (jupyter_client takes the interpreter that it runs in itself, which here may be another one.)
    """
    if not _PLAIN_PYTHON.fullmatch(program):
        return program
    prefix = resource_folder.parents[3] if len(resource_folder.parents) > 3 else resource_folder
    for relative in ("bin/python", "Scripts/python.exe", "python.exe"):
        if resource_folder.parts[-4:-1] == ("share", "jupyter", "kernels") and (prefix / relative).is_file():
            return str(prefix / relative)
    return sys.executable


def _found(program: str) -> bool:
    return shutil.which(str(Path(program).expanduser())) is not None
