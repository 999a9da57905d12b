"""CodeBLEU: parts that the package codebleu defines alike agree with it, the others with the paper."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.evaluation.code_metrics import (
    KEYWORDS,
    WIDTH,
    codebleu,
    codebleu_counts,
    codebleu_of,
    codebleu_parts,
    flow_counts,
    syntax_counts,
)
from tests.evaluation.code_samples import any_code, names, programs

NEAR = 1e-9


def reference_parts(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Runs of tokens and weighted runs as the package gives them, of a whole corpus."""
    bleu = pytest.importorskip("codebleu.bleu")
    weighted = pytest.importorskip("codebleu.weighted_ngram_match")
    said = [prediction.split() for prediction, _ in pairs]
    wanted = [reference.split() for _, reference in pairs]
    weights = [{token: 1 if token in KEYWORDS else 0.2 for token in tokens} for tokens in wanted]
    both = [[[tokens, each]] for tokens, each in zip(wanted, weights, strict=True)]
    length, true_length = sum(map(len, said)), sum(map(len, wanted))
    # The package takes the pair of tokens and weights for the reference, so that each is two tokens long.
    penalty = bleu.brevity_penalty(true_length, length) / (bleu.brevity_penalty(2 * len(pairs), length) or 1)
    return bleu.corpus_bleu([[tokens] for tokens in wanted], said), weighted.corpus_bleu(both, said) * penalty


@given(st.lists(st.tuples(any_code, any_code.filter(str.split)), min_size=1, max_size=5))
def test_runs_and_weighted_runs_are_those_of_the_package(pairs: list[tuple[str, str]]) -> None:
    counts = [sum(column) for column in zip(*(codebleu_counts(*pair) for pair in pairs), strict=True)]
    assert len(counts) == WIDTH
    assert codebleu_parts(counts)[:2] == pytest.approx(reference_parts(pairs), abs=NEAR)


@given(programs)
def test_code_scores_one_against_itself_here_and_in_the_package(program: str) -> None:
    reference = pytest.importorskip("codebleu")
    mine = codebleu_parts(codebleu_counts(program, program))
    assert mine[2] == 1.0 and mine[3] in (None, 1.0)
    assert len(program.split()) < 4 or codebleu(program, program) == pytest.approx(1.0)
    found = reference.calc_codebleu([program], [program], "python")
    assert found["syntax_match_score"] == 1.0 and found["dataflow_match_score"] in (0, 1.0)


@given(programs, names)
def test_names_and_comments_make_no_difference_to_syntax_here_and_in_the_package(
    program: str, name: str
) -> None:
    syntax = pytest.importorskip("codebleu.syntax_match")
    renamed = re.sub(rf"\b{name}\b", "omega", program) + "\n# the end"
    matched, total = syntax_counts(renamed, program)
    assert matched == total
    assert syntax.corpus_syntax_match([[program]], [renamed], "python") == 1.0


@given(programs)
def test_renaming_all_variables_makes_no_difference_to_data_flow(program: str) -> None:
    renamed = re.sub(r"\b(alpha|beta|gamma|delta)\b", r"\1_2", program)
    matched, total = flow_counts(renamed, program)
    assert matched == total


@given(any_code, any_code)
def test_any_text_has_a_figure_between_nought_and_one(prediction: str, reference: str) -> None:
    assert 0.0 <= codebleu(prediction, reference) <= 1.0 + NEAR


def test_subtrees_are_counted_by_the_papers_formula() -> None:
    # Module(Assign(Name, BinOp(Name, Name))): the nodes with children are Module, Assign and BinOp.
    assert syntax_counts("a = b + c", "x = y + z") == (3, 3)
    assert syntax_counts("a = b - c", "x = y + z") == (0, 3)
    assert syntax_counts("print(b + c)", "x = y + z") == (1, 3)


def test_data_flow_counts_edges_each_once() -> None:
    # b comes from a; b is computed from a; both twice in the reference, once in the prediction.
    assert flow_counts("a = 1\nb = a", "a = 1\nb = a\nb = a") == (2, 4)
    assert flow_counts("x, y = 1, 2\nx, y = y, x", "p, q = 1, 2\np, q = q, p") == (4, 4)


def test_what_the_reference_lacks_is_left_out_and_no_match_is_nought() -> None:
    text = "import os as o, re as r"
    assert (
        codebleu_parts(codebleu_counts(text, text)) == (1.0, 1.0, 1.0, None) and codebleu(text, text) == 1.0
    )
    assert codebleu_parts(codebleu_counts("a = 1", "a = 1\nb = a"))[3] == 0.0
    assert codebleu("", "x = 1") == 0.0 and codebleu("x", "") == 0.0


def test_a_cell_with_magics_and_a_broken_line_keeps_its_other_statements() -> None:
    function = "@wraps\ndef f(x):\n    return x"
    branch = "if x:\n    y = x\nelse:\n    y = 2"
    cell = f"%matplotlib inline\nimport os\n\n{function}\n\nx = (1 +\n{branch}"
    matched, total = syntax_counts(cell, f"import os\n{function}\n{branch}")
    assert total - matched == 1  # the module around them


def test_deep_nesting_is_no_error() -> None:
    deep = "x = " + "-" * 3000 + "1"
    assert 0.0 <= codebleu(deep, "x = 1") <= 1.0


def test_counts_of_a_corpus_are_sums() -> None:
    pairs = [("a = 1", "a = 1"), ("b", "c = b\nd = c")]
    counts = [sum(column) for column in zip(*(codebleu_counts(*pair) for pair in pairs), strict=True)]
    assert 0 < codebleu_of(counts) < 1
