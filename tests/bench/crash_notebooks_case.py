"""Dry runs of the corpus of notebooks against what really happens. Prints one JSON object.

Usage: crash_notebooks_case.py FOLDER [--workers N] [--only WORDS] [--alone] [--details FILE]

Each notebook gets a fresh kernel, in a folder of its own below FOLDER; home and temporary folder are the
worker's. --only takes the notebooks whose title or library holds the words; --alone leaves the comparison
with the other rungs out; --details writes one JSON line a notebook. Takes about ten minutes. Needs the
`kernel` and `scoring` extras.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nbreview.checks.environment import Environment, Reader, read_environment
from nbreview.checks.runner import run_checks
from nbreview.errors import UserError
from nbreview.kernel.standin import HEAVY, StandInServer
from nbreview.notebook.reader import read_bytes
from tests.bench.crash_notebooks.everything import PAIRS
from tests.bench.crash_notebooks.pair import Version, notebook_bytes, versions
from tests.bench.crash_notebooks.score import Others, Scored, score, summary
from tests.bench.crash_notebooks.traces import Listener
from tests.bench.measure import ENVIRONMENT

# What no notebook of the corpus imports.
_PRELOAD = tuple(
    name for name in HEAVY if name not in ("tensorflow", "keras", "torchvision", "statsmodels.api")
)


def main(arguments: Sequence[str]) -> None:
    """Share the notebooks among the workers, then count."""
    parser = argparse.ArgumentParser(prog="crash_notebooks_case.py")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--details", type=Path)
    parser.add_argument("--share", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.share:
        number, count = map(int, asked.share.split("/"))
        _work(asked.folder, asked.only, asked.alone, number, count)
        return
    command = [sys.executable, __file__, str(asked.folder), "--only", asked.only]
    command += ["--alone"] * asked.alone
    workers = [
        subprocess.Popen([*command, "--share", f"{number}/{asked.workers}"], env=ENVIRONMENT)
        for number in range(asked.workers)
    ]
    codes = [worker.wait() for worker in workers]
    if any(codes):
        raise SystemExit(f"A worker failed: {codes}")
    lines = [
        line
        for number in range(asked.workers)
        for line in (asked.folder / f"scored-{number}.jsonl").read_text().splitlines()
    ]
    if asked.details:
        asked.details.write_text("\n".join(lines) + "\n")
    print(json.dumps(summary([Scored(**json.loads(line)) for line in lines])))


def _work(folder: Path, only: str, alone: bool, number: int, count: int) -> None:
    home, temporary = folder / f"home-{number}", folder / f"tmp-{number}"
    for place in (home, temporary):
        place.mkdir(parents=True, exist_ok=True)
    chosen = [
        (place, version)
        for place, version in enumerate(versions(PAIRS))
        if only in f"{version.name} {version.pair.library}" and place // 2 % count == number
    ]
    with Listener() as listener:
        named = {"HOME": home, "TMPDIR": temporary, "http_proxy": listener.address, "no_proxy": ""}
        os.environ.update({name: str(value) for name, value in named.items()})
        tempfile.tempdir = None
        # matplotlib lists the machine's fonts once a home.
        subprocess.run([sys.executable, "-c", "import matplotlib.pyplot"], check=True)
        others = None
        if not alone:
            learned = _learned([version for _, version in chosen])
            others = Others(StandInServer(preload=_PRELOAD), learned)
        try:
            with (folder / f"scored-{number}.jsonl").open("w") as written:
                for place, version in chosen:
                    own = folder / f"notebook-{place}"
                    own.mkdir()
                    (own / "notebook.ipynb").write_bytes(notebook_bytes(version))
                    found = _scored(version, own, (home, temporary), listener, others)
                    written.write(json.dumps(dataclasses.asdict(found)) + "\n")
                    written.flush()
        finally:
            if others is not None:
                others.stand_ins.close()


def _scored(
    version: Version, folder: Path, watched: Sequence[Path], listener: Listener, others: Others | None
) -> Scored:
    try:
        return score(version, folder, watched, listener, others)
    except UserError as error:
        pair = version.pair
        lost = Scored(version.name, str(pair.crash_type), pair.library, version.injected, pair.unknowable)
        lost.problem = error.message
        return lost


def _learned(chosen: Sequence[Version]) -> Environment:
    """What the static rung wants to know of the libraries of all these, asked of one child process."""
    environment = read_environment(Path(sys.executable))
    with Reader(environment.python, None) as reader:
        for version in chosen:
            notebook = read_bytes(notebook_bytes(version), version.name)
            known = -1
            while known < len(environment.facts):
                known = len(environment.facts)
                probe = dataclasses.replace(environment, asked=set())
                run_checks(notebook, None, probe)
                environment = reader.learn(environment, probe.asked)
    return environment


if __name__ == "__main__":
    main(sys.argv[1:])
