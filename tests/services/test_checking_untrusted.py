"""A stranger's folder: reading, comparing and checking what lies in it runs nothing of it.

Everything in the folder that could be run by mistake leaves a canary when it is: modules of well-known names,
start-up files of Python, Jupyter and IPython, kernels, an environment, hooks of git, the cells themselves.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.services.checking import Checker, CheckPlan

MODULES = (
    "numpy", "pandas", "tqdm", "json", "orjson", "click", "libcst", "jedi", "IPython", "ipykernel",
    "ipykernel_launcher", "sitecustomize", "usercustomize", "conftest", "setup", "jupyter_config",
    "ipython_config", "ipython_kernel_config", "utils", "helpers",
)  # fmt: skip
START = "from nbreview.cli.main import main; main()"


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """The folder in which canaries are left."""
    (tmp_path / "canary").mkdir()
    return tmp_path / "canary"


@pytest.fixture
def folder(tmp_path: Path, canary: Path) -> Path:
    """A stranger's repository."""
    made = tmp_path / "strange"
    made.mkdir()
    for name in MODULES:
        (made / f"{name}.py").write_text(planted(canary, name))
    (made / "start.pth").write_text(planted(canary, "pth"))
    environment(made / ".venv", canary)
    spec = {
        "argv": ["/bin/sh", "-c", f"touch {canary}/kernel"],
        "display_name": "Python",
        "language": "python",
    }
    for place in (made, made / "share/jupyter/kernels/strange"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "kernel.json").write_text(json.dumps(spec))
    cells = [
        planted(canary, "cell"),
        f"%load_ext helpers\n!touch {canary}/shell\n%run utils.py",
        "import numpy, pandas, scipy, sklearn, helpers, utils, json, os\nscipy.nothing(3)\nhelpers.value",
        "os.nothing\nmissing_name",
    ]
    names = ("python3", "strange", "../share/jupyter/kernels/strange", str(made / "kernel.json"), "")
    for number, name in enumerate(names):
        kernel = {"kernelspec": {"name": name, "language": "python"}} if name else {}
        write(made / f"{number}.ipynb", kernel, cells)
    (made / "loop").symlink_to(made)
    (made / "passwords.ipynb").symlink_to("/etc/passwd")
    write(made / "plain.ipynb", {}, ["import scipy, os\nscipy.nothing(3)", "os.nothing"])
    repository(made, canary)
    return made


def planted(canary: Path, name: str) -> str:
    return f"import os; open(os.path.join({str(canary)!r}, {name!r}), 'w').close()\n"


def environment(prefix: Path, canary: Path) -> None:
    """A virtual environment whose interpreter leaves a canary before it does what it should."""
    packages = prefix / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"
    (packages / "ipykernel").mkdir(parents=True)
    (packages / "ipykernel" / "__init__.py").write_text(planted(canary, "environment's package"))
    (packages / "start.pth").write_text(planted(canary, "environment's pth"))
    (prefix / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
    (prefix / "bin").mkdir()
    program = prefix / "bin/python"
    program.write_text(f'#!/bin/sh\ntouch "{canary}/environment"\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)


def write(path: Path, metadata: Mapping[str, object], sources: Sequence[str]) -> None:
    cells = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": number, "outputs": []}
        | {"source": source}
        for number, source in enumerate(sources, 1)
    ]
    value = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(value))


def repository(folder: Path, canary: Path) -> None:
    """A repository whose hooks and configuration run programs."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    me = ("-c", "user.name=a", "-c", "user.email=a@b")
    for arguments in (("init", "-q"), ("add", "0.ipynb"), (*me, "commit", "-qm", "first")):
        subprocess.run(["git", *arguments], cwd=folder, env=quiet, check=True, capture_output=True)
    program = folder / ".git/program"
    program.write_text(f"#!/bin/sh\ntouch {canary}/git\ncat\n")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "diff.strange.textconv"):
        subprocess.run(["git", "config", name, str(program)], cwd=folder, env=quiet, check=True)
    (folder / ".gitattributes").write_text("*.ipynb diff=strange\n")


@pytest.mark.parametrize(
    "arguments",
    [("check", "."), ("check", "--base", "HEAD", "0.ipynb"), ("diff", "0.ipynb"), ("log", "0.ipynb")],
)
def test_reading_comparing_and_checking_runs_nothing_of_a_folder(
    folder: Path, canary: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = nbreview(folder, tmp_path, *arguments)
    assert "Traceback" not in done.stderr
    assert not list(canary.iterdir())
    if arguments == ("check", "."):
        assert "module 'os' has no attribute 'nothing'" in done.stdout  # the libraries were asked


@pytest.mark.parametrize(
    "variables", [{"PYTHONWARNINGS": "error"}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONSTARTUP": "utils.py"}]
)
def test_switches_of_the_interpreter_change_nothing(
    folder: Path, canary: Path, tmp_path: Path, variables: dict[str, str]
) -> None:
    done = nbreview(folder, tmp_path, "check", "plain.ipynb", **variables)
    assert "module 'os' has no attribute 'nothing'" in done.stdout, done.stderr
    assert not list(canary.iterdir())


def nbreview(
    folder: Path, home: Path, *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """The program as it is started from a shell in this folder (`-P`: as its script is)."""
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-P", "-c", START, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root, "XDG_CACHE_HOME": str(home / "cache"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_environment_beside_the_notebook_is_started_only_where_it_was_named(
    folder: Path, canary: Path
) -> None:
    pytest.importorskip("ipykernel")
    plan, wanted = CheckPlan("none", kernel="auto", dry_run=True), "lies beside the notebook"
    with Checker(plan) as checker, pytest.raises(UserError, match=wanted):
        checker.check(folder / "0.ipynb")
    assert not list(canary.iterdir())


def test_cells_on_stand_ins_leave_nothing_behind(folder: Path, canary: Path) -> None:
    with Checker(CheckPlan("none", stand_in=True)) as checker:
        checker.check(folder / "0.ipynb")
    assert not list(canary.iterdir())
