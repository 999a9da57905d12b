"""How files are cut into passages."""

import json

from nbreview.assist.passages import LONGEST, is_readme, passages_of
from nbreview.assist.retrieval import PassageKind


def test_a_window_of_prose_holds_ten_sentences_and_says_its_lines() -> None:
    text = "# Tool\n\n" + "\n".join(f"Sentence number {number} is here." for number in range(1, 26))
    found = passages_of("README.md", text.encode())
    assert [(each.start_line, each.end_line) for each in found] == [(1, 11), (12, 21), (22, 27)]
    assert {each.title for each in found} == {"Tool"}
    assert {each.kind for each in found} == {PassageKind.README}


def test_a_half_full_window_ends_at_the_next_heading() -> None:
    text = "One. Two. Three. Four. Five. Six.\n\nUsage\n=====\n\n```\nrun it\n```\n"
    first, second = passages_of("docs/guide.rst", text.encode())
    assert first.text == "One. Two. Three. Four. Five. Six."
    assert (second.title, second.start_line) == ("Usage", 3)


def test_a_line_of_forty_sentences_is_four_windows() -> None:
    text = " ".join(f"This is {number}." for number in range(40))
    found = passages_of("README", text.encode())
    assert [each.text.count(".") for each in found] == [10, 10, 10, 10]
    assert {each.start_line for each in found} == {1}


MODULE = '''"""What this is for."""
LIMIT = 3


class Model:
    """A model."""

    size = 1

    def fit(self, x, y=None):
        """Fit."""
        secret = 1
        return self


@cache
def train(rate: float = 0.1) -> Model:
    return Model()
'''


def test_a_module_is_its_definitions_and_what_stands_between_them() -> None:
    found = {each.title: each for each in passages_of("src/tool/nets.py", MODULE.encode())}
    assert set(found) == {
        "src.tool.nets",
        "src.tool.nets.Model",
        "src.tool.nets.Model.fit",
        "src.tool.nets.train",
    }
    assert found["src.tool.nets"].text == '"""What this is for."""\nLIMIT = 3'
    assert "def fit(self, x, y=None):" in found["src.tool.nets.Model"].text
    assert "secret" not in found["src.tool.nets.Model"].text
    assert "secret" in found["src.tool.nets.Model.fit"].text
    assert found["src.tool.nets.train"].text.startswith("@cache\n")
    assert (found["src.tool.nets.train"].start_line, found["src.tool.nets.train"].end_line) == (16, 18)


def test_a_module_that_does_not_parse_is_read_as_lines() -> None:
    found = passages_of("old.py", b"print 'two'\n" * 90)
    assert [(each.start_line, each.end_line) for each in found] == [(1, 40), (41, 80), (81, 90)]


def test_a_long_definition_is_cut_and_says_so() -> None:
    text = "def long():\n" + "    value = 1  # a line\n" * 1000
    (found,) = passages_of("long.py", text.encode())
    assert len(found.text) < LONGEST + 60
    assert found.text.endswith("more lines left out …]")


def test_cells_are_passages_without_their_outputs() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Load\n", "The data."]},
        {"cell_type": "code", "source": "df = load()", "outputs": [{"text": "secret"}]},
        {"cell_type": "code", "source": ""},
        "no cell",
    ]
    found = passages_of("a.ipynb", json.dumps({"cells": cells}).encode())
    assert [each.title for each in found] == ["Cell 1, under “Load”", "Cell 2, under “Load”"]
    assert found[1].text == "df = load()"


def test_what_is_binary_or_broken_has_no_passages() -> None:
    assert passages_of("README.md", b"PK\0\1") == ()
    assert passages_of("a.ipynb", b"{") == ()
    assert passages_of("a.ipynb", b"[1]") == ()
    assert passages_of("a.ipynb", b'{"cells": 3}') == ()


def test_which_files_are_readmes() -> None:
    assert all(map(is_readme, ("README", "docs/readme.md", "ReadMe.txt", "README_de.rst")))
    assert not any(map(is_readme, ("readme.py", "src/notreadme.md", "a/readmes/x.md")))
