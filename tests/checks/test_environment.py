"""What is known of an environment, from its files and from its libraries."""

import json
import os
import sys
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.checks import environment
from nbreview.checks.environment import Environment, read_environment, save_facts

HERE = Path(sys.executable)


def venv(folder: Path, *distributions: str) -> Path:
    """A virtual environment as `venv` lays it out, with distributions but without their files."""
    site = folder / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n")
    for name in distributions:
        (site / f"{name}.dist-info").mkdir()
    (folder / "bin").mkdir()
    return folder / "bin" / "python"


def test_versions_are_read_from_the_names_of_files(tmp_path: Path) -> None:
    found = read_environment(venv(tmp_path, "pandas-2.1.4", "scikit_learn-1.2.2"), tmp_path / "cache")
    assert found.libraries == {"pandas": "2.1.4", "scikit-learn": "1.2.2"}
    assert (found.version("pandas"), found.named("sklearn")) == ("2.1.4", "scikit-learn 1.2.2")
    assert (found.version("torch"), found.named("torch")) == ("", "torch")


def test_an_environment_that_changes_is_another_one(tmp_path: Path) -> None:
    python = venv(tmp_path, "pandas-2.1.4")
    before = read_environment(python, tmp_path / "cache").fingerprint
    assert read_environment(python, tmp_path / "cache").fingerprint == before
    (tmp_path / "lib/python3.11/site-packages/numpy-1.26.4.dist-info").mkdir()
    assert read_environment(python, tmp_path / "cache").fingerprint != before


def test_what_was_learned_is_kept_until_the_environment_changes(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    python = venv(tmp_path, "pandas-2.1.4")
    known = read_environment(python, cache)
    save_facts(Environment(python, known.libraries, known.fingerprint, {"find:a": {"kind": "found"}}), cache)
    assert read_environment(python, cache).facts == {"find:a": {"kind": "found"}}
    (tmp_path / "lib/python3.11/site-packages/pandas-2.1.4.dist-info").rmdir()
    assert read_environment(python, cache).facts == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1, "b": {}}', "\x00"])
def test_a_spoiled_cache_is_no_cache(tmp_path: Path, text: str) -> None:
    cache = tmp_path / "cache"
    python = venv(tmp_path)
    known = read_environment(python, cache)
    save_facts(known, cache)
    (file,) = (cache / "environments").iterdir()
    file.write_text(text)
    assert read_environment(python, cache).facts == {}


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_facts(Environment(HERE), tmp_path / "file")


def test_the_child_answers_for_modules_classes_and_functions() -> None:
    targets = [
        "find:json",
        "find:nonesuch",
        "json:dumps",
        "json:nonesuch",
        "json:",
        "random:Random",
        "json:from.tool",
    ]
    known = Environment(HERE).learn(targets)
    assert {target: fact["kind"] for target, fact in known.facts.items()} == {
        "find:json": "found",
        "find:nonesuch": "missing",
        "json:dumps": "function",
        "json:nonesuch": "missing",
        "json:": "module",
        "random:Random": "class",
        "json:from.tool": "module",
    }
    signature = known.signature("json:dumps")
    assert signature is not None and signature[0][0] == ["obj", 1, False]
    assert (known.has_attribute("json:", "dumps"), known.has_attribute("json:", "nonesuch")) == (True, False)


def test_what_was_not_asked_is_unknown_and_noted() -> None:
    empty = Environment(HERE)
    assert (empty.signature("json:dumps"), empty.has_attribute("json:", "loads")) == (None, None)
    assert empty.asked == {"json:dumps", "json:loads"}


def test_only_well_known_libraries_are_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harmful.py").write_text("open(__file__ + '.ran', 'w')")
    (tmp_path / "numpy.py").write_text("open(__file__ + '.ran', 'w')")
    monkeypatch.chdir(tmp_path)
    known = Environment(HERE).learn(
        ["harmful:", "harmful:x", "find:harmful", "antigravity:fly", "numpy:float"]
    )
    assert "harmful:" not in known.facts and "antigravity:fly" not in known.facts
    assert not list(tmp_path.glob("*.ran"))


def test_a_python_that_cannot_be_started_leaves_everything_unknown(tmp_path: Path) -> None:
    assert Environment(tmp_path / "python").learn(["json:dumps"]).facts == {}


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for Python")
@pytest.mark.parametrize("script", ["exit 3", "echo nonsense", "echo '[1]'", "kill -9 $$"])
def test_a_python_that_is_none_leaves_everything_unknown(tmp_path: Path, script: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    assert Environment(python).learn(["json:dumps"]).facts == {}


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for Python")
def test_a_python_that_never_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexec sleep 600\n")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "LEARNING_SECONDS", 0.2)
    assert Environment(python).learn(["json:dumps"]).facts == {}


def test_learning_stops_when_asked_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        Environment(HERE).learn(["json:dumps"], cancel)


def test_facts_survive_their_way_to_disk(tmp_path: Path) -> None:
    known = Environment(HERE).learn(["json:dumps", "random:Random"])
    assert json.loads(json.dumps(known.facts)) == known.facts
