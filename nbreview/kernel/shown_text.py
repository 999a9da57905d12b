"""What the text and the HTML of an output say of the value that was displayed.

Imports the standard library only. The forms are those that Jupyter saves: `repr` of Python, NumPy, pandas and
torch, and pandas' `to_html` ("Options and settings", `display.max_columns`, says when a table is cut short).
Every function answers with facts in the layout of a snapshot's descriptions, {} where the text does not have
the form. Facts that a text leaves open are left out: no fact here is a guess.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

FRAME = "pandas.core.frame.DataFrame"
SERIES = "pandas.core.series.Series"
ARRAY = "numpy.ndarray"
TENSOR = "torch.Tensor"

Facts = dict[str, Any]

_FOOTER = re.compile(r"(\d+) rows × (\d+) columns")
_MISSING = frozenset(("NaN", "NaT", "<NA>", "None"))
_INTEGER = re.compile(r"-?\d+")
_FLOAT = re.compile(r"-?(?:\d+\.\d*|\.\d+|\d+)(?:e[-+]?\d+)?|-?inf")
_SHAPE = re.compile(
    r"(?P<torch>torch\.Size\(\[(?P<sizes>[\d, ]*)\]\))|TensorShape\(\[(?P<tf>[\d, ]*)\]\)"
    r"|\((?P<plain>\d+,|\d+(?:, \d+)+|)\)"
)
_INFO_ROW = re.compile(r" *\d+ +(?P<name>.*?) {2,}(?:(?P<count>\d+) non-null +)?(?P<dtype>\S.*?) *")
_ENTRIES = re.compile(r"^(\w*Index): (\d+) entries(?:, (\S+) to (\S+))?", re.MULTILINE)
_DATA_COLUMNS = re.compile(r"^Data columns \(total (\d+) columns?\):", re.MULTILINE)
_SERIES_END = re.compile(
    r"(?:Freq: \S+, )?(?:Name: (?P<name>.*?), )?(?:Length: (?P<length>\d+), )?dtype: (?P<dtype>\S+)"
)
_ESTIMATOR = re.compile(r"([A-Z]\w+)\(")
_MOST_ROWS = 2_000


def table_facts(page: str) -> Facts:
    """What a table of pandas in HTML says of a DataFrame that is displayed whole or in part.

    `columns` are all labels in order, left out where the table was cut short; `shape` is as the footer says,
    which counts the rows of what is displayed.
    """
    if "<table" not in page or 'class="dataframe' not in page or "<small>shape:" in page:  # that is polars
        return {}
    reader = _Table()
    try:
        reader.feed(page)
        reader.close()
    except (AssertionError, ValueError):  # what HTMLParser makes of broken declarations
        return {}
    if not reader.heads or reader.spans:
        return {}
    names = reader.heads[0]
    if len(reader.heads) > 2 or (len(reader.heads) == 2 and any(map(str.strip, reader.heads[1][1:]))):
        return {}
    levels = reader.levels or 1
    labels = [_label(name) for name in names[levels:]]
    cut = "..." in labels
    found = _FOOTER.search(page)
    facts: Facts = {"type": FRAME}
    rows = [row for row in reader.rows if len(row) == len(names)]
    per_column = {
        label: _column([row[levels + place] for row in rows])
        for place, label in enumerate(labels)
        if label != "..."
    }
    if len(per_column) != len(labels) - cut:  # labels that occur twice
        return {"type": FRAME, "shape": [int(found[1]), int(found[2])]} if found else {"type": FRAME}
    if found:
        facts["shape"] = [int(found[1]), int(found[2])]
    elif not cut:
        facts["shape"] = [len(reader.rows), len(labels)]
    if not cut:
        facts["columns"] = list(labels)
    facts["per_column"] = per_column
    return facts


class _Table(HTMLParser):
    """The cells of the first table: header rows, body rows, and how many leading cells are labels."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heads: list[list[str]] = []
        self.rows: list[list[str]] = []
        self.levels = 0
        self.spans = False
        self._tables = 0
        self._in_head = False
        self._row: list[str] | None = None
        self._text: list[str] | None = None
        self._labels = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._tables += 1
        if self._tables != 1 or len(self.rows) > _MOST_ROWS:
            return
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row, self._labels = [], 0
        elif tag in ("th", "td") and self._row is not None:
            self._text = []
            self.spans = self.spans or any(name in ("colspan", "rowspan") for name, _ in attrs)
            self._labels += tag == "th"

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag in ("th", "td") and self._text is not None and self._row is not None:
            self._row.append("".join(self._text))
            self._text = None
        elif tag == "tr" and self._row is not None:
            (self.heads if self._in_head else self.rows).append(self._row)
            if not self._in_head:
                self.levels = max(self.levels, self._labels)
            self._row = None


