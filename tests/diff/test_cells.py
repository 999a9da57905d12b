"""Cells are matched by the ladder: ids, sources, similarity in gaps, moves, place."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.cells import Alignment, align
from nbreview.diff.similarity import Likeness
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

LOAD = "import pandas as pd\nframe = pd.read_csv('data.csv')\nframe.head()"
CLEAN = "frame = frame.dropna()\nframe['price'] = frame['price'].astype(float)"
SPLIT = "train, test = train_test_split(frame, test_size=0.2, random_state=0)"
TRAIN = "model = RandomForestRegressor(n_estimators=100)\nmodel.fit(train[features], train['price'])"
SCORE = "predicted = model.predict(test[features])\nprint(mean_absolute_error(test['price'], predicted))"


def matched(base: list[dict[str, Any]], head: list[dict[str, Any]], **options: Any) -> Alignment:
    return align(
        read_bytes(notebook(*base), "base").cells, read_bytes(notebook(*head), "head").cells, **options
    )


def sources(*texts: str) -> list[dict[str, Any]]:
    return [code(text) for text in texts]


def pairs(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> set[tuple[int, int]]:
    return set(matched(base, head).pairs)


def test_equal_notebooks_match_one_to_one() -> None:
    cells = sources(LOAD, CLEAN, "", SPLIT, "")
    found = matched(cells, cells)
    assert found.pairs == tuple((index, index) for index in range(5))
    assert not found.moved


def test_an_equal_id_matches_a_rewritten_cell() -> None:
    base = [code(LOAD, id="a"), code("x = 1", id="b")]
    head = [code("y = 'entirely different'", id="b"), code(LOAD, id="a")]
    assert pairs(base, head) == {(0, 1), (1, 0)}


def test_ids_that_stand_twice_are_no_evidence() -> None:
    base = [code(LOAD, id="a"), code(CLEAN, id="a")]
    head = [code(CLEAN, id="a"), code(SPLIT, id="x"), code(LOAD, id="a")]
    assert pairs(base, head) >= {(0, 2), (1, 0)}


def test_ids_that_were_swapped_by_copying_are_vetoed() -> None:
    base = [code(LOAD, id="a"), code(CLEAN, id="b")]
    head = [code(LOAD, id="b"), code(CLEAN, id="a")]
    assert pairs(base, head) == {(0, 0), (1, 1)}


def test_an_id_of_a_stranger_is_vetoed_for_the_similar_cell() -> None:
    base = [code(LOAD + "\nframe.describe()", id="a"), code(SPLIT, id="s")]
    head = [
        code("\n".join(f"axis_{n}.plot(series_{n})" for n in range(9)), id="a"),
        code(LOAD + "\nframe.info()", id="new"),
        code(SPLIT, id="s"),
    ]
    assert (0, 1) in pairs(base, head)


def test_ids_can_be_ignored() -> None:
    base = [code(LOAD, id="a"), code(CLEAN, id="b")]
    head = [code(CLEAN, id="x"), code(LOAD, id="y")]
    assert set(matched(base, head, ids=False).pairs) == {(0, 1), (1, 0)}


def test_an_edited_cell_is_found_beside_an_inserted_one() -> None:
    base = sources(LOAD, TRAIN, SCORE)
    head = sources(LOAD, "print('training')", TRAIN.replace("100", "500"), SCORE)
    assert pairs(base, head) == {(0, 0), (1, 2), (2, 3)}


def test_of_two_candidates_the_more_similar_one_is_matched() -> None:
    base = sources(LOAD, SPLIT)
    head = sources(
        LOAD, SPLIT.replace("0.2", "0.25"), SPLIT.replace("frame", "other").replace("train", "fit")
    )
    assert (1, 1) in pairs(base, head)


def test_strangers_are_removed_and_added_when_the_place_says_nothing() -> None:
    base = sources(LOAD, CLEAN, SCORE)
    head = sources(LOAD, "!pip install seaborn", "sns.heatmap(corr)", SCORE)
    assert pairs(base, head) == {(0, 0), (2, 3)}


def test_a_cell_rewritten_in_place_is_one_cell() -> None:
    assert (1, 1) in pairs(sources(LOAD, "1 + 1", SCORE), sources(LOAD, "!pip install seaborn", SCORE))


def test_a_moved_cell_is_matched_and_said_to_be_moved() -> None:
    base = sources(LOAD, CLEAN, SPLIT, TRAIN, SCORE)
    head = sources(LOAD, SPLIT, TRAIN, SCORE, CLEAN)
    found = matched(base, head)
    assert set(found.pairs) == {(0, 0), (1, 4), (2, 1), (3, 2), (4, 3)}
    assert found.moved == {(1, 4)}


def test_similar_cells_in_another_order_have_moved_and_are_not_rewritten() -> None:
    """An equal cell elsewhere is better evidence than a similar one at the same place."""
    plots = [f"figure_{n} = plot(results, column={n})\nfigure_{n}.show()" for n in range(30)]
    order = list(range(30))
    random.Random(7).shuffle(order)
    head = [plots[n] for n in order]
    assert pairs(sources(*plots), sources(*head)) == {(n, place) for place, n in enumerate(order)}


def test_the_smaller_part_is_the_one_that_moved() -> None:
    small = "x = 1"
    found = matched(sources(small, LOAD + CLEAN), sources(LOAD + CLEAN, small))
    assert found.moved == {(0, 1)}


def test_a_cell_that_was_moved_and_edited_is_matched() -> None:
    base = sources(LOAD, CLEAN, SPLIT, TRAIN, SCORE)
    head = sources(LOAD, SPLIT, TRAIN, SCORE, CLEAN.replace("float", "int"))
    found = matched(base, head)
    assert (1, 4) in found.moved


def test_a_cell_that_became_markdown_keeps_its_match() -> None:
    base = [code(LOAD), code("Some words on cleaning"), code(SCORE)]
    head = [code(LOAD), markdown("Some words on cleaning"), code(SCORE)]
    assert pairs(base, head) == {(0, 0), (1, 1), (2, 2)}


def test_blank_cells_anchor_nothing_but_are_matched() -> None:
    base = sources(LOAD, "", CLEAN)
    head = sources("", LOAD + "\n# more", "", CLEAN + "\n# more")
    found = pairs(base, head)
    assert {(0, 1), (2, 3)} <= found
    assert (1, 2) in found


def test_many_identical_cells_match_in_order() -> None:
    base = sources(*["plt.show()"] * 50, LOAD, *["plt.show()"] * 50)
    head = sources(*["plt.show()"] * 49, LOAD, *["plt.show()"] * 52)
    found = matched(base, head)
    assert len(found.pairs) == 49 + 1 + 50
    assert not found.moved


def test_reversed_cells_are_all_matched() -> None:
    texts = [f"{name} = load_{name}(path_{name})" for name in "abcdefghij"]
    found = matched(sources(*texts), sources(*reversed(texts)))
    assert set(found.pairs) == {(row, 9 - row) for row in range(10)}
    assert len(found.moved) == 9


CELLS = st.lists(st.sampled_from([LOAD, CLEAN, TRAIN, "x = 1", "x = 2", "", "# a"]), max_size=10)


@given(base=CELLS, head=CELLS, ids=st.booleans())
def test_pairs_are_one_to_one_and_what_is_not_moved_is_in_order(
    base: list[str], head: list[str], ids: bool
) -> None:
    def numbered(texts: list[str]) -> list[dict[str, Any]]:
        return [code(text, id=f"c{place % 4}" if ids else None) for place, text in enumerate(texts)]

    found = matched(numbered(base), numbered(head))
    assert (
        len({row for row, _ in found.pairs}) == len({column for _, column in found.pairs}) == len(found.pairs)
    )
    rows = [row for row, column in found.pairs if (row, column) not in found.moved]
    assert rows == sorted(rows)
    assert found.moved <= set(found.pairs)
    # Nothing that stands once is left over on both sides.
    left = {text for place, text in enumerate(base) if place not in {row for row, _ in found.pairs}}
    right = {text for place, text in enumerate(head) if place not in {column for _, column in found.pairs}}
    assert not {text for text in left & right if text.strip() and base.count(text) == head.count(text) == 1}


def a_source(numbers: random.Random) -> str:
    def name() -> str:
        return f"name{numbers.randrange(3000)}"

    return "\n".join(f"{name()} = {name()}({name()}, {numbers.randrange(1000)})" for _ in range(8))


def edited(source: str) -> str:
    return source.replace("(", "(extra, ", 2)


@pytest.mark.parametrize("ids", [True, False])
def test_a_tenth_of_many_cells_edited_is_found_by_comparing_only_these(
    ids: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Likeness] = []
    original = Likeness.__init__

    def remembered(self: Likeness, *sides: Any) -> None:
        original(self, *sides)
        counted.append(self)

    monkeypatch.setattr(Likeness, "__init__", remembered)
    numbers = random.Random(0)
    texts = [a_source(numbers) for _ in range(2_000)]
    base = [code(text, id=f"c{n}" if ids else None) for n, text in enumerate(texts)]
    head = [
        {**cell, "source": edited(text)} if n % 10 == 0 else cell
        for n, (cell, text) in enumerate(zip(base, texts, strict=True))
    ]
    del head[1_000:1_010]
    found = matched(base, head)
    assert set(found.pairs) == {
        (n, n if n < 1_000 else n - 10) for n in range(2_000) if not 1_000 <= n < 1_010
    }
    assert counted[0].compared < 300


def test_four_hundred_edited_cells_are_found() -> None:
    numbers = random.Random(1)
    texts = [a_source(numbers) for _ in range(400)]
    assert matched(sources(*texts), sources(*map(edited, texts))).pairs == tuple((n, n) for n in range(400))


def test_the_result_does_not_depend_on_hash_seeds() -> None:
    program = (
        "import random\n"
        "from tests.builders import code, notebook\n"
        "from nbreview.diff.cells import align\n"
        "from nbreview.notebook.reader import read_bytes\n"
        "numbers = random.Random(3)\n"
        "words = [f'word{n}' for n in range(60)]\n"
        "def side():\n"
        "    lines = lambda: [' '.join(numbers.choices(words, k=6)) for _ in range(4)]\n"
        "    return read_bytes(notebook(*(code('\\n'.join(lines())) for _ in range(60))), 'side').cells\n"
        "found = align(side(), side())\n"
        "print(found.pairs, sorted(found.moved), found.relations)\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop()) > 100


def test_it_stops_when_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        matched(sources("a"), sources("b"), cancel=token)
