"""The shapes in which examples are written: one JSON object a line, or a Parquet table.

Each format has a JSON schema in `resources/schemas` that its rows are tested against. Imports
`assist.prompts`, `notebook` and below, and the modules beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.assist.prompts import load_template
from nbreview.errors import UserError
from nbreview.training.examples import Example, fenced, info_string
from nbreview.training.paper import PAPER_EDIT, cell_text, file_text
from nbreview.words import said

Row = dict[str, Any]

COMMIT_EDIT = "commit-edit.v1"
"""Template of the formats `edit-cell` and `edit-file`."""


@dataclass(frozen=True, slots=True)
class Format:
    """How examples become rows.

    `schema` is the name of the file in `resources/schemas`, `title` says what the format is to people,
    `suffix` is that of its files. `make_rows` gives no row for an example that the format cannot hold, and
    `lack` says what such an example lacks. `rejections`: what was rejected is wanted with each example.
    `whole`: rows hold the whole notebook, so that examples are compared by that. `new_cells`: a row can say
    that a cell is new or was removed.
    """

    name: str
    title: str
    schema: str
    make_rows: Callable[[Example], tuple[Row, ...]]
    lack: str = ""
    suffix: str = ".jsonl"
    rejections: bool = False
    whole: bool = False
    new_cells: bool = False


def encodable(text: str) -> str:
    """A text with U+FFFD in the place of what UTF-8 cannot hold (a file name of other bytes, say)."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def metadata(example: Example) -> Row:
    """Where an example comes from, as every row says it."""
    values = example.provenance.items()
    return {name: encodable(value) if isinstance(value, str) else value for name, value in values}


def _messages(example: Example) -> list[Row]:
    return [{"role": message.role, "content": message.content} for message in example.prompt]


def chat_rows(example: Example) -> tuple[Row, ...]:
    """The messages form that chat finetuning reads: system, user, assistant; the last is what is learnt."""
    messages = [*_messages(example), {"role": "assistant", "content": example.answer}]
    return ({"messages": messages, "metadata": metadata(example)},)


def prompt_completion_rows(example: Example) -> tuple[Row, ...]:
    """Two strings, for models without a chat template: the turns in order, and the answer that follows."""
    prompt = "\n\n".join(message.content for message in example.prompt) + "\n\n"
    return ({"prompt": prompt, "completion": example.answer, "metadata": metadata(example)},)


def preference_rows(example: Example) -> tuple[Row, ...]:
    """Explicit-prompt pairs, as preference optimisation (DPO and its kin) reads them: one for each rejected
    answer.
    """
    info = info_string(example.cell_type, example.language)
    return tuple(
        {
            "prompt": _messages(example),
            "chosen": [{"role": "assistant", "content": example.answer}],
            "rejected": [{"role": "assistant", "content": fenced(source, info)}],
            "metadata": metadata(example),
        }
        for source in example.rejected
    )


def alpaca_rows(example: Example) -> tuple[Row, ...]:
    """Instruction, input and output, as the Stanford Alpaca data has them; input and output are bare
    sources.
    """
    if not example.instruction or not example.after:
        return ()
    row = {"instruction": example.instruction, "input": example.before, "output": example.after}
    return ({**row, "metadata": metadata(example)},)


def edit_cell_rows(example: Example) -> tuple[Row, ...]:
    """An edit asked for by its message, on the cells that it changes."""
    return _edit_rows(example, "cell", example.before, example.after)


def edit_file_rows(example: Example) -> tuple[Row, ...]:
    """An edit asked for by its message, on all code of the notebook."""
    return () if example.whole is None else _edit_rows(example, "file", *example.whole)


def _edit_rows(example: Example, mode: str, before: str, after: str) -> tuple[Row, ...]:
    """What arXiv 2501.09745 describes: the commit's message and the code before as instruction, the code
    after as response, by cell (the changed cells, joined) or by file. The wording is ours (`commit-edit.v1`).
    """
    if not example.instruction:
        return ()
    template = load_template(COMMIT_EDIT)
    info = info_string(example.cell_type, example.language)
    values = {"message": example.instruction, "source": fenced(before, info)}
    row = {
        "mode": mode,
        "system": template.fill("system", values),
        "instruction": template.fill(mode, values),
        "response": fenced(after, info),
        "metadata": {**metadata(example), "template": template.reference},
    }
    return (row,)


