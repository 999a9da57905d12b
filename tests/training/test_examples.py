"""An accepted suggestion becomes a prompt and the answer that the person wanted."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from nbreview.assist.prompts import load_template
from nbreview.llm.model import Message
from nbreview.review.model import DecisionKind
from nbreview.training.examples import RULE_EDIT, fenced, make_example
from tests.store.samples import MODEL_ORIGIN, decision, rule_suggestion, suggestion


def test_a_models_example_holds_the_messages_it_was_shown() -> None:
    example = make_example(suggestion(), decision())
    assert example.prompt == tuple(Message(**message) for message in MODEL_ORIGIN.messages)
    assert example.template == "edit-v1"


def test_the_answer_is_what_was_accepted_not_what_was_proposed() -> None:
    edited = decision(kind=DecisionKind.EDITED, final_source="maß = 1")
    assert make_example(suggestion(), edited).answer == "```python\nmaß = 1\n```"


def test_the_beginning_of_an_answer_is_not_part_of_the_prompt() -> None:
    begun = replace(
        MODEL_ORIGIN, messages=(*MODEL_ORIGIN.messages, {"role": "assistant", "content": "```python\n"})
    )
    assert make_example(suggestion(origin=begun), decision()).prompt[-1].role == "user"


def test_a_rules_example_asks_in_the_words_of_its_reason() -> None:
    example = make_example(rule_suggestion(), decision(of="r1"))
    assert [message.role for message in example.prompt] == ["system", "user"]
    user = example.prompt[1].content
    assert rule_suggestion().reason in user
    assert "```python\ndf = pd.DataFrame()\n```" in user
    assert example.template == load_template(RULE_EDIT).reference


def test_a_rules_example_asks_in_the_words_of_its_instruction_where_there_is_one() -> None:
    example = make_example(rule_suggestion(instruction="Import what is missing."), decision(of="r1"))
    assert "Import what is missing." in example.prompt[1].content
    assert rule_suggestion().reason not in example.prompt[1].content


def test_braces_in_a_source_are_left_alone() -> None:
    example = make_example(rule_suggestion(base_source="print(f'{x} {{y}}')"), decision(of="r1"))
    assert "print(f'{x} {{y}}')" in example.prompt[1].content


@pytest.mark.parametrize(
    ("cell_type", "language", "info"),
    [
        ("code", "python", "python"),
        ("code", "julia", "julia"),
        ("markdown", "python", "markdown"),
        ("raw", "r", ""),
    ],
)
def test_the_block_says_what_it_holds(cell_type: str, language: str, info: str) -> None:
    example = make_example(suggestion(cell_type=cell_type, language=language), decision())
    assert example.answer.splitlines()[0] == f"```{info}"


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "x = 1\n",
        "x = 1\n\n",
        "",
        "```\ncode\n```",
        "a `````` b",
        "'''\n````python\n'''",
        "~~~\n",
        "  indented",
    ],
)
def test_a_block_holds_exactly_its_source(source: str) -> None:
    (token,) = MarkdownIt().parse(fenced(source, "python"))
    assert (token.type, token.info) == ("fence", "python")
    assert token.content == (source if source.endswith("\n") or not source else source + "\n")
