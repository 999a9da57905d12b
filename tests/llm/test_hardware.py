"""What this machine can run a model on is told as llama.cpp names it."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm import hardware


def test_devices_come_from_a_workers_first_message() -> None:
    hello = {
        "devices": [
            {"name": "CUDA0", "description": "NVIDIA X ", "kind": 1, "backend": "CUDA"}
            | {"free_bytes": 5, "total_bytes": 9},
            {"name": "Metal", "description": "Apple", "kind": 2, "backend": "MTL"}
            | {"free_bytes": 5, "total_bytes": 9},
            {"name": "CPU", "description": "Intel", "kind": 0, "backend": "CPU"}
            | {"free_bytes": 2**62, "total_bytes": 2**62},
        ]
    }
    cuda, metal, cpu = hardware.from_hello(hello)
    assert cuda == hardware.Device("CUDA0", "NVIDIA X", "CUDA", True, 5, 9)
    assert (metal.backend, metal.gpu) == ("Metal", True)
    assert not cpu.gpu
    assert 0 < cpu.free_bytes < 2**62


def test_the_devices_of_the_installed_build_include_the_processor(tiny_model: Path) -> None:
    assert "CPU" in {device.backend for device in hardware.devices()}


def test_an_interpreter_without_nbreviews_worker_is_named(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 3\n")
    python.chmod(0o755)
    with pytest.raises(UserError, match="llama-cpp-python does not start"):
        hardware.devices(str(python))


def test_this_machine_has_processors_memory_and_a_name() -> None:
    assert hardware.physical_processors() >= 1
    assert hardware.free_memory() > 0
    assert hardware.machine()
