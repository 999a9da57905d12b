"""An export holds what was accepted, says what it holds, and is never half there."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nbreview import paths
from nbreview.assist.prompts import load_template
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.review.model import Decision, DecisionKind, Place, Suggestion
from nbreview.store.database import Store
from nbreview.training.examples import RULE_EDIT
from nbreview.training.formats import FORMATS
from nbreview.training.writer import ExportReport, NothingToExport, export, export_edits
from tests.store.samples import MODEL_ORIGIN, NOTEBOOK, decision, rule_suggestion, suggestion
from tests.training.planted import Planted, plant

EDITED = decision("d2", "r1", DecisionKind.EDITED, final_source="import pandas as pd\n", time=1_700_000_300.0)


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


def fill(store: Store) -> None:
    """Two acceptances, and one each of what is left out: undone, rejected, undecided."""
    for made in (suggestion(), rule_suggestion(), suggestion("s2"), suggestion("s3"), suggestion("s4")):
        store.add_suggestion(made)
    for taken in (
        decision(),
        EDITED,
        decision("d3", "s2"),
        decision("d4", "s2", DecisionKind.UNDONE),
        decision("d5", "s3", DecisionKind.REJECTED, final_source=""),
    ):
        store.decide(taken)


def accept(store: Store, made: Suggestion, **changes: Any) -> Decision:
    store.add_suggestion(made)
    taken = decision(f"d-{made.id}", made.id, **changes)
    store.decide(taken)
    return taken


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def validate(value: Any, schema: str) -> None:
    loaded = json.loads(paths.resource("schemas", schema).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    Draft202012Validator(loaded).validate(value)


def test_what_was_accepted_is_written_and_nothing_else(filled: Store, tmp_path: Path) -> None:
    report = export(filled, tmp_path / "out.jsonl")
    rows = read_rows(report.path)
    assert report.rows == 2
    assert [row["metadata"]["decision"] for row in rows] == ["d1", "d2"]
    assert [message["role"] for message in rows[0]["messages"]] == ["system", "user", "assistant"]
    assert rows[0]["messages"][2]["content"] == "```python\ngröße = 1\n```"
    assert rows[1]["messages"][2]["content"] == "```python\nimport pandas as pd\n```"


def test_rows_and_manifest_follow_their_schemas(filled: Store, tmp_path: Path) -> None:
    report = export(filled, tmp_path / "out.jsonl")
    for row in read_rows(report.path):
        validate(row, "chat.schema.json")
    validate(json.loads(report.manifest_path.read_bytes()), "manifest.schema.json")


def test_every_row_has_the_same_keys_of_the_same_types(filled: Store, tmp_path: Path) -> None:
    rows = read_rows(export(filled, tmp_path / "out.jsonl").path)
    shapes = [{name: type(value) for name, value in row["metadata"].items()} for row in rows]
    assert shapes[0] == shapes[1]


def test_metadata_says_where_an_example_comes_from(filled: Store, tmp_path: Path) -> None:
    row = read_rows(export(filled, tmp_path / "out.jsonl").path)[0]
    assert row["metadata"] == {
        "suggestion": "s1",
        "decision": "d1",
        "kind": "accepted",
        "maker": "model",
        "model": "Qwen2.5-Coder-7B",
        "model_sha256": "5f" * 32,
        "template": "edit-v1",
        "evidence": "likely",
        "notebook": NOTEBOOK,
        "repository": "/srv/course",
        "remote": "https://example.org/course.git",
        "commit": "a1" * 20,
        "path": "ünï train.ipynb",
        "cell_index": 3,
        "cell_id": "c-3",
        "cell_type": "code",
        "language": "python",
        "base_sha256": hashlib.sha256(b"x = 1\n").hexdigest(),
        "final_sha256": hashlib.sha256("größe = 1\n".encode()).hexdigest(),
        "time": 1_700_000_200.5,
    }


def test_the_manifest_tells_what_the_data_is(filled: Store, tmp_path: Path) -> None:
    report = export(filled, tmp_path / "out.jsonl")
    manifest = json.loads(report.manifest_path.read_bytes())
    data = report.path.read_bytes()
    assert manifest == report.manifest
    assert manifest["data"] == {
        "file": "out.jsonl",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "rows": 2,
    }
    assert manifest["decisions"] == {
        "kinds": {"accepted": 1, "edited": 1},
        "first": "2023-11-14T22:16:40.500000Z",
        "last": "2023-11-14T22:18:20.000000Z",
    }
    assert manifest["templates"] == {"edit-v1": 1, load_template(RULE_EDIT).reference: 1}
    assert [(made["maker"], made["model"], made["rows"]) for made in manifest["makers"]] == [
        ("model", "Qwen2.5-Coder-7B", 1),
        ("rule:names", "", 1),
    ]
    assert manifest["makers"][0]["settings"] == MODEL_ORIGIN.settings
    assert manifest["notebooks"] == {NOTEBOOK: 2}
    assert manifest["repositories"] == {"https://example.org/course.git": 1}


def test_the_same_decisions_give_the_same_bytes(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    with Store.open(tmp_path / "again" / "store.sqlite3") as other:
        for id in ("s4", "s3", "s2"):  # in another order of coming in
            other.add_suggestion(suggestion(id))
        fill(other)
        first = export(filled, tmp_path / "out.jsonl")
        second = export(other, tmp_path / "again" / "out.jsonl")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.manifest_path.read_bytes() == second.manifest_path.read_bytes()


def test_home_folders_are_nowhere_in_metadata_or_manifest(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/vol/bea")
    monkeypatch.setenv("USERPROFILE", "/vol/bea")
    place = Place("/vol/bea/r/n.ipynb", 0, None, "/home/anna/r", "file:///Users/cleo/r.git", "", "n.ipynb")
    settings = {"path": "/vol/bea/m.gguf", "folders": ["/home/anna", 1]}
    origin = replace(MODEL_ORIGIN, model_name="/vol/bea/m.gguf", settings=settings)
    accept(store, suggestion(place=place, origin=origin))
    report = export(store, tmp_path / "out.jsonl")
    written = report.path.read_text() + report.manifest_path.read_text()
    assert not [name for name in ("bea", "anna", "cleo") if name in written]
    assert read_rows(report.path)[0]["metadata"]["notebook"] == "~/r/n.ipynb"


PLACES = (
    lambda text: {"shown": f"Output of cell 3:\n{text}"},
    lambda text: {"shown": f"Variables:\n- settings: dict, 3 entries, repr {text}\n- df: DataFrame"},
    lambda text: {"shown": f"Traceback (most recent call last):\n  {text}\nValueError: {text}"},
    lambda text: {"base": text},
    lambda text: {"final": text},
    lambda text: {"instruction": text},
    lambda text: {"proposed": text},
    lambda text: {"reason": text},
    lambda text: {"settings": {"stop": [text], "system": {"note": text}}},
    lambda text: {"notebook": f"/srv/x/{text}.ipynb", "path": f"notes/{text}.ipynb"},
    lambda text: {"cell_id": text, "model": text, "comment": text},
)
"""Where a secret may stand: outputs, snapshots and tracebacks that the model was shown, cells, the answer,
what was asked for, proposals, reasons, settings, names of files, ids, comments.
"""


def plant_all(store: Store) -> list[Planted]:
    """Two hundred acceptances, each with a rejection beside it and a secret in one of the places by turns."""
    secrets = list(plant())
    for at, planted in enumerate(secrets):
        put = PLACES[at % len(PLACES)](planted.text)
        notebook = put.get("notebook", f"/srv/{at}.ipynb")
        message = {"role": "user", "content": put.get("shown", f"Edit cell {at}.")}
        origin = replace(
            MODEL_ORIGIN,
            model_name=put.get("model", "Tiny"),
            settings=put.get("settings", {}),
            messages=(message,),
        )
        values: dict[str, Any] = {
            "place": Place(notebook, 0, cell_id=put.get("cell_id", f"c-{at}"), path=put.get("path", "")),
            "origin": origin,
            "base_source": put.get("base", f"value_{at} = {at}"),
            "instruction": put.get("instruction", f"Change {at}"),
            "reason": put.get("reason", "Better so."),
        }
        proposed = put.get("proposed", f"worse_{at} = {at * 3}")
        store.add_suggestion(suggestion(f"no{at}", **values, proposed_source=proposed))
        comment = put.get("comment", "no")
        store.decide(decision(f"n{at}", f"no{at}", DecisionKind.REJECTED, final_source="", comment=comment))
        final = put.get("final", f"value_{at} = {at + 1}\n# {at * 7}")
        accept(store, suggestion(f"s{at}", **values), final_source=final, comment=comment)
    return secrets


def mined_with(secrets: Sequence[Planted], path: Path) -> Path:
    """Mined edits with a secret each, in the message, in a cell before, in one after, in the file's name."""
    lines = []
    for at, planted in enumerate(secrets):
        text = planted.text
        row = {
            "repo": f"lab {text if at % 5 == 4 else at}", "commit": f"{at:040x}",
            "file": f"{text if at % 5 == 3 else at}.ipynb",
            "message": f"Set {at} {text if at % 5 == 0 else ''}",
            "old": [f"v{at} = {at * 3}", text if at % 5 == 1 else "x"],
            "new": [f"v{at} = {at * 5}", text if at % 5 == 2 else "y"],
        }  # fmt: skip
        lines.append(json.dumps(row))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def left_in(secrets: Sequence[Planted], report: ExportReport) -> list[Planted]:
    """The secrets that stand in a file of an export."""
    suffix = report.path.suffix
    rows = preview_of(report.path) if suffix == ".parquet" else report.path.read_text("utf-8")
    written = rows + report.manifest_path.read_text("utf-8") + report.card_path.read_text("utf-8")
    plain = written.replace("\\\\", "\\").replace('\\"', '"').replace("\\n", "\n")
    return [planted for planted in secrets if planted.secret in written or planted.secret in plain]


