"""What a person writes into a draft becomes its state, or a sentence that says why not."""

from pathlib import Path

import pytest

from nbreview.assist.draft_replies import DraftCell, Plan
from nbreview.assist.drafts import DraftState, DraftStep, DraftTask
from nbreview.errors import UserError
from nbreview.notebook.reader import read_file
from nbreview.services import drafting
from nbreview.services.decisions import accept_all
from nbreview.services.draft_edits import part_text, with_part
from nbreview.services.drafting import Position
from nbreview.store.database import Store
from tests.builders import code, notebook

PLAN = Plan("A line", "Split.", "Linear.", "Five folds.")
STATE = DraftState(
    DraftTask("Foretell."),
    plans=(PLAN, Plan("Trees", "Split.", "Forest.", "Once.")),
    critiques=("Stiff.", "Deep."),
    chosen=0,
    why="Plan 1.",
    improved=PLAN,
    cells=(DraftCell("markdown", "# A line"), DraftCell("code", "a = 1")),
)


def test_every_part_reads_back_as_it_was() -> None:
    for step, index in ((DraftStep.PLANS, 1), (DraftStep.CRITIQUES, 1), (DraftStep.CELLS, 1)):
        text = part_text(STATE, step, index)
        assert part_text(with_part(STATE, step, index, text), step, index) == text
    assert (
        with_part(STATE, DraftStep.IMPROVEMENT, 0, part_text(STATE, DraftStep.IMPROVEMENT, 0)).improved
        == PLAN
    )
    assert part_text(STATE, DraftStep.CHOICE, 0) == "Plan 1."


@pytest.mark.parametrize(
    ("step", "text", "missing"),
    [
        (DraftStep.PLANS, "# B\n## Data preparation\na\n## Model\nb\n## Training\nc", DraftStep.CRITIQUES),
        (DraftStep.CRITIQUES, "Other.", DraftStep.CHOICE),
        (DraftStep.CHOICE, "", DraftStep.IMPROVEMENT),
        (DraftStep.IMPROVEMENT, "# B\n## Data\na\n## Model\nb\n## Training\nc", DraftStep.CELLS),
        (DraftStep.CELLS, "# B", None),
    ],
)
def test_what_was_made_from_an_edited_part_is_dropped(
    step: DraftStep, text: str, missing: DraftStep | None
) -> None:
    assert with_part(STATE, step, 0, text).next_step is missing


@pytest.mark.parametrize(
    ("step", "index", "text", "said"),
    [
        (DraftStep.PLANS, 0, "", "empty"),
        (DraftStep.IMPROVEMENT, 0, "# Title", "Data preparation"),
        (DraftStep.CRITIQUES, 1, "\n", "some words"),
        (DraftStep.CELLS, 1, "a = (", "does not parse"),
        (DraftStep.CELLS, 1, " ", "last cell of code"),
    ],
)
def test_what_cannot_be_used_is_said(step: DraftStep, index: int, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        with_part(STATE, step, index, text)


def test_cells_go_behind_a_chosen_cell_also_where_it_has_moved(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("one"), code("two")))
    one = read_file(path).cells[0]
    path.write_bytes(notebook(code("zero"), code("one"), code("two")))
    draft = drafting.Draft("d", path, STATE)
    accept_all(store, drafting.insert(store, draft, Position(0, one.digest)))
    assert [cell.source for cell in read_file(path).cells] == ["zero", "one", "# A line", "a = 1", "two"]
    with pytest.raises(UserError, match="has changed on disk"):
        drafting.insert(store, draft, Position(0, "gone"))


def test_earlier_drafts_are_listed_the_newest_first(tmp_path: Path, store: Store) -> None:
    for name in ("a", "b"):
        draft = drafting.begin(f"Task {name}.", [], "", tmp_path / f"{name}.ipynb")
        drafting.edit(store, draft, draft.state)
    found = drafting.earlier(store)
    assert [(each.text, each.notebook.name) for each in found] == [
        ("Task b.", "b.ipynb"),
        ("Task a.", "a.ipynb"),
    ]
    assert len(drafting.earlier(store, 1)) == 1
