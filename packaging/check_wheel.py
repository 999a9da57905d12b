"""Install the built wheel from the package index in a clean, throw-away environment and start it.

    python packaging/check_wheel.py dist

Standard library only. Exit code 1 with what failed. `make wheel-check` and CI call it; it needs the
network.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def started(command: list[str], folder: str) -> str:
    """Run a command away from the clone, without anything of this environment; what it printed."""
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environ["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"wheel-check: {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def main(dist: Path) -> None:
    """Check the newest wheel in `dist`."""
    wheels = sorted(dist.glob("nbreview-*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        sys.exit(f"wheel-check: no wheel in {dist}; run `make wheel` first.")
    with tempfile.TemporaryDirectory(prefix="nbreview-wheel-") as folder:
        started([sys.executable, "-m", "venv", str(Path(folder, "venv"))], folder)
        programs = Path(folder, "venv", "Scripts" if os.name == "nt" else "bin")
        print(f"wheel-check: installing {wheels[-1].name} in a clean environment", flush=True)
        started(
            [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheels[-1].resolve())], folder
        )
        version = started([str(programs / "nbreview"), "--version"], folder)
        print(f"wheel-check: {version}")
        started([str(programs / "python"), "-m", "nbreview", "--help"], folder)
        pictures = started([str(programs / "nbreview"), "demo", "--offscreen", "--folder", "demo"], folder)
        print(f"wheel-check: a review without model and kernel parts, offscreen\n{pictures}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
