"""What panels show, made from what the session holds: plain functions, no widgets.

Imports the panels' data classes and the rooms below; panels import nothing from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nbreview.gui.card_view import CardView, FindingView
from nbreview.gui.outline_panel import OutlineItem
from nbreview.llm.model import ModelInfo
from nbreview.notebook.model import Cell, Notebook
from nbreview.presentation.outline import cell_title, is_flag, make_outline
from nbreview.review.model import Evidence, Finding, Origin, Rung, SuggestionState, Verdict
from nbreview.services.assistant import Card, make_card
from nbreview.services.fixing import rule_of
from nbreview.services.session import NOT_THE_FILE, ReviewSession
from nbreview.services.verdicts import by_strength


def card_views(session: ReviewSession) -> tuple[CardView, ...]:
    """The queue of cards."""
    notebook = session.comparison.head.notebook if session.comparison is not None else None
    return tuple(_card_view(card, notebook) for card in session.cards)


def why_no_cards(session: ReviewSession) -> tuple[str, ...]:
    """Why there can be no card for what is shown; nothing where one can come."""
    comparison = session.comparison
    if comparison is None or comparison.writable:
        return ()
    return (comparison.head.notebook.read_only or NOT_THE_FILE,)


def _card_view(card: Card, notebook: Notebook | None) -> CardView:
    suggestion = card.suggestion
    index = suggestion.place.cell_index if card.cell_index is None else card.cell_index
    title = f"Cell {index + 1}"
    if notebook is not None and card.cell_index is not None and card.cell_index < len(notebook.cells):
        title = f"Cell {cell_title(notebook.cells[card.cell_index])}"
    notes = {
        SuggestionState.STALE: "The cell has changed since this was made; it cannot be applied.",
        SuggestionState.FAILED: "The model's answer could not be used.",
    }
    note = notes.get(card.state, "")
    return CardView(
        id=suggestion.id,
        title=title,
        evidence=suggestion.evidence,
        probability=None,
        reason=suggestion.reason,
        diff=card.diff,
        proposed=suggestion.proposed_source,
        base=suggestion.base_source,
        made_by=made_by(suggestion.origin),
        shown=tuple((message["role"], message["content"]) for message in suggestion.origin.messages),
        state=card.state,
        note=note,
        raw=suggestion.origin.reply if card.state is SuggestionState.FAILED else "",
        alternatives=_alternatives(card, notebook),
    )


def _alternatives(card: Card, notebook: Notebook | None) -> tuple[CardView, ...]:
    if notebook is None:
        return ()
    return tuple(_card_view(make_card(notebook, other), notebook) for other in card.alternatives)


def made_by(origin: Origin) -> str:
    """Who made a suggestion and how long it took, in a few words."""
    if origin.maker != "model":
        rule, seen_by = rule_of(origin)
        said = f"rule “{rule or origin.maker.removeprefix('rule:')}”, no model"
        return f"{said}; seen to hold by {seen_by}" if seen_by else said
    return f"{origin.model_name} · {origin.total_seconds:.1f} s · {origin.reply_tokens} tokens"


def finding_views(session: ReviewSession) -> tuple[FindingView, ...]:
    """All findings, in cell order; of one cell, the one that rests on the strongest evidence first."""
    if session.comparison is None:
        return ()
    cells = session.comparison.head.notebook.cells
    known = (Evidence.CERTAIN, Evidence.OBSERVED)
    fixable = {card.cell_index for card in session.cards if card.suggestion.evidence in known}
    new = frozenset(session.changes.new) if session.changes is not None else frozenset()
    numbers = {id(finding): number for number, finding in enumerate(session.findings)}
    views = []
    for index, found in sorted(findings_by_cell(session.findings).items()):
        for place, finding in enumerate(found):
            fixed = finding.evidence in known and finding.verdict is Verdict.CRASH and index in fixable
            view = _finding_view(finding, cells, str(numbers[id(finding)]))
            news = "new" if finding in new else ""
            views.append(replace(view, has_fix=fixed, news=news, weaker=place > 0))
    return tuple(views)


def gone_views(session: ReviewSession) -> tuple[FindingView, ...]:
    """What the rules say of the base and not of the head."""
    if session.comparison is None or session.changes is None:
        return ()
    cells = session.comparison.base.notebook.cells
    return tuple(
        _finding_view(finding, cells, f"gone {number}") for number, finding in enumerate(session.changes.gone)
    )


def _finding_view(finding: Finding, cells: Sequence[Cell], number: str) -> FindingView:
    origin = finding.origin_index
    known = origin is not None and origin < len(cells) and origin != finding.cell_index
    return FindingView(
        id=number,
        cell_title=f"Cell {cell_title(cells[finding.cell_index])}",
        evidence=finding.evidence,
        probability=finding.probability,
        message=finding.message,
        rung="" if finding.rung in (Rung.STATIC, Rung.MODEL) else finding.rung.value,
        cause=cause_words(finding),
        origin=origin if known else None,
        origin_title=f"cell {cell_title(cells[origin], 40)}" if known and origin is not None else "",
        quiet=not is_flag(finding),
        trace=finding.trace,
    )


def cause_words(finding: Finding) -> str:
    """What a crash is called: type, root cause, library; "" where nothing of it is known."""
    cause = finding.cause
    if cause is None or finding.verdict is not Verdict.CRASH:
        return ""
    parts = (cause.crash_type, cause.root_cause, cause.library)
    return " · ".join(str(part) for part in parts if part)


def findings_by_cell(findings: Iterable[Finding]) -> Mapping[int, list[Finding]]:
    """Findings by head index, the one that rests on the strongest evidence first."""
    grouped: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.cell_index].append(finding)
    return {index: by_strength(found) for index, found in grouped.items()}


def flagged_cells(session: ReviewSession) -> set[int]:
    """The cells that are flagged: those with a finding that says more than that no crash was found."""
    return {finding.cell_index for finding in session.findings if is_flag(finding)}


def outline_items(session: ReviewSession) -> tuple[OutlineItem, ...]:
    """Headings, changed cells and cells with findings."""
    if session.comparison is None:
        return ()
    flagged = flagged_cells(session)
    return tuple(
        OutlineItem(
            change_index=entry.change_index,
            level=entry.level,
            text=entry.text,
            kind=entry.kind,
            finding=entry.finding,
            viewed=entry.change_index in session.viewed,
        )
        for entry in make_outline(session.comparison.diff, flagged)
    )


def model_line(info: ModelInfo | None, speed: float, remembered: str) -> str:
    """The status bar's words about the model."""
    if info is None:
        return f"model: {remembered} (loads with the first question)" if remembered else ""
    where = f"{info.backend} {info.gpu_layers}/{info.layers} layers" if info.gpu_layers else info.backend
    parts = [f"{info.name} {info.quantisation}".strip(), where]
    if speed > 0:
        parts.append(f"{speed:.0f} tok/s" if speed >= 10 else f"{speed:.1f} tok/s")
    if info.fallbacks:
        more = len(info.fallbacks) - 1
        parts.append(info.fallbacks[0] + (f" and {more} more" if more else ""))
    return " · ".join(parts)
