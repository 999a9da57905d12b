"""A plan agrees with what llama.cpp then allocates, never offers more than fits, and says what else would."""

import queue
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm.child import Child
from nbreview.llm.hardware import Device
from nbreview.llm.header import Header, TensorEntry, Value, read_header
from nbreview.llm.offload import OffloadPlan, Wish, alternatives, batch_bytes, plan

MIB = 2**20
GIB = 2**30


def model(blocks: int = 28, tied: bool = False, **metadata: Value) -> Header:
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


def gpu(free: float, number: int = 0, total: float = 0) -> Device:
    return Device(f"CUDA{number}", "NVIDIA X", "CUDA", True, int(free), int(total or free))


HOST = Device("CPU", "Intel", "CPU", False, 64 * GIB, 64 * GIB)


def test_all_layers_go_where_there_is_room_for_all() -> None:
    found = plan(model(), [gpu(80 * GIB), HOST], Wish(8192))
    card, host = found.parts
    assert found.whole
    assert found.layers == found.total_layers == card.layers == 29
    assert card.cache_bytes == 28 * 4 * 2 * 128 * 8192 * 2
    assert (card.weights_bytes, host.weights_bytes) == ((400 + 28 * 128) * MIB, 300 * MIB)
    assert host.cache_bytes == 0
    assert found.title == "all layers on CUDA, context 8,192"


def test_without_a_gpu_all_of_it_is_the_processors() -> None:
    found = plan(model(), [HOST], Wish(8192))
    assert (found.layers, found.backend, len(found.parts)) == (0, "CPU", 1)
    assert found.weights_bytes == (300 + 400 + 28 * 128) * MIB
    assert found.fits
    assert found.title == "all on the processor, context 8,192"


def test_what_a_device_has_is_divided_into_ours_free_and_others() -> None:
    (part,) = plan(model(), [replace(HOST, total_bytes=80 * GIB)], Wish(8192)).parts
    assert part.others_bytes == 16 * GIB
    assert part.used_bytes + part.free_bytes + part.others_bytes == 80 * GIB


@given(st.integers(0, 8 * 1024), st.integers(512, 65_536))
def test_a_plan_fits_and_more_memory_never_takes_fewer_layers(free_mib: int, context: int) -> None:
    def planned(free: int, tokens: int) -> OffloadPlan:
        return plan(model(), [gpu(free * MIB), HOST], Wish(tokens))

    found = planned(free_mib, context)
    assert found.layers == 0 or found.parts[0].free_bytes >= 0
    assert planned(free_mib + 200, context).layers >= found.layers
    assert planned(free_mib, 2 * context).layers <= found.layers


@given(st.lists(st.integers(1, 6 * 1024), min_size=1, max_size=4), st.integers(0, 29))
def test_every_layer_and_byte_is_on_some_device_once(free_mib: list[int], layers: int) -> None:
    cards = [gpu(free * MIB, number) for number, free in enumerate(free_mib)]
    found = plan(model(), [*cards, HOST], Wish(4096, layers=layers))
    assert sum(part.layers for part in found.parts) == layers
    assert found.weights_bytes == (300 + 400 + 28 * 128) * MIB
    assert found.cache_bytes == 28 * 4 * 2 * 128 * 4096 * 2


def test_two_gpus_share_the_layers_by_their_free_memory() -> None:
    found = plan(model(), [gpu(20 * GIB), gpu(10 * GIB, 1), HOST], Wish(4096))
    assert found.whole
    assert [part.layers for part in found.parts] == [20, 9, 0]


def test_a_smaller_cache_type_leaves_room_for_layers() -> None:
    layers = [
        plan(model(), [gpu(4 * GIB), HOST], Wish(32_768, kind)).layers for kind in ("f16", "q8_0", "q4_0")
    ]
    assert layers == sorted(layers)
    assert layers[0] < layers[2]


def test_a_tied_output_takes_the_embedding_to_the_device_once_more() -> None:
    card, host = plan(model(tied=True), [gpu(80 * GIB), HOST], Wish(4096)).parts
    assert (card.weights_bytes, host.weights_bytes) == ((300 + 28 * 128) * MIB, 300 * MIB)
    assert plan(model(tied=True), [HOST], Wish(4096)).weights_bytes == (300 + 28 * 128) * MIB


