"""Lines in git's configuration and attributes that make git ask nbreview about notebooks.

Imports only floors below. Two files are touched: the configuration (of the person or of one repository) and
the attributes beside it that nobody commits. What is written stands between two marks at the end of the
file, so that it wins over what is above it and can be taken out again without a trace: a value that was there
before is never changed.

The external diff is `diff.<driver>.command` and not `textconv`. git asks for it in `git diff` alone, so that
`git log -p`, `git show`, `git blame` and `git format-patch` stay git's own and as fast as ever (the first two
ask with `--ext-diff`); textconv would start a program twice for every commit that `git log -p` passes, and
git would compare the cells of a notebook as if they were one text.
"""

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbreview.errors import UserError
from nbreview.history.process import Git, GitError
from nbreview.words import said

DRIVER = "nbreview"
"""Name of the drivers and tools."""

ATTRIBUTES = f"*.ipynb diff={DRIVER} merge={DRIVER}"

_BEGIN, _END = b"# >>> nbreview git-setup", b"# <<< nbreview git-setup"
_HINT = b" (nbreview git-setup --undo takes these lines out)"
_NEW_FILE = b" (in a new file)"
_OPEN_LINE = b" (behind a line without an end)"
_BLOCK = re.compile(
    rb"^" + re.escape(_BEGIN) + rb"(?P<how>[^\n]*)\n(?P<lines>.*?)^" + re.escape(_END) + rb"[^\n]*(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_NOTEBOOK_RULE = re.compile(r"^\s*\*\.ipynb\s.*\b(?:diff|merge)\b.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file to write. `before` and `after` are its whole bytes, None where it is not there; `lines` are
    what is put in (or taken out) and meant to be shown. `rivals` are lines of an attributes file that stay
    but count no longer.
    """

    path: Path
    before: bytes | None
    after: bytes | None
    lines: tuple[str, ...]
    rivals: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether anything is to be written."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Places:
    """The two files of a scope."""

    config: Path
    attributes: Path


def local_places(git: Git) -> Places:
    """The files of one repository, which its worktrees share; a submodule has its own.

    Raises
    ------
    GitError
        This is no repository.
    """
    config, attributes = (
        git.folder / os.fsdecode(git.run("rev-parse", "--git-path", name).removesuffix(b"\n"))
        for name in ("config", "info/attributes")
    )
    return Places(config, attributes)


def global_places(git: Git) -> Places:
    """The files of the person: where git itself would write and look for them.

    Raises
    ------
    UserError
        The environment leaves no file to write.
    """
    home = Path(os.environ.get("HOME") or Path("~").expanduser())
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "git"
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    if named is not None and (not named or Path(named) == Path(os.devnull)):
        raise UserError(
            said("GIT_CONFIG_GLOBAL switches the person's configuration off; unset it and try again.")
        )
    config = Path(named) if named else home / ".gitconfig"
    if not named and not config.exists() and (folder / "config").exists():
        config = folder / "config"
    attributes = folder / "attributes"
    for scope in ("--global", "--system"):
        with contextlib.suppress(GitError):  # it is not set
            asked = ("config", scope, "--includes", "-z", "--type=path", "--get", "core.attributesFile")
            attributes = home / os.fsdecode(git.run(*asked).removesuffix(b"\0"))
            break
    return Places(config, attributes)


def plan(places: Places, program: tuple[str, ...]) -> tuple[FileChange, FileChange]:
    """What must be written to have git ask nbreview; nothing is needed where that is so already.

    Parameters
    ----------
    program:
        The words that start nbreview. The first is looked for each time, and git's own way taken where it is
        missing.

    Raises
    ------
    UserError
        A file cannot be read, or only one of the two marks is left in it.
    """
    config = [
        line
        for section, values in _sections(program).items()
        for line in (f'[{section} "{DRIVER}"]', *(f"\t{key} = {_quoted(value)}" for key, value in values))
    ]
    attributes = _with_block(places.attributes, [ATTRIBUTES])
    return _with_block(places.config, config), attributes


def plan_undo(places: Places) -> tuple[FileChange, FileChange]:
    """What must be written to take it all out again.

    Raises
    ------
    UserError
        As `plan`.
    """
    return _without_block(places.config), _without_block(places.attributes)


def write(change: FileChange) -> None:
    """Write one file, whole or not at all, under the lock that git itself takes.

    Raises
    ------
    UserError
        The file is locked or cannot be written, or has changed since the plan was made.
    """
    path = Path(os.path.realpath(change.path))  # a link to a folder of dotfiles stays a link
    lock = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if change.before is not None else 0o666
        descriptor = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError as error:
        raise UserError(
            said(
                "{lock} exists, so another git writes {name} or was ended there; delete it if none runs.",
                lock=lock,
                name=path.name,
            )
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(change.after or b"")
            file.flush()
            os.fsync(file.fileno())
        if _read(path) != change.before:
            raise UserError(
                said("{path} was changed by another program meanwhile; run the command again.", path=path)
            )
        if change.after is None:
            path.unlink()
            lock.unlink()
        else:
            if change.before is not None:
                lock.chmod(mode)
            lock.replace(path)
    except OSError as error:
        lock.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    except BaseException:
        lock.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        said(
            "{path} cannot be written ({reason}); check who may write there.",
            path=path,
            reason=error.strerror,
        )
    )


# --- what is written ----------------------------------------------------------------------------------------


def _sections(program: tuple[str, ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Keys and values by section.

    git puts the arguments of an external diff behind the command and the names of files in place of `%A`, so
    both are functions of the shell that are called at once. A driver that fails is git's own again: a missing
    program, a notebook that cannot be read (it holds conflict marks, say), a broken installation.
    """
    run = " ".join(map(_shell_word, program))
    found = f"command -v {_shell_word(program[0])} >/dev/null 2>&1"
    doubled = str.maketrans({"%": "%%"})  # git reads what follows a single one in a merge driver
    # The driver of a path goes before GIT_EXTERNAL_DIFF, by which git's difftool asks for the tool.
    diff = (
        'f() { case "$GIT_EXTERNAL_DIFF" in *difftool*) $GIT_EXTERNAL_DIFF "$@"; return;; esac; '
        f'{found} && {run} diff --git-driver -- "$@" && return; '
        'if [ $# -lt 7 ]; then echo "* Unmerged path $1"; return; fi; '
        'git --no-pager diff --no-index --no-ext-diff --no-textconv -- "$2" "$5" || :; }; f'
    )
    # Names of the sides are known to git from 2.44 on; an older one leaves the letters as they stand.
    merge = (
        "f() { b=${6:-base}; o=${7:-ours}; t=${8:-theirs}; "
        '[ "$o" != "%""X" ] || { b=base; o=ours; t=theirs; }; '
        f"if {found.translate(doubled)}; then "
        f'{run.translate(doubled)} merge "$1" "$2" "$3" -o "$2" --path "$5" --marker-size "$4" '
        '--base-label "$b" --ours-label "$o" --theirs-label "$t"; r=$?; [ $r -gt 1 ] || return $r; fi; '
        'git merge-file -L "$o" -L "$b" -L "$t" --marker-size="$4" "$2" "$1" "$3"; }; '
        "f %O %A %B %L %P %S %X %Y"
    )
    return {
        "diff": (("command", diff),),
        "difftool": (("cmd", f'{run} "$LOCAL" "$REMOTE"'),),
        "merge": (("name", "nbreview, cell by cell"), ("driver", merge)),
        "mergetool": (
            ("cmd", f'{run} merge "$BASE" "$LOCAL" "$REMOTE" -o "$MERGED"'),
            ("trustExitCode", "true"),
        ),
    }


def _shell_word(word: str) -> str:
    """A word for the shell."""
    return word if re.fullmatch(r"[\w./@+-]+", word) else "'" + word.replace("'", "'\\''") + "'"


def _quoted(value: str) -> str:
    """A value as git's configuration takes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if re.search(r'[\\";#]|^\s|\s$', value) else value


def _with_block(path: Path, lines: list[str]) -> FileChange:
    data = _read(path)
    kept, how = _taken_out(data, path)
    if not kept:
        how = _NEW_FILE if data is None or how == _NEW_FILE else b""
    else:
        how = b"" if kept.endswith(b"\n") else _OPEN_LINE
    start = b"\n" if how == _OPEN_LINE else b""
    written = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    after = kept + start + _BEGIN + how + _HINT + b"\n" + written + _END + b"\n"
    rivals = _NOTEBOOK_RULE.findall(kept.decode("utf-8", "replace")) if lines == [ATTRIBUTES] else []
    return FileChange(path, data, after, tuple(lines), tuple(rivals))


def _without_block(path: Path) -> FileChange:
    data = _read(path)
    kept, how = _taken_out(data, path)
    if how is None:
        return FileChange(path, data, data, ())
    block = _BLOCK.search(data or b"")
    lines = tuple(block["lines"].decode("utf-8", "replace").splitlines()) if block else ()
    return FileChange(path, data, None if how == _NEW_FILE and not kept else kept, lines)


def _taken_out(data: bytes | None, path: Path) -> tuple[bytes, bytes | None]:
    """The file without what was written, and how that stood in it; None where it does not."""
    if data is None:
        return b"", None
    block = _BLOCK.search(data)
    if block is None:
        if _BEGIN in data or _END in data:
            raise UserError(
                said(
                    "{path} holds one of the two marks that git-setup wrote and not the other; "
                    "take out by hand what it wrote.",
                    path=path,
                )
            )
        return data, None
    before, after = data[: block.start()], data[block.end() :]
    how = block["how"].removesuffix(b"\r").removesuffix(_HINT)
    foreign = b"".join(_foreign(block["lines"]))
    if how == _OPEN_LINE and not foreign and not after:
        before = before.removesuffix(b"\n")
    return before + foreign + after, how


def _foreign(lines: bytes) -> Iterator[bytes]:
    """Lines between the marks that somebody else wrote: `git config` puts a new value of a section into it,
    wherever it stands.
    """
    section, named = b"", False
    own = {f'[{name} "{DRIVER}"]'.encode(): values for name, values in _sections((DRIVER,)).items()}
    for line in lines.splitlines(keepends=True):
        text = line.strip()
        if text.startswith(b"["):
            section, named = line, False
            if text not in own:
                named = True
                yield line
            continue
        key = text.partition(b"=")[0].strip().decode("utf-8", "replace").lower()
        if text == ATTRIBUTES.encode() or key in {name.lower() for name, _ in own.get(section.strip(), ())}:
            continue
        if section and not named:
            named = True
            yield section
        yield line


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(
            said("{path} cannot be read ({reason}); check who may read it.", path=path, reason=error.strerror)
        ) from error
