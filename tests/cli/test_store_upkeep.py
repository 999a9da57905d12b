"""`nbreview store` searches, shows, verifies, merges and forgets: output, JSON and exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from nbreview.review.comments import Comment
from nbreview.review.model import DecisionKind
from nbreview.store.database import Store
from tests.cli.shell import run
from tests.store.damage import fill, leaves, overwrite_page
from tests.store.samples import decision, suggestion

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def _json(capsys: Capture) -> Any:
    return json.loads(capsys.readouterr().out)


def test_search_finds_words_and_says_where_they_are(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    assert run(monkeypatch, "store", "search", "rename", "--store", stored) == 0
    out = capsys.readouterr().out
    assert "s1  2023-11-14 22:13  accepted  model  /srv/course/ünï train.ipynb cell 4" in out
    assert "suggestion: Rename x to größe." in out
    assert run(monkeypatch, "store", "search", "größe", "--json", "--store", stored) == 0
    (hit,) = _json(capsys)["hits"]
    assert (hit["subject"], hit["state"], hit["text"]) == ("s1", "accepted", "Rename x to größe.")


def test_search_narrows_by_state_maker_repository_and_time(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def found(*options: str) -> bool:
        code = run(monkeypatch, "store", "search", "rename", "--json", "--store", stored, *options)
        hits = _json(capsys)["hits"]
        assert code == (0 if hits else 1)
        return bool(hits)

    assert found("--state", "accepted", "--maker", "model", "--repository", "course", "--since", "2023-11-01")
    assert found("--repository", "https://example.org/course.git")
    assert not found("--state", "rejected")
    assert not found("--maker", "rule")
    assert not found("--repository", "ourse")
    assert not found("--since", "30d")


@pytest.mark.parametrize(
    "words", ['"', "a AND", "NEAR(", "x:y", "-x", "^x", "*", "(", "{a b}:c", "\x00a", "a\udce9", "'; DROP"]
)
def test_whatever_is_typed_is_a_search_or_a_sentence(
    stored: Path, words: str, monkeypatch: Patch, capsys: Capture
) -> None:
    assert run(monkeypatch, "store", "search", "--store", stored, "--", words) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_a_time_that_is_none_is_refused(stored: Path, monkeypatch: Patch, capsys: Capture) -> None:
    assert run(monkeypatch, "store", "search", "x", "--since", "soon", "--store", stored) == 2
    assert "“soon” is no time; give a date such as 2026-03-01" in capsys.readouterr().err


def test_show_prints_all_and_the_prompt_when_asked_for(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    assert run(monkeypatch, "store", "show", "d1", "--store", stored) == 0
    out = capsys.readouterr().out
    for part in ("suggestion s1", "-x = 1", "+größe = 1", "a1a1a1a1", "Qwen2.5-Coder-7B", "kind accepted"):
        assert part in out
    assert "You mend notebook cells" not in out
    assert run(monkeypatch, "store", "show", "s1", "--prompt", "--store", stored) == 0
    assert "You mend notebook cells" in capsys.readouterr().out
    assert run(monkeypatch, "store", "show", "s", "--json", "--store", stored) == 0
    shown = _json(capsys)
    assert (shown["kind"], shown["id"], shown["decisions"][0]["id"]) == ("suggestion", "s1", "d1")


def test_show_of_an_id_that_is_none_or_several_is_a_sentence(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    with Store.open(stored) as store:
        store.add_suggestion(suggestion("s2"))
        store.add_comment(Comment("c1", suggestion().place, None, "\x1b[2Jhidden", "ann", 1.0))
    assert run(monkeypatch, "store", "show", "zz", "--store", stored) == 2
    assert "Nothing in the store has the id “zz”" in capsys.readouterr().err
    assert run(monkeypatch, "store", "show", "s", "--store", stored) == 2
    assert "Several ids start with “s”: s1 (suggestion), s2 (suggestion)" in capsys.readouterr().err
    assert run(monkeypatch, "store", "show", "c1", "--store", stored) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_verify_says_what_is_wrong_by_its_exit_code_and_repairs(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    assert run(monkeypatch, "store", "verify", "--store", stored) == 0
    assert "are as they were written" in capsys.readouterr().out
    with Store.open(stored) as store, store._writing() as db:
        db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    assert run(monkeypatch, "store", "verify", "--json", "--store", stored) == 1
    assert _json(capsys)["problems"] == ["The search index is not in step with what it stands for."]
    assert run(monkeypatch, "store", "verify", "--repair", "--store", stored) == 0
    assert "The search index is not in step" in capsys.readouterr().out
    assert run(monkeypatch, "store", "verify", "--json", "--store", stored) == 0
    assert _json(capsys)["whole"] is True


def test_any_command_says_that_a_damaged_store_was_recovered(
    tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path)
    overwrite_page(path, leaves(path, "decisions")[1])
    assert run(monkeypatch, "store", "verify", "--store", path) == 1
    said = capsys.readouterr().err
    assert f"{path} was damaged: " in said
    assert "150 suggestions recovered" in said
    assert run(monkeypatch, "store", "verify", "--store", path) == 0


def test_an_export_says_it_too(tmp_path: Path, monkeypatch: Patch, capsys: Capture) -> None:
    path = tmp_path / "store.sqlite3"
    fill(path)
    overwrite_page(path, leaves(path, "decisions")[1])
    run(monkeypatch, "export", tmp_path / "out.jsonl", "--store", path)
    assert f"{path} was damaged: " in capsys.readouterr().err


def test_merge_takes_over_and_reports_what_it_cannot(
    stored: Path, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    with Store.open(tmp_path / "other.sqlite3") as other:
        other.add_suggestion(suggestion("s2", instruction="Another."))
        other.decide(decision("d2", "s2", DecisionKind.REJECTED))
    merge = ("store", "merge", tmp_path / "other.sqlite3", "--store", stored)
    assert run(monkeypatch, *merge) == 0
    assert capsys.readouterr().out == "Added 1 suggestions, 1 decisions; here already: nothing.\n"
    assert run(monkeypatch, *merge, "--json") == 0
    assert _json(capsys) == {
        "added": {},
        "same": {"suggestions": 1, "decisions": 1},
        "conflicts": [],
        "damaged": 0,
    }
    with Store.open(tmp_path / "other.sqlite3") as other:
        other.add_suggestion(suggestion("s1", reason="Another."))
    assert run(monkeypatch, *merge) == 1
    assert "s1 of suggestions has another content here" in capsys.readouterr().err


def test_forget_says_first_and_does_then(stored: Path, monkeypatch: Patch, capsys: Capture) -> None:
    forget = ("store", "forget", "--repository", "course", "--store", stored)
    assert run(monkeypatch, *forget, "--dry-run") == 0
    assert capsys.readouterr().out.startswith("Would forget 1 decisions, 1 suggestions, 1 models")
    assert run(monkeypatch, *forget, "--json") == 0
    assert _json(capsys)["rows"]["decisions"] == 1
    assert run(monkeypatch, *forget) == 2
    assert "There is nothing of course in" in capsys.readouterr().err
    assert run(monkeypatch, "store", "forget", "--store", stored) == 2
    assert "Name one of --repository, --notebook and --decision" in capsys.readouterr().err


def test_forget_of_a_notebook_that_is_gone_from_the_disk(
    stored: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    notebook = suggestion().place.notebook
    assert run(monkeypatch, "store", "forget", "--notebook", notebook, "--store", stored) == 0
    assert capsys.readouterr().out.startswith("Forgot 1 decisions, 1 suggestions")
