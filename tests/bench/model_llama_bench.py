"""llama.cpp's own `llama-bench`, built from the source that the installed llama-cpp-python vendors.

    python -m tests.bench.model_llama_bench          builds it and prints where it is

The source package of the installed version is fetched with pip and one target of it compiled as the wheel
was: Release, shared libraries, native instructions, and what CMAKE_ARGS holds. It is kept in the user's cache
folder under a key of version, flags and processor; the first time takes about ten minutes on two cores.
"""

import csv
import hashlib
import importlib.metadata
import io
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from nbreview import paths
from nbreview.errors import UserError

PACKAGE = "llama-cpp-python"
_FLAGS = (
    "-DCMAKE_BUILD_TYPE=Release",
    "-DBUILD_SHARED_LIBS=ON",
    "-DLLAMA_BUILD_COMMON=ON",
    "-DLLAMA_BUILD_TOOLS=ON",
    "-DLLAMA_BUILD_SERVER=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_CURL=OFF",
    "-DLLAMA_OPENSSL=OFF",
)


def llama_bench() -> Path:
    """The program, built when it is not in the cache.

    Raises
    ------
    UserError
        There is no compiler or no CMake, the source cannot be fetched, or it does not compile.
    """
    folder = paths.cache_dir() / "llama-bench" / _key()
    program = folder / "bin" / ("llama-bench.exe" if os.name == "nt" else "llama-bench")
    if not program.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _build(folder)
    return program


def run(program: Path, arguments: list[str]) -> dict[str, float]:
    """Tokens per second of each test (`pp512`, `tg64`), the mean of its repetitions.

    The same environment as a model's child of ours has: OpenMP's threads sleep while they wait.
    """
    done = subprocess.run(
        [str(program), "-o", "csv", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_WAIT_POLICY": os.environ.get("OMP_WAIT_POLICY", "passive")},
    )
    if done.returncode:
        raise UserError(f"llama-bench failed ({done.stderr.strip()[-300:]}); run it by hand: {program}.")
    speeds = {}
    for row in csv.DictReader(io.StringIO(done.stdout)):
        prompt, reply = int(row["n_prompt"]), int(row["n_gen"])
        speeds[f"pp{prompt}" if prompt else f"tg{reply}"] = float(row["avg_ts"])
    return speeds


def _key() -> str:
    version = importlib.metadata.version(PACKAGE)
    named = {name: os.environ.get(name, "") for name in ("CMAKE_ARGS", "CC", "CXX", "CFLAGS", "CXXFLAGS")}
    rest = json.dumps([_FLAGS, named, platform.machine(), _processor()], sort_keys=True)
    return f"{version}-{hashlib.sha256(rest.encode()).hexdigest()[:12]}"


def _processor() -> str:
    """Instruction sets: what is compiled for one processor may end on another."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor()
    return next(
        (line for line in info.read_text().splitlines() if line.startswith(("flags", "Features"))), ""
    )


def _build(folder: Path) -> None:
    for tool, package in (("cmake", "cmake"), (os.environ.get("CXX", "c++"), "g++")):
        if shutil.which(shlex.split(tool)[0]) is None:
            raise UserError(
                f"{tool} is not on the PATH, and llama-bench is built with it; install {package} "
                f"(Debian: sudo apt install {package}), or leave the comparison out with --no-peer."
            )
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="build-") as name:
        work = Path(name)
        source = _source(work) / "vendor" / "llama.cpp"
        generator = ["-G", "Ninja"] if shutil.which("ninja") else []
        flags = [*_FLAGS, *shlex.split(os.environ.get("CMAKE_ARGS", ""))]
        _step(["cmake", "-S", str(source), "-B", str(work / "out"), *generator, *flags], work)
        _step(["cmake", "--build", str(work / "out"), "--target", "llama-bench", "-j", "2"], work)
        # What it is linked with lies beside it and is found there.
        done = work / "done"
        shutil.copytree(work / "out" / "bin", done / "bin", symlinks=True)
        if os.name == "posix" and sys.platform != "darwin":
            (done / "bin" / "llama-bench").rename(done / "bin" / "llama-bench.real")
            start = done / "bin" / "llama-bench"
            start.write_text(
                '#!/bin/sh\nhere=$(dirname "$0")\n'
                'LD_LIBRARY_PATH="$here${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" '
                'exec "$here/llama-bench.real" "$@"\n'
            )
            start.chmod(0o755)
        done.rename(folder)


def _source(work: Path) -> Path:
    version = importlib.metadata.version(PACKAGE)
    command = [sys.executable, "-m", "pip", "download", "--no-binary", ":all:", "--no-deps"]
    _step([*command, f"{PACKAGE}=={version}", "-d", str(work / "sdist")], work)
    found = next((work / "sdist").glob("*.tar.gz"))
    with tarfile.open(found) as archive:
        archive.extractall(work / "source", filter="data")
    return next((work / "source").iterdir())


def _step(command: list[str], work: Path) -> None:
    quiet = ["nice", *command] if shutil.which("nice") else command
    done = subprocess.run(quiet, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        told = next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "")
        raise UserError(
            f"llama-bench cannot be built: {' '.join(command[:3])} says “{told.strip()[:300]}”; mend that, "
            "or leave the comparison out with --no-peer."
        )


if __name__ == "__main__":
    print(llama_bench())
