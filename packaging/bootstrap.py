"""Set nbreview up from a clone: a virtual environment with all it needs, and the model part compiled once.

Standard library only, and no syntax newer than Python 3.8, so that an old Python gets a sentence and not a
traceback. It imports nothing of nbreview (which is not installed yet). `make demo` and `make test`
call it; by hand:

    python packaging/bootstrap.py --venv .venv --extras kernel --model optional

What it does is skipped when the stamp in the environment says that it has been done: same pyproject.toml,
same Python, same place, at least these extras. The part that is compiled comes from `wheelhouse`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Mapping, Sequence  # noqa: UP035 - parsed and run by Python 3.8 as well

from processes import SetUpError, explain, locked, run, say
from wheelhouse import CompilationError, build_wheels, has_compiler, processor, wheel_cache, wheel_key

OLDEST = (3, 11)
NEWEST = (3, 13)
MODEL_EXTRA = "llama"
STAMP = "nbreview-setup.json"
LOG = "nbreview-setup.log"


def python_problem(version: tuple[int, int], executable: str) -> str:
    """The sentence for a Python that nbreview does not run on, or "" when `version` is fine."""
    if OLDEST <= version <= NEWEST:
        return ""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((name for name in names if shutil.which(name)), "")
    remedy = f"use the one you have with `make PYTHON={found} …`" if found else "install one of those"
    return (
        f"nbreview needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}, and {executable} is "
        f"{version[0]}.{version[1]}: {remedy}."
    )


def venv_python(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def fingerprint(project: Path, venv: Path) -> dict[str, str]:
    """What a finished set-up depends on: project file, Python, and both places (environments do not move)."""
    return {
        "project": hashlib.sha256((project / "pyproject.toml").read_bytes()).hexdigest(),
        "python": f"{sys.version} {sysconfig.get_platform()}",
        "places": f"{project.resolve()} {venv.resolve()}",
    }


def read_stamp(venv: Path) -> dict[str, object]:
    """What the last finished set-up wrote into the environment; {} when there was none."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_venv(venv: Path, log: Path) -> None:
    """Make the virtual environment, or keep the one that is there when it runs this very Python."""
    python = venv_python(venv)
    ours = bool(read_stamp(venv))
    if python.exists():
        asked = subprocess.run(
            [str(python), "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip() == sys.version.strip():
            return
        if not ours:
            raise SetUpError(
                f"{venv} holds an environment of another Python that this set-up did not make: remove it, or "
                "name another folder with `make VENV=…`."
            )
    say(f"making a virtual environment in {venv}")
    clear = ["--clear"] if ours else []
    log.parent.mkdir(parents=True, exist_ok=True)
    code, output = run([sys.executable, "-m", "venv", *clear, str(venv)], log, "making the environment")
    if code:
        if "ensurepip" in output or "No module named venv" in output:
            name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            raise SetUpError(
                f"this Python cannot make virtual environments: install {name} (`sudo apt install {name}`)."
            )
        raise SetUpError(explain(output, log))


def requirements_of(project: Path, extra: str) -> list[str]:
    """The requirements that pyproject.toml lists under an extra."""
    import tomllib

    with (project / "pyproject.toml").open("rb") as stream:
        extras = tomllib.load(stream)["project"]["optional-dependencies"]
    return list(extras[extra])


def pip_install(
    python: Path, arguments: Sequence[str], log: Path, doing: str, environ: Mapping[str, str]
) -> None:
    """`pip install` with a sentence in place of pip's pages when it fails."""
    code, output = run([str(python), "-m", "pip", "install", *arguments], log, doing, environ)
    if code:
        raise SetUpError(explain(output, log))


def set_up(project: Path, venv: Path, extras: Sequence[str], model: str, environ: Mapping[str, str]) -> None:
    """Bring the environment to what is asked for. `model` is "required", "optional" or "no".

    Raises SetUpError; with an optional model only for what is not the model.
    """
    log = venv / LOG
    venv.mkdir(parents=True, exist_ok=True)
    with locked(venv.parent / f"{venv.name}.lock", f"waiting for another set-up of {venv}"):
        stamp = read_stamp(venv)
        now = fingerprint(project, venv)
        same = all(stamp.get(name) == value for name, value in now.items()) and venv_python(venv).exists()
        had = {str(item) for item in stamp.get("extras", [])} if same else set()  # type: ignore[attr-defined]
        wanted = set(extras) | ({MODEL_EXTRA} if model != "no" else set())
        if same and wanted <= had:
            return
        if not shutil.which("git", path=environ.get("PATH")):
            raise SetUpError("git is not on the PATH: install it (package `git`) and run this again.")
        make_venv(venv, log)
        log.write_text("", encoding="utf-8")
        python = venv_python(venv)
        if not same or not set(extras) <= had:
            listed = ",".join(sorted(set(extras) | (had - {MODEL_EXTRA})))
            say("installing nbreview and what it needs" + (f" ({listed})" if listed else ""))
            target = f"{project}[{listed}]" if listed else str(project)
            pip_install(python, ["--editable", target], log, "installing", environ)
            had |= set(extras)
        problem, failed = "", ""
        if model != "no" and MODEL_EXTRA not in had:
            requirements = requirements_of(project, MODEL_EXTRA)
            key = wheel_key(requirements, environ, processor())
            folder = wheel_cache(environ=environ) / key
            try:
                if model == "optional" and same and stamp.get("failed") == key and has_compiler(environ):
                    raise CompilationError(
                        f"compiling it failed last time (details: {log}; `make model` tries again)."
                    )
                build_wheels(python, requirements, folder, log, environ)
                say("installing the model part")
                offline = ["--no-index", "--no-deps", "--find-links", str(folder), *requirements]
                pip_install(python, offline, log, "installing the model part", environ)
                pip_install(
                    python, requirements, log, "installing the model part", environ
                )  # what those need
                had.add(MODEL_EXTRA)
            except SetUpError as error:
                problem = str(error)
                failed = key if isinstance(error, CompilationError) else ""
        record = {**now, "extras": sorted(had), "failed": failed}
        aside = venv / f"{STAMP}.new"
        aside.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        aside.replace(venv / STAMP)
        if problem and model == "required":
            raise SetUpError(problem)
        if problem:
            say(f"going on without the model part: {problem}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    problem = python_problem(sys.version_info[:2], sys.executable)
    if problem:
        say(problem)
        return 1
    parser = argparse.ArgumentParser(description="Set nbreview up in a virtual environment.")
    here = Path(__file__).resolve().parent.parent
    parser.add_argument("--project", type=Path, default=here, help="folder with pyproject.toml (this clone)")
    parser.add_argument("--venv", type=Path, default=here / ".venv", help="folder of the environment (.venv)")
    parser.add_argument(
        "--extras", default="kernel", help="extras of pyproject.toml, comma-separated (kernel)"
    )
    parser.add_argument(
        "--model", choices=("required", "optional", "no"), default="optional", help="the llama extra"
    )
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended or interrupted: the compiler ends too
    extras = [name for name in options.extras.split(",") if name]
    try:
        set_up(options.project.resolve(), options.venv.absolute(), extras, options.model, os.environ)
    except SetUpError as error:
        say(str(error))
        return 1
    except OSError as error:
        where = error.filename or options.venv
        say(f"{where}: {error.strerror}; give yourself the right or the room, and run this again.")
        return 1
    except KeyboardInterrupt:
        say("stopped; run this again to go on")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