def test_where_not_all_fits_the_wish_comes_first_and_then_what_gains() -> None:
    found = alternatives(model(), [gpu(5 * GIB), HOST], Wish(32_768))
    assert found[0].context_tokens == 32_768
    assert not found[0].whole
    assert found[1].title == "27 of 29 layers on CUDA, context 32,768, KV q8_0"
    assert [other.layers for other in found] == sorted({other.layers for other in found})
    assert found[-1].whole
    assert all(other.fits for other in found)


def test_where_all_fits_there_is_nothing_else_to_offer() -> None:
    assert len(alternatives(model(), [gpu(80 * GIB), HOST], Wish(8192))) == 1


def test_a_context_that_this_memory_cannot_hold_is_shown_with_one_that_it_can() -> None:
    asked, other = alternatives(model(), [replace(HOST, free_bytes=6 * GIB)], Wish(131_072))
    assert not asked.fits
    assert (other.fits, other.context_tokens, other.kv_type) == (True, 32_768, "q8_0")


def test_heads_may_differ_by_layer() -> None:
    header = model(blocks=2, attention__head_count_kv=(4, 0))
    assert plan(header, [HOST], Wish(4096)).cache_bytes == 4 * 2 * 128 * 4096 * 2


def test_the_width_of_heads_may_be_given() -> None:
    header = model(attention__key_length=256, attention__value_length=64)
    assert plan(header, [HOST], Wish(4096)).cache_bytes == 28 * 4 * (256 + 64) * 4096 * 2


def test_latent_attention_keeps_one_vector_a_token() -> None:
    header = model(
        attention__head_count_kv=1,
        attention__key_length=576,
        attention__value_length=512,
        attention__key_length_mla=192,
    )
    assert plan(header, [HOST], Wish(4096)).cache_bytes == 28 * 576 * 4096 * 2


def test_a_running_state_does_not_grow_with_the_context() -> None:
    header = model(ssm__inner_size=7168, ssm__state_size=16, ssm__conv_kernel=4)
    sizes = [plan(header, [HOST], Wish(context)).cache_bytes for context in (2048, 65_536)]
    assert sizes == [28 * (7168 * 16 + 3 * 7168) * 4] * 2


def test_of_a_hybrid_only_the_attention_grows_with_the_context() -> None:
    header = model(
        blocks=4, ssm__inner_size=1024, ssm__state_size=16, ssm__conv_kernel=4, full_attention_interval=4
    )
    short, long = (plan(header, [HOST], Wish(context)).cache_bytes for context in (2048, 4096))
    assert long - short == 4 * 2 * 128 * 2048 * 2


@pytest.mark.parametrize("flash_attention", [True, False])
@pytest.mark.parametrize(("context", "kv_type"), [(2048, "f16"), (16_384, "f16"), (16_384, "q8_0")])
def test_the_plan_is_within_a_tenth_of_what_llama_cpp_allocates(
    tiny_model: Path, context: int, kv_type: str, flash_attention: bool
) -> None:
    if kv_type != "f16" and not flash_attention:
        pytest.skip("a quantised cache needs flash attention")
    child = Child()
    load = {"do": "load", "id": 1, "path": str(tiny_model), "gpu_layers": 0, "threads": 1, "mmap": True}
    load |= {"context_tokens": context, "extra_buffers": True, "states": "", "batch_tokens": 512}
    load |= {"flash_attention": "on" if flash_attention else "off", "kv_type": kv_type}
    try:
        child.send(load)
        while (message := child.receive(60)) is not None:
            if isinstance(message, dict) and message["is"] in ("ready", "error"):
                break
    except queue.Empty:
        pytest.fail("\n".join(child.log))
    finally:
        child.end()
    log = "\n".join(child.log)

    def allocated(what: str) -> float:
        return sum(float(size) * MIB for size in re.findall(rf"{what} buffer size =\s+([\d.]+) MiB", log))

    header = read_header(tiny_model)
    wish = Wish(context, kv_type, flash_attention=flash_attention)
    found = plan(header, [HOST], wish)
    assert found.cache_bytes == pytest.approx(allocated("KV"), rel=0.01)
    assert batch_bytes(header, wish) == pytest.approx(allocated("compute"), rel=0.1)
    assert found.weights_bytes == pytest.approx(allocated("model"), rel=0.02)
