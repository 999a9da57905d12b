"""What panels show, made from what the session holds: plain functions, no widgets.

Imports the panels' data classes and the rooms below; panels import nothing from here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nbreview.gui.card_body import stale_note
from nbreview.gui.card_view import CardView, DecidedView, FindingView, ShownPart
from nbreview.gui.comment_views import canvas_marks
from nbreview.gui.language import spoken, tr
from nbreview.gui.outline_panel import OutlineItem
from nbreview.llm.model import ModelInfo
from nbreview.notebook.model import Cell, Notebook
from nbreview.presentation.outline import cell_title, is_flag, make_outline
from nbreview.review.model import (
    CellEdit,
    DecisionKind,
    Evidence,
    Finding,
    Origin,
    Rung,
    SuggestionState,
    Verdict,
)
from nbreview.services.assistant import Card, make_card
from nbreview.services.decided import ReviewHistory
from nbreview.services.fixing import rule_of
from nbreview.services.session import NOT_THE_FILE, ReviewSession
from nbreview.services.verdicts import by_strength


def card_views(session: ReviewSession, hunks_before: Mapping[str, int] | None = None) -> tuple[CardView, ...]:
    """The queue of cards; those of one answer about several cells are one.

    Parameters
    ----------
    hunks_before:
        By suggestion that is what is left of another: how many hunks that had.
    """
    notebook = session.comparison.head.notebook if session.comparison is not None else None
    before = hunks_before or {}
    groups: dict[str, list[CardView]] = {}
    for card in session.cards:
        view = _card_view(card, notebook, before)
        groups.setdefault(card.suggestion.group or view.id, []).append(view)
    return tuple(_group_view(key, views) if len(views) > 1 else views[0] for key, views in groups.items())


def _group_view(group: str, views: Sequence[CardView]) -> CardView:
    """Cards of one answer as one, in the order of their cells."""
    first = views[0]
    counts = Counter(view.edit for view in views)
    what = {
        CellEdit.CHANGE: tr("%n changed", n=counts[CellEdit.CHANGE]),
        CellEdit.INSERT: tr("%n new", n=counts[CellEdit.INSERT]),
        CellEdit.REMOVE: tr("%n removed", n=counts[CellEdit.REMOVE]),
    }
    said = ", ".join(words for edit, words in what.items() if counts[edit])
    title = tr("{count} cells: {what}").format(count=len(views), what=said)
    return replace(first, id=f"group {group}", title=title, cells=tuple(views), alternatives=())


def why_no_cards(session: ReviewSession) -> tuple[str, ...]:
    """Why there can be no card for what is shown; nothing where one can come."""
    comparison = session.comparison
    if comparison is None or comparison.writable:
        return ()
    return (spoken(comparison.head.notebook.read_only) or tr(NOT_THE_FILE),)


def _card_view(card: Card, notebook: Notebook | None, before: Mapping[str, int]) -> CardView:
    suggestion = card.suggestion
    known, origin = suggestion.origin.settings, suggestion.origin
    failed = card.state is SuggestionState.FAILED
    note = {
        SuggestionState.STALE: stale_note(suggestion.edit),
        SuggestionState.FAILED: tr("The model's answer could not be used. Make it again, or reject it."),
    }.get(card.state, "")
    return CardView(
        id=suggestion.id,
        title=_card_title(card, notebook),
        evidence=suggestion.evidence,
        probability=None,
        reason=spoken(suggestion.reason),
        diff=card.diff,
        proposed=suggestion.proposed_source,
        base=suggestion.base_source,
        made_by=made_by(origin),
        shown=tuple((message["role"], message["content"]) for message in origin.messages),
        state=card.state,
        note=note,
        raw=origin.reply if failed else "",
        language=suggestion.language if suggestion.cell_type == "code" else "",
        alternatives=_alternatives(card, notebook, before),
        edit=suggestion.edit,
        judgement=_judgement(origin),
        parts=tuple(_part(part) for part in known.get("shown_parts", ())),
        tokens=int(known.get("shown_tokens", 0)),
        budget=int(known.get("shown_budget", 0)),
        follows=suggestion.part_of,
        hunks_before=before.get(suggestion.id, 0),
    )


def _card_title(card: Card, notebook: Notebook | None) -> str:
    suggestion = card.suggestion
    index = suggestion.place.cell_index if card.cell_index is None else card.cell_index
    at = notebook.cells[index] if notebook is not None and index < len(notebook.cells) else None
    cell = cell_title(at) if at is not None and card.cell_index is not None else str(index + 1)
    if suggestion.edit is CellEdit.INSERT:
        if not suggestion.after:
            return tr("New cell at the top")
        return tr("New cell after {cell}").format(cell=cell)
    if suggestion.edit is CellEdit.REMOVE:
        return tr("Remove cell {cell}").format(cell=cell)
    return tr("Cell {cell}").format(cell=cell)


def _judgement(origin: Origin) -> str:
    """Why an answer is ranked as it is, where there were several or something was seen of it."""
    said = spoken(origin.settings.get("judgement", ""))
    choices, choice = int(origin.settings.get("choices", 1)), int(origin.settings.get("choice", 0))
    if choices < 2:
        return said
    rank = tr("Ranked {number} of {count}.").format(number=choice + 1, count=choices)
    return f"{rank} {said}".strip()


def _part(part: Mapping[str, Any]) -> ShownPart:
    return ShownPart(
        tr(part["kind"]),
        tuple(map(spoken, part.get("names", ()))),
        int(part.get("tokens", 0)),
        tuple(map(spoken, part.get("left_out", ()))),
        int(part.get("left_out_tokens", 0)),
    )


def _alternatives(card: Card, notebook: Notebook | None, before: Mapping[str, int]) -> tuple[CardView, ...]:
    if notebook is None:
        return ()
    return tuple(_card_view(make_card(notebook, other), notebook, before) for other in card.alternatives)


def decided_views(history: ReviewHistory, now: float) -> tuple[DecidedView, ...]:
    """What was decided, newest first, as lines."""
    words = {
        DecisionKind.ACCEPTED: (tr("✓ accepted"), "text"),
        DecisionKind.EDITED: (tr("✓ accepted after editing"), "text"),
        DecisionKind.REJECTED: (tr("✗ rejected"), "muted"),
        DecisionKind.UNDONE: (tr("↶ undone"), "muted"),
    }
    views = []
    for each in history.decided:
        word, token = words[each.decision.kind]
        cell = str(each.suggestion.place.cell_index + 1)
        rejected = each.decision.kind is DecisionKind.REJECTED
        title = {
            CellEdit.CHANGE: tr("cell {cell}"),
            CellEdit.INSERT: tr("new cell {cell}"),
            CellEdit.REMOVE: tr("removal of cell {cell}"),
        }[each.suggestion.edit].format(cell=cell)
        views.append(
            DecidedView(
                each.suggestion.id,
                word,
                token,
                title,
                spoken(each.suggestion.reason),
                ago(each.decision.time, now),
                each.decision.comment if rejected else "",
                rejected,
            )
        )
    return tuple(views)


def ago(time: float, now: float) -> str:
    """How long ago a moment was, in words."""
    minutes = max(0, int((now - time) / 60))
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return tr("{count} min ago").format(count=minutes)
    if minutes < 48 * 60:
        return tr("{count} h ago").format(count=minutes // 60)
    return tr("{count} days ago").format(count=minutes // (24 * 60))


def made_by(origin: Origin) -> str:
    """Who made a suggestion and how long it took, in a few words."""
    if origin.maker != "model":
        rule, seen_by = rule_of(origin)
        said = tr("rule “{rule}”, no model").format(rule=rule or origin.maker.removeprefix("rule:"))
        if not seen_by:
            return said
        return tr("{said}; seen to hold by {seen_by}").format(said=said, seen_by=tr(seen_by))
    seconds = f"{origin.total_seconds:.1f}"
    return tr("{model} · {seconds} s · {tokens} tokens").format(
        model=origin.model_name, seconds=seconds, tokens=origin.reply_tokens
    )


def finding_views(session: ReviewSession, *, model: bool = False) -> tuple[FindingView, ...]:
    """All findings, in cell order; of one cell, the one that rests on the strongest evidence first.

    Parameters
    ----------
    model:
        Whether there is one that could be asked to mend them.
    """
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
            news = tr("new") if finding in new else ""
            able = model and session.comparison.writable and is_flag(finding)
            views.append(replace(view, has_fix=fixed, news=news, weaker=place > 0, fixable=able))
    return tuple(views)


def dismissed_views(session: ReviewSession) -> tuple[FindingView, ...]:
    """What was found and dismissed, in cell order."""
    if session.comparison is None:
        return ()
    cells = session.comparison.head.notebook.cells
    found = enumerate(session.dismissed)
    ordered = sorted(found, key=lambda each: each[1].cell_index)
    return tuple(_finding_view(finding, cells, f"dismissed {number}") for number, finding in ordered)


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
        cell_title=tr("Cell {cell}").format(cell=cell_title(cells[finding.cell_index])),
        evidence=finding.evidence,
        probability=finding.probability,
        message=spoken(finding.message),
        rung="" if finding.rung in (Rung.STATIC, Rung.MODEL) else tr(finding.rung.value),
        cause=cause_words(finding),
        origin=origin if known else None,
        origin_title=tr("cell {cell}").format(cell=cell_title(cells[origin], 40))
        if known and origin is not None
        else "",
        quiet=not is_flag(finding),
        trace=finding.trace,
    )


def cause_words(finding: Finding) -> str:
    """What a crash is called: type, root cause, library; "" where nothing of it is known."""
    cause = finding.cause
    if cause is None or finding.verdict is not Verdict.CRASH:
        return ""
    parts = (cause.crash_type, cause.root_cause, cause.library)
    return " · ".join(tr(part) for part in parts if part)


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
    """Headings, changed cells, and cells with findings or comments."""
    if session.comparison is None:
        return ()
    flagged, comments = flagged_cells(session), canvas_marks(session.threads)
    return tuple(
        OutlineItem(
            change_index=entry.change_index,
            level=entry.level,
            text=entry.text,
            kind=entry.kind,
            finding=entry.finding,
            viewed=entry.change_index in session.viewed,
            comments=comments[entry.change_index].open if entry.change_index in comments else 0,
            resolved=comments[entry.change_index].resolved if entry.change_index in comments else 0,
        )
        for entry in make_outline(session.comparison.diff, flagged, comments)
    )


def model_line(info: ModelInfo | None, speed: float, remembered: str) -> str:
    """The status bar's words about the model."""
    if info is None:
        said = tr("model: {name} (loads with the first question)").format(name=remembered)
        return said if remembered else ""
    layers = tr("{some}/{all} layers").format(some=info.gpu_layers, all=info.layers)
    where = f"{info.backend} {layers}" if info.gpu_layers else info.backend
    parts = [f"{info.name} {info.quantisation}".strip(), where]
    if speed > 0:
        parts.append(f"{speed:.0f} tok/s" if speed >= 10 else f"{speed:.1f} tok/s")
    if info.fallbacks:
        more = len(info.fallbacks) - 1
        parts.append(
            spoken(info.fallbacks[0]) + (" " + tr("and {count} more").format(count=more) if more else "")
        )
    return " · ".join(parts)
