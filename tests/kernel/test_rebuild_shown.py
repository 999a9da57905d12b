"""What outputs leave open is guessed, the other way round in the next world, and said to be guessed."""

import pytest

from nbreview.kernel.rebuild_shown import settled
from nbreview.kernel.rebuild_world import MARK, CannotRebuild

FRAME = "pandas.core.frame.DataFrame"
TABLE = {
    "type": FRAME,
    "shape": [None, 3],
    "columns": ["age", "city", "day"],
    "per_column": {
        "age": {"example_values": [31, 42]},
        "city": {"example_values": ["Rome", "Oslo"]},
        "day": {"example_values": ["2020-01-01", "2020-01-02"]},
    },
}


def test_a_length_that_is_not_told_differs_between_the_worlds() -> None:
    even, odd = settled(TABLE, 0), settled(TABLE, 1)
    assert even.shape and odd.shape
    assert even.description["shape"][0] != odd.description["shape"][0]
    known = settled({**TABLE, "shape": [9, 3]}, 0)
    assert not known.shape
    assert settled({**TABLE, "rows": 9}, 0).description["shape"] == [9, 3]


def test_columns_have_more_values_than_were_displayed_in_odd_worlds_only() -> None:
    even, odd = (settled(TABLE, world).description["per_column"] for world in (0, 1))
    assert even["age"]["value_range"] == [31, 42]
    assert odd["age"]["value_range"] == [31, 53]
    assert even["city"]["example_values"] == ["Rome", "Oslo"]
    assert odd["city"]["example_values"][-1].endswith(MARK)


def test_dates_are_texts_or_dates() -> None:
    types = {settled(TABLE, world).description["per_column"]["day"]["dtype"] for world in (0, 1)}
    assert types == {"datetime64[ns]", "object"}


def test_numbers_are_texts_where_that_is_asked() -> None:
    info = settled(TABLE, 0, as_text=True).description["per_column"]["age"]
    assert info["dtype"] == "object"
    assert info["example_values"] == ["31", "42"]
    told = {**TABLE, "per_column": {**TABLE["per_column"], "age": {"dtype": "int64"}}}  # type: ignore[dict-item]
    assert settled(told, 0, as_text=True).description["per_column"]["age"]["dtype"] == "int64"


def test_a_table_cut_short_has_no_complete_list_of_columns() -> None:
    cut = {"type": FRAME, "shape": [5, 40], "per_column": {"a": {}, "$0": {}}}
    found = settled(cut, 0)
    assert "columns" not in found.description
    assert found.description["shape"] == [5, 40]
    assert list(found.description["per_column"]) == ["a", "$0"]
    assert settled({**cut, "shape": [5, None]}, 0).shape


def test_a_shape_alone_is_an_array_in_one_world_and_a_table_in_the_next() -> None:
    kinds = [settled({"shape": [80, 4]}, world).description["type"] for world in (0, 1)]
    assert kinds == [FRAME, "numpy.ndarray"]
    assert settled({"shape": [80, 4]}, 0).kind
    assert settled({"shape": [8, 4, 4]}, 0).description["type"] == "numpy.ndarray"


def test_what_is_not_enough_is_no_stand_in() -> None:
    for facts in ({}, {"rows": 9}, {"type": "numpy.ndarray", "rows": 9}, {"type": FRAME}):
        with pytest.raises(CannotRebuild):
            settled(facts, 0)
    with pytest.raises(CannotRebuild):
        settled({"type": FRAME, "shape": [5, 1], "per_column": {"a": {}, "b": {}}}, 0)


def test_an_estimator_is_found_by_the_name_of_its_class() -> None:
    pytest.importorskip("sklearn.tree")
    found = settled({"type": "", "class_name": "DecisionTreeClassifier", "params": {"max_depth": 3}}, 0)
    assert found.description["module"].startswith("sklearn.tree")
    assert found.description["params"] == {"max_depth": 3}
    assert found.shape, "whether it was fitted is not told"
    with pytest.raises(CannotRebuild):
        settled({"type": "", "class_name": "NoSuchThing"}, 0)
