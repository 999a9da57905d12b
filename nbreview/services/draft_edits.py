"""What a person writes into a draft: each part of it as one text, and the state that a changed text makes.

Joins `assist.drafts` and `assist.draft_replies`. Pure: a text that cannot be used raises `UserError`.
"""

from nbreview.assist.draft_replies import DraftCell, Plan, UnusableReplyError, parse_plan
from nbreview.assist.drafts import (
    DraftState,
    DraftStep,
    with_cells,
    with_choice,
    with_critique,
    with_improved,
    with_plan,
)
from nbreview.assist.replies import problem_of
from nbreview.errors import UserError
from nbreview.notebook.model import CellType
from nbreview.words import said


def plan_text(plan: Plan) -> str:
    """A plan as a person edits it: the title, and a heading for each section."""
    return f"# {plan.title}\n\n{plan.text}"


def part_text(state: DraftState, step: DraftStep, index: int) -> str:
    """The part of a step that can be edited, as text: a plan, a critique, a cell."""
    match step:
        case DraftStep.PLANS:
            return plan_text(state.plans[index])
        case DraftStep.CRITIQUES:
            return state.critiques[index]
        case DraftStep.IMPROVEMENT:
            return plan_text(state.improved) if state.improved is not None else ""
        case DraftStep.CELLS:
            return state.cells[index].source
        case DraftStep.CHOICE:
            return state.why


def with_part(state: DraftState, step: DraftStep, index: int, text: str) -> DraftState:
    """The state with a part that a person has edited; what was made from it is dropped.

    A cell without text is taken away. Of the choice, `index` is the plan that was chosen.

    Raises
    ------
    UserError
        The text is no plan, an empty critique, or code that does not parse; or no cell of code would be left.
    """
    match step:
        case DraftStep.PLANS:
            return with_plan(state, index, _plan(text))
        case DraftStep.CRITIQUES:
            if not text.strip():
                raise UserError(said("A critique needs some words; write what speaks against the plan."))
            return with_critique(state, index, text.strip())
        case DraftStep.CHOICE:
            return with_choice(state, index)
        case DraftStep.IMPROVEMENT:
            return with_improved(state, _plan(text))
        case DraftStep.CELLS:
            return with_cells(state, _cells(state, index, text))


def _plan(text: str) -> Plan:
    try:
        return parse_plan(text)
    except UnusableReplyError as error:
        raise UserError(
            said(
                "{reason} A plan has a title and the headings Data preparation, Model, and Training and "
                "evaluation, each with some words below it.",
                reason=error.args[0],
            )
        ) from error


def _cells(state: DraftState, index: int, text: str) -> tuple[DraftCell, ...]:
    old = state.cells[index]
    source = text.strip("\n")
    if not source.strip():
        cells = (*state.cells[:index], *state.cells[index + 1 :])
        if not any(cell.cell_type == "code" for cell in cells):
            raise UserError(
                said("This is the last cell of code and has to stay; change it, or make cells again.")
            )
        return cells
    if old.cell_type == "code":
        problem = problem_of(source, "", "", CellType.CODE, state.task.language)
        if problem:
            raise UserError(said("The cell cannot be kept. {problem} Mend it, or cancel.", problem=problem))
    return (*state.cells[:index], DraftCell(old.cell_type, source), *state.cells[index + 1 :])
