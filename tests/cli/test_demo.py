"""`nbreview demo`: what it refuses, and where it puts things. tests/test_packaging.py walks it to its end."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from nbreview.cli.demo import demo, free_folder
from nbreview.errors import UserError


def refused(*arguments: str) -> str:
    """The sentence of a demo that does not start."""
    result = CliRunner().invoke(demo, list(arguments))
    assert isinstance(result.exception, UserError), result.output
    return result.exception.message


def test_a_model_that_is_not_there_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    said = refused("--model", str(tmp_path / "none.gguf"), "--folder", str(tmp_path / "demo"), "--offscreen")
    assert said == f"{tmp_path / 'none.gguf'} is not a file; name a GGUF file, or leave --model out."
    assert not (tmp_path / "demo").exists()


def test_a_sample_repository_that_is_there_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    (tmp_path / "energy-demand").mkdir()
    (tmp_path / "energy-demand" / "mine.txt").write_text("mine")
    assert "is not empty" in refused("--folder", str(tmp_path), "--offscreen")


def test_a_second_demo_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    assert free_folder(tmp_path) == tmp_path / "nbreview-demo"
    for name in ("nbreview-demo", "nbreview-demo-2"):
        (tmp_path / name / "energy-demand").mkdir(parents=True)
    assert free_folder(tmp_path) == tmp_path / "nbreview-demo-3"
