"""Sources are coloured line by line, in code points, and remembered up to a budget."""

import pytest

from nbreview.notebook.model import CellType
from nbreview.presentation.highlight import (
    MAX_CHARACTERS,
    Emphasis,
    Highlighter,
    Token,
    TokenKind,
    TokenLines,
    language_of,
    terminal_tokens,
    tokenize,
)


def marked(source: str, tokens: TokenLines, kind: TokenKind) -> list[str]:
    """The texts of one kind."""
    lines = source.split("\n")
    return [
        lines[number][token.start : token.end]
        for number, line in enumerate(tokens)
        for token in line
        if token.kind is kind
    ]


def test_python_is_read() -> None:
    source = "import os\n\n@cached\ndef f(x: int) -> str:\n    # why\n    return 'a' * 3"
    tokens = tokenize(source, "python")
    assert marked(source, tokens, TokenKind.KEYWORD) == ["import", "def", "return"]
    assert marked(source, tokens, TokenKind.FUNCTION) == ["f"]
    assert marked(source, tokens, TokenKind.DECORATOR) == ["@cached"]
    assert marked(source, tokens, TokenKind.COMMENT) == ["# why"]
    assert marked(source, tokens, TokenKind.NUMBER) == ["3"]
    assert "int" in marked(source, tokens, TokenKind.BUILTIN)


def test_a_text_over_several_lines_is_a_text_on_each() -> None:
    source = 'x = """one\ntwo\n\nthree"""\ny = 1'
    tokens = tokenize(source, "python")
    assert marked(source, tokens, TokenKind.STRING) == ['"""', "one", "two", "three", '"""']
    assert marked(source, tokens, TokenKind.NUMBER) == ["1"]


def test_columns_are_code_points() -> None:
    source = "s = '😀😀' + str(1)"
    assert marked(source, tokenize(source, "python"), TokenKind.NUMBER) == ["1"]


def test_leading_blank_lines_keep_their_place() -> None:
    source = "\n\nx = 1\n"
    assert [bool(line) for line in tokenize(source, "python")][:3] == [False, False, True]


def test_magics_are_marked_and_the_rest_is_python() -> None:
    source = "%matplotlib inline\nimport os\n  !pip install x\nx = 5"
    tokens = tokenize(source, "python")
    assert marked(source, tokens, TokenKind.MAGIC) == ["%matplotlib inline", "!pip install x"]
    assert marked(source, tokens, TokenKind.KEYWORD) == ["import"]


def test_a_cell_magic_has_the_rest_read_in_its_language() -> None:
    source = "%%bash\nfor f in *; do echo $f; done"
    tokens = tokenize(source, "python")
    assert marked(source, tokens, TokenKind.MAGIC) == ["%%bash"]
    assert "for" in marked(source, tokens, TokenKind.KEYWORD)
    assert tokenize("%%time\nimport os", "python")[1] == (Token(0, 6, TokenKind.KEYWORD),)


@pytest.mark.parametrize("language", ["", "klingon"])
def test_what_is_not_known_stays_plain(language: str) -> None:
    assert tokenize("x = 1", language) == ()


def test_what_is_too_long_stays_plain() -> None:
    assert tokenize("x = 1\n" * (MAX_CHARACTERS // 6 + 1), "python") == ()


def test_broken_code_is_coloured_all_the_same() -> None:
    source = "def f(:\n  'open\nreturn 1"
    assert "def" in marked(source, tokenize(source, "python"), TokenKind.KEYWORD)


def test_cells_know_their_language() -> None:
    assert language_of(CellType.CODE, "Python") == "python"
    assert language_of(CellType.MARKDOWN, "python") == "markdown"
    assert language_of(CellType.RAW, "python") == ""


def test_answers_are_remembered() -> None:
    highlighter = Highlighter()
    assert highlighter.known("x = 1", "python") is None
    first = highlighter.tokens("x = 1", "python")
    assert highlighter.tokens("x = 1", "python") is first
    assert highlighter.known("x = 1", "julia") is None


def test_the_least_recently_used_is_forgotten_first() -> None:
    one = Highlighter()
    one.tokens("a = 1111", "python")
    highlighter = Highlighter(budget=one.kept_bytes * 2)
    for source in ("a = 1111", "b = 2222"):
        highlighter.tokens(source, "python")
    highlighter.tokens("a = 1111", "python")
    highlighter.tokens("c = 3333", "python")
    assert highlighter.known("b = 2222", "python") is None
    assert highlighter.known("a = 1111", "python") is not None
    assert highlighter.kept_bytes == one.kept_bytes * 2


def test_a_worker_may_rest_between_the_words() -> None:
    rests: list[None] = []
    source = "%%time\n%pwd\nx = 1\ny = 2"
    assert tokenize(source, "python", lambda: rests.append(None)) == tokenize(source, "python")
    assert len(rests) > 4


def test_a_terminal_text_keeps_its_colours() -> None:
    tokens = terminal_tokens("\x1b[31mNameError\x1b[0m: x\n\x1b[38;5;28mgreen\x1b[39m \x1b[38;5;241mgrey")
    assert tokens == ((Token(0, 9, TokenKind.RED),), (Token(0, 5, TokenKind.GREEN),))


def test_a_terminal_text_keeps_its_weight_lines_and_grounds() -> None:
    tokens = terminal_tokens(
        "\x1b[1mbold\x1b[22m \x1b[4;31mred\x1b[0m \x1b[7mback\x1b[27m \x1b[43mhere\x1b[m \x1b[47mx"
    )
    assert tokens == (
        (
            Token(0, 4, None, Emphasis.BOLD),
            Token(5, 8, TokenKind.RED, Emphasis.UNDERLINE),
            Token(9, 13, None, Emphasis.FILLED),
            Token(14, 18, TokenKind.YELLOW, Emphasis.FILLED),
        ),
    )
