"""The licence of a repository, as its own files state it.

What is found is reported, never concluded from: a repository without a recognised licence is named as such.
Imports `errors` only.
"""

import re
from pathlib import Path

NONE_FOUND = "none found"
NOT_HERE = "repository not on this machine"
UNKNOWN = "not recognised"
_LIMIT = 64 * 1024

_TITLES = (
    ("Apache-2.0", r"apache license\s+version 2\.0"),
    ("AGPL-3.0", r"gnu affero general public license\s+version 3"),
    ("LGPL-3.0", r"gnu lesser general public license\s+version 3"),
    ("LGPL-2.1", r"gnu lesser general public license\s+version 2\.1"),
    ("GPL-3.0", r"gnu general public license\s+version 3"),
    ("GPL-2.0", r"gnu general public license\s+version 2"),
    ("MPL-2.0", r"mozilla public license,?\s+(?:version|v\.?) ?2\.0"),
    ("CC0-1.0", r"cc0 1\.0 universal"),
    ("CC-BY-SA-4.0", r"attribution-sharealike 4\.0 international"),
    ("CC-BY-NC-4.0", r"attribution-noncommercial 4\.0 international"),
    ("CC-BY-4.0", r"attribution 4\.0 international"),
    ("Unlicense", r"this is free and unencumbered software released into the public domain"),
    ("ISC", r"permission to use, copy, modify, and/or distribute this software for any purpose with or"),
    ("MIT", r"permission is hereby granted, free of charge, to any person obtaining a copy"),
    ("BSD-3-Clause", r"redistribution and use in source and binary forms.*neither the name"),
    ("BSD-2-Clause", r"redistribution and use in source and binary forms"),
)  # fmt: skip


def find_licence(folder: str) -> str:
    """SPDX name of the licence in a repository's top folder, or why there is none to tell."""
    top = Path(folder)
    try:
        if not top.is_absolute() or not top.is_dir():  # a mined repository has a name and no folder
            return NOT_HERE
        named = (path for path in top.iterdir() if re.match(r"(?i)(?:un)?licen[cs]e|copying", path.name))
        files = sorted(path for path in named if path.is_file())
        texts = [_beginning(path) for path in files]
    except OSError:
        return NOT_HERE
    names = dict.fromkeys(filter(None, map(_recognise, texts)))
    return " AND ".join(names) or (UNKNOWN if files else NONE_FOUND)


def _beginning(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(_LIMIT).decode("utf-8", "replace")


def _recognise(text: str) -> str:
    stated = re.search(r"SPDX-License-Identifier:\s*([\w.+-]+)", text)
    if stated:
        return stated[1]
    plain = " ".join(text.lower().split())
    return next((name for name, pattern in _TITLES if re.search(pattern, plain)), "")
