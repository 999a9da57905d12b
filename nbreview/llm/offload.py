"""Where a model would go and how much of each device it would take, from the header of its file alone. No
llama_cpp; nothing is loaded.

Added up is what llama.cpp allocates: the weights of each block, its part of the KV cache, a buffer for the
intermediate results of one batch, and what a process takes besides. llama.cpp counts the output matrix as
one layer more than the blocks, puts it on a device first and then blocks from the last to the first, and
shares layers out between several devices by their free memory (`llama-model.cpp`). The embedding stays with
the processor.
"""

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nbreview.llm.hardware import Device
from nbreview.llm.header import Header
from nbreview.llm.lookup import MOST_OUTPUTS
from nbreview.words import Said, said

KV_BYTES = {
    "f32": 4.0,
    "f16": 2.0,
    "bf16": 2.0,
    "q8_0": 34 / 32,
    "q5_1": 24 / 32,
    "q5_0": 22 / 32,
    "q4_1": 20 / 32,
    "q4_0": 18 / 32,
}
"""Bytes of one number of the KV cache, by the name of its type."""

BATCH_TOKENS = 512
SMALLER_CONTEXTS = (131_072, 65_536, 32_768, 16_384, 8192, 4096, 2048)

_DEVICE_OVERHEAD = 256 * 2**20  # what a driver's context takes
_PROCESS_BYTES = 55 * 2**20  # Python, NumPy and llama.cpp itself
_TOKEN_BYTES = 190  # of an entry of the vocabulary, in llama.cpp's tables
_RUNNING_TYPES = 4.0  # a running state is held in f32


@dataclass(frozen=True, slots=True)
class Wish:
    """How a model is to be loaded. `layers` on GPUs: None for as many as fit. `outputs`: of how many tokens
    of a batch the logits are kept, 0 for all (llama.cpp's default, not ours)."""

    context_tokens: int
    kv_type: str = "f16"
    batch_tokens: int = BATCH_TOKENS
    flash_attention: bool = True
    layers: int | None = None
    outputs: int = MOST_OUTPUTS


@dataclass(frozen=True, slots=True)
class Part:
    """What would be on one device, in bytes: one bar of the picture. `layers`: how many of the model's."""

    device: Device
    layers: int
    weights_bytes: int
    cache_bytes: int
    compute_bytes: int

    @property
    def used_bytes(self) -> int:
        """What the model would take here."""
        return self.weights_bytes + self.cache_bytes + self.compute_bytes

    @property
    def others_bytes(self) -> int:
        """What other programs have taken already."""
        return max(0, self.device.total_bytes - self.device.free_bytes)

    @property
    def free_bytes(self) -> int:
        """What would be left; negative when the model does not fit."""
        return self.device.free_bytes - self.used_bytes