def test_none_of_two_hundred_planted_secrets_is_in_any_file_of_any_form(store: Store, tmp_path: Path) -> None:
    secrets = plant_all(store)
    edits = mined_with(secrets, tmp_path / "edits.jsonl")
    found = 0
    for name, format in FORMATS.items():
        out = tmp_path / f"{name}{format.suffix}"
        report = export_edits([edits], out, name) if format.whole else export(store, out, name)
        assert report.rows >= 150, (name, report.left_out)
        assert left_in(secrets, report) == [], name
        found += sum(report.manifest["redactions"].values()) if name == "parquet" else 0
    assert found >= 150


def test_ids_of_cells_and_names_that_hold_nothing_private_stay(store: Store, tmp_path: Path) -> None:
    ids = ["3f9c2a81", "b0e3b1c4-5f0e-4f0a-9d53-1c8f4f3c9e7a", "c-3", "load_data"]
    for at, cell_id in enumerate(ids):
        place = Place("/srv/train.ipynb", at, cell_id=cell_id)
        accept(store, suggestion(f"s{at}", place=place, base_source=f"v = {at}"), final_source=f"w{at} = 1")
    rows = read_rows(export(store, tmp_path / "out.jsonl").path)
    assert [row["metadata"]["cell_id"] for row in rows] == ids


