"""What must not leave the machine with the data, replaced by placeholders that say what stood there.

Secrets, e-mail addresses and home folders are found by the patterns beside this module. Imports nothing else
of nbreview.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nbreview.training.secret_patterns import Found, Kind, find_persons, find_secrets

_BEFORE = r"(?<![\w.~-])"  # a path starts here: not in the middle of another one
_HOME = re.compile(
    _BEFORE + r"(?:/(?:home|Users)/[^/\s:]+|[A-Za-z]:[\\/]Users[\\/][^\\/\s:]+|/root(?![^/\s:]))"
)
_SPREAD = 6
"""A secret of so many characters is looked for in all texts of an example, not only where it was
recognised.
"""

PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in Kind))
"""Finds the placeholders in a text that has been redacted."""


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
        text = re.sub(_own(own), "~", text)
    return _HOME.sub("~", text)


def _own(home: str) -> str:
    return _BEFORE + re.escape(home.rstrip("/\\")) + r"(?=[/\\]|$)"


def find_private(text: str, home: str | None = None) -> tuple[Found, ...]:
    """Everything private in a text, in order and without overlaps.

    Parameters
    ----------
    home:
        This user's home folder; None asks the system.
    """
    found: list[Found] = []
    for part in sorted(find_secrets(text), key=lambda part: (part.start, -part.end)):
        if found and part.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, part.end))
        else:
            found.append(part)
    own = str(Path.home()) if home is None else home
    persons = list(find_persons(text))
    if len(own) > 1:
        persons += [Found(*match.span(), Kind.HOME) for match in re.finditer(_own(own), text)]
    taken = len(found)
    for part in sorted(persons, key=lambda part: (part.start, -part.end)):
        if not any(
            part.start < other.end and other.start < part.end for other in (*found[:taken], *found[-1:])
        ):
            found.append(part)
    return tuple(sorted(found))


def redact(text: str, home: str | None = None) -> tuple[str, Counter[str]]:
    """A text with placeholders for everything private in it, and how many of each kind."""
    (redacted,), counts = redact_together([text], home)
    return redacted, counts


def redact_together(texts: Sequence[str], home: str | None = None) -> tuple[list[str], Counter[str]]:
    """Texts that belong together, redacted: a secret that one of them gives away is taken out of all.

    Returns the texts, and how many placeholders of each kind were put into them.
    """
    found = [find_private(text, home) for text in texts]
    known: dict[str, Kind] = {}
    for text, parts in zip(texts, found, strict=True):
        for start, end, kind in parts:
            secret = text[start:end]
            if kind not in (Kind.HOME, Kind.EMAIL) and len(secret) >= _SPREAD:
                known.setdefault(secret, kind)
    counts: Counter[str] = Counter()
    redacted = []
    for text, parts in zip(texts, found, strict=True):
        places = _spread(text, parts, known)
        counts.update(part.kind.value for part in places)
        redacted.append(_replaced(text, places))
    return redacted, counts


def _spread(text: str, parts: Sequence[Found], known: dict[str, Kind]) -> list[Found]:
    """The places found in a text, and where else it holds a known secret."""
    places = list(parts)
    if known:
        words = "|".join(
            re.escape(secret) for secret in sorted(known, key=lambda secret: (-len(secret), secret))
        )
        for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text):
            if not any(match.start() < part.end and part.start < match.end() for part in parts):
                places.append(Found(*match.span(), known[match[0]]))
    return sorted(places)


def _replaced(text: str, places: Sequence[Found]) -> str:
    pieces, at = [], 0
    for start, end, kind in places:
        pieces += [text[at:start], kind.placeholder]
        at = end
    return "".join((*pieces, text[at:]))