@dataclass(frozen=True, slots=True)
class OffloadPlan:
    """Where a model would go: GPUs first, the processor last. `layers` of `total_layers` (blocks and the
    output) are on GPUs."""

    parts: tuple[Part, ...]
    layers: int
    total_layers: int
    context_tokens: int
    kv_type: str

    @property
    def fits(self) -> bool:
        """Whether every device has room for its part."""
        return all(part.free_bytes >= 0 for part in self.parts)

    @property
    def whole(self) -> bool:
        """Whether all layers are on GPUs."""
        return self.layers == self.total_layers

    @property
    def backend(self) -> str:
        """What the GPUs, or else the processor, are reached by, as llama.cpp names it."""
        return next((part.device.backend for part in self.parts if part.layers), "CPU")

    @property
    def weights_bytes(self) -> int:
        """Weights on all devices."""
        return sum(part.weights_bytes for part in self.parts)

    @property
    def cache_bytes(self) -> int:
        """KV cache on all devices."""
        return sum(part.cache_bytes for part in self.parts)

    @property
    def compute_bytes(self) -> int:
        """Intermediate results and processes, on all devices."""
        return sum(part.compute_bytes for part in self.parts)

    @property
    def need_bytes(self) -> int:
        """All of it."""
        return sum(part.used_bytes for part in self.parts)

    @property
    def host(self) -> Part:
        """The processor's part."""
        return self.parts[-1]

    @property
    def title(self) -> Said:
        """In words: layers, context, and the KV cache's type where it is not f16."""
        if not self.layers:
            where = said("all on the processor")
        elif self.whole:
            where = said("all layers on {backend}", backend=self.backend)
        else:
            where = said(
                "{layers} of {total} layers on {backend}",
                layers=self.layers,
                total=self.total_layers,
                backend=self.backend,
            )
        if self.kv_type == "f16":
            return said("{where}, context {tokens}", where=where, tokens=f"{self.context_tokens:,}")
        return said(
            "{where}, context {tokens}, KV {kind}",
            where=where,
            tokens=f"{self.context_tokens:,}",
            kind=self.kv_type,
        )


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Bytes of a model's pieces: weights and cache of each block, and what a batch takes where only blocks
    are, where the output is, and where there is neither."""

    weights: tuple[int, ...]
    cache: tuple[int, ...]
    embedding: int
    output: int
    tied: bool
    block_compute: int
    output_compute: int
    input_compute: int
    process: int


def plan(header: Header, devices: Sequence[Device], wish: Wish) -> OffloadPlan:
    """Where the model would go.

    Parameters
    ----------
    devices:
        Those of this machine; without a GPU among them everything is the processor's.
    wish:
        With `layers` given, so many go to the GPUs whether they fit or not; None: the most that fit.
    """
    sizes = _sizes(header, wish)
    gpus = tuple(device for device in devices if device.gpu)
    host = next((device for device in devices if not device.gpu), _UNKNOWN)
    total = header.layers + 1
    if wish.layers is not None:
        return _laid_out(sizes, gpus, host, min(wish.layers, total), wish)
    for layers in range(total if gpus else 0, 0, -1):
        found = _laid_out(sizes, gpus, host, layers, wish)
        if all(part.free_bytes >= (_DEVICE_OVERHEAD if part.layers else 0) for part in found.parts[:-1]):
            return found
    return _laid_out(sizes, gpus, host, 0, wish)


def alternatives(header: Header, devices: Sequence[Device], wish: Wish) -> tuple[OffloadPlan, ...]:
    """The plan as wished, and what else would do, best first: a coarser KV cache, smaller contexts.

    Where the plan as wished fits as a whole there is no other. Otherwise it comes first all the same, so that
    it can be shown why not; of the others only those that fit and gain something (more layers on GPUs, or
    that they fit at all).
    """
    asked = plan(header, devices, wish)
    gpus = any(device.gpu for device in devices)
    if asked.fits and (asked.whole or not gpus):
        return (asked,)
    kinds = ["q8_0"] if wish.kv_type == "f16" and quantised_cache(header) and wish.flash_attention else []
    contexts = [wish.context_tokens, *(size for size in SMALLER_CONTEXTS if size < wish.context_tokens)]
    found, best = [asked], asked.layers if asked.fits else -1
    for context, kind in itertools.product(contexts, [wish.kv_type, *kinds]):
        other = plan(header, devices, replace(wish, context_tokens=context, kv_type=kind))
        if other.fits and other.layers > best:
            found.append(other)
            best = other.layers
            if other.whole or not gpus:
                break
    return tuple(found)


def batch_bytes(header: Header, wish: Wish) -> int:
    """The buffer for one batch on a device that has blocks and the output."""
    sizes = _sizes(header, wish)
    return max(sizes.block_compute, sizes.output_compute)


def quantised_cache(header: Header) -> bool:
    """Whether the heads have a size of which a quantised KV cache can be made (blocks of 32 numbers)."""
    key, value = _head_sizes(header)
    return key % 32 == 0 and value % 32 == 0


def _laid_out(sizes: _Sizes, gpus: Sequence[Device], host: Device, layers: int, wish: Wish) -> OffloadPlan:
    """The plan with so many layers on GPUs."""
    blocks = len(sizes.weights)
    first = blocks + 1 - layers
    weights, cache, counts = ([0] * (len(gpus) + 1) for _ in range(3))
    shares = _shares(gpus)
    output_at = len(gpus)
    for layer in range(blocks + 1):
        at = bisect.bisect_right(shares, (layer - first) / layers) if layer >= first and gpus else len(gpus)
        if at < len(gpus):
            counts[at] += 1
        if layer < blocks:
            weights[at] += sizes.weights[layer]
            cache[at] += sizes.cache[layer]
        else:
            output_at = at
            # A tied output is the embedding: beside it where both are, a copy elsewhere.
            weights[at] += 0 if sizes.tied and at == len(gpus) else sizes.output
    weights[len(gpus)] += sizes.embedding
    parts = []
    for at, device in enumerate((*gpus, host)):
        last = at == len(gpus)
        working = (last and first > 0) or counts[at] > 0
        compute = 0
        if working:
            compute = max(sizes.block_compute, sizes.output_compute if output_at == at else 0)
        elif last:
            compute = sizes.input_compute
        compute += sizes.process if last else 0
        parts.append(Part(device, counts[at], weights[at], cache[at], compute))
    return OffloadPlan(tuple(parts), layers if gpus else 0, blocks + 1, wish.context_tokens, wish.kv_type)


def _shares(gpus: Sequence[Device]) -> list[float]:
    """Where each device's layers end, as parts of one, by free memory."""
    free = [max(1, gpu.free_bytes) for gpu in gpus]
    ends = [end / sum(free) for end in itertools.accumulate(free)]
    return [*ends[:-1], 2.0] if ends else []