def preview_of(path: Path) -> str:
    parquet = pytest.importorskip("pyarrow.parquet")
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in parquet.read_table(path).to_pylist())


def test_a_row_of_a_megabyte_comes_through(store: Store, tmp_path: Path) -> None:
    source = "x = 1  # ü\n" * 100_000
    accept(store, suggestion(), final_source=source)
    assert source in read_rows(export(store, tmp_path / "out.jsonl").path)[0]["messages"][-1]["content"]


def test_what_utf_8_cannot_hold_is_left_out_and_counted(filled: Store, tmp_path: Path) -> None:
    accept(filled, suggestion("odd"), final_source="s = '\ud800'")
    report = export(filled, tmp_path / "out.jsonl")
    assert (report.rows, report.left_out) == (2, {"not Unicode text": 1})
    validate(report.manifest, "manifest.schema.json")


def test_a_file_name_that_is_not_utf_8_does_not_cost_the_example(store: Store, tmp_path: Path) -> None:
    accept(store, suggestion(place=Place("/srv/caf\udce9.ipynb", 0)))
    report = export(store, tmp_path / "out.jsonl")
    assert read_rows(report.path)[0]["metadata"]["notebook"] == "/srv/caf\ufffd.ipynb"


def test_an_acceptance_that_changed_nothing_teaches_nothing(filled: Store, tmp_path: Path) -> None:
    accept(filled, suggestion("same"), kind=DecisionKind.EDITED, final_source=suggestion().base_source)
    assert export(filled, tmp_path / "out.jsonl").left_out == {"nothing changed": 1}


