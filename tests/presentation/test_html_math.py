"""Formulas in the page."""

import re

from nbreview.presentation.html_markup import Budget
from nbreview.presentation.html_math import DROPS, drops, formula
from nbreview.presentation.html_prose import latex, prose
from tests.presentation.pages import Element, parsed


def rendered(source: str, budget: Budget | None = None) -> Element:
    return parsed(prose(source, {}, budget or Budget()))


def test_a_formula_in_a_line_is_drawn_there_in_the_colour_of_the_text() -> None:
    root = rendered("The error $e^2$ falls, at $5 and $6 a piece.")
    (drawing,) = root.find("svg")
    assert drawing.path[-1] == "p"
    assert drawing.attributes["aria-label"] == "e^2"
    assert drawing.attributes["role"] == "img"
    assert {shape.attributes["fill"] for shape in drawing.find("path")} == {"currentColor"}
    assert root.text.strip() == "The error  falls, at $5 and $6 a piece."


def test_every_way_to_write_a_formula_on_its_own_line_is_drawn() -> None:
    source = "$$\nx^2\n$$\n\n\\begin{align}a&=b\\end{align}\n\n\\[ y \\]\n\nso $$z$$ too"
    root = rendered(source)
    assert len(root.find("span", "display")) == 4
    assert len(root.find("svg")) == 4


def test_what_cannot_be_set_stays_as_it_was_written() -> None:
    root = rendered("See $\\nosuchcommand{x}$.\n\n$$\\nosuchcommand{y}$$")
    assert root.find("svg") == []
    assert root.find("code")[0].text == "$\\nosuchcommand{x}$"
    assert root.find("pre")[0].text == "$$\\nosuchcommand{y}$$"


def test_formulas_beyond_what_the_page_holds_stay_source() -> None:
    root = rendered("$x$ and $y$", Budget(formulas=100))
    assert [code.text for code in root.find("code")] == ["$x$", "$y$"]


def test_nothing_of_a_formula_gets_into_the_page_but_shapes() -> None:
    html = formula(r"\color{url(https://e.org/)}{x}", "$…$", Budget(), display=False)
    assert "url(" not in html
    html = formula("a<b\"'>", "$…$", Budget(), display=False)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"svg", "path", "rect", "line"}
    assert 'aria-label="a&lt;b&quot;' in html


def test_a_fraction_hangs_below_the_line_of_its_text() -> None:
    (low,) = rendered(r"$\frac{a}{b}$").find("svg")
    (high,) = rendered("$x$").find("svg")
    assert _drop(low) > _drop(high)
    assert drops().count("vertical-align") == DROPS


def test_an_output_of_latex_is_drawn() -> None:
    root = parsed(latex(r"$\displaystyle x^{2}$", Budget()))
    assert len(root.find("svg")) == 1
    assert parsed(latex(r"\begin{nosuch}a\nosuchcommand\end{nosuch}", Budget())).find("pre")


def _drop(drawing: Element) -> int:
    return next(int(name[1:]) for name in drawing.classes if name[0] == "d" and name[1:].isdigit())
