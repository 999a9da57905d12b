"""The shapes in which examples are written, one JSON object a line.

Each format has a JSON schema in `resources/schemas` that its rows are tested against. Imports `review` and
below, and the modules beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.errors import UserError
from nbreview.notebook.model import source_digest
from nbreview.training.examples import Example
from nbreview.training.redaction import hide_homes

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """How examples become rows. `schema` is the name of the file in `resources/schemas`."""

    name: str
    schema: str
    make_row: Callable[[Example], Row]


def provenance(example: Example) -> Row:
    """Where an example comes from. Every row has the same keys of the same types, as table readers want."""
    suggestion, decision = example.suggestion, example.decision
    place, origin = suggestion.place, suggestion.origin
    texts = {
        "suggestion": suggestion.id,
        "decision": decision.id,
        "kind": decision.kind.value,
        "maker": origin.maker,
        "model": hide_homes(origin.model_name),
        "model_sha256": origin.model_sha256,
        "template": example.template,
        "evidence": suggestion.evidence.value,
        "notebook": hide_homes(place.notebook),
        "repository": hide_homes(place.repository),
        "remote": hide_homes(place.remote),
        "commit": place.commit,
        "path": place.path,
        "cell_id": place.cell_id or "",
        "cell_type": suggestion.cell_type,
        "language": suggestion.language,
        "base_sha256": source_digest(suggestion.base_source),
        "final_sha256": source_digest(decision.final_source),
    }
    return {
        **{name: encodable(text) for name, text in texts.items()},
        "cell_index": place.cell_index,
        "time": decision.time,
    }


def encodable(text: str) -> str:
    """A text with U+FFFD in the place of what UTF-8 cannot hold (a file name of other bytes, say)."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def chat_row(example: Example) -> Row:
    """The messages form that chat finetuning reads: system, user, assistant; the last is what is learnt."""
    messages = [{"role": message.role, "content": message.content} for message in example.prompt]
    messages.append({"role": "assistant", "content": example.answer})
    return {"messages": messages, "metadata": provenance(example)}


FORMATS: Mapping[str, Format] = {
    format.name: format for format in (Format("chat", "chat.schema.json", chat_row),)
}
"""All formats by name."""


def find_format(name: str) -> Format:
    """A format by its name. Raises UserError with the names that there are."""
    if name not in FORMATS:
        raise UserError(f"There is no export format “{name}”; choose one of: {', '.join(FORMATS)}.")
    return FORMATS[name]
