"""Replies to the steps of a draft, however models dress them."""

import pytest

from nbreview.assist.draft_replies import (
    DraftCell,
    UnusableReplyError,
    parse_draft_cells,
    parse_number,
    parse_plan,
    parse_points,
)


def test_plans_are_read_with_bold_headings_numbers_and_split_last_sections() -> None:
    said = (
        "<think>hm</think>Here is it.\n### Plan 1: Boosted trees\n**1. Data Preparation:**\nsplit\n"
        "**2. Model Architecture**\ntrees\n**3. Training**\nfit\n**4. Evaluation**\nscore\n"
    )
    plan = parse_plan(said)
    assert plan.title == "Boosted trees"
    assert (plan.preparation, plan.model, plan.training) == ("split", "trees", "fit\nscore")
    assert plan.text.startswith("## Data preparation\nsplit\n\n## Model\n")


def test_a_plan_without_a_title_is_called_by_its_model() -> None:
    assert parse_plan("## Data preparation\na\n## Model\n- Ridge\n## Training\nc").title == "Ridge"


@pytest.mark.parametrize("said", ["", "<think>no end", "# T\n## Data preparation\na\n## Model\nb"])
def test_what_is_no_plan_is_refused(said: str) -> None:
    with pytest.raises(UnusableReplyError):
        parse_plan(said)


def test_points_are_any_words_and_numbers_are_the_last_plan_named() -> None:
    assert parse_points("- leaks\n") == "- leaks"
    with pytest.raises(UnusableReplyError):
        parse_points("--")
    assert parse_number("Plan 1 is weak; plan **2** wins", 3) == 1
    assert parse_number("3", 3) == 2
    assert parse_number("7", 3) is None and parse_number("", 3) is None


def test_cells_are_the_text_and_the_blocks_in_their_order() -> None:
    said = (
        "Read.\n\n```python\nimport a\n```\nThen:\n```md\n# Note\n```\n```sh\n$ pip install b\nls\n```\nDone."
    )
    assert parse_draft_cells(said, "python") == (
        DraftCell("markdown", "Read."),
        DraftCell("code", "import a"),
        DraftCell("markdown", "Then:"),
        DraftCell("markdown", "# Note"),
        DraftCell("code", "%pip install b\n!ls"),
        DraftCell("markdown", "Done."),
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Only words.", "no code block"),
        ("```python\nx = 1", "not closed"),
        ("```python\nx = (\n```", "does not parse"),
        ("```python\nx = 1\n# ... rest of the code\n```", "leaves part"),
        ("```md\nwords\n```", "no code block that is code"),
        ("```java\nint x;\n```", "marked as java"),
    ],
)
def test_what_are_no_cells_is_refused_with_the_reason(said: str, why: str) -> None:
    with pytest.raises(UnusableReplyError, match=why):
        parse_draft_cells(said, "python")
