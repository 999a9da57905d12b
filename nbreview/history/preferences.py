"""What a person has set for git on this machine: the pager and whether colour is wanted.

Imports only floors below. Only the user's and the system's configuration are read: that of a repository can
be a stranger's, and a pager is a program.
"""

from pathlib import Path

from nbreview.errors import UserError
from nbreview.history.process import GitError, git_in

PAGER, COLOR_UI, COLOR_DIFF = "core.pager", "color.ui", "color.diff"
_PATTERN = r"^(core\.pager|color\.ui|color\.diff)$"


def user_settings(folder: Path) -> dict[str, str]:
    """The settings above that are set, by name; none where git is missing or its configuration is broken."""
    found: dict[str, str] = {}
    for scope in ("--system", "--global"):  # the later one wins
        try:
            printed = git_in(folder).run("config", scope, "--includes", "-z", "--get-regexp", _PATTERN)
        except GitError:  # also when nothing is set
            continue
        except UserError:
            return {}
        for record in printed.decode("utf-8", "replace").split("\0"):
            name, separator, value = record.partition("\n")
            if name:
                found[name] = value if separator else "true"
    return found
