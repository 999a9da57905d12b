"""`nbreview models` says what is there, or how to get one; `--load` tries one for real."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from nbreview.cli.models import NONE_FOUND, models
from nbreview.errors import UserError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, cache and settings folder with nothing in it."""
    for name in ("HF_HOME", "HF_HUB_CACHE", "OLLAMA_MODELS", "LLAMA_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path / "home"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(models, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_where_there_is_none_it_says_how_to_get_one() -> None:
    assert run().strip() == NONE_FOUND


def test_the_table_names_what_was_found(tiny_model: Path) -> None:
    output = run("--folder", str(tiny_model.parent))
    for word in ("Tiny", "llama", "264.1 K", "F16", "KiB", "131,072", "folder", str(tiny_model)):
        assert word in output


def test_json_has_the_same(tiny_model: Path) -> None:
    (row,) = orjson.loads(run("--json", "--folder", str(tiny_model)))
    assert row["path"] == str(tiny_model)
    assert (row["architecture"], row["parameters"], row["origin"]) == ("llama", 264_064, "folder")


def test_each_model_has_its_bars_and_whether_it_fits(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = run("list", "--folder", str(tiny_model.parent), "--context", "4096")
    for word in ("Needs", "fits", "CPU", "stay free", "weights", "KV cache", "context of 4,096"):
        assert word in output
    monkeypatch.setattr("nbreview.llm.hardware.free_memory", lambda: 80 * 2**20)
    output = run("--folder", str(tiny_model.parent), "--context", "131072")
    for word in ("too large", "too much", "context of 131,072"):
        assert word in output


def test_json_has_the_plans_of_each_model(tiny_model: Path) -> None:
    (row,) = orjson.loads(run("list", "--json", "--folder", str(tiny_model), "--context", "4096"))
    first = row["plans"][0]
    (device,) = first["devices"]
    assert (row["fits"], first["context"], device["name"]) == (True, 4096, "CPU")
    taken = device["weights_bytes"] + device["cache_bytes"] + device["compute_bytes"]
    assert row["need_bytes"] == taken > tiny_model.stat().st_size


def test_json_of_nothing_is_an_empty_array() -> None:
    assert orjson.loads(run("--json")) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none does not exist"):
        run("--folder", str(tmp_path / "none"))


def test_folders_in_the_settings_are_searched(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_bytes(orjson.dumps({"model_folders": [str(tiny_model.parent)]}))
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: settings)
    assert "Tiny" in run()
    settings.write_text("{")
    with pytest.raises(UserError, match="is not usable"):
        run()


def test_a_model_is_tried_and_its_speed_told(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbreview.paths.cache_dir", lambda: tmp_path / "cache")
    output = run("--load", str(tiny_model), "--context", "2048")
    for word in ("Tiny (llama, 264.1 K, F16)", "2,048 tokens", "from the file", "tokens/s", "nothing"):
        assert word in output


def test_a_file_that_cannot_be_tried_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        run("--load", str(tmp_path / "none.gguf"))


def test_a_plan_is_drawn_as_bars_before_anything_is_loaded(tiny_model: Path) -> None:
    output = run("fits", str(tiny_model), "--context", "4096")
    assert output.startswith("all on the processor, context 4,096")
    for word in ("CPU", "weights", "KV cache", "stay free"):
        assert word in output
    (row,) = orjson.loads(run("fits", str(tiny_model), "--context", "4096", "--json"))
    assert (row["fits"], row["layers"], row["devices"][0]["backend"]) == (True, 0, "CPU")


def test_what_does_not_fit_is_shown_and_not_loaded(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("nbreview.paths.cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr("nbreview.llm.hardware.free_memory", lambda: 80 * 2**20)
    output = run("fits", str(tiny_model), "--context", "131072")
    assert "does not fit" in output
    assert "too much" in output
    with pytest.raises(UserError, match="choose what fits"):
        run("--load", str(tiny_model), "--context", "131072")


def test_a_calibration_is_told_and_kept(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("nbreview.paths.cache_dir", lambda: tmp_path / "cache")
    output = run("calibrate", str(tiny_model), "--context", "2048")
    assert "tokens/s of a prompt" in output
    assert output.splitlines()[0].endswith("Kept.")
    assert b'"calibration"' in (tmp_path / "cache" / "models.json").read_bytes()
