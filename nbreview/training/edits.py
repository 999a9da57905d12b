"""From mined edits (`nbreview mine`) to examples: a commit's message asks for what its author did.

Reads both schemas that edits are mined in. Imports `notebook`, `llm.model` and below, and the modules beside
it.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from nbreview.assist.prompts import load_template
from nbreview.errors import UserError
from nbreview.llm.model import Message
from nbreview.notebook.model import source_digest
from nbreview.training.examples import CELLS, Example, fenced
from nbreview.training.formats import COMMIT_EDIT

REVERTED = "reverted later"
REVERTS = "reverts another commit"

_REVERT = re.compile(r"^\s*revert\b", re.IGNORECASE)
_OF = re.compile(r"reverts commit ([0-9a-f]{7,40})", re.IGNORECASE)


def reverted_commits(paths: Sequence[Path]) -> frozenset[str]:
    """Commits that another commit in these files says it reverts, by their first 7 digits.

    Raises UserError for a file that cannot be read or is not of mined edits.
    """
    messages = (str(row.get("message", "")) for path in paths for _number, row in _rows(path))
    return frozenset(digits[:7].lower() for message in messages for digits in _OF.findall(message))


def edit_examples(paths: Sequence[Path], reverted: frozenset[str] = frozenset()) -> Iterator[Example | str]:
    """An example of each mined edit, or why there is none.

    Raises UserError for a file that cannot be read or is not of mined edits.
    """
    for path in paths:
        for number, row in _rows(path):
            try:
                yield _example(row, reverted)
            except (KeyError, TypeError, ValueError) as error:
                raise UserError(
                    f"Line {number} of {path} is no mined edit; name a file that `nbreview mine` has written."
                ) from error


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if not line.strip():
                    continue
                try:
                    row = orjson.loads(line)
                except orjson.JSONDecodeError:
                    row = None
                if not isinstance(row, dict):
                    raise UserError(f"Line {number} of {path} is no JSON object; name a file of mined edits.")
                yield number, row
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); name a file of mined edits.") from error


def _example(row: dict[str, Any], reverted: frozenset[str]) -> Example | str:
    full = "base" in row
    message, commit = _text(row, "message").strip(), _text(row, "commit")
    old, new = (
        (_code(row["base"]), _code(row["head"])) if full else (_sources(row["old"]), _sources(row["new"]))
    )
    if commit[:7].lower() in reverted:
        return REVERTED
    if _REVERT.match(message):
        return REVERTS
    if not message:
        return "no message"
    if old == new:
        return "no code cell differs"
    changed = [
        opcode
        for opcode in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if opcode[0] != "equal"
    ]
    before = CELLS.join(source for _tag, first, last, _j1, _j2 in changed for source in old[first:last])
    after = CELLS.join(source for _tag, _i1, _i2, first, last in changed for source in new[first:last])
    language = _text(row, "language") if full else "python"
    template = load_template(COMMIT_EDIT)
    values = {"message": message, "source": fenced(before, language)}
    prompt = (
        Message("system", template.fill("system", values)),
        Message("user", template.fill("cell", values)),
    )
    path, name = _text(row, "path" if full else "file"), _text(row, "repository" if full else "repo")
    provenance: dict[str, str | int | float] = {
        "suggestion": "",
        "decision": "",
        "kind": "committed",
        "maker": "author",
        "model": "",
        "model_sha256": "",
        "template": template.reference,
        "evidence": "",
        "notebook": path,
        "repository": name,
        "remote": _text(row, "remote") if full else "",
        "commit": commit,
        "path": path,
        "cell_id": "",
        "cell_type": "code",
        "language": language,
        "base_sha256": source_digest(before),
        "final_sha256": source_digest(after),
        "cell_index": -1,
        "time": float(row["time"]) if full else 0.0,
    }
    return Example(
        prompt,
        fenced(after, language),
        template.reference,
        message,
        before,
        after,
        "code",
        language,
        provenance,
        notebook=(tuple(old), tuple(new)),
    )


def _text(row: dict[str, Any], name: str) -> str:
    if not isinstance(row[name], str):
        raise TypeError(name)
    return str(row[name])


def _code(cells: Sequence[dict[str, Any]]) -> list[str]:
    return _sources([cell["source"] for cell in cells if cell["type"] == "code"])


def _sources(values: Any) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("sources")
    return values
