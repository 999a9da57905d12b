"""What must not leave the machine with the data: for now, where people's home folders are.

Imports nothing of nbreview.
"""

import re
from pathlib import Path

_BEFORE = r"(?<![\w.~-])"  # a path starts here: not in the middle of another one
_HOME = re.compile(
    _BEFORE + r"(?:/(?:home|Users)/[^/\s:]+|[A-Za-z]:[\\/]Users[\\/][^\\/\s:]+|/root(?![^/\s:]))"
)


def hide_homes(text: str, home: str | None = None) -> str:
    """Put `~` in the place of every home folder that a path in `text` begins with.

    Parameters
    ----------
    text:
        A path or an address.
    home:
        This user's home folder, wherever it lies; None asks the system. Folders where homes usually lie are
        recognised beside it, so that a store brought from another machine tells as little.
    """
    own = str(Path.home()) if home is None else home
    if len(own) > 1:
        text = re.sub(_BEFORE + re.escape(own.rstrip("/\\")) + r"(?=[/\\]|$)", "~", text)
    return _HOME.sub("~", text)
