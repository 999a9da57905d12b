"""What children say over a pipe is known again."""

import re
from pathlib import Path

import pytest

import nbreview.kernel
from nbreview.kernel.child_words import KNOWN, recognised
from nbreview.words import Said

FOLDER = Path(nbreview.kernel.__file__).parent
CHILDREN = ("fork_child", "fork_state", "handles", "supervision", "containment", "landlock", "dryrun")
SOURCES = re.sub(
    r'"\s+f?"', "", "".join((FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in CHILDREN)
)


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_every_known_sentence_is_one_that_a_child_makes(known: Said) -> None:
    for part in re.split(r"\{\w+\}", known.template):
        assert part in SOURCES


def test_a_sentence_is_known_again_with_its_parts() -> None:
    text = "`engine` holds a database connection, which no fork can use."
    found = recognised(text)
    assert found == text
    assert isinstance(found, Said)
    assert found.values == {"name": "engine", "held": "a database connection"}
    assert isinstance(found.values["held"], Said)


def test_other_words_stay_as_they_are() -> None:
    assert type(recognised("OSError: no")) is str
