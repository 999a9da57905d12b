"""What it takes to draw one token from logits, beside llama.cpp's own chain of samplers on the same logits.

The logits are written here: a broad tail with six tokens that stand out, as a trained model's are, and a flat
heap of them, as those of random weights.
"""

import ctypes
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as llama

from nbreview.llm.drawing import Drawing
from tests.bench.measure import Row

_WORDS = 151_936
"""Of Qwen2.5's vocabulary."""
_TURNS = 50
_TEMPERATURE, _TOP_P, _SEED = 0.2, 0.95, 7


def drawing_rows() -> list[Row]:
    """One row for each kind of logits."""
    generator = np.random.default_rng(0)
    peaked = np.r_[generator.normal(0, 2.5, _WORDS - 6), [22, 20, 19.5, 18, 17, 15]].astype(np.float32)
    flat = generator.normal(0, 0.55, _WORDS).astype(np.float32)
    rows = []
    for title, logits in (("six tokens stand out", peaked), ("all alike", flat)):
        drawing = Drawing(_TEMPERATURE, _TOP_P, _SEED, None)
        ours, theirs = _median(partial(drawing.draw, logits)), _median(_chain(logits))
        rows.append(
            Row(
                f"a token drawn of {_WORDS:,}, temperature {_TEMPERATURE}, {title}",
                f"{ours:.1f} ms",
                f"{theirs:.1f} ms with llama.cpp's chain ({theirs / ours:.1f}×)",
            )
        )
    return rows


def _chain(logits: Any) -> Callable[[], object]:
    """What `llama_sampler_sample` does with logits that are at hand."""
    chain = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
    llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_top_p(_TOP_P, 1))
    llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_temp(_TEMPERATURE))
    llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_dist(_SEED))
    candidates = np.zeros(_WORDS, [("id", "i4"), ("logit", "f4"), ("p", "f4")])

    def draw() -> None:
        candidates["id"], candidates["logit"] = np.arange(_WORDS), logits
        data = candidates.ctypes.data_as(ctypes.POINTER(llama.llama_token_data))
        array = llama.llama_token_data_array(data=data, size=_WORDS, selected=-1, sorted=False)
        llama.llama_sampler_apply(chain, ctypes.byref(array))

    return draw


def _median(draw: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        draw()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
