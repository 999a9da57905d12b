"""However the work is spread, and whatever ends it, the bytes are the same."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.training import mining_survey
from nbreview.training.mining import mine
from nbreview.training.mining_journal import open_journal
from nbreview.training.mining_workers import cores, dask_workers, local_workers
from tests.training.histories import long_history

REVISIONS = 200

_KILLED = """
import os, signal, sys
from pathlib import Path
from nbreview.training.mining import mine
from nbreview.training.mining_workers import local_workers

def stop(state):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    folder, out, left, workers = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with local_workers(workers) as executor:
        mine([Path(folder)], Path(out), "ipynb-edit", executor=executor, width=workers, progress=stop)
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_history(tmp_path_factory.mktemp("history") / "long", REVISIONS).root


@pytest.fixture(scope="module")
def expected(history: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    report = mine([history], tmp_path_factory.mktemp("expected") / "x.jsonl", "ipynb-edit")
    assert report.rows == REVISIONS
    return report.path.read_bytes()


def killed(history: Path, out: Path, after: int, workers: int = 1) -> None:
    """Run it in a process of its own that is killed after some chunks. It returns when no process of it is
    left that could write to the pipe.
    """
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(history), str(out), str(after), str(workers)],
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_killed_it_goes_on_where_it_was(history: Path, expected: bytes, tmp_path: Path, after: int) -> None:
    out = tmp_path / "x.jsonl"
    killed(history, out, after)
    chunks: list[int] = []
    report = mine([history], out, "ipynb-edit", progress=lambda state: chunks.append(state.rows))
    assert report.resumed
    assert len(chunks) == 4 - after
    assert out.read_bytes() == expected
    assert report.manifest["listed"]["revisions of notebooks"] == REVISIONS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.jsonl", "x.manifest.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_rows_written_in_part_when_it_was_killed_are_written_again(
    history: Path, expected: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "x.jsonl"
    killed(history, out, 2)
    with (tmp_path / ".x.jsonl.mining" / "rows").open("ab") as stream:
        stream.write(b'{"repo": "half a ro')
    assert mine([history], out, "ipynb-edit").resumed
    assert out.read_bytes() == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("file", ["rows", "state.json"])
def test_damaged_work_is_begun_anew(history: Path, expected: bytes, tmp_path: Path, file: str) -> None:
    out = tmp_path / "x.jsonl"
    killed(history, out, 2)
    damaged = tmp_path / ".x.jsonl.mining" / file
    damaged.write_bytes(b"\0" * (damaged.stat().st_size - 7))
    assert not mine([history], out, "ipynb-edit").resumed
    assert out.read_bytes() == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_other_work_for_the_same_file_is_begun_anew(history: Path, expected: bytes, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    killed(history, out, 2)
    assert not mine([history], out, "nbreview").resumed
    assert out.read_bytes() != expected


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_end_with_the_process_that_is_killed(history: Path, expected: bytes, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    killed(history, out, 1, workers=2)
    with local_workers(2) as executor:
        assert mine([history], out, "ipynb-edit", executor=executor, width=2).resumed
    assert out.read_bytes() == expected


def test_two_processes_give_the_bytes_of_one(history: Path, expected: bytes, tmp_path: Path) -> None:
    with local_workers(2) as executor:
        report = mine([history], tmp_path / "x.jsonl", "ipynb-edit", executor=executor, width=2)
    assert report.path.read_bytes() == expected


def test_a_worker_that_dies_is_one_sentence_and_the_work_is_kept(
    history: Path, expected: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "x.jsonl"
    with local_workers(2) as executor:
        assert executor is not None
        sentence = r"^A worker process ended unexpectedly \(out of memory\?\); run the same command again"
        with pytest.raises(UserError, match=sentence):
            mine(
                [history],
                out,
                "ipynb-edit",
                executor=executor,
                width=1,
                progress=lambda state: [executor.submit(os._exit, 1) for _ in range(2)],
            )
    assert not out.exists()
    assert mine([history], out, "ipynb-edit").resumed
    assert out.read_bytes() == expected


@pytest.mark.parametrize("processes", [False, True])
def test_a_dask_cluster_gives_the_bytes_of_one_process(
    history: Path, expected: bytes, tmp_path: Path, processes: bool
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=processes, dashboard_address=None
        ) as cluster,
        dask_workers(cluster.scheduler_address) as (executor, width),
    ):
        report = mine([history], tmp_path / "x.jsonl", "ipynb-edit", executor=executor, width=width)
    assert width == 2
    assert report.path.read_bytes() == expected


def test_a_cluster_that_is_not_there_is_one_sentence() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(UserError, match=r"^There is no Dask scheduler at tcp://127.0.0.1:9; "),
        dask_workers("tcp://127.0.0.1:9", seconds=0.1),
    ):
        pass


def test_two_runs_do_not_write_one_file(history: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    with (
        open_journal(out, "of another run"),
        pytest.raises(UserError, match=r"^.*x\.jsonl is being written by another run of nbreview"),
    ):
        mine([history], out)


def test_a_single_worker_is_this_process() -> None:
    with local_workers(1) as executor:
        assert executor is None
    assert cores() >= 1


def test_memory_does_not_grow_with_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mining_survey, "_WINDOW_REVISIONS", 64)
    peaks: list[int] = []
    for number in (320, 960):
        repo = long_history(tmp_path / str(number), number)
        tracemalloc.start()
        try:
            assert mine([repo.root], tmp_path / "x.jsonl", "ipynb-edit").rows == number
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