def paper_cell_rows(example: Example) -> tuple[Row, ...]:
    """An edit in the template of arXiv 2501.09745, by cell."""
    return _paper_rows(example, cell_text(example))


def paper_file_rows(example: Example) -> tuple[Row, ...]:
    """An edit in the template of arXiv 2501.09745, by file."""
    return _paper_rows(example, file_text(example))


def _paper_rows(example: Example, text: str | None) -> tuple[Row, ...]:
    if text is None:
        return ()
    template = load_template(PAPER_EDIT).reference
    return ({"text": text, "metadata": {**metadata(example), "template": template}},)


def fill_rows(example: Example) -> tuple[Row, ...]:
    """Fill in the middle: the lines that the edit put there, between those that it left alone.

    `prefix + middle + suffix` is the source after the edit. The marks that a model wants around the three are
    its own and are left to the trainer.
    """
    before, after = example.before.splitlines(keepends=True), example.after.splitlines(keepends=True)
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    tail = next((at for at in range(most - head) if before[-1 - at] != after[-1 - at]), most - head)
    end = len(after) - tail
    middle = "".join(after[head:end])
    if not middle.strip():
        return ()
    row = {"prefix": "".join(after[:head]), "suffix": "".join(after[end:]), "middle": middle}
    return ({**row, "metadata": metadata(example)},)


def table_rows(example: Example) -> tuple[Row, ...]:
    """Everything in one table: the chat messages, and the same in parts."""
    parts = {"instruction": example.instruction, "before": example.before, "after": example.after}
    return ({**chat_rows(example)[0], **parts},)


FORMATS: Mapping[str, Format] = {
    format.name: format
    for format in (
        Format("chat", said("chat messages (JSON Lines)"), "chat.schema.json", chat_rows),
        Format(
            "prompt-completion",
            said("prompt and completion (JSON Lines)"),
            "prompt-completion.schema.json",
            prompt_completion_rows,
        ),
        Format(
            "preference",
            said("preference pairs (JSON Lines)"),
            "preference.schema.json",
            preference_rows,
            said("nothing was rejected in its favour"),
            rejections=True,
        ),
        Format(
            "alpaca",
            said("Alpaca (JSON Lines)"),
            "alpaca.schema.json",
            alpaca_rows,
            said("no instruction or no output"),
            new_cells=True,
        ),
        Format(
            "edit-cell",
            said("edits by cell (JSON Lines)"),
            "edit-instruction.schema.json",
            edit_cell_rows,
            said("no message"),
            new_cells=True,
        ),
        Format(
            "edit-file",
            said("edits by notebook (JSON Lines)"),
            "edit-instruction.schema.json",
            edit_file_rows,
            said("no message, or the whole notebook is not known"),
            whole=True,
            new_cells=True,
        ),
        Format(
            "paper-cell",
            said("edits by cell, template of arXiv 2501.09745 (JSON Lines)"),
            "paper-edit.schema.json",
            paper_cell_rows,
            said("no message, or no code cell"),
            new_cells=True,
        ),
        Format(
            "paper-file",
            said("edits by notebook, template of arXiv 2501.09745 (JSON Lines)"),
            "paper-edit.schema.json",
            paper_file_rows,
            said("no message, or the whole notebook is not known"),
            whole=True,
            new_cells=True,
        ),
        Format(
            "fill-in-the-middle",
            said("fill in the middle (JSON Lines)"),
            "fill.schema.json",
            fill_rows,
            said("no line put in"),
            new_cells=True,
        ),
        Format(
            "parquet",
            said("chat messages and their parts (Parquet)"),
            "table.schema.json",
            table_rows,
            suffix=".parquet",
        ),
    )
}
"""All formats by name."""


def find_format(name: str) -> Format:
    """A format by its name. Raises UserError with the names that there are."""
    if name not in FORMATS:
        raise UserError(
            said(
                "There is no export format “{name}”; choose one of: {formats}.",
                name=name,
                formats=", ".join(FORMATS),
            )
        )
    return FORMATS[name]
