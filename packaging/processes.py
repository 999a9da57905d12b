"""Children that say what they are at, locks between processes, and sentences in place of pip's pages.

Part of the set-up: standard library only, no syntax newer than Python 3.8, nothing of nbreview.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable, Iterator, Mapping, Sequence  # noqa: UP035 - parsed and run by Python 3.8 as well

REPORT_SECONDS = 15.0

COMPILER_HINTS = {
    "linux": (
        "install one (Debian, Ubuntu: `sudo apt install build-essential`; "
        "Fedora: `sudo dnf install gcc-c++ make`)"
    ),
    "darwin": "install Apple's command line tools with `xcode-select --install`",
    "win32": "install “Desktop development with C++” from the Visual Studio Build Tools",
}


class SetUpError(Exception):
    """One sentence that says what is wrong and what to do next."""


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(f"set-up: {text}", flush=True)


def explain(output: str, log: Path) -> str:
    """The sentence for a pip run that failed, from what it printed; `log` is where all of it can be read."""
    causes = [
        (
            r"NameResolutionError|Failed to establish a new connection|NewConnectionError|ConnectTimeout"
            r"|Name or service not known|Temporary failure in name resolution|Network is unreachable"
            r"|Connection refused|ReadTimeoutError|Connection aborted|RemoteDisconnected",
            "the package index cannot be reached: connect to the network (or set PIP_INDEX_URL, or a proxy "
            "with HTTPS_PROXY) and run this again",
        ),
        (
            r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError",
            "the package index's certificate is not trusted here: point PIP_CERT at your network's "
            "certificate bundle and run this again",
        ),
        (r"No space left on device|Errno 28", "the disk is full: free about 2 GB and run this again"),
        (
            r"Permission denied|Errno 13",
            "a folder cannot be written: give yourself the right and run this again",
        ),
        (
            r"Killed signal terminated program|cc1plus.*[Kk]illed|virtual memory exhausted|out of memory",
            "memory ran out while compiling: run this again with CMAKE_BUILD_PARALLEL_LEVEL=1",
        ),
        (
            r"CMAKE_CXX_COMPILER not set|No CMAKE_C(XX)?_COMPILER could be found"
            r"|C(XX)? compiler identification is unknown",
            f"CMake finds no C++ compiler: {compiler_hint()}, then run this again",
        ),
        (
            r"No matching distribution found for (?P<what>\S+)",
            "the package index has no {what} for this Python and platform: check PIP_INDEX_URL, or use "
            "another Python",
        ),
    ]
    for pattern, sentence in causes:
        match = re.search(pattern, output)
        if match:
            return f"{sentence.format(**match.groupdict())} (details: {log})."
    lines = [line.strip() for line in output.splitlines()]
    errors = [line for line in lines if re.match(r"(ERROR|error|CMake Error)\b", line)]
    # Of a traceback in what pip ran, the last line says more than pip's own.
    errors += [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
    last = f" (“{errors[-1][:160]}”)" if errors else ""
    return f"pip failed{last}: read {log}, mend what it names and run this again."


def compiler_hint(system: str = sys.platform) -> str:
    """How to get a C++ compiler on this system."""
    return COMPILER_HINTS.get(system, "install a C++ compiler")


def activity(line: str) -> str:
    """What a line of pip, CMake, ninja or make says is going on; "" when it says nothing worth repeating."""
    line = line.strip()
    step = re.match(r"\[\s*(\d+)\s*(/\s*\d+|%)\]\s*(.*)", line)
    if step:
        what = step.group(3)
        sources = re.findall(r"([\w.+-]+\.(?:c|cc|cpp|cu|m|metal|S))(?:\.o(?:bj)?)?\b", what)
        library = re.search(r"([\w.+-]+\.(?:so|dylib|dll|a)\b[.\d]*)", what)
        place = f"[{step.group(1)}{step.group(2).replace(' ', '')}]"
        if library and (" -o " not in what or re.search(r" -o \S+\.(so|dylib|dll)", what)):
            return f"{place} linking {library.group(1)}"
        return f"{place} compiling {sources[-1]}" if sources else place
    if line.startswith("Installing collected packages:"):
        return f"unpacking {line.count(',') + 1} packages"
    if re.match(
        r"(Collecting|Downloading|Installing|Building|Preparing|Getting|Created wheel|Using cached)\b", line
    ):
        return line if len(line) <= 90 else line[:89] + "…"
    return ""


def run(
    command: Sequence[str],
    log: Path,
    doing: str,
    environ: Mapping[str, str] | None = None,
    report: Callable[[str], None] = say,
    every: float = REPORT_SECONDS,
) -> tuple[int, str]:
    """Run a command with its output in `log`; report each `every` seconds on time and progress.

    Returns the exit code and all that was printed. The child is ended when this is interrupted.
    """
    lines: queue.Queue[str | None] = queue.Queue()
    started = last = time.monotonic()
    seen: list[str] = []
    now = ""
    child = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=None if environ is None else dict(environ),
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # so that what pip has started ends with it
    )

    def read() -> None:
        assert child.stdout is not None
        for line in child.stdout:
            lines.put(line)
        lines.put(None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        with log.open("a", encoding="utf-8") as stream:
            stream.write("\n$ " + " ".join(command) + "\n")
            while True:
                with contextlib.suppress(queue.Empty):
                    line = lines.get(timeout=min(1.0, every))
                    if line is None:
                        break
                    stream.write(line)
                    seen.append(line)
                    now = activity(line) or now
                if time.monotonic() - last >= every:
                    last = time.monotonic()
                    minutes, seconds = divmod(int(last - started), 60)
                    report(f"{doing}, {minutes}:{seconds:02d} so far" + (f": {now}" if now else ""))
        return child.wait(), "".join(seen)
    finally:
        if child.poll() is None:
            _end(child)
        reader.join(5.0)
        if child.stdout is not None and not reader.is_alive():  # a grandchild may still hold the other end
            child.stdout.close()


def _end(child: subprocess.Popen[str]) -> None:
    """End a child and, where groups of processes are known, all that it has started."""
    if sys.platform == "win32":
        child.terminate()
    else:
        os.killpg(child.pid, signal.SIGTERM)
    child.wait()


@contextlib.contextmanager
def locked(path: Path, waiting: str, report: Callable[[str], None] = say) -> Iterator[None]:
    """Hold a lock that other processes respect and that ends with this process, however it ends.

    `waiting` is said once when somebody else holds it, and every 15 seconds after.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        last = 0.0
        while not _try_lock(stream.fileno()):
            if time.monotonic() - last >= REPORT_SECONDS or not last:
                last = time.monotonic()
                report(waiting)
            time.sleep(0.2)
        yield


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
