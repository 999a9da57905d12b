"""The Python environment that a notebook is to run in, as its files and its libraries describe it.

Imports `kernel.environments`, `notebook` and below. Nothing of the notebook is ever run. What can be told
from files (which distributions are installed, and in which version) is read from files. What only the
libraries themselves can tell (signatures, attributes) is asked of a child process with the environment's own
interpreter, which imports the libraries that the notebook names out of `READABLE`, well-known ones that do
nothing when imported, and nothing else. That costs seconds, so it is an act of its own, `Environment.learn`,
for a worker thread; what was learned is kept on disk by `save_facts` for as long as the environment's
installed distributions stay the same, and from there a check takes milliseconds. What was not learned is
unknown, and of the unknown a check says nothing.
"""

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.kernel.environments import INTERPRETER_SWITCHES, is_interpreter
from nbreview.paths import cache_dir


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


READABLE = _words(
    """
    PIL bs4 catboost cv2 gensim imblearn joblib keras lightgbm matplotlib networkx nltk numpy pandas
    plotly requests scipy seaborn skimage sklearn statsmodels sympy tensorflow torch torchvision
    tqdm transformers xgboost bisect calendar collections copy csv datetime decimal fractions
    functools glob heapq itertools json math operator os pathlib pickle random re shutil statistics
    string textwrap time warnings zipfile
    """
)
"""Top-level modules that the child may import: libraries of the field, and modules of the standard
library."""

LEARNING_SECONDS = 120.0
"""How long a child may take in all; what it has not answered by then stays unknown."""

_FORMAT = 1  # of the facts on disk; raised whenever a fact changes its meaning
_DISTRIBUTION = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.(?:dist|egg)-info$")
_CHILD = Path(__file__).with_name("environment_child.py")

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Environment:
    """What is known of one interpreter and its libraries.

    `libraries` maps the names of installed distributions (normalised as PEP 503 says) to versions. `facts`
    maps targets (`environment_child` says how they are written) to what the libraries said. `asked`
    collects, while checks run, the targets that were looked up and are not known.
    """

    python: Path
    libraries: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set, compare=False)

    def fact(self, target: str) -> Fact | None:
        """What is known of a target; None, and the target is noted in `asked`, where nothing is."""
        found = self.facts.get(target)
        if found is None:
            self.asked.add(target)
        return found

    def signature(self, target: str) -> list[list[list[Any]]] | None:
        """The signatures of a function or class, any of which may take a call.

        Rows of parameter name, kind (as `inspect.Parameter.kind` counts) and whether it has a default. None
        where they are not known for sure.
        """
        fact = self.fact(target)
        return fact.get("signatures") if fact is not None else None

    def has_attribute(self, target: str, name: str) -> bool | None:
        """Whether a module or class has an attribute; None where that is not known."""
        fact = self.fact(target + (name if target.endswith(":") else f".{name}"))
        if fact is None or fact["kind"] == "unknown":
            return None
        return bool(fact["kind"] != "missing")

    def version(self, package: str) -> str:
        """The installed version of a top-level package, "" where it cannot be told from file names."""
        return self.libraries.get(self._distribution(package), "")

    def named(self, package: str) -> str:
        """The distribution of a top-level package with its version, as messages name it: "pandas 2.1.4"."""
        version = self.version(package)
        return f"{self._distribution(package)} {version}" if version else package

    def _distribution(self, package: str) -> str:
        names = _DISTRIBUTIONS.get(package, package).split()
        return next((name for name in names if name in self.libraries), package)

    def learn(self, targets: Iterable[str], cancel: CancelToken | None = None) -> "Environment":
        """The same environment with the facts about some targets, asked of a child process.

        Takes seconds: for a worker thread. A child that cannot be started, dies, or takes too long leaves the
        targets unknown.

        Raises
        ------
        Cancelled
            `cancel` was raised.
        """
        with Reader(self.python, cancel) as reader:
            return reader.learn(self, targets)


_DISTRIBUTIONS = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python opencv-python-headless opencv-contrib-python",
    "imblearn": "imbalanced-learn",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "tensorflow": "tensorflow tensorflow-cpu tensorflow-macos tensorflow-intel",
}


def read_environment(python: Path, cache: Path | None = None) -> Environment:
    """What the files of an environment say, and what was learned of it before; nothing is started.

    Parameters
    ----------
    python
        The interpreter: of a virtual or conda environment, or of the system.
    cache
        The folder of what was learned; None: the user's cache folder.
    """
    folders = library_folders(python)
    libraries: dict[str, str] = {}
    digest = hashlib.sha256(f"{_FORMAT}\0{python}".encode())
    digest.update(hashlib.sha256(_source(_CHILD)).digest())
    with contextlib.suppress(OSError):
        digest.update(str(python.stat().st_mtime_ns).encode())
    for folder in folders:
        for name, changed in _entries(folder):
            if match := _DISTRIBUTION.fullmatch(name):
                libraries.setdefault(_normal(match["name"]), match["version"])
                digest.update(f"{name}\0{changed}\0".encode())
            elif name.endswith((".pth", ".egg-link")):
                digest.update(f"{name}\0{changed}\0".encode())
    fingerprint = digest.hexdigest()
    return Environment(python, libraries, fingerprint, _saved_facts(_facts_file(fingerprint, cache)))


