"""What is told of data files: real ones, odd ones and broken ones."""

import json
from pathlib import Path

import pytest

from nbreview.assist.data_files import read_data_file
from nbreview.assist.data_model import DataFile, describe_data
from nbreview.errors import UserError


def types(file: DataFile) -> dict[str, str]:
    return {column.name: column.type for column in file.columns}


def test_a_table_of_separated_values_is_told_with_types_missing_values_and_samples(tmp_path: Path) -> None:
    rows = [
        f"{n};{n / 2};{'a' if n % 2 else 'b'};2024-01-{n % 28 + 1:02};{'' if n == 3 else 'true'};n{n}"
        for n in range(40)
    ]
    (tmp_path / "a.csv").write_text("id;half;kind;day;on;text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = read_data_file(tmp_path / "a.csv", folder=tmp_path)
    assert types(found) == {
        "id": "integer", "half": "number", "kind": "category", "day": "time", "on": "boolean", "text": "text",
    }  # fmt: skip
    assert (found.kind, found.rows, found.exact, found.name) == ("CSV", 40, True, "a.csv")
    assert next(column for column in found.columns if column.name == "on").missing == 1
    text = describe_data(found)
    assert text.startswith("a.csv (CSV, ") and "40 rows" in text
    assert (
        "- Separator semicolon, encoding utf-8." in text and "- kind: category, 2 distinct, e.g. b, a" in text
    )


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, said: str) -> None:
    (tmp_path / "a.csv").write_bytes("größe,name\n1,Zoë\n".encode(encoding))
    found = read_data_file(tmp_path / "a.csv")
    assert types(found) == {"größe": "integer", "name": "text"}
    assert f"encoding {said}." in found.facts[0]


def test_a_table_without_a_header_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("1\t2.5\n3\t4.5\n")
    found = read_data_file(tmp_path / "a.tsv")
    assert types(found) == {"column 1": "integer", "column 2": "number"} and "No header line." in found.facts


def test_of_a_large_file_only_the_beginning_is_read_and_the_rows_are_estimated(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w") as stream:
        stream.write("a,b\n")
        for _ in range(10):
            stream.write("1234567,abcdefgh\n" * 50_000)
    found = read_data_file(tmp_path / "a.csv")
    assert not found.exact and abs(found.rows - 500_000) < 5_000
    assert "about " in describe_data(found)


def test_json_in_its_shapes(tmp_path: Path) -> None:
    shapes = {
        "list.json": [{"a": 1, "b": "x"}, {"a": 2.5}],
        "columns.json": {"a": [1, 2], "b": ["x", None]},
        "inner.json": {"meta": 1, "rows": [{"a": 1, "b": "x"}, {"a": 2, "b": None}]},
    }
    for name, value in shapes.items():
        (tmp_path / name).write_text(json.dumps(value))
        found = read_data_file(tmp_path / name)
        assert [column.name for column in found.columns] == ["a", "b"] and found.rows == 2
    (tmp_path / "lines.jsonl").write_text('{"a": 1}\nbroken\n{"a": {"b": 1}}\n')
    found = read_data_file(tmp_path / "lines.jsonl")
    assert types(found) == {"a": "mixed"} and "1 line is no JSON." in found.facts
    (tmp_path / "bad.json").write_text("{")
    assert "is no JSON" in read_data_file(tmp_path / "bad.json").problem


def test_parquet_tells_its_own_types(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table({"a": [1, 2], "b": ["x", None]}), tmp_path / "a.parquet")
    found = read_data_file(tmp_path / "a.parquet")
    assert types(found) == {"a": "int64", "b": "string"} and found.rows == 2
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and nothing")
    assert "no Parquet file" in read_data_file(tmp_path / "b.parquet").problem


def test_excel_without_its_library_says_which_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    found = read_data_file(tmp_path / "a.xlsx")
    assert "openpyxl" in found.problem or "no Excel file" in found.problem


def test_arrays_are_told_by_their_headers_and_never_unpickled(tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    numpy.savez(tmp_path / "a.npz", x=numpy.zeros((3, 4)), y=numpy.array([object()], dtype=object))
    found = read_data_file(tmp_path / "a.npz")
    assert types(found) == {"x": "array of <f8, shape (3, 4)", "y": "array of |O, shape (1,)"}
    (tmp_path / "b.npy").write_bytes(b"\x93NUMPY\x01\x00\x05\x00os.x()")
    assert "no file of NumPy" in read_data_file(tmp_path / "b.npy").problem


def test_a_folder_of_pictures_is_told_by_its_classes(tmp_path: Path) -> None:
    from PIL import Image

    for name in ("cat/1.png", "cat/2.png", "dog/1.png"):
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 6)).save(tmp_path / "set" / name)
    (tmp_path / "set" / "dog" / "broken.png").write_bytes(b"no picture")
    (tmp_path / "set" / "loop").symlink_to(tmp_path)
    found = read_data_file(tmp_path / "set")
    assert (found.kind, found.rows) == ("images", 4)
    assert "Pictures by folder: cat (2), dog (2)." in found.facts
    assert "Sizes and modes of the first: 8 × 6 RGB." in found.facts


def test_what_cannot_be_read_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_data_file(tmp_path / "missing.csv")
    (tmp_path / "empty").mkdir()
    assert "is empty" in read_data_file(tmp_path / "empty").problem
    (tmp_path / "a.bin").write_bytes(b"\0\1\2")
    assert "say in the task" in read_data_file(tmp_path / "a.bin").problem
    (tmp_path / "empty.csv").write_text("")
    assert read_data_file(tmp_path / "empty.csv").rows == 0
