"""The ladder's hard cases: each is one notebook that went through something people do to notebooks."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.diff.cells import Alignment, align
from nbreview.diff.model import Relation, RelationKind
from nbreview.diff.similarity import Likeness
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

LOAD = "frame = pd.read_csv('data.csv')\nframe.head()"
CLEAN = "frame = frame.dropna()\nframe['price'] = frame['price'].astype(float)"
SPLIT = "train, test = train_test_split(frame, test_size=0.2, random_state=0)"
TRAIN = "model = RandomForestRegressor(n_estimators=100)\nmodel.fit(train[features], train['price'])"
SCORE = "predicted = model.predict(test[features])\nprint(mean_absolute_error(test['price'], predicted))"
PLOT = "fig, ax = plt.subplots(figsize=(8, 4))\nax.scatter(test['price'], predicted, alpha=0.3)"
ALL = (LOAD, CLEAN, SPLIT, TRAIN, SCORE, PLOT)


def cells(*parts: str | dict[str, Any]) -> tuple[Cell, ...]:
    built = [code(part) if isinstance(part, str) else part for part in parts]
    return read_bytes(notebook(*built), "notebook").cells


def pairs(base: tuple[Cell, ...], head: tuple[Cell, ...], **options: Any) -> dict[int, int]:
    return dict(align(base, head, **options).pairs)


# --- moved --------------------------------------------------------------------------------------------------


def test_a_moved_section_takes_its_blank_and_repeated_cells_along() -> None:
    section = [markdown("## Model"), "", TRAIN, "plt.show()", SCORE]
    rest = [markdown("## Data"), LOAD, "plt.show()", CLEAN, "", PLOT + "\nplt.show()" * 9, SPLIT * 9]
    found = align(cells(*section, *rest), cells(*rest, *section))
    assert set(found.pairs) == {(n, n + 7) for n in range(5)} | {(n + 5, n) for n in range(7)}
    assert found.moved == {(n, n + 7) for n in range(5)}


def test_the_lighter_section_is_the_one_that_moved() -> None:
    heavy = [f"{name}\n{name * 2}" for name in ALL]
    light = ["seed = 3", "rate = 0.1", "epochs = 20", "folds = 5", "depth = 7", "trees = 90", "size = 11"]
    found = align(cells(*heavy, *light), cells(*light, *heavy))
    assert {row for row, _ in found.moved} == set(range(6, 13))


def test_a_cell_edited_inside_a_moved_section_keeps_its_place_there() -> None:
    rest = [text + "\n# " + "long remark " * 9 for text in (PLOT, SPLIT, LOAD)]
    base = [CLEAN, "rows = 5", TRAIN, *rest]
    head = [*rest, CLEAN, "columns = everything[:]", TRAIN]
    assert pairs(cells(*base), cells(*head))[1] == 4


def test_cells_that_were_moved_and_edited_are_found() -> None:
    base = cells(*ALL)
    head = cells(LOAD, TRAIN.replace("100", "500"), PLOT, CLEAN + "\nframe.info()", SPLIT, SCORE)
    found = align(base, head)
    assert set(found.pairs) == {(0, 0), (1, 3), (2, 4), (3, 1), (4, 5), (5, 2)}
    assert len(found.moved) == 2


def test_a_short_cell_that_was_moved_and_grew_is_known_by_its_only_line() -> None:
    base = cells("### Define the model", LOAD, CLEAN, SPLIT)
    head = cells(LOAD, CLEAN, SPLIT, "### Define the model\n# checked")
    assert align(base, head).moved == {(0, 3)}


def test_a_trifle_moved_if_there_are_as_many_as_before_and_else_was_removed_and_added() -> None:
    base = cells("plt.show()", LOAD, CLEAN, SPLIT)
    assert pairs(base, cells(LOAD, CLEAN, SPLIT, "plt.show()")) == {0: 3, 1: 0, 2: 1, 3: 2}
    twice = cells(LOAD, "plt.show()", CLEAN, SPLIT, "plt.show()")
    assert len(pairs(base, twice)) == 3


# --- split, merged and copied -------------------------------------------------------------------------------


def test_a_split_cell_stays_matched_with_its_larger_part_and_the_other_says_where_it_came_from() -> None:
    found = align(cells(LOAD, CLEAN + "\n" + TRAIN, PLOT), cells(LOAD, CLEAN, TRAIN, PLOT))
    assert set(found.pairs) == {(0, 0), (1, 2), (2, 3)}
    assert found.relations.added == {1: Relation(RelationKind.SPLIT, 1)}
    assert not found.relations.removed


def test_a_merged_cell_stays_matched_with_its_larger_part_and_the_other_says_where_it_went() -> None:
    found = align(cells(LOAD, CLEAN, TRAIN, PLOT), cells(LOAD, CLEAN + "\n" + TRAIN, PLOT))
    assert set(found.pairs) == {(0, 0), (2, 1), (3, 2)}
    assert found.relations.removed == {1: Relation(RelationKind.MERGED, 1)}
    assert not found.relations.added


def test_a_cell_split_in_four_keeps_one_part_and_relates_three() -> None:
    parts = [CLEAN, SPLIT + "\n" + SPLIT.replace("test", "held"), TRAIN, SCORE]
    found = align(cells(LOAD, "\n".join(parts), PLOT), cells(LOAD, *parts, PLOT))
    assert len(found.pairs) == 3
    assert list(found.relations.added.values()) == [Relation(RelationKind.SPLIT, 1)] * 3


def test_four_cells_merged_into_one_keep_one_and_relate_three() -> None:
    parts = [CLEAN, SPLIT + "\n" + SPLIT.replace("test", "held"), TRAIN, SCORE]
    found = align(cells(LOAD, *parts, PLOT), cells(LOAD, "\n".join(parts), PLOT))
    assert len(found.pairs) == 3
    assert list(found.relations.removed.values()) == [Relation(RelationKind.MERGED, 1)] * 3


def test_lines_that_went_into_a_function_and_were_indented_are_still_theirs() -> None:
    wrapped = "def run():\n" + "".join(f"    {line}\n" for line in (TRAIN + "\n" + SCORE).split("\n"))
    found = align(cells(LOAD, TRAIN, SCORE, PLOT), cells(LOAD, wrapped, PLOT))
    assert {relation.kind for relation in found.relations.removed.values()} == {RelationKind.MERGED}


def test_a_copied_cell_says_what_it_repeats() -> None:
    found = align(cells(LOAD, TRAIN, SCORE), cells(LOAD, TRAIN, SCORE, TRAIN))
    assert set(found.pairs) == {(0, 0), (1, 1), (2, 2)}
    assert found.relations.added == {3: Relation(RelationKind.COPIED, 1)}


def test_a_copied_and_slightly_edited_cell_says_what_it_repeats() -> None:
    found = align(cells(LOAD, TRAIN, SCORE), cells(LOAD, TRAIN, SCORE, TRAIN.replace("100", "500")))
    assert found.relations.added == {3: Relation(RelationKind.COPIED, 1)}


@pytest.mark.parametrize("trifle", ["plt.show()", "import numpy as np\nimport os", "x", "", "# ---"])
def test_trifles_are_related_to_nothing(trifle: str) -> None:
    base = [LOAD, trifle, CLEAN + "\n" + trifle, TRAIN]
    head = [LOAD, trifle, CLEAN, trifle, TRAIN, trifle]
    found = align(cells(*base), cells(*head))
    assert not found.relations.added
    assert not align(cells(*head), cells(*base)).relations.removed


def test_a_stranger_is_related_to_nothing() -> None:
    found = align(cells(LOAD, TRAIN), cells(LOAD, PLOT, SPLIT, TRAIN))
    assert not found.relations.added


# --- types --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", ["", "!"])
def test_a_cell_that_changed_its_type_is_one_cell_even_if_it_was_edited(edit: str) -> None:
    text = "The prices are cleaned here before the table is split"
    found = pairs(cells(LOAD, text, PLOT, SCORE), cells(LOAD, markdown(text + edit), TRAIN, PLOT, SCORE))
    assert found == {0: 0, 1: 1, 2: 3, 3: 4}


# --- ids ----------------------------------------------------------------------------------------------------


def named(texts: tuple[str, ...], ids: list[str]) -> tuple[Cell, ...]:
    return cells(*(code(text, id=identity) for text, identity in zip(texts, ids, strict=True)))


def test_a_cell_copied_with_its_id_is_matched_by_its_source() -> None:
    base = named(ALL, list("abcdef"))
    head = named((LOAD, TRAIN, CLEAN, SPLIT, TRAIN, SCORE, PLOT), list("adbcdef"))
    assert {row: base[row].source for row in pairs(base, head)} == dict(enumerate(ALL))


def test_ids_made_anew_say_nothing() -> None:
    edited = (LOAD, CLEAN, SPLIT + "  # seeded", TRAIN, SCORE, PLOT)
    assert pairs(named(ALL, list("abcdef")), named(edited, list("uvwxyz"))) == {n: n for n in range(6)}


def test_ids_counted_through_by_a_tool_are_not_believed() -> None:
    base = named(ALL, [f"cell-{n}" for n in range(6)])
    texts = ("import this", LOAD, CLEAN + "\nframe.info()", SPLIT, TRAIN, SCORE, PLOT)
    head = named(texts, [f"cell-{n}" for n in range(7)])
    assert pairs(base, head) == {n: n + 1 for n in range(6)}


def test_an_id_of_a_rewritten_cell_is_believed_if_nothing_better_claims_it() -> None:
    base = named(ALL, list("abcdef"))
    texts = (LOAD, CLEAN, "checkpoint = joblib.dump(everything, 'all frames')", SCORE, PLOT, TRAIN)
    head = named(texts, list("abcefd"))
    assert pairs(base, head)[2] == 2


def test_an_id_on_a_stranger_gives_way_to_the_cell_that_moved() -> None:
    base = named(ALL, list("abcdef"))
    stranger = "print('one'); print('two'); print('three'); print('four')"
    head = named((LOAD, stranger, SPLIT, TRAIN, SCORE, PLOT, CLEAN + "\nframe.info()"), list("abcdefg"))
    assert pairs(base, head)[1] == 6


# --- many alike ---------------------------------------------------------------------------------------------


def test_many_blank_cells_are_matched_in_order() -> None:
    base = cells("", "", LOAD, "", "", "", CLEAN, "")
    head = cells("", LOAD + "\n# more", "", "", "", "", CLEAN, "")
    found = align(base, head)
    assert len(found.pairs) == 7
    assert not found.moved


def test_the_only_blank_cell_moved() -> None:
    assert align(cells("", LOAD, CLEAN), cells(LOAD, CLEAN, "")).moved == {(0, 2)}
    assert len(pairs(cells("", LOAD, CLEAN), cells(LOAD, "", CLEAN, ""))) == 2


def test_a_blank_cell_that_was_filled_is_one_cell() -> None:
    assert pairs(cells(LOAD, "", TRAIN), cells(LOAD, "frame.info()", TRAIN)) == {0: 0, 1: 1, 2: 2}


def test_a_nearly_equal_pair_is_not_given_up_for_two_half_similar_ones() -> None:
    def text(*names: str) -> str:
        return "\n".join(f"{name} = compute({name}_input)" for name in names)

    base = cells(text("ant", "bee", "cow", "dog"), text("hen", "ibis", "jay", "kite"))
    head = cells(text("ant", "bee", "hen", "ibis"), text("ant", "bee", "cow", "dog") + "\n#")
    assert pairs(base, head)[0] == 1


# --- the result ---------------------------------------------------------------------------------------------


TEXTS = st.sampled_from(
    [*ALL, CLEAN + "\n" + TRAIN, TRAIN.replace("100", "500"), SPLIT + "\n# seeded", "x = 1", "x = 2", "", " "]
)
CELL = st.builds(
    lambda text, kind, identity: (markdown if kind else code)(text, id=identity),
    TEXTS,
    st.sampled_from([False, False, False, True]),
    st.sampled_from([None, "a", "b", "c", "d"]),
)
NOTEBOOK = st.lists(CELL, max_size=9).map(lambda parts: cells(*parts))


def mirrored(found: Alignment) -> Alignment:
    return Alignment(
        tuple(sorted(((column, row) for row, column in found.pairs), key=lambda pair: pair[1])),
        frozenset((column, row) for row, column in found.moved),
    )


@settings(max_examples=300)
@given(base=NOTEBOOK, head=NOTEBOOK, ids=st.booleans())
def test_swapping_the_sides_mirrors_the_result(
    base: tuple[Cell, ...], head: tuple[Cell, ...], ids: bool
) -> None:
    found, other = align(base, head, ids=ids), align(head, base, ids=ids)
    assert mirrored(found).pairs == other.pairs
    assert mirrored(found).moved == other.moved
    split = {place: each for place, each in found.relations.added.items() if each.kind is RelationKind.SPLIT}
    assert {place: each.index for place, each in split.items()} == {
        place: each.index for place, each in other.relations.removed.items()
    }


@given(base=NOTEBOOK, head=NOTEBOOK)
def test_relations_are_of_cells_without_a_partner_and_point_at_cells_that_have_one(
    base: tuple[Cell, ...], head: tuple[Cell, ...]
) -> None:
    found = align(base, head)
    partner = dict(found.pairs)
    assert not set(found.relations.added) & set(partner.values())
    assert not set(found.relations.removed) & set(partner)
    assert all(relation.index in partner for relation in found.relations.added.values())
    assert all(relation.index in partner.values() for relation in found.relations.removed.values())


@given(NOTEBOOK)
def test_a_notebook_is_matched_with_itself_cell_by_cell(same: tuple[Cell, ...]) -> None:
    found = align(same, same)
    assert found.pairs == tuple((place, place) for place in range(len(same)))
    assert not found.moved


# --- cost ---------------------------------------------------------------------------------------------------


def a_text(numbers: random.Random) -> str:
    def name() -> str:
        return f"name{numbers.randrange(3000)}"

    return "\n".join(f"{name()} = {name()}({name()}, {numbers.randrange(1000)})" for _ in range(8))


@pytest.mark.parametrize("count", [400, 1600])
@pytest.mark.parametrize("kind", ["edited", "replaced", "shuffled and edited", "small vocabulary"])
def test_comparisons_grow_with_the_cells_and_not_with_their_square(
    count: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Likeness] = []
    original = Likeness.__init__

    def remembered(self: Likeness, *sides: Any) -> None:
        original(self, *sides)
        made.append(self)

    monkeypatch.setattr(Likeness, "__init__", remembered)
    numbers = random.Random(count)
    texts = [a_text(numbers) for _ in range(count)]
    changed = [text.replace("(", "(extra, ") for text in texts]
    if kind == "replaced":
        changed = [a_text(numbers) for _ in range(count)]
    if kind == "shuffled and edited":
        numbers.shuffle(changed)
    if kind == "small vocabulary":
        texts = [f"x = {n % 7}\ny = {n % 5} + x" for n in range(count)]
        changed = [f"x = {n % 5}\ny = x - {n % 3}" for n in range(count)]
    align(cells(*texts), cells(*changed))
    assert made[0].compared < 16 * count


# --- the time budget ----------------------------------------------------------------------------------------


def test_past_the_budget_the_rest_is_paired_by_position_and_the_result_says_so() -> None:
    base, head = cells(LOAD, CLEAN, SPLIT, PLOT), cells(LOAD, SPLIT + "  # seeded", CLEAN + "\n# more", PLOT)
    hands = iter([0.0, 1.0, *[99.0] * 1000])
    found = align(base, head, seconds=10.0, clock=lambda: next(hands))
    assert found.coarse
    assert found.pairs == ((0, 0), (1, 1), (2, 2), (3, 3))
    assert not align(base, head, seconds=10.0, clock=lambda: 0.0).coarse


def test_a_spent_budget_still_gives_pairs_in_order() -> None:
    found = align(cells(*ALL), cells(*reversed(ALL)), seconds=0.0)
    assert found.coarse
    assert found.pairs == tuple((n, n) for n in range(6))
