"""Earlier edits that a person accepted, shown to the model as examples of what is wanted.

Imports `context`, `prompts`, `llm.model` and below. Edits by example, with none, one or five of them, follow
"Suggesting Code Edits in Interactive Machine Learning Notebooks Using Large Language Models"
(arXiv 2501.09745). Which ones is a matter of likeness, from plain values: whoever reads the store gives them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from nbreview.assist.context import fenced
from nbreview.assist.prompts import Template
from nbreview.llm.model import Message

NUMBERS = (0, 1, 5)
"""How many the paper shows."""

_LEAST = 30.0
"""Likeness, of 100, below which an earlier edit teaches nothing about this one."""
_LONGEST = 4_000
"""Characters of a source that are compared."""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """An edit of one cell that was accepted. `id` names the suggestion; `reason` is what was said of it."""

    id: str
    instruction: str
    before: str
    after: str
    reason: str = ""
    language: str = "python"
    cell_type: str = "code"


def resembling(
    known: Iterable[Exemplar], instruction: str, source: str, count: int, language: str = "python"
) -> tuple[Exemplar, ...]:
    """At most `count` edits that resemble what is asked for, the likest first; those of another language, and
    those that resemble it in nothing, are none.

    Half of the likeness is that of the instructions' words, half that of the sources; where one of the two
    has no instruction, the sources alone decide.
    """
    if count < 1:
        return ()
    scored: list[tuple[float, Exemplar]] = []
    for each in known:
        if each.language != language or not each.after.strip() or each.before == each.after:
            continue
        likeness = fuzz.ratio(each.before[:_LONGEST], source[:_LONGEST])
        if instruction.strip() and each.instruction.strip():
            said = fuzz.token_set_ratio(each.instruction.lower(), instruction.lower())
            likeness = (likeness + said) / 2
        if likeness >= _LEAST:
            scored.append((likeness, each))
    chosen: list[Exemplar] = []
    for _, each in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)):
        if all(each.before != other.before for other in chosen):
            chosen.append(each)
        if len(chosen) == count:
            break
    return tuple(chosen)


def turns(exemplars: Sequence[Exemplar], template: Template, *, labelled: bool = False) -> Iterator[Message]:
    """Exemplars as turns before the question, each asked and answered as the template asks; what resembles
    most stands nearest to the question.

    Parameters
    ----------
    labelled:
        Whether answers name the cell, as where several are asked about.
    """
    for each in reversed(exemplars):
        tag = each.language if each.cell_type == "code" else each.cell_type
        cell = fenced(each.before, tag)
        values = {"target_label": "Cell 1", "target": f"## Cell 1\n{cell}", "instruction": each.instruction}
        values["instruction"] = values["instruction"].strip() or template.sections["improve"]
        asked = "\n\n".join(template.fill(section, values) for section in ("target", "task"))
        yield Message("user", asked)
        label = "## cell 1\n" if labelled else ""
        yield Message("assistant", f"{_sentence(each)}\n\n{label}{fenced(each.after, tag)}")


def _sentence(exemplar: Exemplar) -> str:
    said = exemplar.reason or exemplar.instruction
    first = said.strip().split("\n", 1)[0].strip() or "Made it clearer"
    return first if first.endswith((".", "!", "?")) else f"{first}."
