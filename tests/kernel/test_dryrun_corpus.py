"""Dry runs of a few notebooks of the benchmark's corpus, held against what really happens in their kernel."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.kernel.access import Containment
from nbreview.kernel.dryrun import containment_level
from nbreview.kernel.session import KernelSession
from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.everything import PAIRS
from tests.bench.crash_notebooks.pair import Version, notebook_bytes, versions
from tests.bench.crash_notebooks.score import score
from tests.bench.crash_notebooks.traces import KERNEL_STATE, Listener, differences, files_below

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

LIGHT = (
    "a cell that was skipped",
    "one generator, used up",
    "a log that goes on growing",
    "a shell script in a cell",
)
SAMPLE = [version for version in versions(PAIRS) if version.pair.title in LIGHT]


@pytest.fixture(scope="module")
def contained(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Namespaces, without which what a cell writes cannot look real to it."""
    with KernelSession.start("python3", tmp_path_factory.mktemp("tried")) as kernel:
        if containment_level(kernel).level is not Containment.NAMESPACES:
            pytest.skip("this system gives no namespaces")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Home and temporary folder of the kernels, watched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """The only way to the network."""
    with Listener() as opened:
        monkeypatch.setenv("http_proxy", opened.address)
        yield opened


@pytest.mark.parametrize("version", SAMPLE, ids=[version.name for version in SAMPLE])
def test_a_dry_run_says_how_the_cell_really_ends_and_leaves_no_trace(
    contained: None, version: Version, tmp_path: Path, temporary: Path, listener: Listener
) -> None:
    folder = tmp_path / "notebook"
    folder.mkdir()
    found = score(version, folder, [temporary], listener, None)
    assert not found.problem
    assert (found.label == "crash") is version.injected
    assert (found.said, found.said_exception, found.said_line) == (found.label, found.exception, found.line)
    assert found.traces == []


def test_a_trace_is_seen(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("data")
    with KernelSession.start("python3", tmp_path) as kernel:
        kernel.execute("import os, random\nvalues = [1]\nfile = open('data.txt', 'rb', 0)")
        before = kernel.evaluate(KERNEL_STATE, subshell=False)
        assert kernel.evaluate(KERNEL_STATE, subshell=False) == before
        for source, trace in (
            ("user_ns['values'].append(2)", "name values"),
            ("user_ns['random'].random()", "random"),
            ("user_ns['file'].read(1)", "open files"),
            ("user_ns['os'].environ['NEW'] = '1'", "environment"),
        ):
            kernel.evaluate(f"{source}\nNone", subshell=False)
            after = kernel.evaluate(KERNEL_STATE, subshell=False)
            assert trace in differences(before, after)
            before = after
    files = files_below(tmp_path)
    (tmp_path / "data.txt").write_text("more")
    assert differences(files, files_below(tmp_path)) == [str(tmp_path / "data.txt")]


def test_every_crash_type_is_in_the_corpus_three_times() -> None:
    known = [pair for pair in PAIRS if not pair.unknowable]
    assert len(known) >= 75
    counts = {kind: sum(pair.crash_type is kind for pair in known) for kind in CrashType}
    assert {kind: count for kind, count in counts.items() if count < 3} == {}


def test_a_version_is_a_notebook_whose_target_was_not_run() -> None:
    from nbreview.notebook.reader import read_bytes

    for version in versions(PAIRS):
        notebook = read_bytes(notebook_bytes(version), version.name)
        assert 5 <= len(notebook.cells) <= 11
        assert notebook.cells[-1].source == version.target
        assert notebook.cells[-1].execution_count is None
        assert len({cell.source for cell in notebook.cells}) == len(notebook.cells)
