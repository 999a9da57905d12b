"""The data card: a manifest in words and tables, for people who are handed the data.

Pure; imports nothing of nbreview. Follows the questions of Gebru et al., "Datasheets for Datasets", 2021, as
far as a manifest answers them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

_ORDER = ("train", "validation", "test")
_SHOWN = 50
"""Rows of a table; the manifest holds all of them."""


def data_card(manifest: Mapping[str, Any], manifest_name: str) -> str:
    """The card of an export, as Markdown."""
    splits = manifest.get("splits")
    files = {name: splits["files"][name] for name in _ORDER} if splits else {"all": manifest["data"]}
    rows = sum(file["rows"] for file in files.values())
    program = manifest["program"]
    lengths = manifest["lengths"]
    duplicates = manifest["duplicates"]
    parts = [
        "# Data card",
        f"{rows} rows in the form `{manifest['format']}` (schema `{manifest['schema']}`), "
        f"written by {program['name']} {program['version']} from edits that people made or decided on. "
        f"`{manifest_name}` holds the same for programs; `nbreview export --verify` compares the two.",
        "## Files",
        _table(
            ("split", "file", "rows", "bytes", "SHA-256"),
            (
                (name, file["file"], file["rows"], file["bytes"], file["sha256"])
                for name, file in files.items()
            ),
        ),
    ]
    if splits:
        parts.append(
            f"Divided by {splits['by']}: all rows of one {splits['by']} are in one split, chosen by a hash "
            "of its name, so that it stays there as data grows. No row of one split is a near duplicate "
            "of one in another."
        )
    parts += [
        "## How rows were chosen",
        "\n".join(f"- {reason}" for reason in manifest["filters"]),
        f"Exact duplicates are left out, and near ones: {duplicates['method']}; alike from an estimated "
        f"Jaccard similarity of {duplicates['threshold']}.",
        _counts("left out", manifest["left_out"], "Nothing was left out."),
        "## Privacy",
        "Keys, tokens, passwords, credentials, e-mail addresses and home folders were replaced by "
        "placeholders such as `<API_KEY>`. What is found goes by patterns: look through the "
        "data before you give it away.",
        _counts("placeholder", manifest["redactions"], "Nothing was found."),
        "## Where it comes from",
        _table(
            ("repository", "rows", "licence as found"),
            (
                (name, number, manifest["licences"].get(name, ""))
                for name, number in _most(manifest["repositories"])
            ),
        )
        if manifest["repositories"]
        else "From no repository.",
        "Licences are read from the repositories' own files and are no advice; who uses the data has to "
        "keep them.",
        _table(
            ("made by", "model", "SHA-256 of the model", "rows"),
            (
                [made[name] for name in ("maker", "model", "model_sha256", "rows")]
                for made in manifest["makers"]
            ),
        ),
        _counts("decision", manifest["decisions"]["kinds"], ""),
        f"From {manifest['decisions']['first']} to {manifest['decisions']['last']}.",
        "## What it holds",
        _counts("language", manifest["languages"], ""),
        _counts("template", manifest["templates"], ""),
        _table(
            ("length of a row", "least", "median", "most", "total"),
            (
                [unit, *(lengths[unit][name] for name in ("least", "median", "most", "total"))]
                for unit in ("characters", "tokens")
            ),
        ),
        f"Tokens are {lengths['token'].replace('|', chr(92) + '|')}.",
        *_model_lengths(lengths.get("model")),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _model_lengths(model: Mapping[str, Any] | None) -> Iterable[str]:
    if model is None:
        return
    names = ("least", "median", "p95", "most", "total")
    yield f"In tokens of the model {_cell(model['name'])} (SHA-256 {model['sha256']}): {model['token']}."
    yield _table(
        ("tokens of a row", "least", "median", "19 of 20 within", "most", "total"),
        [["", *(model["tokens"][name] for name in names)]],
    )
    longer = sorted(model["longer"].items(), key=lambda item: int(item[0]))
    if longer:
        yield _table(("longer than", "rows"), longer)
    if model["limit"] is not None:
        yield f"Rows of more than {model['limit']} tokens were left out."


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]


def _counts(title: str, counts: Mapping[str, int], nothing: str) -> str:
    return (
        _table((title, "rows" if title != "placeholder" else "times"), _most(counts)) if counts else nothing
    )


def _table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = [str(title) for title in titles]
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    """A value that cannot break out of its cell: a repository may be named anything."""
    text = " ".join(str(value).split())
    for sign in "\\|`<[*_":
        text = text.replace(sign, f"\\{sign}")
    return text
