"""Whether an export is what its manifest says: files, rows, counts, privacy and splits are gone through
again.

Needs nothing but the files. Imports `paths` and the modules beside it and below.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.paths import resource
from nbreview.training.card import data_card
from nbreview.training.duplicates import THRESHOLD, DuplicateIndex, min_hash, shingles
from nbreview.training.formats import Row, find_format
from nbreview.training.lengths import Lengths, TokenCounter, counted_with
from nbreview.training.manifest import FileFigures, ManifestBuilder, texts_of
from nbreview.training.redaction import find_private
from nbreview.training.sinks import file_figures, load_parquet
from nbreview.training.splits import Splits

_COUNTED = ("redactions", "lengths", "languages", "decisions", "templates", "notebooks", "repositories")
"""Parts of a manifest that its rows alone decide."""
_NAMED = 20
"""Problems that are told one by one; of the rest only the number."""


def verify(
    place: Path, cancel: CancelToken | None = None, counter: TokenCounter | None = None
) -> tuple[str, ...]:
    """Compare an export with its manifest; every difference as a sentence, none for an export that is whole.

    Parameters
    ----------
    place:
        A folder with a `manifest.json`, a manifest, or a data file with its manifest beside it.
    counter:
        Counts the lengths in tokens again, where the manifest says that this model counted them.

    Raises
    ------
    UserError
        There is no manifest, or it is none of an export.
    """
    manifest_path = _manifest_of(place)
    manifest = _read_manifest(manifest_path)
    problems = _Problems()
    _check_schema(manifest, "manifest.schema.json", manifest_path.name, problems)
    if problems.found:
        return problems.all()
    splits = manifest.get("splits")
    files = splits["files"] if splits else {"": manifest["data"]}
    rule = Splits(splits["shares"], splits["by"]) if splits else None
    format = find_format(manifest["format"])
    model = manifest["lengths"].get("model")
    if counter is not None and model is not None and counter.sha256 != model["sha256"]:
        problems.add(
            f"The lengths in tokens were counted with {model['name']}, and {counter.name} is another model."
        )
    lengths = Lengths(counter, model["limit"]) if counter is not None and model is not None else Lengths()
    builder = ManifestBuilder(format, rule, lengths=lengths)
    rows = _Rows(rule, problems, _validator(format.schema))
    figures = {}
    for split, file in files.items():
        path = manifest_path.with_name(file["file"])
        try:
            figures[split] = file_figures(path, file["rows"])
            found = 0
            for found, row in enumerate(_read_rows(path, format.suffix), start=1):
                if cancel is not None:
                    cancel.check()
                if rows.check(row, split, f"{path.name}, row {found}"):
                    builder.add(row, {}, split, rule.group_of(row["metadata"]) if rule else "")
        except (OSError, ValueError) as error:
            problems.add(f"{path.name} cannot be read ({error}).")
            continue
        described = FileFigures(path.name, figures[split].sha256, figures[split].bytes, found)
        expected = {name: file[name] for name in described._fields}
        if described._asdict() != expected:
            wrong = [name for name, value in described._asdict().items() if value != expected[name]]
            problems.add(f"{path.name} is not the file of the manifest: other {' and '.join(wrong)}.")
    if builder.rows and not problems.found:
        _compare(manifest, builder.build(figures), problems)
    _check_card(manifest, manifest_path, problems)
    return problems.all()


def left_unchecked(place: Path, counter: TokenCounter | None = None) -> tuple[str, ...]:
    """What `verify` cannot check of this export, each with what it would take. Raises as `verify` does."""
    counted = counted_with(_read_manifest(_manifest_of(place)))
    if counted is None or counter is not None:
        return ()
    name, sha256 = counted
    return (
        f"The lengths in tokens were not counted again; name the file of {name} (SHA-256 {sha256}) for that.",
    )


class _Problems:
    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, sentence: str) -> None:
        self.found.append(sentence)

    def all(self) -> tuple[str, ...]:
        rest = len(self.found) - _NAMED
        return (*self.found[:_NAMED], *([f"{rest} more problems are not listed."] if rest > 0 else []))


class _Rows:
    """What is true of every row, and of all of them together."""

    def __init__(self, splits: Splits | None, problems: _Problems, validator: Any) -> None:
        self._splits = splits
        self._problems = problems
        self._validator = validator
        self._pairs: dict[tuple[str, ...], str] = {}
        self._near = DuplicateIndex()

    def check(self, row: Any, split: str, where: str) -> bool:
        """Whether a row has the form of its schema; what else is wrong with it is noted."""
        wrong = next(self._validator.iter_errors(row), None)
        if wrong is not None:
            self._problems.add(f"{where}: {wrong.message[:200]}.")
            return False
        kinds = Counter(part.kind.value for text in texts_of(row) for part in find_private(text))
        for kind, number in sorted(kinds.items()):
            self._problems.add(f"{where}: holds {number} of what is private ({kind}).")
        metadata = row["metadata"]
        if self._splits is not None:
            group = self._splits.group_of(metadata)
            if self._splits.split_of(group) != split:
                self._problems.add(f"{where}: belongs to another split than {split}.")
            self._check_apart(row, split, where)
        return True

    def _check_apart(self, row: Row, split: str, where: str) -> None:
        metadata = row["metadata"]
        pair = metadata["cell_type"], metadata["base_sha256"], metadata["final_sha256"]
        if self._pairs.setdefault(pair, split) != split:
            self._problems.add(f"{where}: stands also in {self._pairs[pair]}.")
            return
        before = row.get("before", row.get("input"))
        if before is not None:  # the other forms do not hold the two sources apart from the prompt
            text = min_hash(shingles(f"{before}\n{row.get('after', row.get('output'))}"))
            if any(other != split for other, _edit in self._near.alike(text)):
                self._problems.add(f"{where}: is alike a row of another split, by {THRESHOLD} or more.")
            self._near.add(split, text, None)


def _manifest_of(place: Path) -> Path:
    if place.is_dir():
        path = place / "manifest.json"
    elif place.name == "manifest.json" or place.name.endswith(".manifest.json"):
        path = place
    else:
        stem = place.stem if place.suffix in (".jsonl", ".json", ".ndjson", ".parquet") else place.name
        path = place.with_name(f"{stem}.manifest.json")
        if not path.exists():
            path = place.with_name("manifest.json")
    if not path.is_file():
        raise UserError(f"There is no manifest for {place}; name a folder that an export was written to.")
    return path


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise UserError(f"{path} cannot be read as a manifest ({error}); make the export again.") from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise UserError(f"{path} is no manifest of an export; name a folder that an export was written to.")
    return manifest


def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(orjson.loads(resource("schemas", schema).read_bytes()))


def _check_schema(value: Mapping[str, Any], schema: str, name: str, problems: _Problems) -> None:
    for error in _validator(schema).iter_errors(value):
        place = "/".join(map(str, error.absolute_path)) or "as a whole"
        problems.add(f"{name}, {place}: {error.message[:200]}.")


def _read_rows(path: Path, suffix: str) -> Iterator[Any]:
    if suffix == ".parquet":
        _arrow, parquet = load_parquet()
        with parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=256):
                yield from batch.to_pylist()
        return
    with path.open("rb") as stream:
        for line in stream:
            yield orjson.loads(line)


def _compare(manifest: Mapping[str, Any], counted: Mapping[str, Any], problems: _Problems) -> None:
    for name in _COUNTED:
        said = manifest[name]
        if name == "lengths" and "model" not in counted[name]:
            said = {unit: figures for unit, figures in said.items() if unit != "model"}
        if said != counted[name]:
            problems.add(f"The manifest's {name} are not those of the rows.")
    if _by_maker(manifest) != _by_maker(counted):
        problems.add("The manifest's makers are not those of the rows.")
    if "splits" in manifest and manifest["splits"]["files"] != counted["splits"]["files"]:
        problems.add("The manifest's groups are not those of the rows.")


def _by_maker(manifest: Mapping[str, Any]) -> Counter[tuple[str, str, str]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for made in manifest["makers"]:
        counts[made["maker"], made["model"], made["model_sha256"]] += made["rows"]
    return counts


def _check_card(manifest: Mapping[str, Any], manifest_path: Path, problems: _Problems) -> None:
    card = manifest_path.with_name(manifest_path.name.removesuffix("manifest.json") + "card.md")
    try:
        text = card.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        problems.add(f"The data card {card.name} is missing.")
        return
    if text != data_card(manifest, manifest_path.name):
        problems.add(f"The data card {card.name} is not that of the manifest.")
