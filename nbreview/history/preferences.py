"""What a person has set for git on this machine: the pager, whether colour is wanted, and the person's name.

Imports only floors below. Only the user's and the system's configuration are read for the first two: that of
a repository can be a stranger's, and a pager is a program. A name is only shown.
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


_LONGEST_NAME = 100


def author_name(folder: Path) -> str:
    """`user.name` as git has it in a folder, on one line; "" where none is set or git is missing."""
    try:
        printed = git_in(folder).run("config", "-z", "--get", "user.name")
    except UserError:
        return ""
    name = printed.rstrip(b"\0").decode("utf-8", "replace")
    return "".join(each for each in name if each.isprintable()).strip()[:_LONGEST_NAME]
