"""What is shown never takes more tokens than there are, by the model's own count, and no cell is cut in two
unless the text says so.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbreview.assist.context import Order, pack, pack_whole, render_cell
from nbreview.assist.runtime import RuntimeText
from nbreview.assist.shown import Extra, Material, PackedContext
from nbreview.cancellation import CancelToken
from nbreview.llm.model import LoadOptions
from nbreview.notebook.model import CellType, Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, markdown, notebook

Count = Callable[[str], int]

LINES = st.lists(
    st.sampled_from(
        [
            "import numpy as np",
            "x = np.zeros(3)",
            "y = x * 2",
            "print(y, x)",
            "# Überschrift   mit   Leerraum",
            "def f(a):\n    return a + x",
            "text = '''\n```python\n'''",
            "",
            "naïve = '☃' * 9",
        ]
    ),
    max_size=8,
)
CELLS = st.lists(st.tuples(st.sampled_from(["code", "markdown", "failed"]), LINES), min_size=1, max_size=9)
TEXTS = st.lists(st.text(st.sampled_from("ab \n`#☃é"), min_size=1, max_size=60), max_size=3)


def book(cells: list[tuple[str, list[str]]]) -> Notebook:
    made = []
    for kind, lines in cells:
        source = "\n".join(lines)
        if kind == "markdown":
            made.append(markdown(f"# Part\n{source}"))
        else:
            outputs = [error("ValueError", "no", ["ValueError: no"] * 3)] if kind == "failed" else []
            made.append(code(source, outputs=outputs, count=len(made) + 1))
    return read_bytes(notebook(*made), "x.ipynb")


def extras(texts: list[str]) -> tuple[Extra, ...]:
    return tuple(Extra(f"extra {number}", text, str(number)) for number, text in enumerate(texts))


@pytest.fixture(scope="module")
def count(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Count]:
    """Tokens as the real model's own tokeniser counts them."""
    from nbreview.llm.local import LocalEngine

    engine = LocalEngine(cache=tmp_path_factory.mktemp("cache") / "models.json")
    engine.load(LoadOptions(tiny_model, "none", 512, 1), lambda event: None, CancelToken())
    known: dict[str, int] = {}

    def counted(text: str) -> int:
        if text not in known:
            known[text] = engine.count_tokens(text)
        return known[text]

    yield counted
    engine.close()


def check(packed: PackedContext, one: Notebook, budget: int, count: Count) -> None:
    assert packed.tokens == count(packed.text)
    if packed.cut:
        assert "lines of this cell are left out for length" in packed.target
    else:
        assert packed.tokens <= budget
    if packed.tokens > budget:  # not even the sentence on what is missing fits
        assert packed.text == packed.target and len(packed.target.split("\n")) <= 4
    for cell in packed.shown:
        whole = render_cell(one.cells[cell.index], one.language)
        if cell.why == "heading":
            assert one.cells[cell.index].cell_type is CellType.MARKDOWN
        elif not packed.cut or cell.why != "target":
            assert whole in packed.text
    for cell in packed.left_out:
        assert render_cell(one.cells[cell.index], one.language) not in packed.text or any(
            other.source == one.cells[cell.index].source for other in one.cells if other.index != cell.index
        )
    assert {cell.index for cell in packed.shown}.isdisjoint(cell.index for cell in packed.left_out)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=CELLS,
    budget=st.integers(20, 900),
    found=TEXTS,
    examples=TEXTS,
    passages=TEXTS,
    order=st.sampled_from(Order),
    data=st.data(),
)
def test_the_budget_holds_for_one_cell_and_for_several(
    count: Count,
    cells: list[tuple[str, list[str]]],
    budget: int,
    found: list[str],
    examples: list[str],
    passages: list[str],
    order: Order,
    data: st.DataObject,
) -> None:
    one = book(cells)
    size = len(one.cells)
    targets = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=3, unique=True))

    def runtime(room: int) -> RuntimeText:
        text = "x" * 40
        cost = count(text)
        return RuntimeText(text, cost) if cost <= room else RuntimeText("", 0, "", ("x",))

    material = Material(extras(found), extras(examples), extras(passages), runtime)
    check(pack(one, targets, budget, count, order, material), one, budget, count)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS, budget=st.integers(20, 900), found=TEXTS, passages=TEXTS)
def test_the_budget_holds_for_a_whole_notebook(
    count: Count, cells: list[tuple[str, list[str]]], budget: int, found: list[str], passages: list[str]
) -> None:
    one = book(cells)
    material = Material(extras(found), (), extras(passages))
    packed = pack_whole(one, budget, count, material, "zeros of x", (0,))
    check(packed, one, budget, count)
    every = {cell.index for cell in (*packed.shown, *packed.left_out)}
    assert every == {cell.index for cell in one.cells if cell.source.strip()}


def test_what_a_part_costs_and_what_was_left_out_is_kept() -> None:
    one = book([("code", ["x = np.zeros(3)"]), ("code", ["unrelated = 1"] * 6), ("code", ["print(x)"])])
    material = Material(passages=extras(["short", "words " * 400]))
    packed = pack(one, 2, 60, lambda text: len(text.split()), material=material)
    kinds = {part["kind"]: part for part in packed.record["shown_parts"]}  # type: ignore[attr-defined]
    assert kinds["cells to change"]["names"] == ["cell 3"]
    assert kinds["definitions"]["names"] == ["cell 1 defines x"]
    assert kinds["passages"]["names"] == ["extra 0"] and kinds["passages"]["left_out"] == ["extra 1"]
    assert kinds["passages"]["left_out_tokens"] == 400
    assert packed.record["shown_budget"] == 60 and packed.record["shown_tokens"] == packed.tokens


def test_a_tokeniser_that_counts_more_for_the_whole_than_for_its_parts_is_no_matter() -> None:
    one = book([("code", [f"value_{number} = {number}"]) for number in range(9)])

    def count(text: str) -> int:
        return len(text.split()) + (30 if text.count("## Cell") > 3 else 0)

    packed = pack(one, 4, 60, count)
    assert count(packed.text) == packed.tokens <= 60


def test_uses_come_before_what_is_merely_there() -> None:
    one = book(
        [
            ("code", ["table = 1"]),
            ("code", ["other = 2"]),
            ("code", ["far = 3"]),
            ("code", ["print(table)"]),
        ]
    )
    packed = pack(one, 0, 16, lambda text: len(text.split()))
    assert [(cell.index, cell.why) for cell in packed.shown] == [(0, "target"), (3, "uses table")]


def test_of_a_notebook_that_does_not_fit_the_cells_that_the_task_names_are_shown() -> None:
    one = book([("code", [f"value_{number} = {number}"] * 5) for number in range(6)])
    packed = pack_whole(one, 60, lambda text: len(text.split()), words="Rename value_4")
    assert 4 in {cell.index for cell in packed.shown} and packed.left_out
    assert packed.target.index("## Cell 1") < packed.target.index("## Cell 5")
