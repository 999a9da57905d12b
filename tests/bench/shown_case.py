"""Stand-in runs on what saved outputs show, against what really happens. Prints one JSON object.

Usage: shown_case.py FOLDER

The notebooks of `shown_notebooks` are run for real beside their data; then each target is judged where the
data are not. Takes about two minutes. Needs the `kernel` and `scoring` extras.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbreview.kernel.model import OutcomeStatus
from nbreview.kernel.session import KernelSession
from nbreview.kernel.standin import StandInServer
from nbreview.notebook.reader import read_bytes
from nbreview.services.ladder import program_of
from tests.bench.shown_notebooks import NOTEBOOKS, SETUP
from tests.builders import code, notebook


def main(folder: Path) -> None:
    """Run, judge and count."""
    data, empty = folder / "data", folder / "empty"
    for place in (data, empty):
        place.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", SETUP], cwd=data, check=True)
    counts = {"notebooks": 0, "hits": 0, "right_exception": 0}
    misses, false_alarms, problems = [], [], []
    with KernelSession.start("python3", data) as kernel, StandInServer() as server:
        for title, cells, *targets in NOTEBOOKS:
            for crashes, target in enumerate(targets):
                name = f"{title} ({'crash' if crashes else 'as it should be'})"
                kernel.execute("%reset -f")
                written = [_ran(kernel, source, number) for number, source in enumerate(cells, 1)]
                done = kernel.execute(target, timeout=60)
                if (done.status == "error") is not bool(crashes):
                    problems.append(f"{name}: {done.status} {done.exception}")
                    continue
                book = read_bytes(notebook(*written, code(target), minor=4), name)
                found = server.run(program_of(book, len(cells), folder=empty))
                counts["notebooks"] += 1
                if found.status is not OutcomeStatus.RAISED:
                    misses += [name] * crashes
                elif crashes:
                    counts["hits"] += 1
                    counts["right_exception"] += found.exception == done.exception
                else:
                    false_alarms.append(name)
    accuracy = 1 - (len(misses) + len(false_alarms)) / max(counts["notebooks"], 1)
    told = {"accuracy": accuracy, "misses": misses, "false_alarms": false_alarms, "problems": problems}
    print(json.dumps({**counts, **told}))


def _ran(kernel: KernelSession, source: str, number: int) -> dict[str, Any]:
    """A cell with the outputs that it had."""
    seen: list[Mapping[str, Any]] = []
    kernel.execute(source, on_output=seen.append, timeout=60)
    outputs = [{key: value for key, value in one.items() if key != "transient"} for one in seen]
    return code(source, outputs=outputs, count=number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
