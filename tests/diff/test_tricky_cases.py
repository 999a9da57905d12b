"""Cases that are hard for every diff, after the list that difftastic keeps, as Python and Markdown have them.

Each test says what a person wants to see marked: `⟦…⟧` around the words of a replaced line, whose two sides
are drawn `<` and `>`; `-` and `+` before removed and added lines.
"""

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, Span


def marked(line: str, spans: tuple[Span, ...]) -> str:
    drawn, start = "", 0
    for span in spans:
        drawn += f"{line[start : span.start]}⟦{line[span.start : span.end]}⟧"
        start = span.end
    return drawn + line[start:]


def drawn(base: str, head: str, *, whitespace: bool = True) -> list[str]:
    diff = diff_text(base, head, whitespace=whitespace)
    rows = []
    for edit in diff.edits:
        base_line = "" if edit.base_line is None else marked(diff.base_lines[edit.base_line], edit.base_spans)
        head_line = "" if edit.head_line is None else marked(diff.head_lines[edit.head_line], edit.head_spans)
        if edit.kind is EditKind.REPLACE:
            rows += [f"<{base_line}", f">{head_line}"]
        elif edit.kind is EditKind.DELETE:
            rows.append(f"-{base_line}")
        else:
            rows.append(f"{'+' if edit.kind is EditKind.INSERT else ' '}{head_line}")
    return rows


def changes(base: str, head: str) -> list[str]:
    return [row for row in drawn(base, head) if not row.startswith(" ")]


def test_added_delimiters_are_marked_and_not_what_they_enclose() -> None:
    assert drawn("total = price", "total = (price)") == ["<total = price", ">total = ⟦(⟧price⟦)⟧"]


def test_changed_delimiters_are_marked_and_not_what_they_enclose() -> None:
    assert drawn("sizes = (3, 4)", "sizes = [3, 4]") == ["<sizes = ⟦(⟧3, 4⟦)⟧", ">sizes = ⟦[⟧3, 4⟦]⟧"]


def test_expanded_delimiters_leave_what_they_take_in_unmarked() -> None:
    assert drawn("f(x), y", "f(x, y)") == ["<f(x⟦)⟧, y", ">f(x, y⟦)⟧"]


def test_contracted_delimiters_leave_what_they_let_go_unmarked() -> None:
    assert drawn("f(x, y)", "f(x), y") == ["<f(x, y⟦)⟧", ">f(x⟦)⟧, y"]


def test_an_inserted_argument_is_marked_with_its_own_brackets() -> None:
    assert drawn("run((bar))", "run((novel), (bar))")[1] == ">run(⟦(novel), ⟧(bar))"
    assert drawn("run(load(a))", "run(clean(b), load(a))")[1] == ">run(⟦clean(b), ⟧load(a))"


def test_a_value_that_moves_into_a_call_is_marked_there() -> None:
    assert drawn("[[name]]\nprint(x, y)", "print([[name]], x, y)") == [
        "-[[name]]",
        "<print(x, y)",
        ">print(⟦[[name]], ⟧x, y)",
    ]


def test_reordered_arguments_are_marked_and_not_the_brackets() -> None:
    assert drawn("plot(x, y)", "plot(y, x)") == ["<plot(⟦x⟧, ⟦y⟧)", ">plot(⟦y⟧, ⟦x⟧)"]


def test_a_call_put_between_two_calls_is_marked_alone() -> None:
    assert drawn("run(load(123))", "run(clean(load(123)))")[1] == ">run(⟦clean(⟧load(123⟦)⟧))"


def test_an_added_function_does_not_begin_with_the_end_of_its_neighbour() -> None:
    base = "def a():\n    x()\n    return 1"
    assert changes(base, f"{base}\n\n\ndef b():\n    y()\n    return 1") == [
        "+",
        "+",
        "+def b():",
        "+    y()",
        "+    return 1",
    ]


