"""The prompts that the sample notebooks give, as texts to compare with; run this module to write them."""

from pathlib import Path

from nbreview.assist.edits import Asking, Known, Task, propose_answers
from nbreview.assist.exemplars import Exemplar
from nbreview.assist.runtime import RuntimeText
from nbreview.assist.shown import Extra
from nbreview.cancellation import CancelToken
from nbreview.llm.model import Sampling
from nbreview.notebook.model import OutputType
from nbreview.notebook.reader import read_file
from nbreview.paths import resource
from tests.assist.engines import ScriptedEngine, reply

FOLDER = Path(__file__).resolve().parent.parent / "data" / "prompts"
EXEMPLAR = Exemplar(
    "e1", "Name the columns that are read", "df = pd.read_csv(p)", "df = pd.read_csv(p, usecols=C)"
)
KNOWN = Known(
    findings=(Extra("KeyError", "- Cell 5: KeyError: 'temp' (observed)"),),
    exemplars=(EXEMPLAR,),
    passages=(Extra("README.md:1", "## Energy demand (README.md, lines 1–4)\n```\nDaily readings.\n```"),),
    runtime=lambda budget: RuntimeText("{'df': {'type': 'DataFrame', 'shape': (731, 4)}}", 14),
)


def cases() -> dict[str, str]:
    """Each golden file's name and what it should hold."""
    return {
        "one-cell": _asked("13", "failed", Task.of(""), 4096, KNOWN),
        "one-cell-tight": _asked("12", "last", Task.of("Use a longer horizon."), 1500, Known()),
        "several-cells": _asked("12", "several", Task("commit", "Rename demand to load"), 4096, KNOWN),
        "whole-notebook": _asked("12", "whole", Task("finding", "KeyError: 'temp'", (3,)), 2600, KNOWN),
    }


def _asked(sample: str, which: str, task: Task, tokens: int, known: Known) -> str:
    one = read_file(Path(str(resource("samples", f"{sample}.ipynb"))))
    codes = [cell.index for cell in one.cells if cell.cell_type == "code"]
    failed = [
        cell.index for cell in one.cells if any(out.output_type is OutputType.ERROR for out in cell.outputs)
    ]
    cells = {
        "failed": (failed or codes)[:1],
        "last": codes[-1:],
        "several": [codes[1], codes[3]],
        "whole": None,
    }[which]
    engine = ScriptedEngine([reply("no"), reply("no")])
    asking = Asking(Sampling(max_tokens=300), tokens)
    answers = propose_answers(
        engine,
        one,
        None if cells is None else tuple(cells),
        task,
        asking,
        known,
        None,
        lambda event: None,
        CancelToken(),
    )
    shown = answers[0].shown
    lines = [f"=== {message.role}\n{message.content}" for message in engine.requests[0].messages]
    lines.append(f"=== kept\n{shown.summary} Budget: {shown.budget}.")
    for part in shown.parts:
        left = f"; left out: {', '.join(part.left_out)} ({part.left_out_tokens})" if part.left_out else ""
        lines.append(f"{part.kind}: {', '.join(part.names)} ({part.tokens}){left}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name, text in cases().items():
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
