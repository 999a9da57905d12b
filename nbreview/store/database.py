"""The store: every suggestion and decision, in one SQLite file.

Every method may be called from any thread: one lock lets one in at a time. Between processes, writes queue
for SQLite's own lock. What a method has written is on the disk when it returns. Imports `review` and below,
never a window or a command.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from nbreview.review.comments import Comment, CommentEvent
from nbreview.review.model import Decision, Suggestion
from nbreview.review.outcomes import FindingOutcome, KeptFinding
from nbreview.review.records import FileWrite, KeptAct, Review
from nbreview.store import (
    comments,
    drafts,
    findings,
    hunks,
    origins,
    records,
    search,
    snapshots,
    statistics,
    suggestions,
    writes,
)
from nbreview.store.connection import copy_database
from nbreview.store.drafts import KeptDraftStep
from nbreview.store.search import Hit
from nbreview.store.snapshots import KeptSnapshot
from nbreview.store.window_memory import WindowMemory

_T = TypeVar("_T")


class Store(WindowMemory):
    """An open store. Use `Store.open`; close it, or use it as a context manager.

    Every method raises UserError when the file cannot be read or written (full disk, read-only, in use,
    damaged), and then nothing has been stored.
    """

    # Suggestions and decisions

    def add_suggestion(self, suggestion: Suggestion) -> None:
        """Keep a suggestion; one of that id is left as it was. Of its state only FAILED is kept."""
        with self._writing() as db:
            suggestions.add(db, suggestion)

    def add_suggestions(self, group: Iterable[Suggestion]) -> None:
        """Keep several suggestions, all of them or none."""
        with self._writing() as db:
            for suggestion in group:
                suggestions.add(db, suggestion)

    def divide(self, whole_id: str, parts: Sequence[Suggestion]) -> bool:
        """Put parts of a suggestion, new ones, in its place: it is DIVIDED from then on. False, and nothing
        done, where it is already. Raises KeyError when there is none of that id.
        """
        with self._writing() as db:
            return hunks.divide(db, whole_id, parts)

    def make_whole(self, whole_id: str) -> bool:
        """Let a DIVIDED suggestion stand again in the place of its parts; False where one of them has been
        decided on.
        """
        with self._writing() as db:
            return hunks.make_whole(db, whole_id)

    def parts(self, whole_id: str) -> tuple[str, ...]:
        """Ids of what stands in the place of a DIVIDED suggestion."""
        with self._reading() as db:
            return hunks.parts(db, whole_id)

    def divided(self, notebook: str) -> tuple[str, ...]:
        """Ids of a notebook's suggestions in whose place parts stand, the newest first."""
        with self._reading() as db:
            return hunks.divided(db, notebook)

    def mark_failed(self, suggestion_id: str) -> None:
        """Note that a suggestion could not be used. Raises KeyError when there is none of that id."""
        with self._writing() as db:
            if not suggestions.mark_failed(db, suggestion_id):
                raise KeyError(suggestion_id)

    def decide(self, decision: Decision) -> None:
        """Keep a decision; it is on the disk when this returns. The same decision again changes nothing.

        Raises
        ------
        KeyError
            Its suggestion is not in the store.
        ValueError
            Another decision has the same id.
        """
        with self._writing() as db:
            suggestions.add_decision(db, decision)

    def decide_all(
        self,
        decisions: Sequence[Decision],
        write: FileWrite | None = None,
        kept: Mapping[str, bytes] | None = None,
    ) -> None:
        """Keep decisions that are one write of the file, all of them or none.

        Parameters
        ----------
        write:
            What they are to make of the file, kept until `settle`.
        kept:
            What taking a decision back will need, by the decision's id.

        Raises
        ------
        KeyError, ValueError
            As `decide`.
        """
        with self._writing() as db:
            writes.decide(db, decisions, write, kept or {})

    def settle(self, batch: str, released: Iterable[str] = ()) -> None:
        """Note that the file is as the decisions of a batch say; what was kept for taking back the decisions
        `released` goes.
        """
        with self._writing() as db:
            writes.settle(db, batch, released)

    def file_write(self, batch: str) -> FileWrite | None:
        """What a batch was to make of the file; None once it is settled."""
        with self._reading() as db:
            return writes.get(db, batch)

    def kept(self, decision_id: str) -> bytes | None:
        """What was kept for taking a decision back; None where there is nothing (any more)."""
        with self._reading() as db:
            return writes.kept(db, decision_id)

    def mark_applied(self, decision_id: str) -> None:
        """Note that the notebook's file holds what was decided. Raises KeyError for an unknown decision."""
        with self._writing() as db:
            if not suggestions.mark_applied(db, decision_id):
                raise KeyError(decision_id)

    def suggestion(self, suggestion_id: str) -> Suggestion:
        """One suggestion with its current state. Raises KeyError when there is none of that id."""
        with self._reading() as db:
            return _there(suggestions.get(db, suggestion_id), suggestion_id)

    def suggestions(self, notebook: str) -> tuple[Suggestion, ...]:
        """A notebook's suggestions with their state, oldest first; never STALE, which only the file knows."""
        with self._reading() as db:
            return suggestions.of_notebook(db, notebook)

    def decisions(self, suggestion_id: str) -> tuple[Decision, ...]:
        """A suggestion's decisions, oldest first."""
        with self._reading() as db:
            return suggestions.decisions_of(db, suggestion_id)

    def decided(self, decision_id: str) -> str:
        """Id of the suggestion that a decision is about. Raises KeyError for an unknown decision."""
        with self._reading() as db:
            return _there(suggestions.decided(db, decision_id), decision_id)

    def unapplied(self) -> tuple[tuple[Suggestion, Decision], ...]:
        """Decisions that stand, change a file and are not known to have done so; oldest first."""
        with self._reading() as db:
            return tuple(self._pairs(suggestions.newest_unapplied(db)))

    def last_acceptance(self, notebook: str) -> tuple[Suggestion, Decision] | None:
        """The newest acceptance in a notebook that has not been taken back."""
        with self._reading() as db:
            keys = suggestions.newest_acceptances(db, notebook)
            return suggestions.pair(db, keys[-1]) if keys else None

    def written_with(self, decision_id: str) -> tuple[tuple[Suggestion, Decision], ...]:
        """The acceptances that stand of those that were one write with this one, itself among them."""
        with self._reading() as db:
            return tuple(self._pairs(suggestions.batch_of(db, decision_id)))

    def accepted(self) -> Iterator[tuple[Suggestion, Decision]]:
        """Every acceptance that has not been taken back, oldest first, read one by one.

        Which ones is settled at the first step; the order depends on times and ids alone, not on how they
        came to this file.
        """
        with self._reading() as db:
            keys = suggestions.newest_acceptances(db)
        yield from self._pairs(keys)

    def _pairs(self, keys: Iterable[int]) -> Iterator[tuple[Suggestion, Decision]]:
        for key in keys:
            with self._reading() as db:
                found = suggestions.pair(db, key)
            if found is not None:
                yield found

    # Comments

    def add_comment(self, comment: Comment) -> None:
        """Keep a comment; one of that id is left as it was. Its state is what its events say."""
        with self._writing() as db:
            comments.add(db, comment)

    def add_comment_event(self, event: CommentEvent) -> None:
        """Keep that a comment was edited, resolved, deleted or the like; KeyError for an unknown comment."""
        with self._writing() as db:
            comments.add_event(db, event)

    def comments(self, notebook: str) -> tuple[Comment, ...]:
        """A notebook's comments as they stand, oldest first; those that were deleted are left out."""
        with self._reading() as db:
            return comments.of_notebook(db, notebook)

    def comment(self, comment_id: str) -> Comment:
        """One comment as it stands. Raises KeyError when there is none of that id."""
        with self._reading() as db:
            return _there(comments.get(db, comment_id), comment_id)

    def comment_events(self, comment_id: str) -> tuple[CommentEvent, ...]:
        """What was done with a comment, oldest first."""
        with self._reading() as db:
            return comments.events_of(db, comment_id)

    # Findings and what became of them

    def put_findings(self, found: Iterable[KeptFinding]) -> None:
        """Keep findings; those that are there (`finding_id`) are left as they were."""
        with self._writing() as db:
            for each in found:
                findings.add(db, each)

    def add_outcome(self, outcome: FindingOutcome) -> None:
        """Keep what became of a finding. Raises KeyError for an unknown finding or suggestion."""
        with self._writing() as db:
            findings.add_outcome(db, outcome)

    def findings(self, notebook: str) -> tuple[KeptFinding, ...]:
        """A notebook's findings, oldest first."""
        with self._reading() as db:
            return findings.of_notebook(db, notebook)

    def finding(self, finding_id: str) -> KeptFinding:
        """One finding. Raises KeyError when there is none of that id."""
        with self._reading() as db:
            return _there(findings.get(db, finding_id), finding_id)

    def outcomes(self, finding_id: str) -> tuple[FindingOutcome, ...]:
        """What became of a finding, oldest first."""
        with self._reading() as db:
            return findings.outcomes_of(db, finding_id)

    def dismissed(self, notebook: str) -> frozenset[str]:
        """Ids of a notebook's findings that a person has dismissed."""
        with self._reading() as db:
            return findings.dismissed_of(db, notebook)

    # Reviews, snapshots, models

    def put_review(self, review: Review) -> None:
        """Keep a review; of one that is there, what has been viewed since is added, and its end."""
        with self._writing() as db:
            records.put_review(db, review)

    def reviews(self, notebook: str) -> tuple[Review, ...]:
        """A notebook's reviews, oldest first."""
        with self._reading() as db:
            return records.reviews_of(db, notebook)

    def review(self, review_id: str) -> Review:
        """One review. Raises KeyError when there is none of that id."""
        with self._reading() as db:
            return _there(records.get_review(db, review_id), review_id)

    def add_draft_step(self, kept: KeptDraftStep) -> None:
        """Keep a step of a draft; one of that id is left as it was."""
        with self._writing() as db:
            drafts.add(db, kept)

    def draft_steps(self, draft: str) -> tuple[KeptDraftStep, ...]:
        """The steps of a draft, oldest first; none where there is no such draft."""
        with self._reading() as db:
            return drafts.of_draft(db, draft)

    def drafts(self, limit: int = 20) -> tuple[str, ...]:
        """The ids of the drafts that were worked on last, newest first."""
        with self._reading() as db:
            return drafts.newest(db, limit)

    def add_snapshot(self, kept: KeptSnapshot) -> None:
        """Keep a runtime snapshot; equal states share one content."""
        with self._writing() as db:
            snapshots.add(db, kept)

    def snapshots(self, notebook: str, digest: str | None = None) -> tuple[KeptSnapshot, ...]:
        """A notebook's snapshots, oldest first; with `digest` only those of that state."""
        with self._reading() as db:
            return snapshots.of_notebook(db, notebook, digest)

    def snapshot(self, snapshot_id: str) -> KeptSnapshot:
        """One snapshot. Raises KeyError when there is none of that id."""
        with self._reading() as db:
            return _there(snapshots.get(db, snapshot_id), snapshot_id)

    def models(self) -> tuple[Mapping[str, Any], ...]:
        """Models that made something here: name, sha256, quantisation, times; the most used first."""
        with self._reading() as db:
            return tuple(origins.models(db))

    # Acts on cells that can be taken back, also after the program was closed

    def put_cell_act(self, act: KeptAct) -> None:
        """Keep an act; it is on the disk when this returns. The oldest of its notebook make room."""
        with self._writing() as db:
            records.put_act(db, act)

    def cell_acts(self, notebook: str) -> tuple[KeptAct, ...]:
        """What can be taken back in a notebook, oldest first."""
        with self._reading() as db:
            return records.acts_of(db, notebook)

    def drop_cell_act(self, act_id: str) -> bool:
        """Take an act off the list, once it was taken back; whether it was there."""
        with self._writing() as db:
            return records.drop_act(db, act_id)

    # The whole

    def search(self, text: str, **filters: Any) -> tuple[Hit, ...]:
        """What holds all words of `text`, the latest first; parameters and errors are those of
        `search.find`.
        """
        with self._reading() as db:
            return search.find(db, text, **filters)

    def identify(self, start: str) -> tuple[str, str]:
        """Kind and whole id of what an id, or the start of one, names; UserError where that is not one
        thing.
        """
        with self._reading() as db:
            return search.identify(db, start)

    def counts(self) -> dict[str, int]:
        """How much there is: suggestions, and how many in each state, decisions, models, texts."""
        with self._reading() as db:
            return statistics.count(db)

    def backup(self, target: Path) -> None:
        """Copy the store, which may be in use, to a new file. Raises UserError when the target exists."""
        with self._reading() as db:
            copy_database(db, target)


def _there(found: _T | None, key: str) -> _T:
    if found is None:
        raise KeyError(key)
    return found
