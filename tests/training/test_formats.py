"""Every form of the rows follows its schema and is read by the library that people train with."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nbreview import paths
from nbreview.errors import UserError
from nbreview.review.model import DecisionKind
from nbreview.store.database import Store
from nbreview.training.examples import accepted_examples
from nbreview.training.formats import FORMATS, fill_rows, find_format
from nbreview.training.writer import export, export_edits
from tests.store.samples import decision, rule_suggestion, suggestion

BASE = "import pandas as pd\ndf = pd.read_csv('a.csv')\ndf.head()\n"
AFTER = "import pandas as pd\ndf = pd.read_csv('b.csv', sep=';')\ndf.head()\n"


@pytest.fixture
def decided(store: Store) -> Store:
    """An edited acceptance with two rejections beside it, and a rule's acceptance."""
    store.add_suggestion(suggestion(base_source=BASE, proposed_source="proposed = 1\n"))
    store.decide(decision(kind=DecisionKind.EDITED, final_source=AFTER))
    for at, comment in enumerate(("wrong", "Stale: made again.", "")):
        store.add_suggestion(
            suggestion(f"no{at}", base_source=BASE, proposed_source=f"worse = {at}\n", created=float(at))
        )
        store.decide(decision(f"r{at}", f"no{at}", DecisionKind.REJECTED, final_source="", comment=comment))
    store.add_suggestion(suggestion("other", base_source="y = 2\n", proposed_source="for another source\n"))
    store.decide(decision("r9", "other", DecisionKind.REJECTED, final_source=""))
    store.add_suggestion(rule_suggestion())
    store.decide(
        decision("d2", "r1", final_source="import pandas as pd\ndf = pd.DataFrame()", time=1_700_000_300.0)
    )
    return store


@pytest.fixture
def mined(tmp_path: Path) -> Path:
    path = tmp_path / "edits.jsonl"
    row = {
        "repo": "lab", "commit": "c" * 40, "file": "a.ipynb", "message": "Read the new file",
        "old": ["import pandas", "x = 1"], "new": ["import pandas", "x = 2"],
        "cell_diff": [["replace", 1, 2, 1, 2]], "line_diff": [[["replace", 0, 1, 0, 1]]],
    }  # fmt: skip
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def exports(decided: Store, mined: Path, tmp_path: Path) -> dict[str, Path]:
    """Every form, written."""
    out = tmp_path / "out"
    out.mkdir()
    written = {
        name: export(decided, out / f"{name}{format.suffix}", name).path
        for name, format in FORMATS.items()
        if not format.whole
    }
    whole = [name for name, format in FORMATS.items() if format.whole]
    return {**written, **{name: export_edits([mined], out / f"{name}.jsonl", name).path for name in whole}}


def rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        return list(parquet.read_table(path).to_pylist())
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_of_every_form_follows_its_schema(exports: dict[str, Path]) -> None:
    assert set(exports) == set(FORMATS)
    for name, path in exports.items():
        schema = json.loads(paths.resource("schemas", FORMATS[name].schema).read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        rows = rows_of(path)
        assert rows, name
        for row in rows:
            Draft202012Validator(schema).validate(row)


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The library that trainers read with, kept to this machine and to a folder of its own."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    library = pytest.importorskip("datasets", reason="datasets is not installed")
    library.disable_progress_bars()
    yield library


@pytest.mark.filterwarnings("ignore")
def test_datasets_reads_every_form_with_the_same_content(
    exports: dict[str, Path], datasets: Any, tmp_path: Path
) -> None:
    for name, path in exports.items():
        kind = "parquet" if path.suffix == ".parquet" else "json"
        loaded = datasets.load_dataset(
            kind, data_files=os.fspath(path), split="train", cache_dir=os.fspath(tmp_path / "cache" / name)
        )
        assert [dict(row) for row in loaded] == rows_of(path), name


def test_preference_pairs_are_edited_over_proposed_and_accepted_over_rejected(
    exports: dict[str, Path],
) -> None:
    pairs = [
        (row["chosen"][0]["content"], row["rejected"][0]["content"]) for row in rows_of(exports["preference"])
    ]
    chosen = f"```python\n{AFTER}```"
    assert pairs == [
        (chosen, "```python\nproposed = 1\n```"),
        (chosen, "```python\nworse = 0\n```"),
        (chosen, "```python\nworse = 2\n```"),
    ]


def test_what_was_made_again_because_it_was_stale_is_no_preference(decided: Store) -> None:
    rejected = [text for made in accepted_examples(decided, with_rejected=True) for text in made.rejected]
    assert "worse = 1\n" not in rejected
    assert "for another source\n" not in rejected


def test_alpaca_holds_bare_sources(exports: dict[str, Path]) -> None:
    row = rows_of(exports["alpaca"])[0]
    assert (row["instruction"], row["input"], row["output"]) == ("Rename x to größe.", BASE, AFTER)


def test_prompt_and_completion_are_texts(exports: dict[str, Path]) -> None:
    row = rows_of(exports["prompt-completion"])[0]
    assert row["prompt"].startswith("You mend notebook cells.\n\nRename x to größe.")
    assert row["completion"] == f"```python\n{AFTER}```"


def test_the_middle_is_what_the_edit_put_in(exports: dict[str, Path]) -> None:
    row = rows_of(exports["fill-in-the-middle"])[0]
    assert row["middle"] == "df = pd.read_csv('b.csv', sep=';')\n"
    assert row["prefix"] + row["middle"] + row["suffix"] == AFTER


def test_what_only_takes_lines_away_has_no_middle(decided: Store) -> None:
    decided.add_suggestion(suggestion("less", base_source="a = 1\nb = 2\nc = 3\n"))
    decided.decide(decision("d-less", "less", final_source="a = 1\nc = 3\n", time=1_800_000_000.0))
    *_others, last = accepted_examples(decided)
    assert fill_rows(last) == ()


def test_an_edit_by_cell_shows_the_changed_cells_and_by_file_all_code(mined: Path, tmp_path: Path) -> None:
    cell, file = (
        rows_of(export_edits([mined], tmp_path / f"{form}.jsonl", form).path)[0]
        for form in ("edit-cell", "edit-file")
    )
    assert (cell["mode"], file["mode"]) == ("cell", "file")
    assert "Read the new file" in cell["instruction"]
    assert "```python\nx = 1\n```" in cell["instruction"]
    assert cell["response"] == "```python\nx = 2\n```"
    assert "```python\nimport pandas\n\nx = 1\n```" in file["instruction"]
    assert file["response"] == "```python\nimport pandas\n\nx = 2\n```"


def test_the_parquet_table_has_the_columns_of_its_schema(exports: dict[str, Path]) -> None:
    row = rows_of(exports["parquet"])[0]
    assert list(row) == ["messages", "instruction", "before", "after", "metadata"]
    assert row["after"] == AFTER


def test_a_form_is_not_written_into_a_file_of_another(decided: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"x\.jsonl is no name for .*\.parquet"):
        export(decided, tmp_path / "x.jsonl", "parquet")


def test_an_unknown_form_names_all_there_are() -> None:
    with pytest.raises(UserError, match="chat, prompt-completion, preference, alpaca"):
        find_format("yaml")
