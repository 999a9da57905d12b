"""What Qt needs of the system, asked before a window opens: a person reads which packages to install.

PySide6's wheels bring Qt along but not the libraries of the desktop: on a bare Linux the import ends in a
traceback about `libEGL.so.1`, or Qt ends the process because a platform plugin cannot load. This module
asks the system's loader itself (through `ctypes`) and answers in one sentence. It must be importable
without Qt.
"""

import ctypes
import gc
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbreview.errors import UserError
from nbreview.store.library import sqlite_utils

# Library: its package in Debian and Ubuntu, and in Fedora.
PACKAGES: dict[str, tuple[str, str]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}

ALWAYS = (
    "libEGL.so.1",
    "libGL.so.1",
    "libX11.so.6",
    "libxkbcommon.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libz.so.1",
    "libzstd.so.1",
)
"""What QtCore, QtDBus, QtGui and QtWidgets are linked to outside the wheel, whatever the platform plugin."""


def require_qt() -> None:
    """Raise a UserError with the sentence when a window cannot be opened here."""
    problem = qt_problem()
    if problem:
        raise UserError(problem)


def qt_problem(environ: Mapping[str, str] | None = None) -> str:
    """Why no window can be opened here, in one sentence that says what to do; "" when nothing is in the way.

    Parameters
    ----------
    environ:
        Where `QT_QPA_PLATFORM`, `DISPLAY` and `WAYLAND_DISPLAY` are looked up; the process's environment by
        default.
    """
    environ = os.environ if environ is None else environ
    if importlib.util.find_spec("PySide6") is None:
        return "PySide6 is not installed in this Python: run `python -m pip install PySide6-Essentials`."
    try:
        import PySide6.QtWidgets  # noqa: F401 - whether it can be imported is the question
    except ImportError as error:
        named = [name for name in PACKAGES if name in str(error)]
        lacking = {*named, *(missing(ALWAYS) if sys.platform == "linux" else ())}
        if not lacking:
            return (
                f"Qt cannot be loaded ({error}): install PySide6-Essentials again, or a Python it supports."
            )
        return _sentence("Qt", lacking)
    return _display_problem(environ) if sys.platform == "linux" else ""


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether there is a display to open a window on (always, but on Linux and its relatives)."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def missing(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the named libraries that the system's loader cannot load."""
    return tuple(name for name in names if _load(name))


def _display_problem(environ: Mapping[str, str]) -> str:
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if chosen and chosen not in ("xcb", "wayland"):
        return ""  # offscreen, vnc …: these need no display
    if not chosen and not has_display(environ):
        return (
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): run this in a desktop "
            "session, or use what needs no window, such as `nbreview diff` and `nbreview demo --offscreen`."
        )
    plugins = [
        name
        for name, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if environ.get(variable)
    ]
    problems = [_plugin_problem(name) for name in ([chosen] if chosen else plugins)]
    # Qt takes the first plugin that loads.
    return "" if "" in problems else problems[-1]


def _plugin_problem(platform: str) -> str:
    import PySide6

    folder = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    plugin = next((path for path in folder.glob(f"libq{platform}*.so")), None)
    if plugin is None:
        return ""  # a Qt of the distribution keeps them elsewhere, and its packages bring what they need
    error = _load(str(plugin))
    if not error:
        return ""
    family = tuple(name for name in PACKAGES if name.startswith(_FAMILIES[platform]))
    lacking = {*missing((*ALWAYS, *family)), *(name for name in PACKAGES if name in error)}
    if not lacking:
        return f"Qt's {platform} plugin cannot be loaded ({error}): install what it names and start again."
    return _sentence(f"Qt's {platform} plugin", lacking)


_FAMILIES = {"xcb": ("libxcb", "libX11", "libxkbcommon"), "wayland": ("libwayland", "libxkbcommon")}


def _load(name: str) -> str:
    """The loader's complaint about a library, "" when it loads."""
    try:
        ctypes.CDLL(name)
    except OSError as error:
        return str(error) or name
    return ""


def _sentence(who: str, lacking: Iterable[str]) -> str:
    names = sorted(lacking)
    debian = " ".join(sorted({PACKAGES[name][0] for name in names}))
    fedora = " ".join(sorted({PACKAGES[name][1] for name in names}))
    return (
        f"{who} cannot be loaded because {', '.join(names)} {'is' if len(names) == 1 else 'are'} missing: "
        f"run `sudo apt install {debian}` (Debian, Ubuntu) or `sudo dnf install {fedora}` (Fedora), "
        "then start nbreview again."
    )


def load_ahead() -> None:
    """Import what the frame of the window needs and is not of Qt; call it before Qt is imported.

    PySide6 reads the source of every module that is imported after it. And a start makes a hundred thousand
    objects, all of which stay: the garbage collector looks at them seldom.
    """
    gc.set_threshold(50_000, 20, 50)
    importlib.import_module("nbreview.store.database")
    sqlite_utils()
