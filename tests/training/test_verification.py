"""An export that is whole is said to be so; whatever is changed in it is found."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.store.database import Store
from nbreview.training.formats import FORMATS
from nbreview.training.verification import verify
from nbreview.training.writer import export
from tests.store.samples import decision, rule_suggestion, suggestion


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    store.add_suggestion(suggestion())
    store.add_suggestion(rule_suggestion())
    store.decide(decision(final_source="größe = 1\npassword = 'Sommer2026'\n"))
    store.decide(decision("d2", "r1", final_source="import pandas as pd\n", time=1_700_000_300.0))
    out = tmp_path / "out"
    out.mkdir()
    export(store, out)
    return out


def test_an_export_is_what_its_manifest_says(folder: Path) -> None:
    for place in (folder, folder / "manifest.json", folder / "chat.jsonl"):
        assert verify(place) == ()


@pytest.mark.parametrize(
    "name", [name for name in FORMATS if not FORMATS[name].whole and name != "preference"]
)
def test_every_form_can_be_verified(folder: Path, store: Store, name: str) -> None:
    assert verify(export(store, folder / f"x{FORMATS[name].suffix}", name).path) == ()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            lambda folder: change(folder / "chat.jsonl", "größe", "groesse"),
            "chat.jsonl is not the file of the manifest: other sha256",
        ),
        (
            lambda folder: change(folder / "chat.jsonl", "<PASSWORD>", "Sommer2026"),
            "row 1: holds 1 of what is private (password)",
        ),
        (
            lambda folder: change(folder / "chat.jsonl", '"role":"user"', '"role":"boss"'),
            "row 1: 'boss' is not one of",
        ),
        (lambda folder: change(folder / "chat.jsonl", '{"messages"', '{"mess'), "chat.jsonl cannot be read"),
        (lambda folder: (folder / "chat.jsonl").unlink(), "chat.jsonl cannot be read"),
        (
            lambda folder: change(folder / "manifest.json", '"accepted": 2', '"accepted": 3'),
            "The manifest's decisions are not those",
        ),
        (
            lambda folder: change(folder / "manifest.json", '"password": 1', '"password": 2'),
            "The manifest's redactions are not those",
        ),
        (
            lambda folder: change(folder / "manifest.json", '"rows": 2', '"rows": 3'),
            "chat.jsonl is not the file of the manifest: other rows",
        ),
        (
            lambda folder: change(folder / "manifest.json", '"format": "chat"', '"format": "x"'),
            "manifest.json, format: 'x' is not one of",
        ),
        (
            lambda folder: change(folder / "card.md", "2 rows", "3 rows"),
            "The data card card.md is not that of the manifest",
        ),
        (lambda folder: (folder / "card.md").unlink(), "The data card card.md is missing"),
    ],
)
def test_what_was_changed_is_found(folder: Path, damage: Callable[[Path], object], sentence: str) -> None:
    damage(folder)
    assert sentence in "\n".join(verify(folder))


def test_where_no_manifest_is_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no manifest for"):
        verify(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}"])
def test_a_manifest_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UserError, match="manifest"):
        verify(tmp_path)


def test_many_problems_are_counted_and_not_all_listed(folder: Path) -> None:
    line = json.dumps({"messages": []})
    (folder / "chat.jsonl").write_text(f"{line}\n" * 50, encoding="utf-8")
    assert verify(folder)[-1].endswith("more problems are not listed.")
