"""A verdict is found where it stands, and weighed from the token in which the options part."""

import math

import pytest

from nbreview.llm.model import Choices
from nbreview.llm.verdicts import Written, find_verdict, votes_shares, weigh, with_choice

CRASH = Choices(', "detection": ', ("true", "false"))


@pytest.mark.parametrize(
    ("text", "option", "before"),
    [
        ('{"reasoning": "x", "detection": true}', 0, '{"reasoning": "x"'),
        ('{"reasoning":"x","detection":false}', 1, '{"reasoning":"x"'),
        ('{"reasoning": "x" ,\n  "detection" : true\n}', 0, '{"reasoning": "x" '),
        ('{"reasoning": ", \\"detection\\": true", "detection": false}', 1, None),
        ('a, "detection": true then b, "detection": false', 1, None),
    ],
)
def test_the_last_verdict_counts(text: str, option: int, before: str | None) -> None:
    verdict = find_verdict(text, CRASH)
    assert verdict is not None
    assert verdict.option == option
    assert text[verdict.place :].startswith(CRASH.options[option])
    if before is not None:
        assert verdict.before == before


@pytest.mark.parametrize("text", ["", "true", '{"detection": true}', '{"a": 1, "detection": truely}'])
def test_what_is_no_verdict_is_none(text: str) -> None:
    assert find_verdict(text, CRASH) is None


def test_of_two_options_one_of_which_begins_the_other_the_longer_is_found() -> None:
    verdict = find_verdict(" is: not fine", Choices(" is: ", ("not", "not fine")))
    assert verdict is not None
    assert verdict.option == 1


def tokens(*texts: str, **last: float) -> list[Written]:
    alternatives = {text.replace("_", " "): math.log(share) for text, share in last.items()}
    return [*(Written(text, {}) for text in texts[:-1]), Written(texts[-1], alternatives)]


@pytest.mark.parametrize(
    ("written", "share"),
    [
        (tokens('{"r": "x"', ', "detection":', " true", _true=0.6, _false=0.2), 0.75),
        (tokens('{"r": "x"', ', "detection": ', "true", true=0.6, false=0.2), 0.75),
        ([*tokens('{"r": "x"', ', "detection": ', "t", t=0.6, f=0.2), Written("rue", {})], 0.75),
        (tokens('{"r": "x"', ', "detection":', " true", _true=0.5, true=0.1, _f=0.2), 0.75),
    ],
)
def test_the_share_of_an_option_is_that_of_the_tokens_that_begin_it(
    written: list[Written], share: float
) -> None:
    assert weigh(written, CRASH) == pytest.approx((share, 1 - share))


def test_an_option_that_is_not_told_gets_at_most_what_the_least_one_told_has() -> None:
    written = tokens('{"r": "x"', ', "detection": ', "true", true=0.9, maybe=0.02, so=0.01)
    assert weigh(written, CRASH) == pytest.approx((0.9 / 0.91, 0.01 / 0.91))
    certain = weigh(tokens("a", ', "detection": ', "true", true=1.0), CRASH)
    assert 0 < certain[1] < 1e-6


@pytest.mark.parametrize(
    "written",
    [
        [],
        tokens("no verdict", here=1.0),
        tokens(', "detection": ', "true", maybe=0.9),
        [Written("a", {}), Written(', "detection": ', {}), Written("true", {})],
    ],
)
def test_without_what_it_takes_there_is_no_weight(written: list[Written]) -> None:
    assert weigh(written, CRASH) == ()


def test_options_that_part_later_than_the_token_are_not_weighed() -> None:
    choices = Choices(" is: ", ("crash-now", "crash-later"))
    assert weigh(tokens(" is: ", "crash-now", crash=0.9, other=0.1), choices) == ()


def test_votes_are_never_a_certainty() -> None:
    assert votes_shares([0, 0, 0, 0, 0], 2) == pytest.approx((5.5 / 6, 0.5 / 6))
    assert sum(votes_shares([0, 1, 1], 3)) == pytest.approx(1.0)


def test_a_grammar_keeps_its_rules_under_another_root() -> None:
    grammar = 'root ::= "root" [root] root-item\nroot-item ::= "a \\"root" | root\n'
    assert with_choice(grammar, Choices(' "so":\n', ("yes", "no"))) == (
        'root ::= reply-before-choice " \\"so\\":\\n" ("yes" | "no")\n'
        'reply-before-choice ::= "root" [root] root-item\n'
        'root-item ::= "a \\"root" | reply-before-choice\n'
    )
