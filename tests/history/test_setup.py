"""What `git-setup` plans and how it writes; `tests/cli/test_git_setup.py` shows what git makes of it."""

import subprocess
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.history.setup import Places, plan, plan_undo, write

PROGRAM = ("nbreview",)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config", tmp_path / "info" / "attributes")


@pytest.mark.parametrize(
    "data", [None, b"", b"[a]\n\tb = c\n", b"[a]\n\tb = c", b"\r\n[a]\r\n\tb = c\r\n", b"\xff\n"]
)
def test_every_file_comes_back_byte_for_byte(places: Places, data: bytes | None) -> None:
    for path in (places.config, places.attributes):
        path.parent.mkdir(exist_ok=True)
        if data is not None:
            path.write_bytes(data)
    for program in (PROGRAM, ("/another/python", "-m", "nbreview")):  # set up again with another program
        assert plan(places, program)[0].needed
        for change in plan(places, program):
            write(change)
        assert not any(change.needed for change in plan(places, program))
    for change in plan_undo(places):
        write(change)
    for path in (places.config, places.attributes):
        assert (path.read_bytes() if path.exists() else None) == data
    assert not any(change.needed for change in plan_undo(places))


@pytest.mark.parametrize(
    "program", ["/a folder/py", "C:\\Program Files\\py.exe", "it's", '50%"off"', "a;b#c"]
)
def test_any_program_is_quoted_for_shell_and_git(places: Places, program: str) -> None:
    for change in plan(places, (program, "-m", "nbreview")):
        write(change)
    for key in ("diff.nbreview.command", "merge.nbreview.driver", "mergetool.nbreview.cmd"):
        asked = ["git", "config", "--file", str(places.config), key]
        value = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        if key.startswith("merge."):
            value = value.replace("%%", "%")
        quoted = value.partition(" -m nbreview")[0]
        word = quoted[quoted.rindex("&& ") + 3 :] if "&& " in quoted else quoted.rpartition("then ")[2]
        said = subprocess.run(["sh", "-c", f'printf "%s" {word}'], capture_output=True, text=True, check=True)
        assert said.stdout == program


def test_a_file_that_changed_since_the_plan_is_not_overwritten(places: Places) -> None:
    change = plan(places, PROGRAM)[0]
    places.config.write_text("[mine]\n")
    with pytest.raises(UserError, match="meanwhile"):
        write(change)
    assert places.config.read_text() == "[mine]\n"
    assert [each.name for each in places.config.parent.iterdir()] == ["config"]


def test_a_folder_that_may_not_be_written_is_a_sentence(places: Places, tmp_path: Path) -> None:
    (tmp_path / "info").write_text("not a folder")
    with pytest.raises(UserError, match=r"cannot be (read|written)"):
        for change in plan(places, PROGRAM):
            write(change)
