"""What an export would hold, for a window that shows it before it is written: the decisions there are, what
would become of each, and the very row of one.

Writes nothing. Imports `store` and below, and the modules beside it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.store.database import Store
from nbreview.training.examples import Example, accepted_examples, clean, make_example, rejected_for
from nbreview.training.filters import EVERYTHING, ExportFilter
from nbreview.training.formats import find_format
from nbreview.training.lengths import Lengths, TokenCounter
from nbreview.training.manifest import ManifestBuilder, texts_of
from nbreview.training.pipeline import ALL, Pipeline, Progress, Selection
from nbreview.training.redaction import PLACEHOLDER
from nbreview.training.splits import repository_of
from nbreview.training.undone import TakenBack

_KEPT_CHARACTERS = 2**26
"""Characters of cleaned examples that are kept for the next rehearsal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An acceptance as a list shows it. `undone` says why it stands no more; "" for one that does."""

    decision: str
    provenance: Mapping[str, Any] = field(hash=False)
    title: str = ""
    undone: str = ""

    @property
    def repository(self) -> str:
        """The name that its repository goes by; "" outside any."""
        return repository_of(self.provenance)

    @property
    def notebook(self) -> str:
        """Its notebook: the path in the repository, or the file."""
        return str(self.provenance["path"] or self.provenance["notebook"])


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an export would write. `left_out` counts by reason; `fates` has the reason for each decision, ""
    where rows come of it.
    """

    rows: int
    left_out: Mapping[str, int]
    fates: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """The rows that come of one decision, as they would be written.

    `text` holds them (cut at a length where `cut` is more than 0: so many characters follow), `parts` the
    same with its texts unfolded; `marks` and `part_marks` are where their placeholders stand. `found` counts
    placeholders by kind. `reason` says why there is no row.
    """

    decision: str
    text: str = ""
    parts: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    part_marks: tuple[tuple[int, int], ...] = ()
    found: Mapping[str, int] = field(default_factory=dict, hash=False)
    tokens: int | None = None
    cut: int = 0
    reason: str = ""


class Cleaner:
    """Remembers cleaned examples, as finding secrets is what an export spends its time on."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[str, ...]], Example] = {}
        self._characters = 0

    def __call__(self, example: Example) -> Example:
        """`examples.clean`, once for each decision."""
        key = str(example.provenance["decision"]), example.rejected
        made = self._known.get(key)
        if made is None:
            made = clean(example)
            size = (
                len(example.before) + len(example.answer) + sum(len(part.content) for part in example.prompt)
            )
            if self._characters + size <= _KEPT_CHARACTERS:
                self._characters += size
                self._known[key] = made
        return made


def survey(store: Store, cancel: CancelToken | None = None) -> tuple[Candidate, ...]:
    """Every acceptance in a store, oldest first."""
    taken_back = TakenBack(store)
    found = []
    for suggestion, decision in store.accepted():
        if cancel is not None:
            cancel.check()
        example = make_example(suggestion, decision)
        reason = taken_back.reason(suggestion, decision)
        found.append(
            Candidate(decision.id, example.provenance, _first_line(example.instruction), reason or "")
        )
    return tuple(found)


def rehearse(
    store: Store,
    format: str = "chat",
    selection: Selection = ALL,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
    cleaner: Callable[[Example], Example] = clean,
) -> Rehearsal:
    """Count what an export of this selection would write; parameters and errors as for `writer.export`."""
    chosen = find_format(format)
    builder = ManifestBuilder(
        chosen, selection.splits, lengths=Lengths(selection.counter, selection.max_tokens)
    )
    fates: dict[str, str] = {}
    pipeline = Pipeline(
        chosen, builder, selection, cancel, progress, fates=fates.__setitem__, cleaner=cleaner
    )
    counts = store.counts()
    examples = iter(accepted_examples(store, with_rejected=chosen.rejections))
    rows = sum(1 for _line in pipeline.lines(examples, counts["accepted"] + counts["edited"]))
    return Rehearsal(rows, dict(builder.left_out), fates)


def show_row(
    store: Store,
    decision: str,
    format: str = "chat",
    counter: TokenCounter | None = None,
    cleaner: Callable[[Example], Example] = clean,
    limit: int = 50_000,
) -> ShownRow:
    """The rows of one decision, by itself: whether it repeats another is not looked at. At most `limit`
    characters of text are given. Raises KeyError when the store has no such decision, UserError for an
    unknown format.
    """
    chosen = find_format(format)
    suggestion = store.suggestion(store.decided(decision))
    taken = next(each for each in store.decisions(suggestion.id) if each.id == decision)
    rejected = rejected_for(store, suggestion, taken) if chosen.rejections else ()
    builder = ManifestBuilder(chosen, lengths=Lengths(counter))
    pipeline = Pipeline(chosen, builder, Selection(EVERYTHING, counter=counter), cleaner=cleaner)
    lines = list(pipeline.lines(iter([make_example(suggestion, taken, rejected)]), 1))
    if not lines:
        return ShownRow(decision, reason=next(iter(builder.left_out), ""))
    whole = "\n\n".join(made.line.decode().rstrip("\n") for made in lines)
    text = whole[:limit]
    parts = "\n\n".join("\n\n".join(_unfolded(made.row)) for made in lines)[:limit]
    found = Counter(place[0].strip("<>").lower() for place in PLACEHOLDER.finditer(whole))
    tokens = None
    if counter is not None:
        tokens = sum(sum(counter.count(list(texts_of(made.row)))) for made in lines)
    return ShownRow(
        decision, text, parts, _marks(text), _marks(parts), found, tokens, max(0, len(whole) - limit)
    )


def _marks(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(place.span() for place in PLACEHOLDER.finditer(text))


def _unfolded(value: Any, name: str = "") -> Iterator[str]:
    """A row's texts with their lines as lines, each under the name of its place."""
    if isinstance(value, dict):
        if set(value) == {"role", "content"}:
            yield f"── {name} {value['role']} ──\n{value['content']}"
            return
        for key, item in value.items():
            yield from _unfolded(item, f"{name} {key}".strip())
    elif isinstance(value, list):
        for item in value:
            yield from _unfolded(item, name)
    elif name.startswith("metadata "):
        yield f"{name}: {value}"
    else:
        yield f"── {name} ──\n{value}"


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "")


def choices(candidates: Collection[Candidate], part: str) -> list[tuple[str, int]]:
    """What a part of a filter can be chosen from, the most frequent first.

    `part` is the name of a field of `ExportFilter`.
    """
    values: dict[str, Callable[[Candidate], str]] = {
        "states": lambda made: str(made.provenance["kind"]),
        "makers": lambda made: str(made.provenance["maker"]),
        "models": lambda made: str(made.provenance["model"]),
        "repositories": lambda made: made.repository,
        "notebooks": lambda made: made.notebook,
        "languages": lambda made: str(made.provenance["language"]),
    }
    counts = Counter(values[part](made) for made in candidates)
    return sorted(
        ((name, number) for name, number in counts.items() if name), key=lambda item: (-item[1], item[0])
    )


def chosen(candidates: Collection[Candidate], only: ExportFilter) -> tuple[Candidate, ...]:
    """Those that a filter admits."""
    return tuple(made for made in candidates if only.admits(made.provenance))
