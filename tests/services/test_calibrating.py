"""A calibration of a real model measures real speeds, and the next load takes what it kept."""

from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.llm.cache import JsonCache
from nbreview.llm.calibration import SECTION, Progress
from nbreview.llm.model import LoadOptions
from nbreview.services.calibrating import calibrate_model


def test_a_trial_of_a_real_model_is_measured_and_kept(tiny_model: Path, tmp_path: Path) -> None:
    cache, said = tmp_path / "models.json", list[Progress]()
    found = calibrate_model(
        LoadOptions(tiny_model, context_tokens=2048), said.append, CancelToken(), cache=cache, seconds=0.0
    )
    assert found.prompt_speed > 0
    assert found.speed > 0
    assert found.kv_type == "f16"
    assert said[0].detail.endswith("flash attention auto")
    assert JsonCache(cache)._read()[SECTION]


def test_stop_keeps_nothing(tiny_model: Path, tmp_path: Path) -> None:
    cache, cancel = tmp_path / "models.json", CancelToken()

    def stop(_: Progress) -> None:
        cancel.cancel()

    with pytest.raises(Cancelled):
        calibrate_model(LoadOptions(tiny_model, context_tokens=2048), stop, cancel, cache=cache)
    assert SECTION not in JsonCache(cache)._read()
