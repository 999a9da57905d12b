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
    """What to do to have layers on a GPU: nothing where the build has one already, or where there is none.

    Returns
    -------
    str
        A sentence that ends with a line to paste into a terminal, or "".
    """
    if any(device.gpu for device in devices):
        return ""
    windows = machine.system == "win32"
    if machine.system == "darwin":
        if machine.processor != "arm64":
            return ""
        return _sentence("Metal", "a Mac of this kind has a GPU", _line("-DGGML_METAL=on", windows=False))
    if machine.which("nvidia-smi"):
        if machine.which("nvcc"):
            return _sentence("CUDA", "there is an NVIDIA GPU", _line("-DGGML_CUDA=on", windows=windows))
        ready = f'pip install --force-reinstall "{_PACKAGE}" --extra-index-url {_CUDA_WHEELS}'
        return _sentence(
            "CUDA", "there is an NVIDIA GPU and no CUDA compiler (nvcc), so take a wheel that is ready", ready
        )
    if machine.which("rocminfo") or machine.which("hipconfig"):
        return _sentence("ROCm", "there is an AMD GPU", _line("-DGGML_HIP=on", windows=windows))
    if machine.render or machine.which("vulkaninfo"):
        line = _line("-DGGML_VULKAN=on", windows=windows)
        if not machine.which("glslc"):
            get = "the Vulkan SDK" if windows else "libvulkan-dev and glslc"
            return _sentence("Vulkan", f"there is a GPU; install {get} first, then", line)
        return _sentence("Vulkan", "there is a GPU", line)
    return ""


def _sentence(backend: str, found: str, line: str) -> str:
    return f"llama.cpp was built without {backend}, and {found}: {line}"


def _line(flag: str, *, windows: bool) -> str:
    install = f'pip install --force-reinstall --no-cache-dir "{_PACKAGE}"'
    return f'$env:CMAKE_ARGS="{flag}"; {install}' if windows else f'CMAKE_ARGS="{flag}" {install}'
