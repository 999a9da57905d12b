"""The index entry of one notebook: read, checked, and set to a new content.

Imports only floors below. The working tree is never written, and no filter of the reviewed repository runs: a
notebook that goes through one is refused. git itself locks and writes the index.
"""

import re
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.blobs import missing
from nbreview.history.process import Git, GitError, text_of
from nbreview.words import said

_NONE = ("unspecified", "unset")
_RIGHTS = re.compile(r"permission denied|insufficient permission|read-only file system", re.IGNORECASE)
_CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the index or in a commit: its mode and blob. `intended`: `git add -N` only announced it."""

    mode: str
    blob: str
    intended: bool = False


def staged_entry(git: Git, path: str, cancel: CancelToken | None = None) -> Entry | None:
    """What the index holds for a path from the top level; None where it holds nothing.

    Raises
    ------
    UserError
        The notebook is in a merge conflict, not checked out, marked as unchanging, or no ordinary file.
    """
    found = None
    for record in git.run("ls-files", "-z", "-s", "-v", "--", path, cancel=cancel).split(b"\0"):
        about, _, name = record.partition(b"\t")
        if not about or text_of(name) != path:
            continue
        tag, mode, blob, stage = about.decode("ascii").split(" ")
        if stage != "0":
            raise UserError(
                said(
                    "{path} is in a merge conflict; resolve it and run “git add” on it, then stage parts of "
                    "it.",
                    path=path,
                )
            )
        if tag in "Ss":
            raise UserError(
                said(
                    "{path} is outside of the sparse checkout; “git sparse-checkout add” its folder, then "
                    "stage.",
                    path=path,
                )
            )
        if tag.islower():
            raise UserError(
                said(
                    "{path} is marked as unchanging; run “git update-index --no-assume-unchanged” on it, "
                    "then stage.",
                    path=path,
                )
            )
        found = Entry(_file_mode(mode, path), blob)
    if found is not None and _is_intended(git, path, found, cancel):
        return Entry(found.mode, found.blob, intended=True)
    return found


def committed_entry(git: Git, path: str, cancel: CancelToken | None = None) -> Entry | None:
    """What HEAD holds for a path from the top level; None for nothing, and before the first commit."""
    head = _head(git)
    if not head:
        return None
    for record in git.run("ls-tree", "-z", "--full-tree", head, "--", path, cancel=cancel).split(b"\0"):
        about, _, name = record.partition(b"\t")
        if about and text_of(name) == path:
            mode, _, blob = about.decode("ascii").split(" ")
            return Entry(_file_mode(mode, path), blob)
    return None


def content(git: Git, entry: Entry | None, cancel: CancelToken | None = None) -> bytes:
    """The bytes of an entry, b"" for none.

    Raises
    ------
    UserError
        The clone does not hold them.
    """
    if entry is None or entry.intended:
        return b""
    try:
        return git.run("cat-file", "blob", entry.blob, cancel=cancel)
    except GitError as error:
        raise missing(git, entry.blob) from error


def check_filters(git: Git, path: str, data: bytes) -> None:
    """Make sure that git stores the file as it is, line endings aside.

    Raises
    ------
    UserError
        A filter program, another encoding or the expansion of `$Id$` comes in between. Nothing of it is run.
    """
    attributes = _attributes(git, path)
    driver = attributes["filter"]
    if driver not in _NONE and _runs(git, driver):
        raise UserError(
            said(
                "{path} goes through the filter “{filter}” before git stores it, and nbreview runs no "
                "filters; stage the whole file with “git add”.",
                path=path,
                filter=driver,
            )
        )
    encoding = attributes["working-tree-encoding"]
    if encoding not in (*_NONE, "set") and encoding.lower() not in ("utf-8", "utf8"):
        raise UserError(
            said(
                "{path} is stored by git in another encoding than {encoding}; stage the whole file with “git "
                "add”.",
                path=path,
                encoding=encoding,
            )
        )
    if attributes["ident"] == "set" and b"$Id:" in data:
        raise UserError(
            said("{path} holds an $Id$ that git expands; stage the whole file with “git add”.", path=path)
        )


def store(git: Git, path: str, data: bytes, *, staged: bytes | None = None) -> str:
    """Write a blob and return its id.

    Parameters
    ----------
    staged:
        None for content that is laid out as the index has it. For content that is laid out as the working
        tree has it, what the index held before (b"" for nothing): its line endings then become what git
        stores by `core.autocrlf` and the attributes `text` and `eol`.

    Raises
    ------
    UserError
        The repository cannot be written.
    """
    arguments = ["hash-object", "-w", "--stdin"]
    # git leaves a file with CRLF alone when it was stored so, unless the attributes say that it is text.
    if staged is not None and (_CRLF not in staged or _attributes(git, path)["text"] == "set"):
        arguments.append(f"--path={path}")
    return _writing(git, *_plain(git, path), *arguments, path=path, stdin=data).decode("ascii").strip()


def set_entry(git: Git, path: str, entry: Entry | None, expected: Entry | None) -> None:
    """Make the index hold `entry` for the path, or nothing; no other entry and no file changes.

    Parameters
    ----------
    expected:
        What the index must still hold for it.

    Raises
    ------
    UserError
        The index holds something else by now, is locked by another git, or cannot be written.
    """
    if staged_entry(git, path) != expected:
        raise UserError(
            said("The staged version of {path} has changed meanwhile; compare again and retry.", path=path)
        )
    known = entry or expected
    if known is None:
        return
    removed = entry is None or entry.intended
    mode, blob = ("0", "0" * len(known.blob)) if removed else (known.mode, known.blob)
    line = f"{mode} {blob}\t".encode("ascii") + path.encode("utf-8", "surrogateescape") + b"\0"
    _writing(git, "update-index", "-z", "--index-info", path=path, stdin=line)
    if entry is not None and entry.intended:
        _writing(git, "add", "--intent-to-add", "--force", "--", path, path=path)


def new_mode(git: Git, *, executable: bool) -> str:
    """The mode of a file that the index does not hold yet."""
    try:
        trusted = git.run("config", "--type=bool", "--get", "core.fileMode").strip() != b"false"
    except GitError:
        trusted = True
    return "100755" if executable and trusted else "100644"


def _file_mode(mode: str, path: str) -> str:
    if not mode.startswith("100"):
        raise UserError(
            said(
                "{path} is a link or a submodule in git, not a notebook; name the notebook itself.", path=path
            )
        )
    return mode


def _is_intended(git: Git, path: str, entry: Entry, cancel: CancelToken | None) -> bool:
    """Whether the entry was only announced: git then shows it as empty, and as nothing in the index."""
    if int(git.run("cat-file", "-s", entry.blob, cancel=cancel)):
        return False
    tree = _head(git) or git.run("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()
    listed = git.run(
        "diff-index", "--cached", "--ita-invisible-in-index", "--raw", "-z", tree, "--", path, cancel=cancel
    )
    return not listed and committed_entry(git, path, cancel) is None


def _head(git: Git) -> str:
    try:
        return git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii").strip()
    except GitError as error:
        if error.said:
            raise
        return ""


def _attributes(git: Git, path: str) -> dict[str, str]:
    names = ("filter", "ident", "text", "working-tree-encoding")
    fields = git.run("check-attr", "-z", *names, "--", path).split(b"\0")
    return {text_of(name): text_of(value) for name, value in zip(fields[1::3], fields[2::3], strict=True)}


def _runs(git: Git, driver: str) -> bool:
    """Whether the configuration gives a filter a program; without one git stores the file as it is."""
    try:
        listed = git.run("config", "-z", "--get-regexp", r"^filter\..*\.(clean|process|required)$")
    except GitError:
        return False
    for record in listed.split(b"\0"):
        key, _, value = record.partition(b"\n")
        name, _, option = text_of(key).removeprefix("filter.").rpartition(".")
        if name == driver and value and (option != "required" or value != b"false"):
            return True
    return False


def _plain(git: Git, path: str) -> tuple[str, ...]:
    """Flags that keep git from refusing line endings that it converts, and from any filter program."""
    driver = _attributes(git, path)["filter"]
    return (
        *("-c", "core.safecrlf=false"),
        *("-c", f"filter.{driver}.clean="),
        *("-c", f"filter.{driver}.process="),
        *("-c", f"filter.{driver}.required=false"),
    )


def _writing(git: Git, *arguments: str, path: str, stdin: bytes = b"") -> bytes:
    try:
        return git.run(*arguments, stdin=stdin)
    except GitError as error:
        if "index.lock" in error.said and "File exists" in error.said:
            raise UserError(
                said(
                    "{path} was not staged: another git is at work in {folder}; try again when it is done, "
                    "or remove .git/index.lock if none is running.",
                    path=path,
                    folder=git.folder,
                )
            ) from error
        if _RIGHTS.search(error.said):
            raise UserError(
                said(
                    "{path} was not staged: the repository {folder} may not be written by you; ask for "
                    "permission to write its .git folder.",
                    path=path,
                    folder=git.folder,
                )
            ) from error
        raise
