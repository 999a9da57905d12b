r"""Edits in the words of the instruction template of "Suggesting Code Edits in Interactive Machine Learning
Notebooks Using Large Language Models" (arXiv 2501.09745), so that what was trained or measured with its data
reads ours.

The authors' repository (github.com/uw-swag/ipynb-edit, its README and `llm-learning/code/train_baseline.py`)
gives the layout: one text a row with the commit's message, the code before, the code after and the end mark
of DeepSeek-Coder. By cell, the code is that of the cells in `difflib` opcodes that are not `equal`, a newline
after each; by file, every code cell stands between `<Cell_0>` and `<\Cell_0>`. The wording is theirs and lies
in `resources/prompts/paper-edit.v1.txt`; this module puts it together. Imports `assist.prompts` and
`examples`.
"""

import difflib
from collections.abc import Sequence

from nbreview.assist.prompts import load_template
from nbreview.review.model import CellEdit
from nbreview.training.examples import Example

PAPER_EDIT = "paper-edit.v1"


def cell_text(example: Example) -> str | None:
    """The text of an edit by its changed cells; None for one without a message or without code."""
    if example.notebook is None:
        if example.cell_type != "code" or example.before == example.after:
            return None
        before = [] if example.edit is CellEdit.INSERT else [example.before]
        after = [] if example.edit is CellEdit.REMOVE else [example.after]
        return _text(example, _plain(before), _plain(after))
    old, new = example.notebook
    # As the authors call it, with difflib's own idea of what is junk in lists of 200 cells and more.
    opcodes = [code for code in difflib.SequenceMatcher(None, old, new).get_opcodes() if code[0] != "equal"]
    if not opcodes:
        return None
    before = [source for _tag, first, last, _j1, _j2 in opcodes for source in old[first:last]]
    after = [source for _tag, _i1, _i2, first, last in opcodes for source in new[first:last]]
    return _text(example, _plain(before), _plain(after))


def file_text(example: Example) -> str | None:
    """The text of an edit by all code of its notebook; None where that, or a message, is not known."""
    if example.notebook is None or example.notebook[0] == example.notebook[1]:
        return None
    before, after = map(_numbered, example.notebook)
    return _text(example, before, after)


def _text(example: Example, before: str, after: str) -> str | None:
    message = next(iter(example.instruction.strip().splitlines()), "")
    if not message:
        return None
    template = load_template(PAPER_EDIT)
    prompt = template.fill("prompt", {"message": message, "source": before})
    return f"{prompt}\n{after}\n{template.sections['end']}\n\n"


def _plain(cells: Sequence[str]) -> str:
    return "".join(f"{source}\n" for source in cells)


def _numbered(cells: Sequence[str]) -> str:
    template = load_template(PAPER_EDIT)
    return "".join(
        template.fill("numbered", {"number": str(number), "source": source}) + "\n"
        for number, source in enumerate(cells)
    )
