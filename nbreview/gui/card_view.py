"""What cards and the list of findings show, as frozen values.

Imports frozen values only. `views` makes them of what the session holds.
"""

from dataclasses import dataclass

from nbreview.diff.model import TextDiff
from nbreview.diff.parts import Hunk, hunks
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.review.model import CellEdit, Evidence, SuggestionState


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A sort of thing that the model was shown, or that was left out for length, with what it costs."""

    kind: str
    names: tuple[str, ...]
    tokens: int
    left_out: tuple[str, ...] = ()
    left_out_tokens: int = 0


@dataclass(frozen=True, slots=True)
class CardView:
    """What a card shows.

    `title` names the cell. `probability` goes with LIKELY. `diff` is from `base` to `proposed`. `made_by`
    says which model or rule, and how long it took. `shown` are the messages that the model was given, as
    (role, text). `note` is the sentence that goes with a state (stale, failed). `raw` is what a model wrote
    that could not be used. `alternatives` are the other choices of the card, equally good.

    `judgement` says why it is ranked as it is. `parts` are what was chosen to be shown, of `tokens` tokens
    where `budget` would have fitted. `follows` is the suggestion that this is what is left of, which had
    `hunks_before` hunks. `cells` are the cards of a group, each by itself; a group has no other content.
    """

    id: str
    title: str
    evidence: Evidence
    probability: float | None
    reason: str
    diff: TextDiff
    proposed: str
    base: str
    made_by: str
    shown: tuple[tuple[str, str], ...] = ()
    state: SuggestionState = SuggestionState.PENDING
    note: str = ""
    raw: str = ""
    language: str = "python"
    alternatives: tuple["CardView", ...] = ()
    edit: CellEdit = CellEdit.CHANGE
    judgement: str = ""
    parts: tuple[ShownPart, ...] = ()
    tokens: int = 0
    budget: int = 0
    follows: str = ""
    hunks_before: int = 0
    cells: tuple["CardView", ...] = ()

    @property
    def choices(self) -> tuple["CardView", ...]:
        """All that can be chosen on the card, this one first."""
        return (self, *self.alternatives)

    @property
    def members(self) -> tuple["CardView", ...]:
        """The cards of the group, or this one."""
        return self.cells or (self,)

    @property
    def ids(self) -> frozenset[str]:
        """Every suggestion that can be decided on here."""
        return frozenset(choice.id for member in self.members for choice in member.choices)

    @property
    def hunks(self) -> tuple[Hunk, ...]:
        """What can be decided on by itself; nothing where the cell comes or goes as a whole."""
        return hunks(self.diff) if self.edit is CellEdit.CHANGE else ()


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the list of findings shows of one.

    `has_fix`: a card with a fix is among the suggestions. `rung` says by what it is known. `cause` names the
    crash: type, root cause, library. `origin` is the index of the cell that the bad value came from, and
    `origin_title` its name. `news` is "new" for what the base lacks. `weaker`: something stronger is known
    of the same cell. `quiet`: it says that no crash was found, or nothing. `trace` is the way to the crash,
    line by line. `fixable`: a model can be asked to mend it.
    """

    id: str
    cell_title: str
    evidence: Evidence
    probability: float | None
    message: str
    has_fix: bool = False
    rung: str = ""
    cause: str = ""
    origin: int | None = None
    origin_title: str = ""
    news: str = ""
    weaker: bool = False
    quiet: bool = False
    trace: str = ""
    fixable: bool = False


@dataclass(frozen=True, slots=True)
class DecidedView:
    """A line of what was decided: what became of it (a word and the theme's token of its colour), of which
    cell, and when. `comment` is the reason of a rejection. `rejected`: it can be brought back.
    """

    id: str
    word: str
    token: str
    title: str
    reason: str
    when: str
    comment: str = ""
    rejected: bool = False


_EVIDENCE = {
    Evidence.CERTAIN: QT_TR_NOOP("certain"),
    Evidence.OBSERVED: QT_TR_NOOP("observed"),
    Evidence.LIKELY: QT_TR_NOOP("likely"),
    Evidence.NO_VERDICT: QT_TR_NOOP("no verdict"),
    Evidence.STALE: QT_TR_NOOP("stale"),
}


def evidence_name(evidence: Evidence) -> str:
    """An evidence in a word."""
    return tr(_EVIDENCE[evidence])


def evidence_words(evidence: Evidence, probability: float | None) -> tuple[str, str]:
    """The pill of an evidence: its words ("likely 73 %") and the theme's token of its colour."""
    if evidence is Evidence.LIKELY and probability is not None:
        return tr("likely {percent} %").format(percent=f"{probability * 100:.0f}"), "warning"
    tokens = {Evidence.CERTAIN: "accent", Evidence.OBSERVED: "error", Evidence.LIKELY: "warning"}
    return evidence_name(evidence), tokens.get(evidence, "muted")
