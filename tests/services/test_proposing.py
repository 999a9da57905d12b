"""What a model answers becomes suggestions: of one group where they are several, the best of several answers
first, and all of it kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.assist.changes import CellProposal, apply
from nbreview.assist.retrieval import Passage
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.llm.model import Request
from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit, Evidence, Finding, SuggestionState, Verdict
from nbreview.services import assistant, decisions
from nbreview.services.assistant import Card
from nbreview.services.opening import Comparison, open_notebook
from nbreview.services.proposing import judge_of, propose_edits
from nbreview.services.wishes import WHOLE, Scope, Wish, WishKind
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.assist.engines import INFO, ScriptedEngine, reply
from tests.builders import code, markdown, notebook

CELLS = (
    markdown("# Train", id="t"),
    code("import numpy as np", id="i", count=1),
    code("x = np.ones(3)", id="a", count=2),
    code("print(x.sum())", id="b", count=3),
)
SEVERAL = (
    "Checks x first.\n## cell 3\n```python\nx = np.ones(4)\n```\n"
    "## new cell after 3\n```python\nassert x.size\n```\n"
    "## new cell after 3\n```markdown\n## Sum\n```\n## remove cell 4\n"
)
LAST = Scope.of(3)
MEAN = Wish.of("Use the mean.")


def one(source: str) -> str:
    return f"Why not.\n```python\n{source}\n```"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.ipynb"
    path.write_bytes(notebook(*CELLS))
    return path


def opened(path: Path) -> Comparison:
    return open_notebook(path, Settings()).comparison


def ask(
    store: Store,
    path: Path,
    replies: list[str],
    scope: Scope = LAST,
    wish: Wish = MEAN,
    *,
    remote: bool = False,
    requests: list[Request] | None = None,
    **more: object,
) -> tuple[Card, ...]:
    info = replace(INFO, backend="remote: host") if remote else INFO
    engine = ScriptedEngine([reply(text) for text in replies], info=info)
    try:
        return propose_edits(
            engine,
            store,
            opened(path),
            scope,
            wish,
            Settings(),
            more.pop("passages", ()),  # type: ignore[arg-type]
            lambda event: None,
            CancelToken(),
            **more,  # type: ignore[arg-type]
        )
    finally:
        if requests is not None:
            requests += engine.requests


def waiting(store: Store, path: Path) -> list[list[str]]:
    """The proposed sources of the cards that the window would bring back, with their choices."""
    checked = assistant.check(opened(path), store)
    return [[choice.proposed_source for choice in card.choices] for card in checked.cards]


def test_one_cell_is_one_suggestion_without_a_group(store: Store, path: Path) -> None:
    (card,) = ask(store, path, [one("print(x.mean())")])
    assert (card.cell_index, card.state) == (3, SuggestionState.PENDING)
    kept = store.suggestion(card.suggestion.id)
    assert (kept.instruction, kept.group, kept.edit) == ("Use the mean.", "", CellEdit.CHANGE)
    assert kept.origin.settings["shown_parts"] and kept.origin.settings["wish"] == "instruction"


def test_several_cells_are_one_group_that_is_accepted_in_one_write(store: Store, path: Path) -> None:
    cards = ask(store, path, [SEVERAL], WHOLE)
    made = [card.suggestion for card in cards]
    assert [(each.edit, each.place.cell_index) for each in made] == [
        (CellEdit.CHANGE, 2),
        (CellEdit.INSERT, 3),
        (CellEdit.INSERT, 4),
        (CellEdit.REMOVE, 3),
    ]
    assert len({each.group for each in made}) == 1 and made[0].group
    assert [card.cell_index for card in cards] == [2, 2, 2, 3]
    assert not any(card.state is SuggestionState.STALE for card in cards)
    decisions.accept_all(store, made)
    assert [cell.source for cell in read_file(path).cells] == [
        "# Train",
        "import numpy as np",
        "x = np.ones(4)",
        "assert x.size",
        "## Sum",
    ]
    decisions.undo(store, path)
    assert [cell.source for cell in read_file(path).cells] == [
        "# Train",
        "import numpy as np",
        "x = np.ones(3)",
        "print(x.sum())",
    ]


def test_a_part_that_does_not_parse_is_kept_as_failed_beside_what_does(store: Store, path: Path) -> None:
    said = "Why.\n## cell 3\n```python\nx = (\n```\n## cell 4\n```python\nprint(x)\n```"
    cards = ask(store, path, [said, said], Scope.of(2, 3))
    states = {card.suggestion.place.cell_index: card.state for card in cards}
    assert states == {2: SuggestionState.FAILED, 3: SuggestionState.PENDING}
    failed = next(card.suggestion for card in cards if card.state is SuggestionState.FAILED)
    assert failed.proposed_source == failed.base_source and "does not parse" in failed.reason


def test_an_answer_that_cannot_be_used_is_one_failed_card_with_its_raw_text(store: Store, path: Path) -> None:
    (card,) = ask(store, path, ["No.", "No!"], WHOLE)
    kept = store.suggestion(card.suggestion.id)
    assert (kept.state, kept.evidence, kept.origin.reply) == (
        SuggestionState.FAILED,
        Evidence.NO_VERDICT,
        "No!",
    )
    assert kept.reason == "The reply has no code block."


def test_the_other_answers_are_the_choices_behind_the_best_and_come_back_with_it(
    store: Store, path: Path
) -> None:
    (card,) = ask(
        store, path, [one("print(nothing)"), one("print(x.mean())"), one("print(x.max())  # the largest")],
        candidates=3, judge=judge_of(opened(path), None, CancelToken()),
    )  # fmt: skip
    sources = [choice.proposed_source for choice in card.choices]
    assert sources == ["print(x.mean())", "print(x.max())  # the largest", "print(nothing)"]
    judged = card.alternatives[-1].origin.settings["judgement"]
    assert judged.startswith("The checks find a new crash:") and "nothing" in judged
    assert waiting(store, path) == [sources]
    decisions.accept(store, card.alternatives[0])
    assert waiting(store, path) == []
    decisions.undo(store, path)
    assert waiting(store, path) == [sources]


def test_what_only_a_worse_answer_would_change_is_on_no_card(store: Store, path: Path) -> None:
    small = "Why.\n## cell 3\n```python\nx = np.ones(5)\n```"
    large = f"{small.replace('5', '6')}\n## cell 4\n```python\nprint(x.prod())\n```"
    cards = ask(store, path, [small, large], Scope.of(2, 3), candidates=2)
    assert [[choice.proposed_source for choice in card.choices] for card in cards] == [
        ["x = np.ones(5)", "x = np.ones(6)"]
    ]
    assert waiting(store, path) == [["x = np.ones(5)", "x = np.ones(6)"]]
    assert len(store.suggestions(str(path))) == 3


def test_what_is_known_is_shown(store: Store, path: Path) -> None:
    requests: list[Request] = []
    head = opened(path).head.notebook
    finding = Finding("names", Evidence.CERTAIN, Verdict.CRASH, 3, head.cells[3].digest, "x is not bound.")
    other = replace(finding, cell_index=2, message="of another cell")
    passage = Passage("README.md", 3, 4, "Sums", "The mean is wanted.")
    snapshot = RuntimeSnapshot({"x": {"type": "<class 'numpy.ndarray'>", "shape": (3,)}})
    ask(
        store, path, [one("print(x.mean())")], requests=requests,
        passages=(passage,), findings=(other, finding), snapshot=snapshot,
    )  # fmt: skip
    user = requests[0].messages[-1].content
    assert "- Cell 4: x is not bound. (certain)" in user and "of another cell" not in user
    assert "The mean is wanted." in user and "numpy.ndarray" in user
    assert requests[0].state_key and requests[0].lookup


def test_accepted_edits_that_resemble_it_are_shown_but_not_those_of_elsewhere_to_a_server(
    store: Store, path: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "other" / "else.ipynb"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(notebook(*CELLS))
    (card,) = ask(store, elsewhere, [one("print(x.mean())")], wish=Wish.of("Print the mean."))
    decisions.accept(store, card.suggestion)
    for remote, messages in ((False, 4), (True, 2)):
        requests: list[Request] = []
        ask(
            store,
            path,
            [one("print(x.max())")],
            wish=Wish.of("Print the largest."),
            exemplars=1,
            remote=remote,
            requests=requests,
        )
        assert len(requests[0].messages) == messages
    assert store.suggestions(str(path))[0].origin.settings["shown_exemplars"] == [card.suggestion.id]


def test_the_judge_counts_crashes_that_come_and_go(store: Store, path: Path) -> None:
    path.write_bytes(notebook(*CELLS[:3], code("print(y)", id="b")))
    judge = judge_of(opened(path), None, CancelToken())

    def judged(source: str):  # type: ignore[no-untyped-def]
        made = (CellProposal(CellEdit.CHANGE, 3, source),)
        return judge(apply(opened(path).head.notebook, made), made)

    assert (judged("print(x)").solved, judged("print(x)").problems) == (1, 0)
    assert judged("print(x)").sentence == "The checks no longer find the crash."
    assert (judged("print(y, z)").problems, judged("print(y, 1)").problems) == (1, 0)


@pytest.mark.parametrize(
    ("scope", "said"),
    [(Scope.of(9), "has 4 cells; choose a cell from 1 to 4"), (Scope(()), "No cell was chosen")],
)
def test_a_scope_that_is_none_is_refused(store: Store, path: Path, scope: Scope, said: str) -> None:
    with pytest.raises(UserError, match=said):
        ask(store, path, [], scope)


def test_an_empty_notebook_has_nothing_to_change(store: Store, path: Path) -> None:
    path.write_bytes(notebook(code("")))
    with pytest.raises(UserError, match="there is nothing to change"):
        ask(store, path, [], WHOLE, Wish(WishKind.IMPROVE))