def _label(text: str) -> str | int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else text


def _column(cells: Sequence[str]) -> Facts:
    """What displayed cells say of a column: values that occur in it, and that some are missing."""
    texts = [cell.strip() for cell in cells]
    if "..." in texts:  # the row that stands for those left out
        texts = [text for text in texts if text != "..."]
    values = [value for text in texts if (value := plain_value(text)) is not None]
    facts: Facts = {}
    if any(text in _MISSING for text in texts):
        facts["has_nan"] = True
    kinds = {type(value) for value in values}
    if kinds == {int, float}:
        values = [float(value) for value in values]
    elif len(kinds) > 1:
        values = [text for text in texts if text not in _MISSING]
    if values:
        facts["example_values"] = list(dict.fromkeys(values))
    return facts


def plain_value(text: str) -> Any:
    """A displayed value: a number or a truth value where the text reads as one, None where it is missing."""
    if text in _MISSING:
        return None
    if text in ("True", "False"):
        return text == "True"
    if _INTEGER.fullmatch(text) and len(text) < 19:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def shape_facts(text: str) -> Facts:
    """`x.shape` and `x.size()`: the shape, and the class where the text gives it away."""
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        return {}
    inside = found["sizes"] or found["tf"] or found["plain"] or ""
    facts: Facts = {"shape": [int(part) for part in re.findall(r"\d+", inside)]}
    if found["torch"]:
        facts["type"] = TENSOR
    return facts


def info_facts(text: str) -> Facts:
    """`df.info()`: rows, all columns with their dtypes, and which have missing values."""
    entries, total = _ENTRIES.search(text), _DATA_COLUMNS.search(text)
    if "<class 'pandas" not in text or "DataFrame'>" not in text or not entries or not total:
        return {}
    rows, per_column = int(entries[2]), {}
    for line in text[total.end() :].splitlines():
        found = _INFO_ROW.fullmatch(line)
        if found and line.strip()[:1].isdigit() and not set(found["name"]) <= {"-", " "}:
            info: Facts = {"dtype": found["dtype"]}
            if found["count"] is not None:
                info["has_nan"] = int(found["count"]) < rows
            per_column[_label(found["name"].strip())] = info
    facts: Facts = {"type": FRAME, "shape": [rows, int(total[1])], "index_type": entries[1]}
    if (entries[1], entries[3], entries[4]) == ("RangeIndex", "0", str(rows - 1)):
        facts["whole_index"] = True
    if entries[1] not in ("RangeIndex", "DatetimeIndex"):
        del facts["index_type"]
    if len(per_column) == int(total[1]):
        facts |= {"columns": list(per_column), "per_column": per_column}
    return facts


def series_facts(text: str) -> Facts:
    """A Series: dtype, name, and its length where the text is cut short or shows all of it.

    `labels` and `shown` are the labels and values that are displayed, as texts; `whole` where those are all.
    """
    lines = text.rstrip("\n").split("\n")
    end = _SERIES_END.fullmatch(lines[-1].strip())
    if not end or end["dtype"] == "category":
        return {}
    labels, shown = [], []
    for line in lines[:-1]:
        if re.fullmatch(r" *\.\.\. *", line) or re.fullmatch(r"\.\.\.? +\.\.\.?", line.strip()):
            continue
        parts = re.fullmatch(r"(.*?) {2,}(\S.*?) *", line)
        if parts is None:
            continue
        labels.append(parts[1].strip())
        shown.append(parts[2])
    whole = end["length"] is None and len(labels) == len([line for line in lines[:-1] if line.strip()])
    facts: Facts = {"type": SERIES, "dtype": end["dtype"], "labels": labels, "shown": shown, "whole": whole}
    if end["name"]:
        facts["name"] = end["name"]
    if end["length"] or whole:
        facts["length"] = int(end["length"]) if end["length"] else len(labels)
    return facts


def by_label(facts: Mapping[str, Any]) -> dict[str, str]:
    """Label to value of a Series that is displayed whole, without the name that stands above the labels."""
    if not facts.get("whole") or len(set(facts["labels"])) != len(facts["labels"]):
        return {}
    return dict(zip(facts["labels"], facts["shown"], strict=True))


