"""Evaluated prompts on disk: bounded, private, whole or not there."""

import os
import stat
import threading
from pathlib import Path

import pytest

from nbreview.llm.states import Saved, States, forget_all, state_name

TOKENS = (1, 2, 300_000)
STATE = bytes(range(256)) * 10


def content(saved: Saved | None) -> tuple[tuple[int, ...], bytes] | None:
    return None if saved is None else (saved.tokens, bytes(saved.state[saved.begin :]))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    states = States(tmp_path / "deep" / "states")
    assert states.write("a", TOKENS, STATE)
    assert states.tokens("a") == TOKENS
    assert content(States(tmp_path / "deep" / "states").read("a")) == (TOKENS, STATE)
    assert states.write("a", (9,), b"other")
    assert content(states.read("a")) == ((9,), b"other")
    assert states.tokens("b") == () and states.read("b") is None


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_files_are_private_and_their_names_say_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "states"
    name = state_name("ab" * 32, 8192, "secret-notebook.ipynb")
    States(folder).write(name, TOKENS, STATE)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "secret" not in path.name and len(path.stem) == 64


def test_the_name_depends_on_every_part() -> None:
    parts = [
        ("m", 8192, "f16", "k"),
        ("m", 8192, "q8_0", "k"),
        ("m", 4096, "f16", "k"),
        ("n", 8192, "f16", "k"),
    ]
    assert len({state_name(*each) for each in parts}) == len(parts)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda data: data[:-5] + b"\0" + data[-4:],
        lambda data: data + b"more",
        lambda data: b"",
        lambda data: b"GGUF" + data[4:],
        lambda data: os.urandom(len(data)),
        lambda data: data[:24] + (2**32 - 1).to_bytes(4, "little") + data[28:],
    ],
    ids=["short", "stub", "flipped", "longer", "empty", "foreign", "noise", "count"],
)
def test_a_broken_file_is_no_file_and_is_removed(tmp_path: Path, damage: object) -> None:
    states = States(tmp_path)
    states.write("a", TOKENS, STATE)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert states.read("a") is None
    assert files(tmp_path) == []


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    states = States(tmp_path, limit_bytes=4 * len(STATE), limit_count=3)
    for age, name in enumerate(["a", "b", "c"]):
        states.write(name, TOKENS, STATE[: len(STATE) // 2])
        os.utime(tmp_path / f"{name}.state", (1000 + age, 1000 + age))
    states.read("a")
    states.write("d", TOKENS, STATE)
    assert files(tmp_path) == ["a.state", "c.state", "d.state"], "too many"
    os.utime(tmp_path / "d.state", (1, 1))
    states.write("e", TOKENS, STATE * 2)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 4 * len(STATE), "too much"
    assert "e.state" in files(tmp_path) and "d.state" not in files(tmp_path)


def test_one_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    states = States(tmp_path, limit_bytes=len(STATE))
    assert not states.fits(len(STATE)) and not states.write("a", TOKENS, STATE)
    assert files(tmp_path) == []


def test_what_a_killed_process_left_is_cleaned_and_what_another_writes_now_is_not(tmp_path: Path) -> None:
    (tmp_path / "new-old").write_bytes(b"x")
    os.utime(tmp_path / "new-old", (1, 1))
    (tmp_path / "new-now").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"not ours")
    States(tmp_path).write("a", TOKENS, STATE)
    assert files(tmp_path) == ["a.state", "new-now", "notes.txt"]


def test_all_can_be_forgotten_and_nothing_else_is(tmp_path: Path) -> None:
    states = States(tmp_path)
    states.write("a", TOKENS, STATE)
    states.write("b", TOKENS, STATE)
    (tmp_path / "notes.txt").write_bytes(b"not ours")
    assert forget_all(tmp_path) == 2
    assert files(tmp_path) == ["notes.txt"]
    assert forget_all(tmp_path / "none") == 0


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    states = States(tmp_path / "file" / "states")
    assert not states.write("a", TOKENS, STATE)
    assert states.read("a") is None


def test_two_that_write_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    def write(value: int) -> None:
        for _ in range(30):
            States(tmp_path).write("a", (value,), bytes([value]) * 5000)

    threads = [threading.Thread(target=write, args=(value,)) for value in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = States(tmp_path).read("a")
    assert saved is not None
    assert content(saved) == (saved.tokens, bytes([saved.tokens[0]]) * 5000)
    assert files(tmp_path) == ["a.state"]
