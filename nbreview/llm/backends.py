"""How to get a llama.cpp that uses this machine's GPU: the very line for this system. Pure but for what it
looks up on the PATH; no llama_cpp.

Flags are those of llama.cpp's `docs/build.md`, handed to pip as llama-cpp-python's README says.
"""

import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.llm.hardware import Device
from nbreview.words import Said, said

_PACKAGE = "llama-cpp-python>=0.3.36,<0.4"
_CUDA_WHEELS = "https://abetlen.github.io/llama-cpp-python/whl/cu124"


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to decide by. `which` finds a program; `render` says that there is a GPU of any make."""

    system: str
    processor: str
    which: Callable[[str], str | None]
    render: bool


def this_machine() -> Machine:
    """The machine that this runs on."""
    nodes = Path("/dev/dri")
    render = nodes.is_dir() and any(nodes.glob("renderD*"))
    return Machine(sys.platform, platform.machine(), shutil.which, render)


def gpu_advice(devices: Sequence[Device], machine: Machine) -> str:
    """`gpu_remedy` as a sentence that ends with the line, or ""."""
    remedy = gpu_remedy(devices, machine)
    return ": ".join(remedy) if remedy is not None else ""


def gpu_remedy(devices: Sequence[Device], machine: Machine) -> tuple[Said, str] | None:
    """What to do to have layers on a GPU: why, and a line to paste into a terminal.

    None where the build has one already, or where there is none.
    """
    if any(device.gpu for device in devices):
        return None
    windows = machine.system == "win32"
    if machine.system == "darwin":
        if machine.processor != "arm64":
            return None
        why = said("llama.cpp was built without Metal, and a Mac of this kind has a GPU")
        return why, _line("-DGGML_METAL=on", windows=False)
    if machine.which("nvidia-smi"):
        if machine.which("nvcc"):
            why = said("llama.cpp was built without CUDA, and there is an NVIDIA GPU")
            return why, _line("-DGGML_CUDA=on", windows=windows)
        why = said(
            "llama.cpp was built without CUDA, and there is an NVIDIA GPU and no CUDA compiler (nvcc), so "
            "take a wheel that is ready"
        )
        return why, f'pip install --force-reinstall "{_PACKAGE}" --extra-index-url {_CUDA_WHEELS}'
    if machine.which("rocminfo") or machine.which("hipconfig"):
        why = said("llama.cpp was built without ROCm, and there is an AMD GPU")
        return why, _line("-DGGML_HIP=on", windows=windows)
    if machine.render or machine.which("vulkaninfo"):
        if machine.which("glslc"):
            why = said("llama.cpp was built without Vulkan, and there is a GPU")
        elif windows:
            why = said(
                "llama.cpp was built without Vulkan, and there is a GPU; install the Vulkan SDK first, then"
            )
        else:
            why = said(
                "llama.cpp was built without Vulkan, and there is a GPU; install libvulkan-dev and glslc "
                "first, then"
            )
        return why, _line("-DGGML_VULKAN=on", windows=windows)
    return None


def _line(flag: str, *, windows: bool) -> str:
    install = f'pip install --force-reinstall --no-cache-dir "{_PACKAGE}"'
    return f'$env:CMAKE_ARGS="{flag}"; {install}' if windows else f'CMAKE_ARGS="{flag}" {install}'
