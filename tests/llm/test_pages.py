"""What a mapped file holds of memory is given back, and reads the same afterwards."""

import mmap
import sys
from pathlib import Path

import pytest

from nbreview.llm import pages

SIZE = 8 * 2**20

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="told by Linux only")


def resident_of_files() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssFile:"))


@linux
def test_the_pages_of_a_file_are_given_back_and_come_again(tmp_path: Path) -> None:
    path = tmp_path / "weights of a model.bin"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert sum(mapped[::4096]) == 0
        held = resident_of_files()
        assert pages.release() >= SIZE
        assert resident_of_files() <= held - SIZE // 2
        assert mapped[:256] == mapped[-256:] == bytes(range(256))


@linux
def test_own_memory_is_what_is_no_file() -> None:
    # A mapping of its own: what Python asks of its heap may lie in pages that the process holds already.
    with mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as taken:
        before = pages.own_bytes()
        taken[:] = bytes(SIZE)
        assert pages.own_bytes() - before >= SIZE // 2


def test_where_the_system_tells_nothing_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert pages.release() == 0
