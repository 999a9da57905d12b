"""Rows are measured in the tokens of a model, and what is longer than asked for is left out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm.vocabulary import Vocabulary, open_vocabulary
from nbreview.store.database import Store
from nbreview.training.lengths import Lengths
from nbreview.training.manifest import texts_of
from nbreview.training.verification import left_unchecked, verify
from nbreview.training.writer import export
from tests.store.samples import decision, rule_suggestion, suggestion
from tests.training.histories import rows


@pytest.fixture(scope="module")
def vocabulary(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vocabulary]:
    with open_vocabulary(tiny_model, cache=tmp_path_factory.mktemp("cache") / "models.json") as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_suggestion(suggestion())
    store.add_suggestion(rule_suggestion())
    store.decide(decision())
    long = "import pandas as pd\n" * 200
    store.decide(decision("d2", "r1", final_source=long, time=1_700_000_300.0))
    return store


class Letters:
    """Counts letters: lengths that a test can say beforehand."""

    name, sha256 = "letters", "0" * 64

    def count(self, texts: list[str], cancel: object = None) -> list[int]:
        return [len(text) for text in texts]


def test_the_figures_are_those_of_the_rows() -> None:
    lengths = Lengths(Letters())  # type: ignore[arg-type]
    for number in range(1, 101):
        lengths.add(["a" * number, "b" * 500])
    model = lengths.figures()["model"]
    assert model["tokens"] == {"total": 55_050, "least": 501, "median": 550, "p95": 595, "most": 600}
    assert model["longer"] == {"512": 88}
    assert model["limit"] is None


def test_manifest_and_card_say_lengths_in_tokens_and_which_model_counted(
    filled: Store, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    report = export(filled, tmp_path / "x.jsonl", counter=vocabulary)
    counted = [sum(vocabulary.count(list(texts_of(row)))) for row in rows(report.path)]
    model = report.manifest["lengths"]["model"]
    assert (model["name"], model["sha256"]) == (vocabulary.name, vocabulary.sha256)
    assert model["tokens"]["total"] == sum(counted)
    assert (model["tokens"]["least"], model["tokens"]["most"]) == (min(counted), max(counted))
    card = report.card_path.read_text(encoding="utf-8")
    assert vocabulary.sha256 in card
    assert f"| {model['tokens']['most']} |" in card


def test_without_a_model_words_and_signs_stay_the_measure(filled: Store, tmp_path: Path) -> None:
    lengths = export(filled, tmp_path / "x.jsonl").manifest["lengths"]
    assert "model" not in lengths
    assert "a model's own tokens are others" in lengths["token"]


def test_longer_rows_are_left_out_and_counted(filled: Store, vocabulary: Vocabulary, tmp_path: Path) -> None:
    report = export(filled, tmp_path / "x.jsonl", counter=vocabulary, max_tokens=500)
    assert report.rows == 1
    assert report.left_out == {"longer than 500 tokens": 1}
    assert report.manifest["lengths"]["model"]["limit"] == 500
    assert "Rows of more than 500 tokens were left out." in report.card_path.read_text(encoding="utf-8")


def test_a_length_in_tokens_needs_a_model(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="needs a model's vocabulary; name the model's file"):
        export(filled, tmp_path / "x.jsonl", max_tokens=500)


def test_the_same_model_gives_the_same_bytes(filled: Store, vocabulary: Vocabulary, tmp_path: Path) -> None:
    made = [export(filled, tmp_path / "x.jsonl", counter=vocabulary) for _ in range(2)]
    assert made[0].manifest == made[1].manifest


def test_verifying_counts_again_where_the_model_is_at_hand(
    filled: Store, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    report = export(filled, tmp_path / "x.jsonl", counter=vocabulary, max_tokens=5000)
    assert verify(report.path, counter=vocabulary) == ()
    assert left_unchecked(report.path, vocabulary) == ()
    manifest = json.loads(report.manifest_path.read_bytes())
    manifest["lengths"]["model"]["tokens"]["total"] += 1
    report.manifest_path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "The manifest's lengths are not those of the rows." in verify(report.path, counter=vocabulary)


def test_verifying_without_the_model_says_what_was_not_counted(
    filled: Store, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    report = export(filled, tmp_path / "x.jsonl", counter=vocabulary)
    assert verify(report.path) == ()
    (sentence,) = left_unchecked(report.path)
    assert sentence.startswith("The lengths in tokens were not counted again; name the file of ")
    assert left_unchecked(export(filled, tmp_path / "y.jsonl").path) == ()


def test_verifying_with_another_model_is_said(filled: Store, vocabulary: Vocabulary, tmp_path: Path) -> None:
    report = export(filled, tmp_path / "x.jsonl", counter=vocabulary)
    problems = verify(report.path, counter=Letters())  # type: ignore[arg-type]
    assert any("and letters is another model" in problem for problem in problems)
