"""The cache of compiled wheels: llama-cpp-python is compiled once for this machine, whoever asks.

The requirements of the `llama` extra have no ready wheel on the index and take minutes to compile. They are
built into a folder of the user's cache, under a key of everything the result depends on, and installed from
there by every later set-up (another clone, `make test` after `make demo`, a new environment).

Part of the set-up: standard library only, no syntax newer than Python 3.8, nothing of nbreview.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Mapping, Sequence  # noqa: UP035 - parsed and run by Python 3.8 as well

from processes import SetUpError, compiler_hint, explain, locked, run, say

FLAG_VARIABLES = ("CMAKE_ARGS", "CC", "CXX", "CFLAGS", "CXXFLAGS", "CUDACXX", "FORCE_CMAKE")


class CompilationError(SetUpError):
    """The compiler ran and failed: it would fail again, and take its minutes again."""


def wheel_cache(system: str = sys.platform, environ: Mapping[str, str] | None = None) -> Path:
    """The user's cache folder of compiled wheels, by the platform's convention."""
    environ = os.environ if environ is None else environ
    home = Path(environ.get("USERPROFILE" if system == "win32" else "HOME") or Path.home())
    if system == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return base / "nbreview" / "Cache" / "wheels"
    if system == "darwin":
        return home / "Library" / "Caches" / "nbreview" / "wheels"
    given = environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if given.startswith("/") else home / ".cache"
    return base / "nbreview" / "wheels"


def processor() -> str:
    """The processor's name and its instruction sets, as far as the system tells.

    The wheel is compiled for the very processor (llama.cpp's GGML_NATIVE), and a home folder may be shared
    between machines: a wheel of one dies with an illegal instruction on another.
    """
    if sys.platform == "darwin":
        asked = subprocess.run(
            ["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        )
        return asked.stdout.strip() or platform.processor()
    with contextlib.suppress(OSError):
        wanted = ("model name", "flags", "Features", "CPU implementer", "CPU part")
        found = {}
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() in wanted:
                found.setdefault(name.strip(), " ".join(sorted(value.split())))
        if found:
            return json.dumps(found, sort_keys=True)
    return platform.processor() or platform.machine()


def wheel_key(requirements: Sequence[str], environ: Mapping[str, str], cpu: str) -> str:
    """The name of the cache folder for these requirements: everything that the compiled result depends on.

    The version is not part of it: pip picks the newest in the folder that satisfies the requirement.
    """
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    system = re.sub(r"[^\w]+", "_", sysconfig.get_platform())
    rest = {
        "requirements": sorted(requirements),
        "flags": {name: environ[name] for name in FLAG_VARIABLES if environ.get(name)},
        "cpu": cpu,
        "libc": platform.libc_ver(),
    }
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:16]
    return f"{tag}-{system}-{digest}"


def has_compiler(environ: Mapping[str, str]) -> bool:
    """Whether a C++ compiler can be expected to be found by CMake."""
    named = (environ.get("CXX") or "").split()
    if named and shutil.which(named[0]):
        return True
    if any(shutil.which(name) for name in ("c++", "g++", "clang++", "cl", "clang-cl")):
        return True
    if sys.platform == "win32":
        installer = (
            Path(environ.get("ProgramFiles(x86)", "C:/Program Files (x86)"))
            / "Microsoft Visual Studio/Installer"
        )
        return (installer / "vswhere.exe").exists()
    return False


def build_wheels(
    python: Path, requirements: Sequence[str], folder: Path, log: Path, environ: Mapping[str, str]
) -> None:
    """Compile the requirements into `folder`, unless they lie there: aside, then renamed; one at a time.

    Raises SetUpError with the sentence to show.
    """
    name = re.split(r"[<>=!~;\[ ]", requirements[0])[0]
    with locked(
        folder.parent / f"{folder.name}.lock", f"waiting for another set-up that is compiling {name}"
    ):
        if folder.is_dir():
            return
        if not has_compiler(environ):
            raise SetUpError(
                f"there is no C++ compiler to build {name} with: {compiler_hint()}, then run this again."
            )
        for left in folder.parent.glob(f"{folder.name}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=str(folder.parent)))
        say(f"compiling {name} for this machine; about five minutes on two cores, and only this once")
        command = [
            str(python),
            "-m",
            "pip",
            "wheel",
            "-v",
            "--no-deps",
            "--wheel-dir",
            str(aside),
            *requirements,
        ]
        if any(environ.get(variable) for variable in FLAG_VARIABLES):
            command.insert(4, "--no-cache-dir")  # pip's own cache does not know of these flags
        started = time.monotonic()
        try:
            code, output = run(command, log, f"compiling {name}", environ)
            if code and "Building wheel for" in output:
                raise CompilationError(f"{name} could not be compiled: {explain(output, log)}")
            if code:
                raise SetUpError(explain(output, log))
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        say(f"compiled {name} in {time.monotonic() - started:.0f} s; kept in {folder}")
