"""From a suggestion that a person accepted to an example that a model can learn from.

A model's suggestion keeps the prompt that it answered. A rule was asked nothing, so its example gets the
words that a person would have used. The answer is always what was written into the notebook, not what was
proposed. Imports `assist.prompts`, `review`, `llm.model` and below.
"""

import re
from dataclasses import dataclass

from nbreview.assist.prompts import load_template
from nbreview.llm.model import Message
from nbreview.review.model import Decision, Suggestion

RULE_EDIT = "rule-edit.v1"
"""Template of the prompt for what a rule proposed."""


@dataclass(frozen=True, slots=True)
class Example:
    """A prompt and the answer that a person wanted, with where it comes from.

    `prompt` ends with the user's turn. `template` names the prompt's template with its version and hash.
    """

    prompt: tuple[Message, ...]
    answer: str
    template: str
    suggestion: Suggestion
    decision: Decision


def make_example(suggestion: Suggestion, decision: Decision) -> Example:
    """Make an example of an acceptance."""
    answer = fenced(decision.final_source, info_string(suggestion.cell_type, suggestion.language))
    shown = _shown_to_model(suggestion)
    prompt = shown or edit_prompt(suggestion)
    template = suggestion.origin.template if shown else load_template(RULE_EDIT).reference
    return Example(prompt, answer, template, suggestion, decision)


def _shown_to_model(suggestion: Suggestion) -> tuple[Message, ...]:
    """The messages that a model was shown, up to the last turn of the user."""
    messages = [
        Message(item["role"], item["content"]) for item in suggestion.origin.messages if item["content"]
    ]
    while messages and messages[-1].role != "user":
        messages.pop()  # the beginning of an answer, put into the model's mouth
    return tuple(messages)


def edit_prompt(suggestion: Suggestion) -> tuple[Message, ...]:
    """Ask for an edit of the suggestion's cell: by its instruction, or by its reason where there is none."""
    template = load_template(RULE_EDIT)
    values = {
        "instruction": suggestion.instruction.strip() or suggestion.reason.strip(),
        "cell_type": suggestion.cell_type,
        "source": fenced(suggestion.base_source, info_string(suggestion.cell_type, suggestion.language)),
    }
    return Message("system", template.fill("system", values)), Message("user", template.fill("user", values))


def info_string(cell_type: str, language: str) -> str:
    """What stands after a code fence for a cell: its language, `markdown`, or nothing for a raw cell."""
    return {"code": language, "markdown": "markdown"}.get(cell_type, "")


def fenced(source: str, info: str) -> str:
    """A source in a fenced block, by CommonMark: the fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall("`{3,}", source)), default=2)
    fence = "`" * (longest + 1)
    end = "" if source.endswith("\n") or not source else "\n"
    return f"{fence}{info}\n{source}{end}{fence}"