def labels_facts(text: str) -> Facts:
    """`df.columns` and lists of columns: all labels in order, {} where some are left out."""
    listed = re.match(r"\s*(?:Index\(\s*)?(\[.*\])", text, re.DOTALL)
    value = literal_of(listed[1]) if listed else None
    if not isinstance(value, list) or not all(isinstance(name, str | int) for name in value):
        return {}
    return {"columns": value} if len(set(value)) == len(value) else {}


def literal_of(text: str) -> Any:
    """A Python literal without an ellipsis in it; None for anything else."""
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if _is_whole(value) else None


def _is_whole(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_whole(part) for item in value.items() for part in item)
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_whole, value))
    return value is not ... and value is not None


def _is_json(value: Any) -> bool:
    """Whether a literal is the same in a description: lists and texts as keys, which do not begin with $."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and key[:1] != "$" and _is_json(part) for key, part in value.items())
    return (
        all(map(_is_json, value)) if isinstance(value, list) else isinstance(value, bool | int | float | str)
    )


def value_facts(text: str) -> Facts:
    """The `repr` of a value by itself: numbers, texts, collections, keys, arrays, tensors, estimators."""
    text = text.strip()
    facts: Facts
    if text.startswith("dict_keys("):
        keys = literal_of(text.removeprefix("dict_keys(").removesuffix(")"))
        return {"type": "dict", "keys": keys, "length": len(keys)} if isinstance(keys, list) else {}
    if text.startswith(("array(", "tensor(")):
        return _array_facts(text)
    value = literal_of(text)
    if isinstance(value, bool | int | float | str):
        return {"type": type(value).__name__, "value": value}
    if isinstance(value, list) or (isinstance(value, tuple) and not any(isinstance(p, tuple) for p in value)):
        facts = {"type": type(value).__name__, "length": len(value)}
        return {**facts, "literal": list(value)} if _is_json(list(value)) else facts
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        facts = {"type": "dict", "keys": list(value), "length": len(value)}
        return {**facts, "literal": value} if _is_json(value) else facts
    if text.startswith("Index(["):
        return {}
    return _series_or_estimator(text)


def _series_or_estimator(text: str) -> Facts:
    series = series_facts(text)
    if series:
        examples = [value for part in series.pop("shown") if (value := plain_value(part)) is not None]
        del series["labels"], series["whole"]
        kinds = {type(value) for value in examples}
        if len(kinds) == 1:
            series["value_info"] = {"example_values": list(dict.fromkeys(examples))}
        return series
    if not _ESTIMATOR.match(text):
        return {}
    try:
        call = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {}
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.args:
        return {}
    params = {}
    for word in call.keywords:
        if word.arg is None or not isinstance(word.value, ast.Constant):
            return {}
        params[word.arg] = word.value.value
    return {"type": "", "class_name": call.func.id, "params": params}


def _array_facts(text: str) -> Facts:
    """An array or tensor that is shown whole: shape, dtype where it is told, and whole numbers exactly."""
    try:
        call = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {}
    if not isinstance(call, ast.Call) or len(call.args) != 1:
        return {}
    words = {word.arg: ast.unparse(word.value) for word in call.keywords}
    kind = TENSOR if text.startswith("tensor(") else ARRAY
    facts: Facts = {"type": kind}
    dtype = words.get("dtype", "").rpartition(".")[2].strip("'\"")
    if dtype:
        facts["dtype"] = f"torch.{dtype}" if kind == TENSOR else dtype
    if isinstance(shape := literal_of(words.get("shape", "None")), tuple):
        return {**facts, "shape": list(shape)}
    value = literal_of(ast.unparse(call.args[0]).replace("nan", "0.5"))
    if value is None:
        return facts
    shape_found, parts = [], value
    while isinstance(parts, list):
        shape_found.append(len(parts))
        parts = parts[0] if parts else None
    facts["shape"] = shape_found
    flat = _flat(value)
    if all(type(part) is int for part in flat) and "nan" not in text:
        facts.setdefault("dtype", "torch.int64" if kind == TENSOR else "int64")
        facts["literal"] = value
    elif flat and all(isinstance(part, int | float) for part in flat):
        facts.setdefault("dtype", "torch.float32" if kind == TENSOR else "float64")
    return facts


def _flat(value: Any) -> list[Any]:
    return [part for item in value for part in _flat(item)] if isinstance(value, list) else [value]
