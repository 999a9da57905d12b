"""Text metrics against their reference implementations on random code."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.evaluation.text_metrics import (
    corpus_bleu,
    edit_similarity,
    exact_match,
    rouge_l,
    sentence_bleu,
    tokens_13a,
)
from tests.evaluation.code_samples import any_code

NEAR = 1e-9


@given(st.one_of(any_code, st.text(max_size=60)))
def test_tokens_are_those_of_sacrebleu(text: str) -> None:
    tokenizers = pytest.importorskip("sacrebleu.tokenizers.tokenizer_13a")
    assert tokens_13a(text) == tokenizers.Tokenizer13a()(text.rstrip()).split()


@given(any_code, any_code)
def test_sentence_bleu_is_that_of_sacrebleu(prediction: str, reference: str) -> None:
    sacrebleu = pytest.importorskip("sacrebleu")
    wanted = sacrebleu.sentence_bleu(prediction, [reference]).score / 100
    assert sentence_bleu(prediction, reference) == pytest.approx(wanted, abs=NEAR)


@given(st.lists(st.tuples(any_code, any_code), min_size=1, max_size=6))
def test_corpus_bleu_is_that_of_sacrebleu(pairs: list[tuple[str, str]]) -> None:
    sacrebleu = pytest.importorskip("sacrebleu")
    said, wanted = zip(*pairs, strict=True)
    score = sacrebleu.corpus_bleu(list(said), [list(wanted)]).score / 100
    assert corpus_bleu(pairs) == pytest.approx(score, abs=NEAR)


@given(any_code, any_code)
def test_rouge_l_is_that_of_rouge_score(prediction: str, reference: str) -> None:
    scorers = pytest.importorskip("rouge_score.rouge_scorer")
    wanted = scorers.RougeScorer(["rougeL"]).score(reference, prediction)["rougeL"].fmeasure
    assert rouge_l(prediction, reference) == pytest.approx(wanted, abs=NEAR)


@given(any_code, any_code)
def test_edit_similarity_is_levenshteins_by_its_recurrence(prediction: str, reference: str) -> None:
    row = list(range(len(reference) + 1))
    for at, left in enumerate(prediction, start=1):
        last, row[0] = row[0], at
        for place, right in enumerate(reference, start=1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (left != right))
    longest = max(len(prediction), len(reference))
    wanted = 1 - row[-1] / longest if longest else 1.0
    assert edit_similarity(prediction, reference) == pytest.approx(wanted, abs=NEAR)


@given(any_code)
def test_a_text_is_as_near_to_itself_as_can_be(text: str) -> None:
    assert exact_match(text, text) and edit_similarity(text, text) == 1.0
    assert sentence_bleu(text, text) == pytest.approx(1.0 if tokens_13a(text) else 0.0)


@pytest.mark.parametrize(
    ("prediction", "reference", "same"),
    [
        ("x = 1\n", "x = 1", True),
        ("x = 1  \ny", "x = 1\ny", True),
        ("\n\nx", "x\n", True),
        ("  x", "x", False),
        ("x = 1", "x = 2", False),
        ("", "", True),
    ],
)
def test_exact_match_overlooks_only_the_margins(prediction: str, reference: str, same: bool) -> None:
    assert exact_match(prediction, reference) is same


def test_nothing_to_compare_is_zero_and_no_error() -> None:
    assert corpus_bleu([]) == 0.0 and sentence_bleu("", "x = 1") == 0.0 and rouge_l("", "") == 0.0


def test_real_notebooks_agree_with_the_references() -> None:
    sacrebleu = pytest.importorskip("sacrebleu")
    folder = Path(__file__).parents[2] / "resources" / "samples"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("0[1-4].ipynb"))]
    pairs = list(pairwise(texts))
    said, wanted = zip(*pairs, strict=True)
    score = sacrebleu.corpus_bleu(list(said), [list(wanted)]).score / 100
    assert corpus_bleu(pairs) == pytest.approx(score, abs=NEAR)