def _sizes(header: Header, wish: Wish) -> _Sizes:
    blocks: dict[int, int] = defaultdict(int)
    output = embedding = 0
    tied = True
    for tensor in header.tensors:
        block = re.match(r"blk\.(\d+)\.", tensor.name)
        if block:
            blocks[int(block[1])] += tensor.size
        elif tensor.name.startswith(("token_embd", "per_layer_token_embd")):
            embedding += tensor.size
        else:
            output += tensor.size
            tied = tied and tensor.name != "output.weight"
    name = header.architecture
    width = header.integer(f"{name}.embedding_length")
    batch = wish.batch_tokens
    row = batch * 4
    outputs = min(wish.outputs or batch, batch)
    vocabulary = header.lengths.get("tokenizer.ggml.tokens", 0)
    return _Sizes(
        weights=tuple(blocks[index] for index in range(header.layers)),
        cache=_cache(header, wish),
        embedding=embedding,
        output=output + (embedding if tied else 0),
        tied=tied,
        block_compute=_block_compute(header, wish),
        output_compute=outputs * vocabulary * 4 + 2 * width * row,
        input_compute=width * row + _cells(wish) * batch * 2,
        process=_PROCESS_BYTES + _TOKEN_BYTES * vocabulary,
    )


def _cells(wish: Wish) -> int:
    return -(-wish.context_tokens // 256) * 256


def _cache(header: Header, wish: Wish) -> tuple[int, ...]:
    """Bytes of each block's part of the memory: keys and values of every token, or a running state.

    Sliding windows are held in full (`swa_full`), as the engine asks for: going back in a prompt needs them.
    With latent attention (`attention.kv_lora_rank`, DeepSeek) one compressed vector a token stands for keys
    and values.
    """
    name = header.architecture
    key, value = _head_sizes(header)
    heads = _by_layer(header, f"{name}.attention.head_count_kv", _heads(header))
    running = _running(header)
    if header.integer(f"{name}.attention.key_length_mla"):
        value = 0
    window_key = header.integer(f"{name}.attention.key_length_swa", key)
    window_value = header.integer(f"{name}.attention.value_length_swa", value)
    windowed = _windowed(header)
    shared_from = header.layers - header.integer(f"{name}.attention.shared_kv_layers")
    found = []
    for layer, count in enumerate(heads):
        if running[layer]:
            found.append(running[layer])
        elif layer >= shared_from:
            found.append(0)
        else:
            numbers = window_key + window_value if windowed[layer] else key + value
            found.append(int(count * numbers * _cells(wish) * KV_BYTES[wish.kv_type]))
    return tuple(found)


def _running(header: Header) -> list[int]:
    """Bytes of each block's running state: 0 for attention. Sizes as in `llama-hparams.cpp`."""
    name = header.architecture
    inner, state = header.integer(f"{name}.ssm.inner_size"), header.integer(f"{name}.ssm.state_size")
    width = header.integer(f"{name}.embedding_length")
    wkv = header.integer(f"{name}.wkv.head_size")
    short = header.integer(f"{name}.shortconv.l_cache")
    if wkv:
        numbers = width * wkv + header.integer(f"{name}.token_shift_count", 2) * width
        return [int(numbers * _RUNNING_TYPES)] * header.layers
    if short:
        numbers = width * (short - 1)
    elif state:
        groups = header.integer(f"{name}.ssm.group_count")
        kernel = header.integer(f"{name}.ssm.conv_kernel")
        numbers = state * inner + max(0, kernel - 1) * (inner + 2 * groups * state)
    else:
        return [0] * header.layers
    interval = header.integer(f"{name}.full_attention_interval", 4)
    heads = header.metadata.get(f"{name}.attention.head_count_kv")
    bytes_each = int(numbers * _RUNNING_TYPES)
    if isinstance(heads, tuple):
        each = _by_layer(header, f"{name}.attention.head_count_kv", 0)
        return [0 if count else bytes_each for count in each]
    if f"{name}.full_attention_interval" in header.metadata or name.startswith(("qwen3next", "qwen35")):
        return [0 if (layer + 1) % interval == 0 else bytes_each for layer in range(header.layers)]
    return [bytes_each] * header.layers


def _windowed(header: Header) -> list[bool]:
    """Which blocks attend within a sliding window, where the header lists them."""
    pattern = header.metadata.get(f"{header.architecture}.attention.sliding_window_pattern")
    if isinstance(pattern, tuple):
        listed = [bool(each) for each in pattern][: header.layers]
        return listed + [False] * (header.layers - len(listed))
    return [False] * header.layers


def _head_sizes(header: Header) -> tuple[int, int]:
    """Numbers of a key and of a value of one head."""
    name = header.architecture
    each = header.integer(f"{name}.embedding_length") // _heads(header)
    return (
        header.integer(f"{name}.attention.key_length", each),
        header.integer(f"{name}.attention.value_length", each),
    )


def _heads(header: Header) -> int:
    return max(1, header.integer(f"{header.architecture}.attention.head_count", 1))


def _by_layer(header: Header, key: str, default: int) -> list[int]:
    value = header.metadata.get(key, default)
    if isinstance(value, tuple):
        counts = [int(count) for count in value][: header.layers]
        return counts + [counts[-1] if counts else default] * (header.layers - len(counts))
    return [int(value) if isinstance(value, int | float) else default] * header.layers


def _block_compute(header: Header, wish: Wish) -> int:
    """Bytes for the intermediate results of one block and one batch: the larger of feed-forward and
    attention. The terms are those that llama.cpp reports for models of 0.3 M to 8 B parameters."""
    name = header.architecture
    width = header.integer(f"{name}.embedding_length")
    inner = header.integer(f"{name}.feed_forward_length", 4 * width)
    experts = header.integer(f"{name}.expert_used_count") * header.integer(
        f"{name}.expert_feed_forward_length"
    )
    inner = max(inner, experts)
    row, cells = wish.batch_tokens * 4, _cells(wish)
    mask = cells * wish.batch_tokens * (2 if wish.flash_attention else 4)
    scores = 0 if wish.flash_attention else _heads(header) * cells
    attention = (scores + 5 * width) * row + mask
    if inner < 2 * width:  # it finds room in what attention has left
        return attention
    return max(attention, (3 * inner + 4 * width) * row + mask)


_UNKNOWN = Device("CPU", "", "CPU", False, 0, 0)
