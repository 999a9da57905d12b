"""Cells that change what everything rests on: whatever they did, an answer comes, and nothing falls."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.kernel.access import UNCONTAINED
from nbreview.kernel.dryrun import dry_run
from nbreview.kernel.model import OutcomeStatus, Program, RunLimits, Step
from nbreview.kernel.session import KernelSession
from nbreview.kernel.snapshot import SnapshotLimits, take_snapshot
from nbreview.kernel.standin import StandInServer
from tests.kernel.live import QUICK, gone, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what holds and counts them is Linux's")
LIMITS = RunLimits(seconds=3.0, memory_bytes=600 << 20, files_bytes=64 << 20)
HOSTILE = {
    "names": "list = str = len = print = dict = isinstance = getattr = type = 5\n__name__ = 3",
    "no imports": "import builtins\nbuiltins.__import__ = None",
    "no modules": "import sys\nfor name in ('json', 'os', 'marshal', 'ast', 'zlib', 'random'):\n"
    "    sys.modules[name] = None",
    "functions": "import json, marshal, os, pickle\n"
    "json.dumps = marshal.loads = pickle.dumps = lambda *a, **k: '[]'\n"
    "os._exit = os.waitpid = lambda *a: None",
    "tracing": "import sys\ndef trace(*a):\n    raise ValueError('traced')\nsys.settrace(trace)",
    "threads": "import threading, time\n"
    "for _ in range(20):\n    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
    "signals": "import signal\nfor number in range(1, 60):\n    try:\n"
    "        signal.signal(number, lambda *a: None)\n    except (OSError, ValueError):\n        pass",
    "streams": "import os, sys\nsys.stdout.close()\nos.close(1)\nos.close(2)",
    "few frames": "import sys\nsys.setrecursionlimit(60)",
    "classes": "class Meta(type):\n    def __getattribute__(cls, name):\n        raise SystemExit(name)\n"
    "class Odd(metaclass=Meta):\n    def __getattribute__(self, name):\n        raise SystemExit(name)\n"
    "numbers = [Odd(), Odd()]",
    "forks": "import os, signal, time\nsignal.signal(signal.SIGTERM, lambda *a: None)\n"
    "os.register_at_fork(after_in_child=lambda: time.sleep(600))",
    "output": "print('x' * 20_000_000)",
    "odd names": "globals()['a b'] = 1\nglobals()['\\udcff'] = 2\nglobals()[3] = 4",
    "depth": "numbers = []\nfor _ in range(100_000):\n    numbers = [numbers]",
    "gone folder": "import os, tempfile\nplace = tempfile.mkdtemp()\nos.chdir(place)\nos.rmdir(place)",
    "environment": "import os\nos.environ.clear()\nos.environ['HOME'] = os.environ['TMPDIR'] = '/nowhere'",
}  # fmt: skip

LIVE = ("names", "no modules", "functions", "tracing", "signals", "streams", "few frames", "classes")


@pytest.fixture(scope="module")
def server() -> Iterator[StandInServer]:
    with StandInServer(preload=()) as server:
        yield server


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[KernelSession]:
    pytest.importorskip("ipykernel")
    with KernelSession.start("python3", tmp_path, patience=QUICK) as kernel:
        kernel.execute("numbers = [1, 2, 3]")
        yield kernel
        pid = kernel.pid
    assert pid is None or until(lambda: gone(pid), 5.0)


@pytest.mark.parametrize("name", LIVE)
def test_a_kernel_in_which_such_a_cell_ran_is_looked_at_and_copied_or_the_reason_is_said(
    kernel: KernelSession, name: str
) -> None:
    kernel.execute(HOSTILE[name], timeout=10.0)
    began = time.monotonic()
    with contextlib.suppress(UserError):  # which says what to do
        assert "numbers" in take_snapshot(kernel, "numbers", limits=SnapshotLimits(timeout=5.0)).names
    outcome = dry_run(kernel, Step("1 + 1"), LIMITS)
    assert outcome.status is not OutcomeStatus.RAISED, outcome
    assert outcome.status is OutcomeStatus.FINISHED or outcome.reason
    assert time.monotonic() - began < 30


def test_a_copy_that_is_deaf_to_being_ended_is_ended(kernel: KernelSession) -> None:
    kernel.execute(HOSTILE["forks"])
    cancel = CancelToken()
    children = Path(f"/proc/{kernel.pid}/task/{kernel.pid}/children")

    def stop() -> None:
        until(children.read_text)
        cancel.cancel()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):
        dry_run(kernel, Step("1 + 1"), LIMITS, UNCONTAINED, cancel)
    thread.join()
    assert until(lambda: not children.read_text(), 5.0)
    assert kernel.evaluate("numbers") == [1, 2, 3]


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_such_a_cell_on_stand_ins_is_no_crash_and_hides_none(server: StandInServer, source: str) -> None:
    server.run(Program((), Step("1")))
    before = server.pid
    alone = server.run(Program((), Step(source)), LIMITS)
    raises = "settrace" in source  # as it would in the notebook
    assert alone.status is not OutcomeStatus.RAISED or raises, alone
    after = server.run(Program((Step(source),), Step("import os\nmissing_name")), LIMITS)
    assert after.exception == "NameError" or after.status is OutcomeStatus.NO_VERDICT, after
    assert server.pid == before
