"""The commits that made one notebook, renames and copies followed, from `git log --raw`.

Imports only floors below. Parsing is pure (`parse`); the rest asks git as little as it can.

`git log --follow` keeps *one* path while it walks, so an edit made under the old name on another branch than
the rename is lost, and what happens after depends on dates. It is used here for what it does well: one fast
child that finds whether there were renames at all, and which. When there was none, its answer is the history.
When there was one, the commits of all the names are listed, and each line of descent is walked with the names
that the notebook had on *that* line.

A merge belongs to the history when its notebook differs from that of every parent (a conflict resolved, both
sides' edits joined, an edit slipped into the merge); it is then shown against its first parent. A merge that
takes the notebook as one side has it is not listed: the commits of that side are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from nbreview.cancellation import CancelToken
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.history.process import Git, GitError, text_of

_FORMAT = "--format=%H%x00%P%x00%aN%x00%aE%x00%at%x00%s"

_LOG = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-decorate", "--no-show-signature", _FORMAT)
_RAW = ("-z", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "-O/dev/null")
_LISTING = (*_LOG, *_RAW, "--date-order", "-c")

_COPY_LIKENESS = 75
"""Percent above which a new file counts as a copy. git's own 50 joins notebooks that share no more than a
template.
"""


class Entry(NamedTuple):
    """What a commit did to one path. Object ids are "" where the file does not stand; a merge has a `before`
    for each parent.
    """

    path: str
    status: str
    before: tuple[str, ...]
    after: str
    source: str = ""
    likeness: int = 0


class Commit(NamedTuple):
    """One commit as listed. `time` is the author's, in seconds since the epoch."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    time: int
    summary: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file came from when a commit made it."""

    path: str
    blob: str
    status: FileStatus


_Sources = dict[tuple[str, str, int], Source | None]
"""What is known of made files: (commit, path, which parent) → where it came from, None for nowhere."""


def notebook_commits(
    git: Git, start: str, path: str, cancel: CancelToken | None = None
) -> tuple[Revision, ...]:
    """The commits reachable from `start` that changed the notebook standing at `path` there, children before
    parents.

    A notebook that was deleted and added again under the same name keeps its earlier history.

    Parameters
    ----------
    start:
        A commit's id.
    path:
        From the top level, as git prints it.

    Raises
    ------
    GitError, Cancelled
        As `Git.run` raises them.
    """
    followed = _follow(git, start, path, cancel)
    if _is_plain(followed):
        return tuple(_revision(commit, commit.entries[0], None) for commit in followed)
    sources: _Sources = {}
    names = [path]
    for name in _learn(followed, sources):
        if name not in names:
            names.append(name)
    graph = _graph(git, start, cancel)
    while True:
        listed = parse(
            git.run(*_LISTING, "--full-history", "--no-renames", start, "--", *names, cancel=cancel)
        )
        found, unknown = _walk(graph, {commit.id: commit for commit in listed}, sources, path)
        while unknown:
            for commit, name, parent in unknown:
                _examine(git, commit, name, parent, sources, cancel)
            found, unknown = _walk(graph, {commit.id: commit for commit in listed}, sources, path)
        more = {source.path for key in found for source in _sources_of(found[key], sources)} - set(names)
        if not more:
            break
        names.extend(sorted(more))
    return tuple(_choose(found[commit.id], sources, names) for commit in listed if commit.id in found)


def commit_revision(
    git: Git, commit: str, path: str, blob: str, cancel: CancelToken | None = None
) -> Revision:
    """The notebook as it stands in a commit, whether or not that commit changed it."""
    (read,) = parse(git.run(*_LOG, "-s", "--no-walk", commit, "--", cancel=cancel))
    return _standing(read, path, blob)


def rename_source(
    git: Git, base: str, commit: str, path: str, cancel: CancelToken | None = None
) -> Source | None:
    """What `path` of `commit` was called in `base`, if it was renamed between them."""
    asked = ("diff-tree", "-r", *_RAW, "-M")
    return _source_among(_with_likeness(git, asked, (base, commit, "--"), cancel), path)


def staged_source(git: Git, head: str, path: str, cancel: CancelToken | None = None) -> Source | None:
    """What `path` of the index is called in `head`, if the rename is staged."""
    asked = ("diff-index", "--cached", *_RAW, "-M")
    return _source_among(_with_likeness(git, asked, (head, "--"), cancel), path)


def staged_entry(git: Git, head: str, path: str, cancel: CancelToken | None = None) -> Entry | None:
    """How the index differs from the commit or tree `head` at `path`; status U is a conflict, None no
    difference.
    """
    arguments = (
        "diff-index",
        "--cached",
        "--ita-invisible-in-index",
        *_RAW,
        "--no-renames",
        head,
        "--",
        path,
    )
    entries = [entry for entry in parse_entries(git.run(*arguments, cancel=cancel)) if entry.path == path]
    return next((entry for entry in entries if entry.status == "U"), entries[0] if entries else None)


def parse(data: bytes) -> list[Commit]:
    """Read what `git log -z --raw` prints in the format used here.

    Each commit is six fields, then its raw entries; an entry begins with a colon, which no object id does.
    """
    commits: list[Commit] = []
    tokens = data.split(b"\0")
    at, end = 0, len(tokens)
    while at + 5 < end:
        head = tokens[at].lstrip(b"\n")
        parents = tuple(tokens[at + 1].decode("ascii").split())
        author = tokens[at + 2].decode("utf-8", "replace")
        email = tokens[at + 3].decode("utf-8", "replace")
        time = tokens[at + 4]
        summary = tokens[at + 5].decode("utf-8", "replace")
        at += 6
        entries: list[Entry] = []
        while at < end:
            token = tokens[at]
            if not token or token == b"\n":
                at += 1
                continue
            raw = token.lstrip(b"\n")
            if not raw.startswith(b":"):
                break
            entry, at = _entry(raw, tokens, at)
            entries.append(entry)
        commits.append(
            Commit(head.decode("ascii"), parents, author, email, int(time or 0), summary, tuple(entries))
        )
    return commits


def parse_entries(data: bytes) -> Iterator[Entry]:
    """Read raw entries alone, as `diff-tree` and `diff-index` print them with `-z`."""
    tokens = data.split(b"\0")
    at = 0
    while at < len(tokens):
        if not tokens[at].startswith(b":"):
            at += 1
            continue
        entry, at = _entry(tokens[at], tokens, at)
        yield entry


def _entry(raw: bytes, tokens: Sequence[bytes], at: int) -> tuple[Entry, int]:
    """One raw entry and the position after it: `:modes ids status`, its path, after a rename the new one."""
    fields = raw.decode("ascii").split(" ")
    sides = len(fields[0]) - len(fields[0].lstrip(":"))
    ids = [_known(text) for text in fields[sides + 1 : 2 * sides + 2]]
    status = fields[2 * sides + 2]
    path = text_of(tokens[at + 1])
    if sides == 1 and status[0] in "RC":
        entry = Entry(text_of(tokens[at + 2]), status[0], (ids[0],), ids[1], path, int(status[1:] or 100))
        return entry, at + 3
    return Entry(path, status, tuple(ids[:-1]), ids[-1]), at + 2


def _known(object_id: str) -> str:
    return object_id if object_id.strip("0") else ""


def _follow(git: Git, start: str, path: str, cancel: CancelToken | None) -> list[Commit]:
    return parse(_with_likeness(git, (*_LISTING, "--follow", "-M"), (start, "--", path), cancel))


def _with_likeness(
    git: Git, arguments: tuple[str, ...], rest: tuple[str, ...], cancel: CancelToken | None
) -> bytes:
    """Run a command that compares contents; in a partial clone that lacks them, find only exact renames."""
    try:
        return git.run(*arguments, *rest, cancel=cancel)
    except GitError as error:
        if not error.not_fetched:
            raise
        return git.run(*arguments[:-1], "-M100%", *rest, cancel=cancel)


def _is_plain(followed: Iterable[Commit]) -> bool:
    """Whether the notebook kept its name: no rename, no copy, no merge in which another name could have come
    in.
    """
    return all(
        len(commit.entries) == 1
        and not commit.entries[0].source
        and (len(commit.parents) < 2 or all(commit.entries[0].before))
        for commit in followed
    )


def _source(entry: Entry) -> Source | None:
    if not entry.source or (entry.status == "C" and entry.likeness < _COPY_LIKENESS):
        return None
    status = FileStatus.COPIED if entry.status == "C" else FileStatus.RENAMED
    return Source(entry.source, entry.before[0], status)


def _source_among(printed: bytes, path: str) -> Source | None:
    """What raw entries say that `path` was renamed from."""
    entries = parse_entries(printed)
    return next((_source(entry) for entry in entries if entry.path == path and entry.source), None)


def _learn(followed: Iterable[Commit], sources: _Sources) -> list[str]:
    """Note where followed files came from; the names in a row, up to a copy that is not taken for one."""
    names: list[str] = []
    refused = False
    for commit in followed:
        if len(commit.parents) != 1:
            continue
        for entry in commit.entries:
            if entry.source or not entry.before[0]:
                source = _source(entry)
                sources.setdefault((commit.id, entry.path, 0), source)
                refused = refused or (source is None and bool(entry.source))
                if source is not None and not refused:
                    names.append(source.path)
    return names


def _examine(
    git: Git, commit: Commit, name: str, parent: int, sources: _Sources, cancel: CancelToken | None
) -> None:
    """Find out where `name`, absent from one parent of `commit`, came from."""
    key = (commit.id, name, parent)
    if key in sources:  # an earlier question answered this one too
        return
    if len(commit.parents) > 1:
        sources[key] = rename_source(git, commit.parents[parent], commit.id, name, cancel)
        return
    _learn(_follow(git, commit.id, name, cancel), sources)
    sources.setdefault(key, None)


def _graph(git: Git, start: str, cancel: CancelToken | None) -> list[list[str]]:
    """Every commit with its parents, children before parents."""
    printed = git.run("rev-list", "--topo-order", "--parents", start, "--", cancel=cancel)
    return [line.split(" ") for line in printed.decode("ascii").splitlines()]


_Found = dict[str, tuple[Commit, list[Entry]]]


def _walk(
    graph: Iterable[Sequence[str]], listed: dict[str, Commit], sources: _Sources, path: str
) -> tuple[_Found, list[tuple[Commit, str, int]]]:
    """Carry the notebook's names from children to parents; return its entries and what must be examined
    first.
    """
    found: _Found = {}
    unknown: list[tuple[Commit, str, int]] = []
    names: dict[str, set[str]] = {}
    for number, (commit_id, *parents) in enumerate(graph):
        here = {path} if number == 0 else names.pop(commit_id, set())
        if not here:
            continue
        commit = listed.get(commit_id)
        entries = {entry.path: entry for entry in commit.entries} if commit is not None else {}
        for name in here:
            entry = entries.get(name)
            if commit is None or entry is None:
                for parent in parents:
                    names.setdefault(parent, set()).add(name)
                continue
            found.setdefault(commit_id, (commit, []))[1].append(entry)
            for side, parent in enumerate(parents):
                before = names.setdefault(parent, set())
                source = None
                if not entry.before[side] and entry.after:
                    if (commit_id, name, side) not in sources:
                        unknown.append((commit, name, side))
                    source = sources.get((commit_id, name, side))
                if source is not None:
                    before.add(source.path)
                if source is None or source.status is FileStatus.COPIED:
                    before.add(name)
    return found, unknown


def _sources_of(found: tuple[Commit, list[Entry]], sources: _Sources) -> Iterator[Source]:
    commit, entries = found
    for entry in entries:
        for side in range(len(commit.parents)):
            source = sources.get((commit.id, entry.path, side))
            if source is not None:
                yield source


def _choose(found: tuple[Commit, list[Entry]], sources: _Sources, names: Sequence[str]) -> Revision:
    """One revision for a commit. Where it touched several of the notebook's names, the latest name that still
    stands.
    """
    commit, entries = found
    entry = min(entries, key=lambda each: (not each.after, names.index(each.path)))
    return _revision(commit, entry, sources.get((commit.id, entry.path, 0)))


def _revision(commit: Commit, entry: Entry, source: Source | None) -> Revision:
    before = entry.before[0]
    status = FileStatus.MODIFIED
    if not entry.after:
        status = FileStatus.DELETED
    elif not before:
        status = source.status if source is not None else FileStatus.ADDED
    return replace(
        _standing(commit, entry.path, entry.after),
        previous_path=source.path if source is not None and not before else "",
        parent_blob=before or (source.blob if source is not None else ""),
        status=status,
    )


def _standing(commit: Commit, path: str, blob: str) -> Revision:
    """The notebook in a commit, with nothing said of what the commit did to it."""
    return Revision(
        RevisionKind.COMMIT,
        path,
        commit=commit.id,
        parent=commit.parents[0] if commit.parents else "",
        blob=blob,
        author=commit.author,
        email=commit.email,
        time=commit.time,
        summary=commit.summary,
        is_merge=len(commit.parents) > 1,
    )
