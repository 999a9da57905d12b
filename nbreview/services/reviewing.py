"""A whole review, gathered for an export: what was compared, said, found, decided and viewed.

Joins `opening`, `store` and `presentation`. Every function may run on a worker thread; nothing is written but
the file that was named.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.changes import State, changed_notebooks, find_states
from nbreview.history.model import Revision, RevisionKind
from nbreview.history.process import git_in
from nbreview.history.repository import Repository
from nbreview.presentation.outline import is_flag
from nbreview.presentation.review_markdown import review_markdown
from nbreview.presentation.review_page import review_page
from nbreview.presentation.review_record import Decided, ReviewedNotebook
from nbreview.review.model import DecisionKind, Finding, SuggestionState, now
from nbreview.services import commenting
from nbreview.services.opening import Comparison, Target, compare
from nbreview.services.viewed import ViewedTicks
from nbreview.settings import Settings
from nbreview.store.database import Store
from nbreview.words import said

HTML, MARKDOWN = (".html", ".htm"), (".md", ".markdown")
_DECIDED = {
    SuggestionState.ACCEPTED: (DecisionKind.ACCEPTED,),
    SuggestionState.EDITED: (DecisionKind.EDITED,),
    SuggestionState.REJECTED: (DecisionKind.REJECTED,),
}


def gather(
    store: Store,
    comparison: Comparison,
    findings: Iterable[Finding] | None = None,
    new: Iterable[Finding] = (),
    viewed: frozenset[int] | None = None,
) -> ReviewedNotebook:
    """Everything that a review holds of one comparison.

    Parameters
    ----------
    findings:
        What is known of the head; None: what the store has of the very sources of its cells.
    new:
        Those of them that the base lacks.
    viewed:
        The changes that are ticked; None: as the store has them.
    """
    if viewed is None:
        ticks = ViewedTicks(store)
        ticks.load(comparison)
        viewed = ticks.of(comparison)
    target = comparison.target
    return ReviewedNotebook(
        name=target.path or target.notebook.name,
        base_label=comparison.base.label,
        head_label=comparison.head.label,
        diff=comparison.diff,
        threads=commenting.threads_of(store, comparison),
        findings=tuple(_kept(store, comparison) if findings is None else filter(is_flag, findings)),
        new=tuple(new),
        decided=_decided(store, str(target.notebook)),
        viewed=viewed,
    )


def _kept(store: Store, comparison: Comparison) -> list[Finding]:
    """What the store knows of the cells as they are in the head, each thing once and without what was
    dismissed.
    """
    notebook = str(comparison.target.notebook)
    dismissed = store.dismissed(notebook)
    cells = comparison.head.notebook.cells
    found: dict[tuple[object, ...], Finding] = {}
    for each in store.findings(notebook):
        finding = each.finding
        if each.id in dismissed or not is_flag(finding) or finding.cell_index >= len(cells):
            continue
        if cells[finding.cell_index].digest == finding.source_digest:
            found[finding.cell_index, finding.check, finding.line, finding.exception] = finding
    return list(found.values())


def _decided(store: Store, notebook: str) -> tuple[Decided, ...]:
    """The suggestions that were decided on, with the decision that stands."""
    decided = []
    for suggestion in store.suggestions(notebook):
        kinds = _DECIDED.get(suggestion.state)
        if kinds is None:
            continue
        decisions = [each for each in store.decisions(suggestion.id) if each.kind in kinds]
        if decisions:
            decided.append(Decided(suggestion, decisions[-1]))
    return tuple(sorted(decided, key=lambda each: each.decision.time))


def compare_range(
    path: Path, revisions: str, settings: Settings, cancel: CancelToken | None = None
) -> list[Comparison]:
    """What changed of a notebook, or of those in a folder, between two states of their repository.

    Parameters
    ----------
    revisions:
        `BASE..HEAD`, `BASE...HEAD` (from where they parted), or one revision, which the working tree is
        compared with.

    Raises
    ------
    UserError
        The path is in no repository, there is no such revision, or a notebook cannot be read.
    """
    folder = path if path.is_dir() else path.parent
    repository = Repository.discover(folder) if folder.is_dir() else None
    if repository is None:
        raise UserError(
            said(
                "{path} is in no git repository, so “{revisions}” names nothing of it; leave it out.",
                path=path,
                revisions=revisions,
            )
        )
    inside = repository.relative(path.absolute())
    git = git_in(repository.root)
    base, head = find_states(git, [revisions])

    def wanted(name: str) -> bool:
        if not path.is_dir():
            return name == inside
        return name.endswith(".ipynb") and (inside == "." or name.startswith(f"{inside}/"))

    def one(name: str, *sides: Revision | None) -> Comparison:
        target = Target(repository.path_of(name), repository, name)
        return compare(target, sides[0], sides[1], settings, cancel)

    changes = changed_notebooks(git, base, head, wanted, cancel)
    found = [one(change.path, change.base, change.head) for change in changes]
    if found or path.is_dir():
        return found
    return [one(inside, *(_unchanged(repository, state, inside) for state in (base, head)))]


def _unchanged(repository: Repository, state: State, name: str) -> Revision:
    if state.kind is RevisionKind.COMMIT:
        return repository.resolve(f"{state.commit}:{name}")
    return Revision(state.kind, name)


def review_text(notebooks: Sequence[ReviewedNotebook], *, html: bool) -> str:
    """The review as a page of HTML, or as Markdown."""
    one = len(notebooks) == 1
    title = f"Review of {notebooks[0].name}" if one else f"Review of {len(notebooks)} notebooks"
    if html:
        return review_page(notebooks, title, now())
    return review_markdown(notebooks, title, now())


def write_review(
    notebooks: Sequence[ReviewedNotebook], path: Path, cancel: CancelToken | None = None
) -> None:
    """Write a review to a file: HTML or Markdown, as its ending says.

    Raises
    ------
    UserError
        The ending says neither, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in (*HTML, *MARKDOWN):
        raise UserError(
            said("{name} ends in neither .html nor .md; give the file one of these endings.", name=path.name)
        )
    text = review_text(notebooks, html=ending in HTML)
    if cancel is not None:
        cancel.check()
    put(text, path)


def put(text: str, path: Path) -> None:
    """Write a text to a file.

    Raises
    ------
    UserError
        It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(
            said(
                "{path} cannot be written ({reason}); name another file.",
                path=path,
                reason=error.strerror or error,
            )
        ) from error
