"""Where a chosen model would go here, and what is kept of a test of its speed."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm import calibration, hardware
from nbreview.llm.cache import JsonCache
from nbreview.llm.calibration import Calibration
from nbreview.llm.digest import fingerprint
from nbreview.llm.hardware import Device
from nbreview.llm.model import LoadOptions
from nbreview.services.offloading import Here, freed, look_here, plan_model

GIB = 2**30
GPU = Device("CUDA0", "Some GPU", "CUDA", True, 4 * GIB, 8 * GIB)
HOST = Device("CPU", "", "CPU", False, 9 * GIB, 16 * GIB)
HERE = Here((GPU, HOST), "build")
FOUND = Calibration(3, 256, "q8_0", "off", False, 100.0, 10.0, ("because",))


def test_this_machine_has_a_processor_and_a_build(tiny_model: Path) -> None:
    here = look_here()
    assert here.build
    assert not here.devices[-1].gpu
    assert here.devices[-1].free_bytes > 0
    assert bool(here.advice) == bool(here.advice_line)
    assert not here.advice_line or "pip install" in here.advice_line


def test_a_plan_is_made_of_what_is_asked_for(tiny_model: Path) -> None:
    options = LoadOptions(tiny_model, "1", 2048, kv_type="q8_0")
    planned = plan_model(options, HERE)
    first = planned.plans[0]
    assert (first.layers, first.context_tokens, first.kv_type) == (1, 2048, "q8_0")
    assert planned.question == ""


def test_too_many_layers_are_asked_about_and_as_many_as_fit_are_offered(tiny_model: Path) -> None:
    full = Here((replace(GPU, free_bytes=0), HOST), "build")
    planned = plan_model(LoadOptions(tiny_model, "2", 2048), full)
    assert not planned.plans[0].fits
    assert "are free" in planned.question
    assert planned.plans[1].layers == 0
    assert planned.plans[1].fits


def test_what_a_test_of_speed_found_is_there_again_and_planned_with(tiny_model: Path, tmp_path: Path) -> None:
    cache = tmp_path / "models.json"
    assert plan_model(LoadOptions(tiny_model), HERE, cache).speed is None
    calibration.keep(JsonCache(cache), hardware.machine(), "build", fingerprint([tiny_model]), FOUND)
    planned = plan_model(LoadOptions(tiny_model), HERE, cache)
    assert planned.speed == FOUND
    assert planned.plans[0].kv_type == "q8_0"
    assert plan_model(LoadOptions(tiny_model), replace(HERE, build="other"), cache).speed is None


def test_the_model_that_is_loaded_is_not_in_the_way_of_the_next(tiny_model: Path) -> None:
    loaded = plan_model(LoadOptions(tiny_model), HERE).plans[0]
    gpu, host = freed(HERE, loaded).devices
    assert gpu.free_bytes == GPU.free_bytes + loaded.parts[0].used_bytes
    assert HOST.free_bytes < host.free_bytes < HOST.free_bytes + loaded.parts[1].used_bytes


def test_a_file_that_is_no_model_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF and nothing more")
    with pytest.raises(UserError, match=r"broken\.gguf"):
        plan_model(LoadOptions(broken), HERE)
