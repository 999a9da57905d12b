"""Folders of labelled crashes: what is read, in which order, and one sentence for what is broken."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.crash_cases import read_cases, read_program
from tests.evaluation.crash_folder import program, small_folder, write_case, write_truth


def test_cases_come_by_name_with_their_labels(tmp_path: Path) -> None:
    cases = read_cases(small_folder(tmp_path))
    names = [case.name for case in cases]
    assert names == ["names_1_fixed", "names_1_reproduced", "numbers_10_fixed", "numbers_10_reproduced"]
    crash = cases[1]
    assert (crash.pair, crash.crash, crash.exception) == ("names_1", True, "nameerror")
    assert (crash.library, crash.root_cause, crash.crash_type) == (
        "names",
        "NB specific",
        "variable not found",
    )
    assert cases[0].pair == "names_1" and not cases[0].crash and cases[0].exception == ""


def test_numbers_in_names_are_ordered_as_numbers(tmp_path: Path) -> None:
    for name in ("torch_11_fixed", "torch_3_fixed"):
        write_case(tmp_path, name, program("1"))
    write_truth(tmp_path, *({"case": f"torch_{n}_fixed", "crash": False} for n in (11, 3)))
    assert [case.name for case in read_cases(tmp_path)] == ["torch_3_fixed", "torch_11_fixed"]


def test_the_program_comes_with_what_was_in_the_kernel_or_without(tmp_path: Path) -> None:
    told = program("n = read()", "n + 1", names={"n": {"type": "<class 'int'>", "value": 3}})
    write_case(tmp_path, "one", told)
    write_case(tmp_path, "one", program("n = read()", "n + 1"), kind="executed_code")
    write_truth(tmp_path, {"case": "one", "crash": False})
    (case,) = read_cases(tmp_path)
    assert case.path.parts[-3] == "executed_code_runinfo" and case.pair == "one"
    with_names = read_program(case)
    assert with_names.target.source == "n + 1" and [step.source for step in with_names.executed] == [
        "n = read()"
    ]
    assert with_names.snapshot is not None and with_names.snapshot.names["n"]["value"] == 3
    assert read_program(case, snapshot=False).snapshot is None
    (bare,) = read_cases(tmp_path, snapshot=False)
    assert bare.path.parts[-3] == "executed_code" and read_program(bare).snapshot is None


def test_one_library_can_be_asked_for(tmp_path: Path) -> None:
    cases = read_cases(small_folder(tmp_path), library="numbers")
    assert [case.pair for case in cases] == ["numbers_10", "numbers_10"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"crash": True}, "line 1: case names no program"),
        ({"case": "one", "crash": "yes"}, "line 1: crash is neither true nor false"),
        (
            {"case": "two", "crash": True},
            "line 1: executed_code/ and executed_code_runinfo/ hold no file",
        ),
        ({"case": "one", "crash": True, "exception": 3}, "line 1: exception is no text"),
    ],
)
def test_a_broken_line_is_one_sentence(tmp_path: Path, line: dict[str, object], sentence: str) -> None:
    write_case(tmp_path, "one", program("1"))
    write_truth(tmp_path, line)
    with pytest.raises(UserError) as raised:
        read_cases(tmp_path)
    assert sentence in raised.value.message and "mend the line" in raised.value.message


def test_a_case_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    write_case(tmp_path, "one", program("1"))
    write_truth(tmp_path, {"case": "one", "crash": True}, {"case": "one", "crash": False})
    with pytest.raises(UserError, match="one stands on line 1 too"):
        read_cases(tmp_path)


def test_a_library_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no case of the library 'pandas'; choose from names, numbers\."):
        read_cases(small_folder(tmp_path), library="pandas")


def test_a_folder_without_truth_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="name a folder of crash cases"):
        read_cases(tmp_path)


@pytest.mark.parametrize("content", [b"", b"print(1)", b"\xff\xfe\x00", b"# Executed Cells:\nno target"])
def test_a_program_in_another_layout_names_its_file(tmp_path: Path, content: bytes) -> None:
    write_case(tmp_path, "one", program("1"))
    write_truth(tmp_path, {"case": "one", "crash": True})
    (case,) = read_cases(tmp_path)
    case.path.write_bytes(content)
    with pytest.raises(UserError) as raised:
        read_program(case)
    assert str(case.path) in raised.value.message and "\n" not in raised.value.message
