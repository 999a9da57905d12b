"""A git repository as nbreview sees it: which revisions a notebook has, and what each holds.

Imports `notebook.reader` and floors below. The working tree is read from the disk, byte for byte; git
compares index and commits only, so that no filter of the reviewed repository runs. Nothing here writes.
"""

import os
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history import log, unmerged
from nbreview.history.blobs import BlobReader, missing
from nbreview.history.model import FileStatus, Revision, RevisionKind, Stages
from nbreview.history.process import Git, GitError, git_in, text_of
from nbreview.notebook.reader import load_file
from nbreview.words import said

_STAGE = re.compile(r"([0-3]):(.+)", re.DOTALL)


class Repository:
    """One repository: a work tree with its `.git` folder or file, or a bare repository. Safe to share between
    threads.

    Attributes
    ----------
    root:
        The top level, absolute, links resolved; of a bare repository its own folder.
    bare:
        Whether there is no working tree and no index to speak of.
    """

    def __init__(self, git: Git, *, bare: bool = False) -> None:
        self._git = git
        self.bare = bare

    @property
    def root(self) -> Path:
        """The top level, absolute, links resolved."""
        return self._git.folder

    @classmethod
    def discover(cls, path: Path) -> "Repository | None":
        """The repository that a file or folder lies in, or None.

        The file need not exist (it may have been deleted). A link counts as what it points to.

        Raises
        ------
        UserError
            There is a repository but git is missing, too old, or refuses it (another owner, broken
            configuration).
        """
        folder = path.resolve()
        while not folder.is_dir():
            folder = folder.parent
        if not any(_looks_like_repository(each) for each in (folder, *folder.parents)):
            return None
        git = git_in(folder)
        try:
            top = git.run("rev-parse", "--show-toplevel")
        except GitError as error:
            if "not a git repository" in error.said:
                return None
            if "work tree" not in error.said:
                raise
            top = git.run("rev-parse", "--absolute-git-dir")
            return cls(Git(git.executable, _folder(top)), bare=True)
        return cls(Git(git.executable, _folder(top)))

    def relative(self, path: Path) -> str:
        """`path` from the top level, as git writes it.

        Raises
        ------
        UserError
            The path lies outside.
        """
        try:
            inside = path.resolve().relative_to(self.root)
        except ValueError as error:
            raise UserError(
                said(
                    "{path} is not inside the repository {root}; open it by itself.",
                    path=path,
                    root=self.root,
                )
            ) from error
        return text_of(os.fsencode(inside.as_posix()))

    def path_of(self, relative: str) -> Path:
        """Where a path from the top level lies on the disk."""
        return self.root / os.fsdecode(relative.encode("utf-8", "surrogateescape"))

    def head(self) -> str:
        """The id of the commit that is checked out, "" before the first commit."""
        try:
            return self._git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii").strip()
        except GitError as error:
            if error.said:
                raise
            return ""

    def remote(self) -> str:
        """The URL of `origin` without user names and passwords (the user of an SSH address stays), "" when
        there is none.
        """
        try:
            url = self._git.run("config", "-z", "--get", "remote.origin.url")
        except GitError:
            return ""
        return without_credentials(url.rstrip(b"\0").decode("utf-8", "replace"))

    def history(
        self, relative: str, cancel: CancelToken | None = None, limit: int | None = None
    ) -> tuple[Revision, ...]:
        """Every revision of a notebook, newest first.

        The working tree comes first where the file exists, then the index where it differs from HEAD (in a
        conflict: the versions that it holds, as `stages` gives them), then the commits as
        `log.notebook_commits` finds them. A rename that is only staged is followed too.

        Parameters
        ----------
        relative:
            From the top level, as `relative` gives it.
        limit:
            At most so many commits.

        Raises
        ------
        UserError, Cancelled
            git cannot read the repository; the work was stopped.
        """
        head = self.head()
        revisions, start = self._uncommitted(relative, head, cancel)
        commits = log.notebook_commits(self._git, head, start, cancel) if head else ()
        return (*revisions, *commits[:limit])

    def uncommitted(self, relative: str, cancel: CancelToken | None = None) -> tuple[Revision, ...]:
        """What `history` lists before the commits: working tree, index or the versions of a conflict."""
        return self._uncommitted(relative, self.head(), cancel)[0]

    def _uncommitted(
        self, relative: str, head: str, cancel: CancelToken | None
    ) -> tuple[tuple[Revision, ...], str]:
        """These revisions, and the path that the notebook has in HEAD."""
        if self.bare:
            return (), relative
        revisions: list[Revision] = []
        staged = self._staged(relative, head, cancel)
        tracked = self._blob(head, relative, cancel)
        if self.path_of(relative).is_file():
            inherits = tracked or (staged is not None and staged.blob)
            status = FileStatus.MODIFIED if inherits else FileStatus.ADDED
            before = staged.blob if staged is not None else tracked
            revisions.append(
                Revision(RevisionKind.WORKING_TREE, relative, parent_blob=before or tracked, status=status)
            )
        if staged is not None:
            return (*revisions, staged), staged.previous_path or relative
        stages = self.stages(relative, cancel)
        return (*revisions, *(stages.revisions if stages is not None else ())), relative

    def stages(self, relative: str, cancel: CancelToken | None = None) -> Stages | None:
        """The versions of a path that a merge left in conflict; None where there is no conflict.

        Parameters
        ----------
        relative:
            From the top level, as `relative` gives it.
        """
        return None if self.bare else unmerged.stages(self._git, relative, cancel)

    def read(self, revision: Revision, cancel: CancelToken | None = None) -> bytes:
        """The notebook's bytes in a revision. A git-lfs pointer is passed on as it is.

        Raises
        ------
        UserError
            The revision deleted the notebook, the file or object is missing, or cannot be read.
        """
        if revision.kind is RevisionKind.WORKING_TREE:
            return load_file(self.path_of(revision.path))
        if revision.kind is RevisionKind.FILE:
            return load_file(Path(revision.path))
        if revision.status is FileStatus.DELETED:
            raise UserError(
                said(
                    "{path} was deleted in {revision}; choose an earlier revision.",
                    path=revision.path,
                    revision=revision.label,
                )
            )
        named = revision.blob or f"{revision.commit}:{revision.path}"
        try:
            return self._git.run("cat-file", "blob", named, cancel=cancel)
        except GitError as error:
            if error.not_fetched or not revision.blob:
                raise missing(self._git, named) from error
            raise

    def blobs(self) -> BlobReader:
        """A reader for many blobs of this repository; close it."""
        return BlobReader(self._git)

    def parent(self, revision: Revision, cancel: CancelToken | None = None) -> Revision | None:
        """What “against its parent” means for a revision; None for a notebook that it added.

        Working tree → index where it differs from HEAD, else HEAD. Index → HEAD. Ours and theirs of a
        conflict → its base. Commit → its first parent, at the path that the notebook had there. At the edge
        of a shallow clone the parent is not there: None.
        """
        if revision.kind is RevisionKind.FILE:
            return None
        if revision.kind is RevisionKind.COMMIT:
            return self._first_parent(revision, cancel)
        if revision.stage:
            stages = self.stages(revision.path, cancel) if revision.stage != 1 else None
            return stages.base if stages is not None else None
        head = self.head()
        staged = self._staged(revision.path, head, cancel) if not self.bare else None
        if revision.kind is RevisionKind.WORKING_TREE and staged is not None and staged.blob:
            return staged
        path = (staged.previous_path if staged is not None else "") or revision.path
        blob = self._blob(head, path, cancel)
        return log.commit_revision(self._git, head, path, blob, cancel) if blob else None

    def resolve(self, spec: str, cwd: Path | None = None) -> Revision:
        """The revision that `REV:PATH` names, or `:PATH` (also `:0:PATH`) in the index.

        As in git, PATH counts from the top level, and from `cwd` when it begins with `./` or `../`.

        Raises
        ------
        UserError
            There is no such revision, or no such file in it.
        """
        colon = _colon(spec)
        if colon < 0 or spec.startswith(("-", ":/")) or not spec[colon + 1 :]:
            raise UserError(
                said(
                    "“{name}” does not name a notebook in git; write REVISION:PATH, as in HEAD~1:a.ipynb.",
                    name=spec,
                )
            )
        name, path, stage = spec[:colon], spec[colon + 1 :], "0"
        if not name and (match := _STAGE.fullmatch(path)):
            stage, path = match[1], match[2]
        if path.startswith(("./", "../")):
            path = posixpath.normpath(posixpath.join(self.relative(cwd or self.root), path))
        if path.startswith(("../", "/")):
            raise UserError(
                said(
                    "{path} leads out of the repository {root}; write the path from its top level.",
                    path=path,
                    root=self.root,
                )
            )
        if not name:
            blob = self._object(f":{stage}:{path}")
            if not blob:
                raise UserError(
                    said(
                        "{path} is not in the index of {root}; stage it, or name a commit that has it.",
                        path=path,
                        root=self.root,
                    )
                )
            return Revision(RevisionKind.INDEX, path, blob=blob)
        commit = self._object(f"{name}^{{commit}}")
        if not commit:
            raise UserError(
                said(
                    "There is no commit “{name}” in {root}; “git log” there lists those that exist.",
                    name=name,
                    root=self.root,
                )
            )
        blob = self._blob(commit, path)
        if not blob:
            raise UserError(
                said(
                    "{path} is not a file of {name} in {root}; “git ls-tree -r {name}” lists its files.",
                    path=path,
                    name=name,
                    root=self.root,
                )
            )
        return log.commit_revision(self._git, commit, path, blob)

    def _first_parent(self, revision: Revision, cancel: CancelToken | None) -> Revision | None:
        if not revision.parent or revision.status is FileStatus.ADDED:
            return None
        path = revision.previous_path or revision.path
        blob = revision.parent_blob or self._blob(revision.parent, path, cancel)
        if not blob:
            source = log.rename_source(self._git, revision.parent, revision.commit, path, cancel)
            if source is None:
                return None
            path, blob = source.path, source.blob
        return log.commit_revision(self._git, revision.parent, path, blob, cancel)

    def _staged(self, relative: str, head: str, cancel: CancelToken | None) -> Revision | None:
        """The index's revision where it differs from HEAD and is not in conflict."""
        base = head or self._empty_tree()
        entry = log.staged_entry(self._git, base, relative, cancel)
        if entry is None or entry.status == "U":
            return None
        before, source, status = entry.before[0], "", FileStatus.MODIFIED
        if not entry.after:
            status = FileStatus.DELETED
        elif not before:
            status = FileStatus.ADDED
            renamed = log.staged_source(self._git, head, relative, cancel) if head else None
            if renamed is not None:
                before, source, status = renamed.blob, renamed.path, renamed.status
        return Revision(
            RevisionKind.INDEX,
            relative,
            previous_path=source,
            blob=entry.after,
            parent_blob=before,
            status=status,
        )

    def _blob(self, commit: str, path: str, cancel: CancelToken | None = None) -> str:
        """The id of the file at `path` in a commit, "" where there is none."""
        if not commit:
            return ""
        listed = self._git.run("ls-tree", "-z", "--full-tree", commit, "--", path, cancel=cancel)
        for line in listed.split(b"\0"):
            about, _, name = line.partition(b"\t")
            if text_of(name) == path and (fields := about.split(b" "))[1] == b"blob":
                return fields[2].decode("ascii")
        return ""

    def _object(self, name: str) -> str:
        """The id that a name resolves to, "" for none."""
        try:
            return self._git.run("rev-parse", "--verify", "--quiet", name).decode("ascii").strip()
        except GitError:
            return ""

    def _empty_tree(self) -> str:
        return self._git.run("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def without_credentials(url: str) -> str:
    """A remote's URL without password and token; an SSH user stays, as it says nothing about a person."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url
    place, slash, path = rest.partition("/")
    user, at, host = place.rpartition("@")
    if not at:
        return url if scheme.rpartition(":")[2] == "file" else f"{scheme}://{rest.partition('?')[0]}"
    kept = user.partition(":")[0] + "@" if "ssh" in urlsplit(url).scheme else ""
    return f"{scheme}://{kept}{host}{slash}{path.partition('?')[0]}"


def _colon(spec: str) -> int:
    """Where the revision ends and the path begins: the first colon outside braces (`HEAD^{/fix: x}:a.ipynb`),
    or -1.
    """
    depth = 0
    for place, character in enumerate(spec):
        if character == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == ":" and not depth:
            return place
    return -1


def _looks_like_repository(folder: Path) -> bool:
    return (folder / ".git").exists() or ((folder / "HEAD").exists() and (folder / "objects").is_dir())


def _folder(printed: bytes) -> Path:
    return Path(os.fsdecode(printed.removesuffix(b"\n"))).resolve()
