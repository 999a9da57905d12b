"""The plan for a device agrees with what llama.cpp then allocates, and never offers more than fits."""

import queue
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.llm import hardware
from nbreview.llm.child import Child
from nbreview.llm.header import Header, TensorEntry, read_header

MIB = 2**20


def model(blocks: int = 28, tied: bool = False, **metadata: int) -> Header:
    """A header of the shape of a 7B model in Q4: 128 MiB a block, 400 MiB of output."""
    tensors = [TensorEntry("token_embd.weight", (3584, 152_064), "Q4_K", 0, 300 * MIB)]
    if not tied:
        tensors.append(TensorEntry("output.weight", (3584, 152_064), "Q6_K", 0, 400 * MIB))
    tensors += [TensorEntry(f"blk.{block}.all", (1,), "Q4_K", 0, 128 * MIB) for block in range(blocks)]
    return Header(
        Path("model.gguf"),
        3,
        {
            "general.architecture": "qwen2",
            "qwen2.block_count": blocks,
            "qwen2.embedding_length": 3584,
            "qwen2.feed_forward_length": 18_944,
            "qwen2.attention.head_count": 28,
            "qwen2.attention.head_count_kv": 4,
            **{f"qwen2.{key.replace('__', '.')}": value for key, value in metadata.items()},
        },
        {"tokenizer.ggml.tokens": 152_064},
        tuple(tensors),
        0,
        0,
    )


def test_all_layers_go_where_there_is_room_for_all() -> None:
    plan = hardware.plan_offload(model(), 8192, 80 * 1024 * MIB)
    assert plan.whole
    assert plan.layers == plan.total_layers == 29
    assert plan.cache_bytes == 28 * 4 * 2 * 128 * 8192 * 2
    assert plan.weights_bytes == (300 + 400 + 28 * 128) * MIB
    assert plan.device_bytes == plan.weights_bytes - 300 * MIB + plan.cache_bytes + plan.compute_bytes


def test_nothing_goes_where_there_is_no_room() -> None:
    plan = hardware.plan_offload(model(), 8192, 0)
    assert (plan.layers, plan.device_bytes) == (0, 0)
    assert plan.host_bytes >= plan.weights_bytes + plan.cache_bytes


@given(st.integers(0, 8 * 1024), st.integers(512, 65_536))
def test_a_plan_fits_and_more_memory_never_takes_fewer_layers(free_mib: int, context: int) -> None:
    plan = hardware.plan_offload(model(), context, free_mib * MIB)
    assert plan.device_bytes <= free_mib * MIB
    assert hardware.plan_offload(model(), context, (free_mib + 200) * MIB).layers >= plan.layers
    assert hardware.plan_offload(model(), 2 * context, free_mib * MIB).layers <= plan.layers


def test_a_smaller_cache_type_leaves_room_for_layers() -> None:
    header, free = model(), 4 * 1024 * MIB
    layers = [hardware.plan_offload(header, 32_768, free, kind).layers for kind in ("f16", "q8_0", "q4_0")]
    assert layers == sorted(layers)
    assert layers[0] < layers[2]


def test_a_tied_output_takes_the_embedding_to_the_device_once_more() -> None:
    plan = hardware.plan_offload(model(tied=True), 4096, 80 * 1024 * MIB)
    assert plan.weights_bytes == (300 + 28 * 128) * MIB
    assert plan.device_bytes > plan.weights_bytes


def test_heads_may_differ_by_layer() -> None:
    header = model(blocks=2)
    header = replace(header, metadata={**header.metadata, "qwen2.attention.head_count_kv": (4, 0)})
    assert hardware.plan_offload(header, 4096, 0).cache_bytes == 4 * 2 * 128 * 4096 * 2


def test_the_width_of_heads_may_be_given() -> None:
    plan = hardware.plan_offload(model(attention__key_length=256, attention__value_length=64), 4096, 0)
    assert plan.cache_bytes == 28 * 4 * (256 + 64) * 4096 * 2


@pytest.mark.parametrize("flash_attention", [True, False])
@pytest.mark.parametrize("context", [2048, 16_384])
def test_the_estimate_is_within_a_tenth_of_what_llama_cpp_allocates(
    tiny_model: Path, context: int, flash_attention: bool
) -> None:
    child = Child()
    load = {"do": "load", "id": 1, "path": str(tiny_model), "gpu_layers": 0, "threads": 1, "mmap": True}
    load |= {"context_tokens": context, "extra_buffers": True, "flash_attention": flash_attention}
    try:
        child.send(load)
        while (message := child.receive(60)) is not None:
            if isinstance(message, dict) and message["is"] == "ready":
                break
    except queue.Empty:
        pytest.fail("\n".join(child.log))
    finally:
        child.end()
    log = "\n".join(child.log)

    def allocated(what: str) -> float:
        return sum(float(size) * MIB for size in re.findall(rf"{what} buffer size =\s+([\d.]+) MiB", log))

    plan = hardware.plan_offload(read_header(tiny_model), context, 0, flash_attention=flash_attention)
    assert plan.cache_bytes == pytest.approx(allocated("KV"), rel=0.01)
    assert plan.compute_bytes == pytest.approx(allocated("compute"), rel=0.1)


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
