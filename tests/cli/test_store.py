"""`nbreview store`: where it is, what is in it, and a copy."""

import json
from pathlib import Path

import pytest

from nbreview.store.database import Store
from tests.cli.shell import run
from tests.store.samples import NOTEBOOK, suggestion


def test_path_prints_where_the_store_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "a.sqlite3"))
    assert run(monkeypatch, "store", "path") == 0
    assert run(monkeypatch, "store", "path", "--store", "b.sqlite3") == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "a.sqlite3"), "b.sqlite3"]
    assert list(tmp_path.iterdir()) == []


def test_a_tilde_that_no_shell_has_replaced_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NBREVIEW_STORE", "~/a.sqlite3")
    assert run(monkeypatch, "store", "path") == 0
    assert run(monkeypatch, "store", "path", "--store=~/b.sqlite3") == 0
    assert run(monkeypatch, "store", "path", "--store", "~nobody-of-that-name/c") == 0
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / "a.sqlite3"),
        str(tmp_path / "b.sqlite3"),
        str(Path("~nobody-of-that-name/c")),
    ]


def test_stats_counts_what_is_there(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "store", "stats", "--store", stored, "--json") == 0
    counts = json.loads(capsys.readouterr().out)
    assert (counts["path"], counts["suggestions"], counts["accepted"]) == (str(stored), 1, 1)
    assert run(monkeypatch, "store", "stats", "--store", stored) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(stored)
    assert lines[1].split() == ["suggestions", "1"]
    assert len(lines) == len(counts)


def test_backup_copies_a_store_that_is_in_use(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(stored) as opened:
        opened.add_suggestion(suggestion("s2"))
        assert run(monkeypatch, "store", "backup", tmp_path / "copy.sqlite3", "--store", stored) == 0
    assert capsys.readouterr().out == f"Copied {stored} to {tmp_path / 'copy.sqlite3'}.\n"
    with Store.open(tmp_path / "copy.sqlite3") as copy:
        assert [found.id for found in copy.suggestions(NOTEBOOK)] == ["s1", "s2"]
    assert run(monkeypatch, "store", "backup", tmp_path / "copy.sqlite3", "--store", stored) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_store_that_is_not_there_is_an_error_and_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "store", "stats", "--store", tmp_path / "none.sqlite3") == 2
    assert "There is no store at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
