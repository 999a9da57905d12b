"""One git child process, hardened: the only place of nbreview that starts git.

Imports only floors below. The reviewed repository is untrusted, and its configuration can name programs:
every one that the commands used here could reach is switched off, by flag or by environment (file system
monitor, hooks, external diff, textconv, signature checks, pagers, and the transports by which a partial clone
would fetch). Arguments are lists, never a shell; output is asked for with `-z`; git is told the folder with
`-C` and nobody changes directory.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.words import said

OLDEST_GIT = (2, 25)
"""First version that knows every option used here."""

_FLAGS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.askPass="),
    *("-c", "credential.helper="),
    *("-c", "diff.external="),
    *("-c", "diff.renameLimit=2000"),
    *("-c", "gc.auto=0"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "maintenance.auto=false"),
    *("-c", "protocol.allow=never"),
    *("-c", "submodule.recurse=false"),
)

_SET = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",  # stronger than protocol.allow, which protocol.<name>.allow overrides
    "GIT_NO_LAZY_FETCH": "1",  # from git 2.44 on, and in the security releases of older ones
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
}

# GIT_DIR, GIT_INDEX_FILE and the like speak of the repository that a hook or alias was started in, not of the
# one asked for; GIT_EXTERNAL_DIFF, GIT_SSH_COMMAND and others name programs. Only what says how git itself is
# set up is passed on.
_KEPT = (
    "GIT_CONFIG_",
    "GIT_EXEC_PATH",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_TEST_",
)

_FOREIGN_OWNER = re.compile(r"dubious ownership|unsafe repository", re.IGNORECASE)
_NOT_FETCHED = re.compile(r"promisor|lazy fetch|transport '.*' not allowed", re.IGNORECASE)


class GitError(UserError):
    """git ended with an error; `said` is what it wrote, for callers that can tell one error from another."""

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__(message)
        self.said = said

    @property
    def not_fetched(self) -> bool:
        """Whether an object is missing because the clone is partial and nothing is fetched here."""
        return _NOT_FETCHED.search(self.said) is not None


@dataclass(frozen=True, slots=True)
class Git:
    """git in one folder. Made by `git_in`; safe to share between threads."""

    executable: str
    folder: Path

    def run(self, *arguments: str, cancel: CancelToken | None = None, stdin: bytes = b"") -> bytes:
        """Run one command to its end and return what it printed.

        Parameters
        ----------
        arguments:
            The command and its arguments. Paths are texts as `text_of` makes them.
        cancel:
            When raised, the child is ended.
        stdin:
            What the child reads.

        Raises
        ------
        GitError
            git ended with an error.
        Cancelled
            `cancel` was raised before the end.
        """
        if cancel is not None:
            cancel.check()
        child = self.start(*arguments, stderr=subprocess.PIPE)
        with child:
            try:
                if cancel is not None:
                    cancel.on_cancel(child.kill)
                printed, written = child.communicate(stdin)
            except BaseException:
                child.kill()
                raise
        if cancel is not None and cancel.cancelled:
            raise Cancelled
        if child.returncode != 0:
            raise self._error(written.decode("utf-8", "replace").strip(), child.returncode)
        return printed

    def start(self, *arguments: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a child with pipes to and from it; the caller ends it."""
        command = [self.executable, "-C", os.fspath(self.folder), *_FLAGS, *arguments]
        try:
            return subprocess.Popen(
                [_argument(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=environment(os.environ),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise UserError(
                said(
                    "git ({program}) cannot be started: {reason}; check its installation.",
                    program=self.executable,
                    reason=error.strerror,
                )
            ) from error

    def _error(self, written: str, code: int) -> GitError:
        if _FOREIGN_OWNER.search(written):
            return GitError(
                said(
                    "The repository {folder} belongs to another user, so git refuses to read it; "
                    "if you trust it, run: git config --global --add safe.directory '{folder}'",
                    folder=self.folder,
                ),
                written,
            )
        lines = [
            line for line in written.splitlines() if line.startswith(("fatal:", "error:"))
        ] or written.splitlines()
        reason = lines[-1].partition(": ")[2] or lines[-1] if lines else said("exit code {code}", code=code)
        return GitError(
            said(
                "git cannot read the repository at {folder} ({reason}); "
                "run “git fsck” there to see what is wrong.",
                folder=self.folder,
                reason=reason,
            ),
            written,
        )


def git_in(folder: Path) -> Git:
    """git for the repository that `folder` belongs to.

    Raises
    ------
    UserError
        git is not installed or older than `OLDEST_GIT`.
    """
    executable = _find(os.environ.get("PATH", os.defpath))
    if executable is None:
        raise UserError(
            said(
                "git was not found on PATH; install it from https://git-scm.com to see a notebook's history."
            )
        )
    version = _version(executable)
    if version < OLDEST_GIT:
        raise UserError(
            said(
                "git {version} ({program}) is too old; "
                "install git {oldest} or later to see a notebook's history.",
                version=f"{version[0]}.{version[1]}",
                program=executable,
                oldest=f"{OLDEST_GIT[0]}.{OLDEST_GIT[1]}",
            )
        )
    return Git(executable, folder)


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of a git child: `inherited` without what points git elsewhere or names programs."""
    kept = {
        name: value
        for name, value in inherited.items()
        if name != "SSH_ASKPASS" and (not name.startswith("GIT_") or name.startswith(_KEPT))
    }
    return kept | _SET


def text_of(data: bytes) -> str:
    """A path as git prints it: UTF-8, other bytes kept as lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def _argument(text: str) -> str | bytes:
    return text if sys.platform == "win32" else text.encode("utf-8", "surrogateescape")


def _find(search: str) -> str | None:
    # Each folder by itself: a relative entry of PATH, or the current directory that Windows adds, could be
    # the reviewed repository.
    for folder in search.split(os.pathsep):
        if Path(folder).is_absolute() and (found := shutil.which(str(Path(folder, "git")))):
            return found
    return None


@functools.lru_cache(maxsize=8)
def _version(executable: str) -> tuple[int, int]:
    try:
        printed = subprocess.run(
            [executable, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(os.environ),
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            said("git ({program}) cannot be started; check its installation.", program=executable)
        ) from error
    match = re.search(rb"(\d+)\.(\d+)", printed)
    if match is None:
        raise UserError(
            said(
                "{program} does not say which version of git it is; check its installation.",
                program=executable,
            )
        )
    return int(match[1]), int(match[2])
