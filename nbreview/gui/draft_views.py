"""What the pages of a draft show, made from its state: plain functions, no widgets.

Imports the blocks' data class, `services` and below.
"""

import re
from collections.abc import Mapping, Sequence

from nbreview.assist.draft_replies import Plan
from nbreview.assist.drafts import DraftState, DraftStep
from nbreview.gui.draft_parts import Part
from nbreview.gui.language import spoken, tr
from nbreview.presentation.highlight import TokenLines
from nbreview.services.draft_edits import part_text

_HEADING = re.compile(r"#{1,4}\s")


def step_title(step: DraftStep) -> str:
    """What a step is called in the list at the left."""
    return {
        DraftStep.PLANS: tr("Plans"),
        DraftStep.CRITIQUES: tr("Critiques"),
        DraftStep.CHOICE: tr("Choice"),
        DraftStep.IMPROVEMENT: tr("Improved plan"),
        DraftStep.CELLS: tr("Cells"),
    }[step]


def step_doing(step: DraftStep) -> str:
    """What the model does in a step."""
    return {
        DraftStep.PLANS: tr("Writing plans"),
        DraftStep.CRITIQUES: tr("Criticising the plans"),
        DraftStep.CHOICE: tr("Choosing the best plan"),
        DraftStep.IMPROVEMENT: tr("Improving the plan"),
        DraftStep.CELLS: tr("Writing cells"),
    }[step]


def step_said(step: DraftStep) -> str:
    """What a page shows, in a sentence at its top."""
    return {
        DraftStep.PLANS: tr(
            "Plans for the task, the most promising first. Edit one, or have them made again."
        ),
        DraftStep.CRITIQUES: tr("What speaks against each plan. An edited critique changes the choice."),
        DraftStep.CHOICE: tr(
            "The plan that the model takes to be the best. Choose another if you know better."
        ),
        DraftStep.IMPROVEMENT: tr("The chosen plan, changed so that it answers its critique."),
        DraftStep.CELLS: tr("The cells that wait to be inserted. Nothing is written before you accept them."),
    }[step]


def step_empty(step: DraftStep) -> str:
    """How a page without anything on it is filled."""
    said = tr("Nothing here yet. Describe the task on the first page and press “Make plans”;")
    return said + " " + {
        DraftStep.PLANS: tr("the plans come first."),
        DraftStep.CRITIQUES: tr("each plan is then criticised."),
        DraftStep.CHOICE: tr("the plans are then weighed against each other."),
        DraftStep.IMPROVEMENT: tr("the best plan is then improved."),
        DraftStep.CELLS: tr("the cells are written last."),
    }[step]  # fmt: skip


def step_parts(
    state: DraftState, step: DraftStep, tokens: Mapping[str, TokenLines] | None = None
) -> tuple[Part, ...]:
    """The blocks of a step's page; none where it is not made."""
    match step:
        case DraftStep.PLANS:
            return tuple(
                _plan_part(state, step, number, plan, state.weights)
                for number, plan in enumerate(state.plans)
            )
        case DraftStep.CRITIQUES:
            return tuple(
                Part(
                    (step.value, number),
                    tr("Against plan {number}: {title}").format(
                        number=number + 1, title=state.plans[number].title
                    ),
                    text,
                    part_text(state, step, number),
                )
                for number, text in enumerate(state.critiques)
            )
        case DraftStep.CHOICE:
            return _choice_parts(state)
        case DraftStep.IMPROVEMENT:
            return _improved_parts(state)
        case DraftStep.CELLS:
            return _cell_parts(state, tokens or {})


def _plan_part(state: DraftState, step: DraftStep, number: int, plan: Plan, weights: Sequence[float]) -> Part:
    pill = (_percent(weights[number]), "accent" if number == 0 else "muted") if weights else ("", "")
    title = tr("Plan {number}: {title}").format(number=number + 1, title=plan.title)
    return Part((step.value, number), title, _shifted(plan.text), part_text(state, step, number), pill=pill)


def _choice_parts(state: DraftState) -> tuple[Part, ...]:
    if state.chosen is None:
        return ()
    parts = []
    for number, plan in enumerate(state.plans):
        chosen = number == state.chosen
        chance = _percent(state.chances[number]) if state.chances else ""
        word = " · ".join(filter(None, (tr("chosen") if chosen else "", chance)))
        parts.append(
            Part(
                (DraftStep.CHOICE.value, number),
                tr("Plan {number}: {title}").format(number=number + 1, title=plan.title),
                spoken(state.why) if chosen else plan.model,
                marked=chosen,
                pill=(word, "accent" if chosen else "muted") if word else ("", ""),
                act="" if chosen else tr("Choose this plan"),
            )
        )
    return tuple(parts)


def _improved_parts(state: DraftState) -> tuple[Part, ...]:
    if state.improved is None:
        return ()
    step = DraftStep.IMPROVEMENT
    made = Part(
        (step.value, 0),
        state.improved.title,
        _shifted(state.improved.text),
        part_text(state, step, 0),
        marked=True,
        pill=(tr("improved"), "accent"),
    )
    if state.chosen is None or state.chosen >= len(state.critiques):
        return (made,)
    title = tr("The critique that it answers")
    return (made, Part((step.value, 1), title, state.critiques[state.chosen]))


def _cell_parts(state: DraftState, tokens: Mapping[str, TokenLines]) -> tuple[Part, ...]:
    step = DraftStep.CELLS
    return tuple(
        Part(
            (step.value, number),
            tr("Cell {number}, {kind}").format(
                number=number + 1, kind=tr("code") if cell.cell_type == "code" else tr("text")
            ),
            cell.source if cell.cell_type == "code" else _shifted(cell.source),
            part_text(state, step, number),
            code=cell.cell_type == "code",
            tokens=tokens.get(cell.source, ()),
        )
        for number, cell in enumerate(state.cells)
    )


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _shifted(text: str) -> str:
    """Headings as lesser ones: the block has a title of its own."""
    lines, fenced = [], False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        lines.append(f"##{line}" if _HEADING.match(line) and not fenced else line)
    return "\n".join(lines)
