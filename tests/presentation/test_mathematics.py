"""Formulas are set, or left as their source: nothing in between."""

import threading

import pytest

from nbreview.presentation.mathematics import Typesetter, plain_latex


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{a}{b}",
        r"\sum_{i=0}^n x_i",
        r"\begin{align} a &= b \\ c &= d \end{align}",
        r"\begin{equation} E = mc^2 \label{eq:e} \end{equation}",
        r"\begin{eqnarray} a & = & b \end{eqnarray}",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\left[\begin{matrix}1 & 2\\3 & 4\end{matrix}\right]",
        r"\newcommand{\R}{\mathbb{R}} x \in \R^n",
        r"a = b \tag{1} % a note",
    ],
)
def test_what_notebooks_hold_is_set(typesetter: Typesetter, source: str) -> None:
    formula = typesetter.set(source, 14, "#123456", display=True)
    assert formula is not None
    assert formula.svg.startswith("<svg")
    assert formula.width > 5
    assert formula.ascent > 5


@pytest.mark.parametrize(
    "source",
    [
        "",
        r"\frac{",
        r"\undefined x",
        r"\text{漢字}",
        "x_1_2",
        "{" * 500 + "}" * 500,
        "x" * 10_000,
        "a & b",
        "\x00",
    ],
)
def test_what_cannot_be_set_stays_source(typesetter: Typesetter, source: str) -> None:
    assert typesetter.set(source, 14, "#123456", display=False) is None


def test_a_formula_has_the_colour_and_the_size_asked_for(typesetter: Typesetter) -> None:
    small, large = (typesetter.set("x", size, "#abcdef", display=False) for size in (10, 20))
    assert small is not None
    assert large is not None
    assert "#abcdef" in small.svg
    assert 1.6 < large.ascent / small.ascent < 2.2


def test_a_fraction_reaches_below_the_line_and_a_letter_does_not(typesetter: Typesetter) -> None:
    letter, fraction = (typesetter.set(text, 14, "#000000", display=True) for text in ("x", r"\frac{a}{b}"))
    assert letter is not None
    assert fraction is not None
    assert letter.descent < 2
    assert fraction.descent > 6


def test_a_drawing_refers_to_nothing(typesetter: Typesetter) -> None:
    formula = typesetter.set(r"\href{javascript:alert(1)}{y} + \sqrt{x}", 14, "#000000", display=True)
    assert formula is None or not any(word in formula.svg for word in ("href=", "<use", "javascript", "<a "))


def test_several_threads_may_ask_at_once(typesetter: Typesetter) -> None:
    made: list[object] = []
    threads = [
        threading.Thread(target=lambda: made.append(typesetter.set("x^2", 14, "#000000", display=False)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert None not in made
    assert len(set(made)) == 1


def test_labels_numbers_and_comments_are_left_out() -> None:
    assert plain_latex("a \\label{x} \\nonumber % why") == "a"
    assert plain_latex("50\\% of x") == "50\\% of x"
