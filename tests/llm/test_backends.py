"""Where a GPU lies idle, the line to paste names this system's flag; where there is none, nothing is said."""

import pytest

from nbreview.llm.backends import Machine, gpu_advice, this_machine
from nbreview.llm.hardware import Device

CPU = Device("CPU", "Intel", "CPU", False, 1, 1)


def machine(system: str, processor: str, *programs: str, render: bool = False) -> Machine:
    return Machine(system, processor, lambda name: f"/bin/{name}" if name in programs else None, render)


@pytest.mark.parametrize(
    ("here", "backend", "line"),
    [
        (
            machine("linux", "x86_64", "nvidia-smi", "nvcc"),
            "CUDA",
            'CMAKE_ARGS="-DGGML_CUDA=on" pip install --force-reinstall --no-cache-dir "llama-cpp-python',
        ),
        (machine("linux", "x86_64", "nvidia-smi"), "CUDA", "--extra-index-url https://"),
        (machine("win32", "AMD64", "nvidia-smi", "nvcc"), "CUDA", '$env:CMAKE_ARGS="-DGGML_CUDA=on"; pip'),
        (machine("darwin", "arm64"), "Metal", 'CMAKE_ARGS="-DGGML_METAL=on" pip'),
        (machine("linux", "x86_64", "rocminfo"), "ROCm", "-DGGML_HIP=on"),
        (machine("linux", "x86_64", "glslc", render=True), "Vulkan", "-DGGML_VULKAN=on"),
        (machine("linux", "x86_64", render=True), "Vulkan", "install libvulkan-dev and glslc first"),
    ],
)
def test_the_line_is_that_of_the_system_and_of_what_was_found(here: Machine, backend: str, line: str) -> None:
    advice = gpu_advice([CPU], here)
    assert advice.startswith(f"llama.cpp was built without {backend}")
    assert line in advice


def test_a_machine_without_a_gpu_is_not_told_to_get_a_build_for_one() -> None:
    assert gpu_advice([CPU], machine("linux", "x86_64")) == ""


def test_a_build_that_has_a_gpu_needs_no_advice() -> None:
    cuda = Device("CUDA0", "NVIDIA", "CUDA", True, 1, 1)
    assert gpu_advice([cuda, CPU], machine("linux", "x86_64", "nvidia-smi", "nvcc")) == ""


def test_this_machine_is_looked_at_without_starting_anything() -> None:
    assert this_machine().system
