"""What this machine can run a model on, and how much of a model fits there, from its header alone. No
llama_cpp.

The estimate adds up what llama.cpp allocates on a device: the weights of each block, its part of the KV
cache, and one buffer for the intermediate results of a batch. llama.cpp counts the output matrix as one
layer more than the blocks and puts it on the device first, then blocks from the last to the first.
"""

import os
import platform
import queue
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.llm.child import Child
from nbreview.llm.header import Header

_HELLO_SECONDS = 60.0
_GPU, _INTEGRATED_GPU = 1, 2
_BATCH_TOKENS = 512
_DEVICE_OVERHEAD = 256 * 2**20
_CACHE_BYTES = {"f32": 4.0, "f16": 2.0, "bf16": 2.0, "q8_0": 34 / 32, "q5_1": 24 / 32, "q4_0": 18 / 32}
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


@dataclass(frozen=True, slots=True)
class OffloadPlan:
    """Where a model would go. `layers` of `total_layers` (blocks and the output) on the device; sizes in
    bytes."""

    layers: int
    total_layers: int
    weights_bytes: int
    cache_bytes: int
    compute_bytes: int
    device_bytes: int
    host_bytes: int

    @property
    def whole(self) -> bool:
        """Whether all of the model is on the device."""
        return self.layers == self.total_layers


def devices(python: str = sys.executable) -> tuple[Device, ...]:
    """The devices that the installed build of llama.cpp can use, asked of a worker that ends at once.

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
            "llama-cpp-python does not start; install it again with "
            "pip install --force-reinstall 'nbreview[llama]'."
        )
    return from_hello(hello)


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


def plan_offload(
    header: Header,
    context_tokens: int,
    free_bytes: int,
    cache_type: str = "f16",
    flash_attention: bool = True,
) -> OffloadPlan:
    """How many layers fit into `free_bytes` of a device at this context.

    Parameters
    ----------
    context_tokens:
        Size of the context, tokens; the KV cache holds as many.
    free_bytes:
        Free memory of the device.
    cache_type:
        Type of the KV cache, as llama.cpp names it: f16, q8_0, q4_0.
    flash_attention:
        Without it, the attention scores of a batch need memory too.
    """
    blocks = header.layers
    weights, output, embedding = _weights(header)
    cache = _cache(header, context_tokens, cache_type)
    compute = _compute(header, context_tokens, flash_attention)
    costs = [output, *(weights[block] + cache[block] for block in reversed(range(blocks)))]
    room = free_bytes - _DEVICE_OVERHEAD - compute
    layers, used = 0, 0
    for cost in costs:
        if used + cost > room:
            break
        layers, used = layers + 1, used + cost
    everything = embedding + sum(weights) + sum(cache) + (output if header_has_output(header) else 0)
    return OffloadPlan(
        layers=layers,
        total_layers=blocks + 1,
        weights_bytes=everything - sum(cache),
        cache_bytes=sum(cache),
        compute_bytes=compute,
        device_bytes=used + compute if layers else 0,
        host_bytes=max(0, everything - used) + compute,
    )


def header_has_output(header: Header) -> bool:
    """Whether the output matrix is a tensor of its own and not the embedding once more."""
    return any(tensor.name == "output.weight" for tensor in header.tensors)


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


def _weights(header: Header) -> tuple[list[int], int, int]:
    """Bytes of each block, of what the output needs, and of the embedding."""
    blocks: dict[int, int] = defaultdict(int)
    output = embedding = 0
    for tensor in header.tensors:
        block = re.match(r"blk\.(\d+)\.", tensor.name)
        if block:
            blocks[int(block[1])] += tensor.size
        elif tensor.name.startswith("token_embd"):
            embedding += tensor.size
        else:
            output += tensor.size
    if not header_has_output(header):
        output += embedding
    return [blocks[index] for index in range(header.layers)], output, embedding


def _cache(header: Header, context_tokens: int, cache_type: str) -> list[int]:
    """Bytes of each block's KV cache."""
    name = header.architecture
    width = header.integer(f"{name}.embedding_length")
    heads = max(1, header.integer(f"{name}.attention.head_count", 1))
    key = header.integer(f"{name}.attention.key_length", width // heads)
    value = header.integer(f"{name}.attention.value_length", width // heads)
    each = header.metadata.get(f"{name}.attention.head_count_kv", heads)
    cells = -(-context_tokens // 256) * 256
    per_head = (key + value) * cells * _CACHE_BYTES[cache_type]
    if isinstance(each, tuple):
        counts = [int(count) for count in each][: header.layers]
        counts += [counts[-1] if counts else heads] * (header.layers - len(counts))
    else:
        counts = [int(each) if isinstance(each, int | float) else heads] * header.layers
    return [int(count * per_head) for count in counts]


def _compute(header: Header, context_tokens: int, flash_attention: bool) -> int:
    """Bytes for the intermediate results of one batch: the largest of logits, feed-forward and attention.

    The small terms are fitted to what llama.cpp reports for models of 0.3 M and 0.5 B parameters.
    """
    name = header.architecture
    width = header.integer(f"{name}.embedding_length")
    inner = header.integer(f"{name}.feed_forward_length", 4 * width)
    heads = max(1, header.integer(f"{name}.attention.head_count", 1))
    vocabulary = header.lengths.get("tokenizer.ggml.tokens", 0)
    row = _BATCH_TOKENS * 4
    mask = context_tokens * _BATCH_TOKENS * (2 if flash_attention else 4)
    scores = 0 if flash_attention else heads * context_tokens * row
    return max(
        (vocabulary + 2 * width) * row,
        (2 * inner + 2 * width) * row,
        scores + mask + 5 * width * row,
    )
