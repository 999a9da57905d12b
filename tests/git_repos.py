"""Real repositories for tests, made by the real git: same dates, authors and therefore commit ids every time.

Nothing of the user's git configuration is read. Every commit is a minute after the one before.
"""

import os
import subprocess
from pathlib import Path

START = 1_700_000_000
"""Time of the first commit, seconds since the epoch."""

ISOLATED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "TZ": "UTC",
}
"""Environment that keeps git away from the user's configuration; give it to programs under test as well."""


class Repo:
    """One repository in a folder; made with branch `main` unless it is there already.

    Every path is relative to the top level. `git` runs anything else.
    """

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        self.author = "Ada Lovelace"
        self.email = "ada@example.org"
        self.clock = START
        root.mkdir(parents=True, exist_ok=True)
        if not (root / ".git").exists() and not (root / "HEAD").exists():
            self.git("init", "--quiet", *(["--bare"] if bare else []))
            self.git("symbolic-ref", "HEAD", "refs/heads/main")

    def git(self, *arguments: str, fails: bool = False, stdin: bytes = b"") -> str:
        """Run git here and return what it prints, without the last newline. `fails`: an exit code of 1 is
        expected.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        date = f"{self.clock} +0000"
        environment |= ISOLATED | {
            "GIT_AUTHOR_NAME": self.author,
            "GIT_AUTHOR_EMAIL": self.email,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": self.author,
            "GIT_COMMITTER_EMAIL": self.email,
            "GIT_COMMITTER_DATE": date,
        }
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", "-C", str(self.root), *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            check=False,
        )
        if (done.returncode != 0) is not fails:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def path(self, name: str) -> Path:
        """A file of the working tree."""
        return self.root / name

    def write(self, name: str, data: bytes | str) -> Path:
        """Write a file of the working tree, folders included; stages nothing."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def stage(self, *names: str) -> None:
        """Stage files (all when none is named), deletions included."""
        self.git("add", "--all", "--", *(f":(top,literal){name}" for name in names))

    def commit(self, summary: str, files: dict[str, bytes | str] | None = None) -> str:
        """Write `files`, stage everything, commit; returns the id. A commit without changes is allowed."""
        for name, data in (files or {}).items():
            self.write(name, data)
        self.stage()
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", summary)
        self.clock += 60
        return self.head()

    def head(self) -> str:
        """The id of the commit checked out."""
        return self.git("rev-parse", "HEAD")

    def mv(self, old: str, new: str) -> None:
        """Rename a file, staged."""
        self.path(new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", "--", old, new)

    def rm(self, name: str) -> None:
        """Delete a file, staged."""
        self.git("rm", "--quiet", "--", name)

    def branch(self, name: str) -> None:
        """Make a branch at HEAD and go there."""
        self.git("checkout", "--quiet", "-b", name)

    def checkout(self, name: str) -> None:
        """Go to a branch, or to a commit with a detached head."""
        self.git("checkout", "--quiet", name)

    def merge(self, name: str, summary: str = "merge", *options: str) -> str:
        """Merge a branch with a merge commit; returns its id."""
        self.git("merge", "--quiet", "--no-ff", "-m", summary, *options, name)
        self.clock += 60
        return self.head()

    def conflict(self, name: str) -> None:
        """Begin a merge that must conflict; leaves it unresolved."""
        self.git("merge", "--quiet", "--no-ff", "--no-commit", name, fails=True)

    def conclude(self, summary: str) -> str:
        """Commit a merge begun with `--no-commit` or resolved by hand, with everything in the working tree;
        returns its id.
        """
        return self.commit(summary)

    def clone(self, to: Path, *options: str) -> "Repo":
        """Clone through the file transport, so that `--depth` and `--filter` mean what they mean over a
        network.
        """
        self.git("clone", "--quiet", *options, f"file://{self.root}", str(to))
        return Repo(to)
