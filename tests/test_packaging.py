"""The built wheel, installed away from the clone, starts with its resources; what is pinned, holds."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from click import Command, Context, Group
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

import nbreview
from nbreview.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("nbreview-*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel in it.

    Its dependencies are those of the environment that runs the tests, which has no network: a folder on the
    path, whose own .pth files (an editable nbreview among them) are not read. CI also installs the wheel
    from the index.
    """
    folder = tmp_path_factory.mktemp("clean") / "environment"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / "python")
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        str(wheel),
    ]
    # --ignore-installed: the editable nbreview of the tests' own environment is seen, and is to be left
    # alone.
    done = subprocess.run([*install, "--ignore-installed"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return programs


def ran(command: list[str | Path], folder: Path, **environ: str) -> str:
    """What a program prints, run away from the clone."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=kept | {"QT_QPA_PLATFORM": "offscreen"} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_brings_its_resources_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    resources = {
        f"nbreview/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert resources and resources <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "nbreview",
        f"nbreview-{nbreview.__version__}.dist-info",
    }
    assert wheel.stat().st_size < 5 * 2**20


def test_the_installed_program_answers_to_both_of_its_names(programs: Path, tmp_path: Path) -> None:
    assert (
        ran([programs / "nbreview", "--version"], tmp_path) == f"nbreview, version {nbreview.__version__}\n"
    )
    assert "Review Jupyter notebooks" in ran([programs / "python", "-m", "nbreview", "--help"], tmp_path)


def test_what_runs_is_the_wheel_and_not_the_clone(programs: Path, tmp_path: Path) -> None:
    place = ran([programs / "python", "-c", "import nbreview; print(nbreview.__file__)"], tmp_path)
    assert Path(place).is_relative_to(programs.parent)


def test_the_installed_program_goes_through_the_demo_in_its_window(programs: Path, tmp_path: Path) -> None:
    homes = {
        name: str(tmp_path / "home")
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    said = ran(
        [programs / "nbreview", "demo", "--offscreen", "--folder", tmp_path / "demo"], tmp_path, **homes
    )
    pictures = sorted((tmp_path / "demo" / "pictures").glob("*.png"))
    assert len(pictures) >= 5 and all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    assert f"{len(pictures)} pictures: {tmp_path / 'demo' / 'pictures'}" in said
    export = next(Path(line.partition(": ")[2]) for line in said.splitlines() if line.startswith("export: "))
    assert export.exists()


def test_a_thousand_void_calls_of_qt_leave_the_count_of_none_alone() -> None:
    # In a process of its own: the count of None moves with whatever else runs here. PySide6 6.12.0 on
    # CPython 3.11 loses one reference a call and so aborts in the end; from 3.12 on None cannot die, and
    # its count says nothing.
    code = (
        "import sys\n"
        "from PySide6.QtCore import QObject\n"
        "thing, call = QObject(), QObject.setObjectName\n"
        "call(thing, 'once')\n"
        "before = sys.getrefcount(None)\n"
        "for number in range(1000): call(thing, 'name')\n"
        "print(sys.getrefcount(None) - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert abs(int(done.stdout)) < 10


def test_a_pyside_that_loses_none_is_not_installed_where_none_can_die() -> None:
    pins = [Requirement(text) for text in PROJECT["dependencies"] if text.startswith("PySide6")]

    def allowed(python: str, version: str) -> bool:
        chosen = [
            pin for pin in pins if pin.marker is None or pin.marker.evaluate({"python_version": python})
        ]
        assert len(chosen) == 1
        return chosen[0].specifier.contains(version)

    assert allowed("3.11", "6.11.3") and not allowed("3.11", "6.12.0")
    assert allowed("3.12", "6.12.0") and allowed("3.13", "6.12.0")


def test_every_python_that_is_promised_is_listed() -> None:
    wanted = SpecifierSet(PROJECT["requires-python"])
    promised = [f"3.{minor}" for minor in range(8, 20) if wanted.contains(f"3.{minor}.1")]
    assert promised == ["3.11", "3.12", "3.13"]
    listed = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if "Python :: 3." in name]
    assert listed == promised
    assert wanted.contains(Version(".".join(map(str, sys.version_info[:3]))))


def commands(group: Group, path: str) -> list[tuple[str, Command]]:
    """Every command below a group, with what is typed for it."""
    found = []
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((f"{path} {name}", command))
        if isinstance(command, Group):
            found += commands(command, f"{path} {name}")
    return found


def test_every_command_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    every = commands(cli, "nbreview")
    assert len(every) >= len(COMMANDS)
    lines = readme.splitlines()
    for typed, command in every:
        assert command.help, f"{typed} has no help"
        if typed == "nbreview open":  # what `nbreview PATH` stands for
            continue
        top, *below = typed.removeprefix("nbreview ").split()
        named = [line for line in lines if f"nbreview {top}" in line and all(name in line for name in below)]
        assert named, f"README.md does not name `{typed}` (a line with `nbreview {top}` and {below})"
