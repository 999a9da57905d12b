"""From a suggestion that a person accepted to an example that a model can learn from.

A model's suggestion keeps the prompt that it answered. A rule was asked nothing, so its example gets the
words that a person would have used. The answer is always what was written into the notebook, not what was
proposed. Imports `store`, `assist.prompts`, `review`, `llm.model` and below, and what is beside it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from nbreview.assist.prompts import CELLS_EDIT, load_template
from nbreview.llm.model import Message
from nbreview.notebook.model import source_digest
from nbreview.review.model import CellEdit, Decision, DecisionKind, Suggestion, SuggestionState
from nbreview.store.database import Store
from nbreview.training.redaction import hide_homes, redact, redact_together
from nbreview.training.undone import TakenBack

CELLS = "\n\n"
"""What stands between two cells that are shown as one text."""
RULE_EDIT = "rule-edit.v1"
"""Template of the prompt for what a rule proposed."""
MADE_AGAIN = "Stale: made again."
"""Comment of a rejection that says nothing about the proposal: the cell had changed, and it was asked
anew.
"""

_NAMES = ("notebook", "repository", "remote", "path", "model", "maker", "cell_id", "language")
"""What is not made by this program in a provenance: any of it may hold something private."""


@dataclass(frozen=True, slots=True)
class Example:
    """A prompt and the answer that a person wanted, with where it comes from.

    `prompt` ends with the user's turn. `template` names the prompt's template with its version and hash.
    `instruction`, `before` and `after` are the same in parts: what was asked for, and a source before and
    after. `rejected` are sources that the person did not want in the place of `after`. `notebook` is the code
    of the whole notebook before and after, cell by cell, where it is known. `provenance` says where all of
    this comes from, with the same keys for every example; `settings` are those of the model that made it.
    `edit` says whether the cell was changed, is new (nothing before) or was removed (nothing after).
    """

    prompt: tuple[Message, ...]
    answer: str
    template: str
    instruction: str
    before: str
    after: str
    cell_type: str
    language: str
    provenance: Mapping[str, str | int | float]
    settings: Mapping[str, Any] = field(default_factory=dict)
    rejected: tuple[str, ...] = ()
    notebook: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    edit: CellEdit = CellEdit.CHANGE

    @property
    def whole(self) -> tuple[str, str] | None:
        """The code of the whole notebook before and after, each as one text."""
        return None if self.notebook is None else (CELLS.join(self.notebook[0]), CELLS.join(self.notebook[1]))


def make_example(suggestion: Suggestion, decision: Decision, rejected: tuple[str, ...] = ()) -> Example:
    """Make an example of an acceptance; `rejected` are the answers that lost against it."""
    answer = fenced(decision.final_source, info_string(suggestion.cell_type, suggestion.language))
    shown = _shown_to_model(suggestion)
    template = suggestion.origin.template if shown else load_template(RULE_EDIT).reference
    return Example(
        shown or edit_prompt(suggestion),
        answer,
        template,
        suggestion.instruction.strip() or suggestion.reason.strip(),
        suggestion.base_source,
        decision.final_source,
        suggestion.cell_type,
        suggestion.language,
        _provenance(suggestion, decision, template),
        suggestion.origin.settings,
        rejected,
        edit=suggestion.edit,
    )


def accepted_examples(store: Store, *, with_rejected: bool = False) -> Iterator[Example | str]:
    """An example of every acceptance that stands, or why it does not, oldest first.

    Parameters
    ----------
    with_rejected:
        Look also for what was rejected in favour of it: the proposal that was edited before it was accepted,
        and rejected proposals for the same source with the same instruction.
    """
    notebook, losers = None, dict[tuple[str, str], list[str]]()
    taken_back = TakenBack(store)
    for suggestion, decision in store.accepted():
        reason = taken_back.reason(suggestion, decision)
        if reason is not None:
            yield reason
            continue
        if with_rejected and notebook != suggestion.place.notebook:
            notebook = suggestion.place.notebook
            losers = _rejections(store, notebook)
        rejected = _lost_against(suggestion, decision, losers) if with_rejected else ()
        yield make_example(suggestion, decision, rejected)


def rejected_for(store: Store, suggestion: Suggestion, decision: Decision) -> tuple[str, ...]:
    """The sources that an acceptance won against."""
    return _lost_against(suggestion, decision, _rejections(store, suggestion.place.notebook))


def _lost_against(
    suggestion: Suggestion, decision: Decision, losers: Mapping[tuple[str, str], list[str]]
) -> tuple[str, ...]:
    rejected = losers.get((suggestion.base_source, suggestion.instruction.strip()), [])
    if decision.kind is DecisionKind.EDITED:
        rejected = [suggestion.proposed_source, *rejected]
    return tuple(dict.fromkeys(text for text in rejected if text.strip() != decision.final_source.strip()))


def _rejections(store: Store, notebook: str) -> dict[tuple[str, str], list[str]]:
    """Rejected proposals of a notebook by what they were proposed for."""
    found: dict[tuple[str, str], list[str]] = {}
    for suggestion in sorted(store.suggestions(notebook), key=lambda made: (made.created, made.id)):
        if suggestion.state is SuggestionState.REJECTED and suggestion.edit is CellEdit.CHANGE:
            if store.decisions(suggestion.id)[-1].comment.strip() == MADE_AGAIN:
                continue
            key = suggestion.base_source, suggestion.instruction.strip()
            found.setdefault(key, []).append(suggestion.proposed_source)
    return found


def clean(example: Example) -> Example:
    """The example with placeholders for all that is private in it, its metadata included."""
    base, head = example.notebook or ((), ())
    texts = [
        *(message.content for message in example.prompt),
        example.instruction,
        example.before,
        example.after,
        *example.rejected,
        *base,
        *head,
    ]
    redacted, counts = redact_together(texts)
    provenance = dict(example.provenance)
    for name in _NAMES:
        provenance[name] = _clean_name(str(provenance[name]))
    if not counts:
        return replace(example, provenance=provenance)
    rest = iter(redacted)
    prompt = tuple(replace(message, content=next(rest)) for message in example.prompt)
    instruction, before, after = (next(rest) for _ in range(3))
    # A digest of a text with a secret would let that secret be guessed and proved.
    digests = {"base_sha256": source_digest(before), "final_sha256": source_digest(after)}
    return replace(
        example,
        prompt=prompt,
        instruction=instruction,
        before=before,
        after=after,
        answer=fenced(after, info_string(example.cell_type, example.language)),
        rejected=tuple(next(rest) for _ in example.rejected),
        notebook=None
        if example.notebook is None
        else (tuple(next(rest) for _ in base), tuple(next(rest) for _ in head)),
        provenance=provenance | digests,
    )


@lru_cache(maxsize=4096)
def _clean_name(name: str) -> str:
    """A path, an address or a name without anything private; most are those of the row before."""
    return redact(hide_homes(name))[0]


def _provenance(suggestion: Suggestion, decision: Decision, template: str) -> dict[str, str | int | float]:
    """Where an example comes from. Every example has the same keys of the same types, as table readers
    want.
    """
    place, origin = suggestion.place, suggestion.origin
    return {
        "suggestion": suggestion.id,
        "decision": decision.id,
        "kind": decision.kind.value,
        "maker": origin.maker,
        "model": origin.model_name,
        "model_sha256": origin.model_sha256,
        "template": template,
        "evidence": suggestion.evidence.value,
        "notebook": place.notebook,
        "repository": place.repository,
        "remote": place.remote,
        "commit": place.commit,
        "path": place.path,
        "cell_id": place.cell_id or "",
        "cell_type": suggestion.cell_type,
        "language": suggestion.language,
        "base_sha256": source_digest(suggestion.base_source),
        "final_sha256": source_digest(decision.final_source),
        "cell_index": place.cell_index,
        "time": decision.time,
    }


def _shown_to_model(suggestion: Suggestion) -> tuple[Message, ...]:
    """The messages that a model was shown, up to the last turn of the user; none where it was asked about
    more than this change: several cells, or a cell of which this is one hunk.
    """
    several = suggestion.group or suggestion.part_of or suggestion.edit is not CellEdit.CHANGE
    if several or suggestion.origin.template.startswith(CELLS_EDIT):
        return ()
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
