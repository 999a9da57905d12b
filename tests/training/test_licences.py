"""The licence of a repository is what its own files say, and nothing is made up."""

from pathlib import Path

import pytest

from nbreview.training.licences import NONE_FOUND, NOT_HERE, UNKNOWN, find_licence


@pytest.mark.parametrize(
    ("name", "text", "licence"),
    [
        (
            "LICENSE",
            "MIT\n\nPermission is hereby granted, free of charge, to any person\nobtaining a copy of",
            "MIT",
        ),
        ("LICENSE.txt", "   Apache License\n   Version 2.0, January 2004\n", "Apache-2.0"),
        ("COPYING", "GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", "GPL-3.0"),
        (
            "licence.md",
            "Redistribution and use in source and binary forms … Neither the name of",
            "BSD-3-Clause",
        ),
        ("LICENSE", "SPDX-License-Identifier: 0BSD\n", "0BSD"),
        ("LICENSE", "All rights reserved.", UNKNOWN),
        ("README.md", "MIT", NONE_FOUND),
    ],
)
def test_a_licence_is_recognised_by_its_text(tmp_path: Path, name: str, text: str, licence: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert find_licence(str(tmp_path)) == licence


def test_several_licences_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "LICENSE-APACHE").write_text("Apache License Version 2.0")
    (tmp_path / "LICENSE-MIT").write_text(
        "Permission is hereby granted, free of charge, to any person obtaining a copy"
    )
    assert find_licence(str(tmp_path)) == "Apache-2.0 AND MIT"


@pytest.mark.parametrize("folder", ["", "/nowhere/at/all", "tests", "."])
def test_a_repository_that_is_elsewhere_is_said_to_be(folder: str) -> None:
    assert find_licence(folder) == NOT_HERE
