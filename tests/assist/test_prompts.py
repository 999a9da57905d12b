"""Templates are versioned files whose every placeholder is filled."""

import re

import pytest

from nbreview.assist.prompts import CELLS_EDIT, CRASH, EDIT, load_template
from nbreview.paths import resource

VALUES = {
    name: f"<{name}>"
    for name in (
        "language",
        "cells",
        "target",
        "target_label",
        "error",
        "instruction",
        "reason",
        "runtime",
        "evidence",
        "passages",
        "findings",
        "text",
        "numbers",
    )
}


@pytest.mark.parametrize("name", [EDIT, CELLS_EDIT, CRASH])
def test_every_placeholder_is_one_that_is_filled(name: str) -> None:
    template = load_template(name)
    for section in template.sections:
        assert not re.search(r"\{[a-z_]+\}", template.fill(section, VALUES))


def test_braces_in_what_is_filled_in_are_left_alone() -> None:
    template, values = load_template(EDIT), {**VALUES, "cells": "d = {target}", "target": "f'{x}'"}
    assert "d = {target}" in template.fill("notebook", values)
    assert "f'{x}'" in template.fill("target", values)


def test_the_reference_names_version_and_hash() -> None:
    template = load_template(EDIT)
    assert template.reference == f"edit.v2 sha256:{template.sha256[:16]}"


def test_every_template_that_comes_with_nbreview_has_a_version_and_sections() -> None:
    files = sorted(resource("prompts").glob("*"))
    assert files
    for file in files:
        assert re.fullmatch(r"[a-z-]+\.v\d+\.txt", file.name)
        sections = load_template(file.stem).sections
        assert all(text.strip() for text in sections.values())
        # A form that is not chat, as a paper's own, is one prompt; a chat has a system and something asked.
        assert sections.keys() >= {"prompt"} or ("system" in sections and len(sections) >= 2)