def test_a_folder_gets_all_files(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    export(filled, folder)
    assert sorted(found.name for found in folder.iterdir()) == ["card.md", "chat.jsonl", "manifest.json"]


@pytest.mark.parametrize(
    ("name", "manifest"),
    [("a.jsonl", "a.manifest.json"), ("a.b.jsonl", "a.b.manifest.json"), ("v1.5", "v1.5.manifest.json")],
)
def test_the_manifest_is_named_after_the_data(
    filled: Store, tmp_path: Path, name: str, manifest: str
) -> None:
    report = export(filled, tmp_path / name)
    assert (report.path.name, report.manifest_path.name) == (name, manifest)


def test_an_earlier_export_is_replaced(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    export(filled, out)
    filled.decide(decision("d9", "r1", DecisionKind.UNDONE))
    assert export(filled, out).rows == 1
    assert len(read_rows(out)) == 1
    assert json.loads((tmp_path / "out.manifest.json").read_bytes())["data"]["rows"] == 1


def test_progress_is_told_to_the_end(filled: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export(filled, tmp_path / "out.jsonl", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


# Nothing half done


def listing(folder: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in folder.iterdir()}


def test_nothing_accepted_writes_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    store.add_suggestion(suggestion())
    with pytest.raises(NothingToExport, match=r"No accepted suggestion is in .*accept one first"):
        export(store, tmp_path / "out" / "x.jsonl")
    assert listing(tmp_path / "out") == {}


def test_nothing_that_can_be_exported_says_why(store: Store, tmp_path: Path) -> None:
    accept(store, suggestion(), final_source="\ud800")
    with pytest.raises(NothingToExport, match="not Unicode text: 1"):
        export(store, tmp_path / "x.jsonl")
    assert not (tmp_path / "x.jsonl").exists()


def test_a_stopped_export_leaves_the_earlier_one(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(filled, folder)
    before = listing(folder)
    accept(filled, suggestion("more"))
    token = CancelToken()
    with pytest.raises(Cancelled):
        export(filled, folder, cancel=token, progress=lambda done, total: token.cancel())
    assert listing(folder) == before


def test_an_export_stopped_at_its_very_end_leaves_the_earlier_one(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    token = CancelToken()

    def stop_at_the_end(done: int, total: int) -> None:
        if done == total:
            token.cancel()

    with pytest.raises(Cancelled):
        export(filled, folder, cancel=token, progress=stop_at_the_end)
    assert listing(folder) == {}


@pytest.mark.skipif(os.name != "posix", reason="resource limits of POSIX")
def test_a_disk_that_takes_no_more_leaves_the_earlier_export(filled: Store, tmp_path: Path) -> None:
    import resource

    folder = tmp_path / "out"
    folder.mkdir()
    export(filled, folder)
    before = listing(folder)
    accept(filled, suggestion("large"), final_source="x = 1\n" * 50_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # From here on no file may grow past 128 KiB, as if the disk ended there.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, limits[1]))
    try:
        with pytest.raises(UserError, match=r"chat\.jsonl cannot be written"):
            export(filled, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert listing(folder) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/x.jsonl", "no folder .*nowhere; make it first"),
        ("train.ipynb", "is a notebook and is not written over"),
        ("store.sqlite3", "is the store itself"),
        ("file/x.jsonl", "no folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused(
    filled: Store, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=sentence):
        export(filled, tmp_path / name)


def test_an_unknown_format_names_those_that_there_are(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“yaml”; choose one of: chat"):
        export(filled, tmp_path / "x.jsonl", "yaml")
