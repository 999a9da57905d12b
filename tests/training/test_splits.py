"""Splits keep together what belongs together, stay as data grows, and share nothing."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.review.model import Place
from nbreview.store.database import Store
from nbreview.training.duplicates import LEAK, NEAR, shingles
from nbreview.training.splits import NAMES, Splits, parse_splits, repository_of
from nbreview.training.verification import verify
from nbreview.training.writer import export
from tests.store.samples import decision, suggestion


def accept(
    store: Store, id: str, repository: str, before: str, after: str, notebook: str = "n.ipynb"
) -> None:
    place = Place(f"/srv/{repository}/{notebook}", 0, None, f"/srv/{repository}", "", "", notebook)
    store.add_suggestion(suggestion(id, place=place, base_source=before))
    store.decide(decision(f"d-{id}", id, final_source=after, time=1_700_000_000.0 + len(id) + hash_of(id)))


def hash_of(id: str) -> float:
    """A time that grows with the figures in an id."""
    return float("".join(filter(str.isdigit, id)) or 0)


def source(seed: str, lines: int = 12) -> str:
    lot = random.Random(seed)
    return "".join(
        f"{lot.choice('abcdefgh')}{lot.randint(0, 10**6)} = f{lot.randint(0, 10**6)}(x)\n"
        for _ in range(lines)
    )


def read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for name in NAMES
    }


def fill(store: Store, numbers: range) -> None:
    for at in numbers:
        accept(store, f"s{at}", f"r{at % 20}", source(f"{at}"), source(f"{at}") + source(f"new {at}", 4))


def test_every_repository_is_in_one_split(store: Store, tmp_path: Path) -> None:
    fill(store, range(60))
    report = export(store, tmp_path / "out", splits=parse_splits("60/20/20"))
    where = {
        (row["metadata"]["repository"], name) for name, rows in read(tmp_path / "out").items() for row in rows
    }
    assert len(where) == 20
    assert report.manifest["splits"]["by"] == "repository"
    assert all(len(rows) > 0 for rows in read(tmp_path / "out").values())
    assert report.rows == 60


def test_growth_moves_nothing_to_another_split(store: Store, tmp_path: Path) -> None:
    rule = parse_splits("60/20/20", "repository")
    fill(store, range(30))
    export(store, tmp_path / "one", splits=rule)
    fill(store, range(30, 90))
    export(store, tmp_path / "two", splits=rule)
    before, after = read(tmp_path / "one"), read(tmp_path / "two")
    for name in NAMES:
        assert [row for row in after[name] if row in before[name]] == before[name]


def test_a_single_repository_is_divided_by_notebook(store: Store, tmp_path: Path) -> None:
    for at in range(40):
        accept(store, f"s{at}", "only", source(f"{at}"), source(f"after {at}"), f"n{at % 20}.ipynb")
    report = export(store, tmp_path / "out", splits=parse_splits("60/20/20"))
    where = {
        (row["metadata"]["notebook"], name) for name, rows in read(tmp_path / "out").items() for row in rows
    }
    assert report.manifest["splits"]["by"] == "notebook"
    assert len(where) == 20


def alike(one: dict[str, Any], two: dict[str, Any]) -> float:
    """The exact Jaccard similarity, by definition."""
    sets = [set(shingles(f"{row['input']}\n{row['output']}")) for row in (one, two)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_no_near_duplicate_is_in_two_splits(store: Store, tmp_path: Path) -> None:
    fill(store, range(40))
    for at in range(40):  # the same cells in forks of other names, a word of each changed
        lines = source(f"{at}").splitlines(keepends=True)
        lines[3] = f"changed_{at} = 1\n"
        base = "".join(lines)
        accept(store, f"copy{1000 + at}", f"fork{at % 20}", base, base + source(f"new {at}", 4))
    report = export(store, tmp_path / "out", "alpaca", splits=parse_splits("60/20/20"))
    splits = read(tmp_path / "out")
    pairs = itertools.combinations(NAMES, 2)
    closest = max(alike(one, two) for a, b in pairs for one in splits[a] for two in splits[b])
    assert closest < 0.75
    assert report.left_out[LEAK] + report.left_out[NEAR] == 40
    assert report.left_out[LEAK] > 5
    assert verify(tmp_path / "out") == ()


def test_planted_leaks_would_be_found_by_the_verification(store: Store, tmp_path: Path) -> None:
    fill(store, range(40))
    out = tmp_path / "out"
    export(store, out, "alpaca", splits=parse_splits("60/20/20"))
    row = json.loads((out / "train.jsonl").read_text(encoding="utf-8").splitlines()[0])
    row["output"] += "# one more line\n"
    with (out / "test.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")
    problems = "\n".join(verify(out))
    assert "belongs to another split than test" in problems
    assert "test.jsonl is not the file of the manifest" in problems


@pytest.mark.parametrize(
    ("remote", "name"),
    [
        ("https://github.com/lab/tool.git", "github.com/lab/tool"),
        ("git@github.com:lab/tool.git", "github.com/lab/tool"),
        ("ssh://git@GitHub.com/lab/tool", "github.com/lab/tool"),
        ("https://user:secret@github.com/lab/tool/", "github.com/lab/tool"),
        ("", "/srv/tool"),
    ],
)
def test_a_repository_is_the_same_by_every_address(remote: str, name: str) -> None:
    assert repository_of({"remote": remote, "repository": "/srv/tool"}) == name


def test_shares_hold_for_many_groups() -> None:
    rule = parse_splits("80/10/10", "repository")
    found = [rule.split_of(f"github.com/lab/tool{at}") for at in range(5000)]
    assert [round(found.count(name) / 5000, 1) for name in NAMES] == [0.8, 0.1, 0.1]


def test_a_larger_share_of_held_out_data_takes_from_train_alone() -> None:
    small, large = parse_splits("90/5/5"), parse_splits("85/5/10")
    groups = [f"g{at}" for at in range(500)]
    assert all(large.split_of(group) == "test" for group in groups if small.split_of(group) == "test")


@pytest.mark.parametrize("text", ["80/20", "80/10/20", "a/b/c", "80/10/-10", ""])
def test_shares_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="80/10/10"):
        parse_splits(text)


def test_what_is_kept_together_has_three_names() -> None:
    with pytest.raises(UserError, match="auto, repository, notebook"):
        parse_splits("80/10/10", "cell")


@pytest.fixture
def rule() -> Iterator[Splits]:
    yield parse_splits("80/10/10")


def test_a_file_is_no_folder_for_splits(store: Store, tmp_path: Path, rule: Splits) -> None:
    fill(store, range(2))
    (tmp_path / "x.jsonl").write_text("")
    with pytest.raises(UserError, match=r"x\.jsonl is no folder"):
        export(store, tmp_path / "x.jsonl", splits=rule)


def test_nothing_to_write_makes_no_folder(store: Store, tmp_path: Path, rule: Splits) -> None:
    with pytest.raises(UserError, match="No accepted suggestion"):
        export(store, tmp_path / "out", splits=rule)
    assert not (tmp_path / "out").exists()
