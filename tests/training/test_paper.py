"""Rows in the template of arXiv 2501.09745 are laid out as the authors' finetuning script lays them out."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from nbreview.review.model import DecisionKind
from nbreview.store.database import Store
from nbreview.training.writer import NothingToExport, export, export_edits
from tests.store.samples import decision, suggestion

OLD = ["import pandas", "x = 1", "print(x)", "y = 2"]
NEW = ["import pandas", "x = 2", "print(x)", "y = 3\nz = 4", "w = 5"]

BY_CELL = """### Instruction
[
Commit Message:" Read the new file"

Original Code Cells:
'''
x = 1
y = 2

'''
]

### Response:
x = 2
y = 3
z = 4
w = 5

<|EOT|>

"""
BY_FILE = r"""### Instruction
[
Commit Message:" Read the new file"

Original Code Cells:
'''
<Cell_0>
import pandas
<\Cell_0>
<Cell_1>
x = 1
<\Cell_1>

'''
]

### Response:
<Cell_0>
import pandas
<\Cell_0>
<Cell_1>
x = 2
<\Cell_1>

<|EOT|>

"""


def mined(folder: Path, old: Sequence[str], new: Sequence[str], message: str = "Read the new file") -> Path:
    path = folder / "edits.jsonl"
    row = {
        "repo": "lab", "commit": "c" * 40, "file": "a.ipynb", "message": message, "old": old, "new": new,
        "cell_diff": [], "line_diff": [],
    }  # fmt: skip
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    row = json.loads(path.read_text(encoding="utf-8"))
    assert set(row) == {"text", "metadata"}
    assert row["metadata"]["template"].startswith("paper-edit.v1 sha256:")
    return str(row["text"])


def test_by_cell_the_changed_cells_follow_each_other(tmp_path: Path) -> None:
    edits = mined(tmp_path, OLD, NEW)
    assert text_of(export_edits([edits], tmp_path / "x.jsonl", "paper-cell").path) == BY_CELL


def test_by_file_every_cell_has_its_number(tmp_path: Path) -> None:
    edits = mined(tmp_path, OLD[:2], NEW[:2])
    assert text_of(export_edits([edits], tmp_path / "x.jsonl", "paper-file").path) == BY_FILE


def test_the_message_is_the_first_line_as_in_the_papers_data(tmp_path: Path) -> None:
    edits = mined(tmp_path, OLD[:2], NEW[:2], "Read the new file\n\nThe old one is gone.")
    assert text_of(export_edits([edits], tmp_path / "x.jsonl", "paper-file").path) == BY_FILE


def test_an_accepted_suggestion_is_an_edit_of_one_cell(store: Store, tmp_path: Path) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision(kind=DecisionKind.EDITED))
    text = text_of(export(store, tmp_path / "x.jsonl", "paper-cell").path)
    assert "'''\nx = 1\n\n\n'''" in text
    assert "### Response:\ngröße = 1\n\n\n<|EOT|>" in text


def test_markdown_is_left_out_because_the_template_is_for_code(store: Store, tmp_path: Path) -> None:
    store.add_suggestion(suggestion(cell_type="markdown"))
    store.decide(decision())
    with pytest.raises(NothingToExport, match="no message, or no code cell: 1"):
        export(store, tmp_path / "x.jsonl", "paper-cell")


def test_the_store_knows_no_whole_notebooks(store: Store, tmp_path: Path) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    with pytest.raises(NothingToExport, match="the whole notebook is not known: 1"):
        export(store, tmp_path / "x.jsonl", "paper-file")
