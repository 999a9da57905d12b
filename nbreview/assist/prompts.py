"""Prompt templates: versioned text files, filled in.

Imports `llm.model`, `paths` and below. A template is a text file `resources/prompts/NAME.vN.txt` with
sections that begin with a line `[section]`, and `{placeholders}`. What stays the same from one request to
the next stands first (the instructions, then the cells in order), so that an engine that keeps the
evaluated prefix has less to do. A change of wording is a new version: what was asked is part of every
stored suggestion.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nbreview.paths import resource

EDIT = "edit.v2"
CELLS_EDIT = "cells-edit.v1"
CRASH = "crash.v3"
CRASH_APART = "crash.v2"
"""The target stands under a heading of its own, behind what is known of the state, as in CRANE-LLM."""

_SECTION = re.compile(r"^\[([a-z_]+)\][ \t]*\n", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one prompt. `name` holds the version ("edit.v1"), `sha256` is that of the file."""

    name: str
    sha256: str
    sections: Mapping[str, str]

    @property
    def reference(self) -> str:
        """What is stored with a suggestion: name, version and the first digits of the hash."""
        return f"{self.name} sha256:{self.sha256[:16]}"

    def fill(self, section: str, values: Mapping[str, str]) -> str:
        """A section with its placeholders replaced, in one pass: braces inside the values are left alone.

        Raises
        ------
        KeyError
            The template has no such section, or asks for a value that was not given.
        """
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self.sections[section])


@lru_cache(maxsize=16)
def load_template(name: str) -> Template:
    """Read a template that comes with nbreview, such as "edit.v1"."""
    text = resource("prompts", f"{name}.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    parts = _SECTION.split(text)
    sections = {title: body.strip("\n") for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    return Template(name, hashlib.sha256(text.encode()).hexdigest(), sections)
