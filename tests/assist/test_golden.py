"""The packed context of the sample notebooks is, word for word, what it was; `python -m tests.assist.golden`
writes it anew after a change that was meant.
"""

import pytest

from tests.assist.golden import FOLDER, cases

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_the_prompt_is_as_it_was(name: str) -> None:
    assert CASES[name] == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)