def save_facts(environment: Environment, cache: Path | None = None) -> None:
    """Keep what was learned for the next time; a cache that cannot be written is no error."""
    file = _facts_file(environment.fingerprint, cache)
    facts = {**_saved_facts(file), **environment.facts}
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(facts, opened)
        Path(name).replace(file)


class Reader:
    """One child process of an environment's interpreter, which answers until it is closed.

    Parameters
    ----------
    program:
        What the child runs, with the standard library and that environment's libraries: reads one JSON list a
        line, writes one JSON object a line, whose keys are the entries of the list.
    """

    def __init__(self, python: Path, cancel: CancelToken | None = None, program: Path = _CHILD) -> None:
        self.python = python
        self.cancel = cancel
        self._program = program
        self._child: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def learn(self, environment: Environment, targets: Iterable[str]) -> Environment:
        """The environment with the facts about some targets.

        Raises
        ------
        Cancelled
            The token was raised; the child has ended.
        """
        wanted = sorted({target for target in targets if _readable(target)} - set(environment.facts))
        facts: dict[str, Fact] = dict(environment.facts)
        if wanted:
            said = self.ask(wanted)
            facts |= {target: said.get(target, {"kind": "unknown"}) for target in wanted} if said else {}
        return replace(environment, facts=facts, asked=set())

    def ask(self, targets: list[str]) -> dict[str, Fact]:
        """What the child says of some targets; {} where it cannot be started, has died or took too long.

        Raises
        ------
        Cancelled
            The token was raised; the child has ended.
        """
        if self.cancel is not None:
            self.cancel.check()
        child = self._child or self._start()
        if child is None or child.stdin is None or child.stdout is None:
            return {}
        try:
            child.stdin.write(json.dumps(targets) + "\n")
            child.stdin.flush()
            said = json.loads(child.stdout.readline())
        except (OSError, ValueError):  # the child has ended, or was ended
            said = {}
        if self.cancel is not None:
            self.cancel.check()
        return said if isinstance(said, dict) else {}

    def _start(self) -> subprocess.Popen[str] | None:
        quiet = {
            "CUDA_VISIBLE_DEVICES": "-1",
            "MPLBACKEND": "Agg",
            "OMP_NUM_THREADS": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_USE_LEGACY_KERAS": os.environ.get("TF_USE_LEGACY_KERAS", ""),
        }
        if not is_interpreter(self.python):
            return None
        inherited = {name: value for name, value in os.environ.items() if name not in INTERPRETER_SWITCHES}
        try:
            child = subprocess.Popen(
                [str(self.python), str(self._program)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,  # never where others may write: an empty entry of PYTHONPATH means this folder
                env={**inherited, **{name: value for name, value in quiet.items() if value}},
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        except OSError:
            return None
        self._child = child
        self._timer = threading.Timer(LEARNING_SECONDS, _kill, (child,))
        self._timer.daemon = True
        self._timer.start()
        if self.cancel is not None:
            self.cancel.on_cancel(lambda: _kill(child))
        return child

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        child, self._child = self._child, None
        if child is not None:
            _kill(child)
            with contextlib.suppress(OSError):
                child.communicate()


def _kill(child: subprocess.Popen[str]) -> None:
    """End a child and whatever it has started."""
    if child.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _readable(target: str) -> bool:
    module = target.removeprefix("find:") if target.startswith("find:") else target.partition(":")[0]
    top = module.partition(".")[0]
    return target.isprintable() and (target.startswith("find:") or top in READABLE)


def _normal(name: str) -> str:
    """A distribution's name as PEP 503 normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def library_folders(python: Path) -> list[Path]:
    """The folders of installed libraries of an interpreter, by the layouts that `sysconfig` documents."""
    prefixes = [python.parent.parent]
    with contextlib.suppress(OSError, ValueError):
        for line in (python.parent.parent / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
            name, _, value = (part.strip() for part in line.partition("="))
            if name == "include-system-site-packages" and value.lower() == "true":
                prefixes.append(python.resolve().parent.parent)
    folders: list[Path] = []
    for prefix in prefixes:
        for pattern in ("lib*/python3*/*-packages", "local/lib/python3*/*-packages", "Lib/site-packages"):
            with contextlib.suppress(OSError):
                folders += sorted(prefix.glob(pattern))
        folders += [prefix / "site-packages"] if os.name == "nt" else []
    return list(dict.fromkeys(folder.resolve() for folder in folders))


def _entries(folder: Path) -> list[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry.name, entry.stat().st_mtime_ns)
                for entry in entries
                if entry.name.endswith((".dist-info", ".egg-info", ".pth", ".egg-link"))
            )
    except OSError:
        return []


def _source(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _facts_file(fingerprint: str, cache: Path | None) -> Path:
    return (cache or cache_dir()) / "environments" / f"{fingerprint[:32]}.json"


def _saved_facts(file: Path) -> dict[str, Fact]:
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {
        target: fact
        for target, fact in value.items()
        if isinstance(fact, dict) and isinstance(fact.get("kind"), str)
    }
