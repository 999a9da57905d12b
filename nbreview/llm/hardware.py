"""What this machine can run a model on: devices, their free memory, processors. No llama_cpp."""

import os
import platform
import queue
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.llm.child import Child
from nbreview.words import said

_HELLO_SECONDS = 60.0
_GPU, _INTEGRATED_GPU = 1, 2
_BACKEND_NAMES = {"MTL": "Metal", "ROCm": "ROCm"}


@dataclass(frozen=True, slots=True)
class Device:
    """Something that llama.cpp can compute on. `backend` is CUDA, Metal, Vulkan or CPU; memory in bytes."""

    name: str
    description: str
    backend: str
    gpu: bool
    free_bytes: int
    total_bytes: int


def devices(python: str = sys.executable) -> tuple[Device, ...]:
    """The devices that the installed build of llama.cpp can use, asked of a worker that ends at once.

    Raises
    ------
    UserError
        llama-cpp-python is missing or cannot be started.
    """
    return from_hello(greeting(python))


def greeting(python: str = sys.executable) -> dict[str, Any]:
    """A worker's first message: the build of llama.cpp and its devices. The worker ends at once.

    Raises
    ------
    UserError
        llama-cpp-python is missing or cannot be started.
    """
    child = Child(python)
    try:
        hello = child.receive(_HELLO_SECONDS)
    except queue.Empty:
        hello = None
    finally:
        child.end()
    if not isinstance(hello, dict) or hello.get("is") != "hello":
        raise UserError(
            said(
                "llama-cpp-python does not start; install it again with pip install --force-reinstall "
                "'nbreview[llama]'."
            )
        )
    return hello


def build_name(hello: dict[str, Any]) -> str:
    """Names the build of llama.cpp in a worker's first message: what was measured holds for this only."""
    return f"{hello['version']}|{hello['system']}"


def from_hello(hello: dict[str, Any]) -> tuple[Device, ...]:
    """The devices in a worker's first message."""
    found = []
    for item in hello["devices"]:
        gpu = item["kind"] in (_GPU, _INTEGRATED_GPU)
        free = item["free_bytes"] if gpu else min(item["free_bytes"], free_memory())
        backend = _BACKEND_NAMES.get(item["backend"], item["backend"])
        found.append(
            Device(item["name"], item["description"].strip(), backend, gpu, free, item["total_bytes"])
        )
    return tuple(found)


def free_memory() -> int:
    """Memory that a process can still take without swapping, bytes; as much as there is where that is not
    known."""
    available = 0
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                available = int(line.split()[1]) * 1024
    except OSError:
        available = sys.maxsize
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        used = int(Path("/sys/fs/cgroup/memory.current").read_text())
    except (OSError, ValueError):
        return available
    return min(available, max(0, int(limit) - used)) if limit.isdigit() else available


def physical_processors() -> int:
    """Processor cores that this process may use: physical ones where the system says, within its quota.

    llama.cpp gains nothing from the second thread of a core and loses much with more threads than its quota.
    """
    allowed = set(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else set()
    count = len(allowed) or os.cpu_count() or 1
    cores = _cores(allowed)
    count = cores or count
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        if quota != "max":
            count = min(count, max(1, int(quota) // int(period)))
    except (OSError, ValueError):
        pass
    return max(1, count)


def machine() -> str:
    """Names the machine, its processor and system: settings found to work hold for this only."""
    model = ""
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found[1] if found else ""
    except OSError:
        model = platform.processor()
    return " · ".join(
        part for part in (platform.node(), platform.system(), platform.machine(), model) if part
    )


def _cores(allowed: set[int]) -> int:
    """Physical cores among the allowed processors, from Linux's topology; 0 where that is not known."""
    cores = set()
    for processor in allowed:
        try:
            siblings = Path(
                f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list"
            ).read_text()
        except OSError:
            return 0
        cores.add(siblings.strip())
    return len(cores)
