"""Notebooks that are hard to compare, the same at every run: long cells, large outputs, all edited."""

import base64
import json
import random

from tests.builders import code, display, markdown, notebook

_WORDS = (
    *("data", "model", "train", "loss", "layer", "batch", "epoch", "value"),
    *("frame", "index", "score", "fold", "seed", "scale", "width", "path"),
)


def all_edited(count: int, *, edited: bool) -> bytes:
    """`count` cells without ids; in the edited copy each has one line in four changed."""
    rng, changes = random.Random(3), random.Random(5)
    cells = []
    for number in range(count):
        lines = [_line(rng) for _ in range(8)]
        if edited:
            for place in changes.sample(range(8), 2):
                lines[place] = _line(changes)
        source = "\n".join(lines)
        cells.append(markdown(source) if number % 4 == 0 else code(source, count=number))
    return notebook(*cells, minor=4)


def long_cell(lines: int, *, edited: bool, share: float = 0.02) -> bytes:
    """One cell of so many lines; in the edited copy `share` of them is changed, as many are new and gone."""
    rng, changes = random.Random(3), random.Random(5)
    text = [_line(rng) for _ in range(lines)]
    if edited:
        if share >= 1:
            text = [_line(changes) for _ in range(lines)]
        else:
            chosen = set(changes.sample(range(lines), int(lines * share)))
            gone = set(changes.sample(range(lines), int(lines * share)))
            new = set(changes.sample(range(lines), int(lines * share)))
            found = []
            for number, line in enumerate(text):
                if number in new:
                    found.append(_line(changes))
                if number not in gone:
                    found.append(f"{line} # seen" if number in chosen else line)
            text = found
    return notebook(code("\n".join(text), id="long"))


def repetitive_cell(lines: int, *, edited: bool) -> bytes:
    """One cell of so many lines of only sixteen kinds, so that no line is an anchor; the copy is edited."""
    rng, changes = random.Random(3), random.Random(5)
    text = [f"step({rng.randrange(16)})" for _ in range(lines)]
    if edited:
        for place in changes.sample(range(lines), lines // 20):
            text[place] = f"step({changes.randrange(16)})"
    return notebook(code("\n".join(text), id="repetitive"))


def embedded_picture(megabytes: float, *, edited: bool) -> bytes:
    """A Markdown cell with a picture of so many MB as base64 in one line; one word beside it is changed."""
    data = base64.b64encode(random.Random(3).randbytes(int(megabytes * 10**6 * 3 / 4))).decode()
    word = "loss" if edited else "accuracy"
    text = (
        f"# Result\n\nThe {word} by epoch: ![curve](data:image/png;base64,{data}) as measured.\n\nNext steps."
    )
    return notebook(markdown(text, id="picture"))


def html_table(megabytes: float, *, edited: bool) -> bytes:
    """A pandas table of so many MB; in the edited copy one value in a thousand differs."""
    rng, changes = random.Random(3), random.Random(5)
    parts = ['<table border="1" class="dataframe"><thead><tr><th></th>']
    parts += [f"<th>{name}</th>" for name in _WORDS[:8]]
    parts.append("</tr></thead><tbody>")
    size = number = 0
    while size < megabytes * 10**6:
        values = [f"{rng.random():.6f}" for _ in range(8)]
        if edited and changes.random() < 0.008:
            values[changes.randrange(8)] = f"{changes.random():.6f}"
        row = f"<tr><th>{number}</th>" + "".join(f"<td>{value}</td>\n" for value in values) + "</tr>\n"
        parts.append(row)
        size += len(row)
        number += 1
    return _html("".join([*parts, "</tbody></table>"]), "table")


def html_plot(megabytes: float, *, edited: bool) -> bytes:
    """An interactive plot of so many MB, mostly one line of numbers; a hundred of them differ in the copy."""
    rng, changes = random.Random(3), random.Random(5)
    numbers = [rng.randrange(10**9) for _ in range(int(megabytes * 10**6 / 11))]
    if edited:
        for place in changes.sample(range(len(numbers)), 100):
            numbers[place] = changes.randrange(10**9)
    body = f"<script>\nPlotly.newPlot('plot', {json.dumps(numbers, separators=(', ', ':'))});\n</script>"
    return _html(f"<div id='plot'></div>\n{body}\n", "plot")


def _html(text: str, name: str) -> bytes:
    return notebook(code(f"{name}.show()", outputs=[display(text_html=text)], count=1, id=name))


def _line(rng: random.Random) -> str:
    target, function, argument = rng.choices(_WORDS, k=3)
    return f"{target}_{rng.randrange(1000)} = {function}({argument}, {rng.randrange(10**6)})"