def test_repeated_lines_are_added_as_they_belong_together() -> None:
    assert changes("a = 1\nb = 2\nend()", "a = 1\nb = 2\na = 1\nb = 2\nend()") == ["+a = 1", "+b = 2"]


def test_the_line_of_the_same_depth_is_the_one_that_stays() -> None:
    assert drawn("if ready:\n    foo(123)\nfoo(456)", "foo(789)") == [
        "-if ready:",
        "-    foo(123)",
        "<foo(⟦456⟧)",
        ">foo(⟦789⟧)",
    ]


def test_a_rewritten_body_is_not_pieced_together_from_signs() -> None:
    rows = drawn("def foo(x):\n    return x + 1", "def bar(y):\n    baz(y)")
    assert rows[2:] == ["-    return x + 1", "+    baz(y)"]


def test_words_of_comments_are_marked_and_names_not_cut_anywhere() -> None:
    assert drawn("# The quick brown fox.\nfoobar()", "# The slow brown fox.\nfoobaz()") == [
        "<# The ⟦quick⟧ brown fox.",
        "># The ⟦slow⟧ brown fox.",
        "<foobar()",
        ">foobaz()",
    ]


def test_a_docstring_that_was_indented_shows_its_indentation_alone() -> None:
    base, head = '"""Hello\nWorld."""', 'if x:\n    """Hello\n    World."""'
    assert drawn(base, head) == [
        "+if x:",
        '<"""Hello',
        '>⟦    ⟧"""Hello',
        '<World."""',
        '>⟦    ⟧World."""',
    ]
    assert drawn(base, head, whitespace=False) == ["+if x:", '     """Hello', '     World."""']


def test_a_reflowed_comment_keeps_its_lines_side_by_side() -> None:
    assert drawn(
        "# The quick brown fox jumps\n# over the lazy dog.",
        "# The quick brown fox immediately\n# jumps over the lazy dog.",
    ) == [
        "<# The quick brown fox ⟦jumps⟧",
        "># The quick brown fox ⟦immediately⟧",
        "<# over the lazy dog.",
        "># ⟦jumps ⟧over the lazy dog.",
    ]


def test_a_word_inside_a_long_string_is_marked_alone() -> None:
    base = 'text = """A very long string\nwith lots of words about\nlots of stuff."""'
    assert changes(base, base.replace("words", "NOVEL words")) == [
        "<with lots of words about",
        ">with lots of ⟦NOVEL ⟧words about",
    ]


def test_space_inside_a_string_is_a_change() -> None:
    assert drawn('sep = " "', 'sep = "  "') == ['<sep = " "', '>sep = "⟦ ⟧ "'] or drawn(
        'sep = " "', 'sep = "  "'
    ) == ['<sep = " "', '>sep = " ⟦ ⟧"']


def test_a_call_broken_into_lines_shows_its_new_argument_as_added() -> None:
    head = 'foo(\n    "looooong",\n    "novel",\n    "also looooong",\n)'
    rows = drawn('foo("looooong", "also looooong")', head)
    assert '+    "novel",' in rows
    assert rows[-1] == "+)"


def test_an_added_blank_line_is_added_and_nothing_else() -> None:
    assert drawn("A\nB", "A\n\nB") == [" A", "+", " B"]


def test_a_blank_line_between_added_lines_is_added_too() -> None:
    assert drawn("A\nB", "A\nX\n\nY\nB") == [" A", "+X", "+", "+Y", " B"]


def test_blank_lines_that_a_line_takes_the_place_of_are_removed() -> None:
    assert drawn("A\n\n\nB", "A\nX\nB") == [" A", "-", "-", "+X", " B"]


def test_broken_syntax_is_text_like_any_other() -> None:
    assert drawn("def f(:\n  value = (1", "def f(:\n  value = (2") == [
        " def f(:",
        "<  value = (⟦1⟧",
        ">  value = (⟦2⟧",
    ]
