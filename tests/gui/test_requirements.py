"""What Qt lacks is named with the packages that bring it.

The loader is the real one, made to find nothing by an audit library (rtld-audit(7)), as on a machine without
the packages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from nbreview.gui.requirements import ALWAYS, PACKAGES, qt_problem, require_qt

ROOT = Path(__file__).resolve().parents[2]

HIDE = r"""
#define _GNU_SOURCE
#include <link.h>
#include <stdlib.h>
#include <string.h>

unsigned int la_version(unsigned int version) { return version; }

/* Not found, for each library named in HIDDEN. */
char *la_objsearch(const char *name, uintptr_t *cookie, unsigned int flag) {
    const char *hidden = getenv("HIDDEN");
    const char *base = strrchr(name, '/');
    (void)cookie; (void)flag;
    base = base ? base + 1 : name;
    return hidden && strstr(hidden, base) ? NULL : (char *)name;
}
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to its packages")


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that makes the loader not find others."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("needs the C compiler that llama-cpp-python is compiled with")
    folder = tmp_path_factory.mktemp("audit")
    (folder / "hide.c").write_text(HIDE)
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", str(folder / "hide.so"), str(folder / "hide.c")], check=True
    )
    return folder / "hide.so"


def asked(audit: Path, hidden: str, **environ: str) -> str:
    """What `qt_problem` answers in a process whose loader does not find `hidden`."""
    kept = {n: v for n, v in os.environ.items() if n not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    code = "from nbreview.gui.requirements import qt_problem; print(qt_problem())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "LD_AUDIT": str(audit), "HIDDEN": hidden, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@linux
def test_a_library_that_qt_is_linked_to_is_named_with_its_packages(audit: Path) -> None:
    problem = asked(audit, "libEGL.so.1 libxkbcommon.so.0", QT_QPA_PLATFORM="offscreen")
    assert "libEGL.so.1, libxkbcommon.so.0" in problem
    assert "`sudo apt install libegl1 libxkbcommon0`" in problem
    assert "`sudo dnf install libglvnd-egl libxkbcommon`" in problem


@linux
def test_a_library_that_only_the_x11_plugin_needs_is_named_when_x11_is_used(audit: Path) -> None:
    problem = asked(audit, "libxcb-cursor.so.0", DISPLAY=":7")
    assert problem.startswith("Qt's xcb plugin cannot be loaded because")
    assert "libxcb-cursor.so.0" in problem and "libxcb-cursor0" in problem and "xcb-util-cursor" in problem


@linux
def test_what_the_x11_plugin_needs_is_no_matter_offscreen(audit: Path) -> None:
    assert asked(audit, "libxcb-cursor.so.0", QT_QPA_PLATFORM="offscreen") == ""


@linux
def test_the_window_ends_with_the_sentence_and_not_with_a_traceback(audit: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbreview"],
        cwd=ROOT,
        env={**os.environ, "LD_AUDIT": str(audit), "HIDDEN": "libEGL.so.1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("nbreview: Qt cannot be loaded because libEGL.so.1 is missing")
    assert "Traceback" not in done.stderr and done.stderr.count("\n") == 1


@linux
def test_without_a_display_the_commands_that_need_none_are_named() -> None:
    problem = qt_problem({})
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in problem and "nbreview demo --offscreen" in problem


def test_nothing_is_wrong_where_these_tests_run() -> None:
    require_qt()


def linked(names: Iterable[str]) -> set[str]:
    """What Qt's own libraries are linked to and neither the wheel nor the C library brings."""
    import PySide6

    folder = Path(PySide6.__file__).parent / "Qt" / "lib"
    needed: set[str] = set()
    for name in names:
        command = ["readelf", "-d", str(folder / f"libQt6{name}.so.6")]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        needed |= set(re.findall(r"NEEDED.*\[(.*)\]", listed))
    basic = re.compile(r"lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so|ld-linux")
    return {name for name in needed if not basic.match(name) and not (folder / name).exists()}


@linux
@pytest.mark.skipif(shutil.which("readelf") is None, reason="needs readelf, which comes with the compiler")
def test_every_library_that_the_wheel_leaves_to_the_system_has_a_package() -> None:
    assert linked(["Core", "DBus", "Gui", "Widgets"]) == set(ALWAYS)
    assert linked(["XcbQpa", "WaylandClient"]) <= set(PACKAGES)
