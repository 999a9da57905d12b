"""Write a GGUF of a real model's shape with random weights, quantised by llama.cpp: for speed, not for sense.

    python packaging/random_model.py 0.5b --type Q4_K_M            into the cache folder; prints the path
    python packaging/random_model.py 7b --type Q8_0 --out big.gguf

Shapes are those of Qwen2.5 (0.5B to 7B) and Llama 3.1 (8B), with vocabularies of their size that cut text
into bytes, and a chat template. The F16 file is written first, some rows at a time, and removed; the same
seed gives the same bytes. `--counting` makes a model whose reply to a text counts on through the printable
characters: what repeats a text can then be tried (prompt lookup).
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nbreview import paths


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the size of a model."""

    architecture: str
    blocks: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    vocabulary: int
    tied: bool
    context: int = 32_768
    rope: float = 1e6
    biased: bool = True


SHAPES = {
    "0.5b": Shape("qwen2", 24, 896, 4864, 14, 2, 151_936, tied=True),
    "1.5b": Shape("qwen2", 28, 1536, 8960, 12, 2, 151_936, tied=True),
    "3b": Shape("qwen2", 36, 2048, 11_008, 16, 2, 151_936, tied=True),
    "7b": Shape("qwen2", 28, 3584, 18_944, 28, 4, 152_064, tied=False),
    "8b": Shape("llama", 32, 4096, 14_336, 32, 8, 128_256, tied=False, rope=5e5, biased=False),
}
FILE_TYPES = {"Q4_0": 2, "Q8_0": 7, "Q4_K_M": 15, "Q5_K_M": 17, "Q6_K": 18}
CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}<|im_start|>assistant\n{% endif %}"
)

_FIRST, _LAST = 0x20, 0x7E  # the printable characters, as tokens
_SPREAD, _WIDE_SPREAD = 0.02, 4.0
_ROWS = 4096
_STRIDE = 100_003

_QUANTISE = """
import ctypes, sys
from llama_cpp import llama_cpp
parameters = llama_cpp.llama_model_quantize_default_params()
parameters.ftype = int(sys.argv[3])
parameters.nthread = int(sys.argv[4])
sys.exit(llama_cpp.llama_model_quantize(sys.argv[1].encode(), sys.argv[2].encode(), ctypes.byref(parameters)))
"""


def random_model(
    shape: str, file_type: str, *, seed: int = 1, counting: bool = False, threads: int = 0
) -> Path:
    """The model in the cache folder, written when it is not there yet."""
    name = f"random-{shape}{'-counting' if counting else ''}-{seed}-{file_type}.gguf"
    path = paths.cache_dir() / "random-models" / name
    if not path.exists():
        make(path, shape, file_type, seed=seed, counting=counting, threads=threads)
    return path


def make(path: Path, shape: str, file_type: str, *, seed: int, counting: bool, threads: int) -> None:
    """Write the model aside, then rename it: half a model is never found in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="making-") as folder:
        whole, small = Path(folder) / "f16.gguf", Path(folder) / "quantised.gguf"
        write(SHAPES[shape], whole, seed=seed, counting=counting)
        if file_type == "F16":
            whole.replace(path)
            return
        numbers = [str(FILE_TYPES[file_type]), str(threads)]
        command = [sys.executable, "-c", _QUANTISE, str(whole), str(small), *numbers]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"llama.cpp could not quantise {shape} to {file_type}: {done.stderr[-1000:]}")
        small.replace(path)


def tensors(shape: Shape, *, tied: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name and shape (rows first) of every tensor."""
    small = shape.kv_heads * (shape.width // shape.heads)
    yield "token_embd.weight", (shape.vocabulary, shape.width)
    for block in range(shape.blocks):
        for name, rows, columns in (
            ("attn_q", shape.width, shape.width),
            ("attn_k", small, shape.width),
            ("attn_v", small, shape.width),
            ("attn_output", shape.width, shape.width),
            ("ffn_gate", shape.feed_forward, shape.width),
            ("ffn_up", shape.feed_forward, shape.width),
            ("ffn_down", shape.width, shape.feed_forward),
        ):
            yield f"blk.{block}.{name}.weight", (rows, columns)
        for name in ("attn_norm", "ffn_norm"):
            yield f"blk.{block}.{name}.weight", (shape.width,)
        if shape.biased:
            for name, size in (("q", shape.width), ("k", small), ("v", small)):
                yield f"blk.{block}.attn_{name}.bias", (size,)
    yield "output_norm.weight", (shape.width,)
    if not tied:
        yield "output.weight", (shape.vocabulary, shape.width)


def vocabulary(size: int) -> tuple[list[str], list[int]]:
    """Tokens and their types: the 256 bytes, words that nothing is cut into, and ChatML's control tokens."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    stand_ins = iter(range(0x100, 0x200))
    alphabet = [chr(byte) if byte in printable else chr(next(stand_ins)) for byte in range(256)]
    control = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    words = [f"word{index}" for index in range(size - len(alphabet) - len(control))]
    kinds = [gguf.TokenType.NORMAL] * (size - len(control)) + [gguf.TokenType.CONTROL] * len(control)
    return [*alphabet, *words, *control], kinds


def write(shape: Shape, path: Path, *, seed: int, counting: bool) -> None:
    """Write the F16 model with a few thousand rows in memory at a time.

    One pool of random numbers serves every tensor. Counting: the output's row of a token is the embedding of
    the token before it, and embeddings are so large that the blocks between change little.
    """
    tied = shape.tied and not counting
    writer = _described(shape, path)
    for name, dimensions in tensors(shape, tied=tied):
        kind = np.dtype(np.float16 if len(dimensions) == 2 else np.float32)
        writer.add_tensor_info(name, dimensions, kind, int(np.prod(dimensions)) * kind.itemsize)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    if writer.fout is None:
        raise SystemExit(f"{path} cannot be written")
    stream = writer.fout[0]
    pool = np.random.default_rng(seed).standard_normal(1 << 22).astype(np.float16)

    def rows(first: int, last: int, width: int, spread: float, at: int = 0) -> NDArray[np.float16]:
        start = (first * width + at) % pool.size
        size = (last - first) * width
        turns = -(-(start + size) // pool.size)
        flat: NDArray[np.float16] = np.concatenate([pool] * turns)[start : start + size]
        return flat.reshape(-1, width) * np.float16(spread)

    wide = _WIDE_SPREAD if counting else _SPREAD
    for number, (name, dimensions) in enumerate(tensors(shape, tied=tied)):
        writer.write_padding(stream, stream.tell())
        if len(dimensions) == 1:
            fill = np.zeros if name.endswith("bias") else np.ones
            fill(dimensions, np.float32).tofile(stream)
        elif name == "output.weight" and counting:
            _write_rows(stream, dimensions[0], partial(_successors, rows, width=shape.width))
        else:
            spread = wide if name == "token_embd.weight" else _SPREAD
            # Each from another place in the pool: equal rows would answer to each other.
            chosen = partial(rows, width=dimensions[1], spread=spread, at=number * _STRIDE)
            _write_rows(stream, dimensions[0], chosen)
        writer.write_padding(stream, stream.tell())
    writer.close()


def _successors(
    rows: Callable[..., NDArray[np.float16]], first: int, last: int, width: int
) -> NDArray[np.float16]:
    """Rows of an output that counts on: each is the embedding of the token before, and after the last
    printable character comes the first."""
    found = rows(max(0, first - 1), last - 1, width, _SPREAD)
    if first == 0:
        found = np.concatenate([rows(0, 1, width, 0.0), found])
        found[_FIRST] = rows(_LAST, _LAST + 1, width, _SPREAD)
    return found


def _write_rows(stream: object, count: int, rows: Callable[[int, int], NDArray[np.float16]]) -> None:
    for first in range(0, count, _ROWS):
        rows(first, min(count, first + _ROWS)).tofile(stream)  # type: ignore[arg-type]


def _described(shape: Shape, path: Path) -> gguf.GGUFWriter:
    """A writer that has the metadata."""
    tokens, kinds = vocabulary(shape.vocabulary)
    writer = gguf.GGUFWriter(path, shape.architecture)
    writer.add_name("Random")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.blocks)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.rope)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["w o"])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 3)
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)
    return writer


def main() -> None:
    """Parse the command line and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shape", choices=list(SHAPES))
    parser.add_argument("--type", choices=["F16", *FILE_TYPES], default="Q4_K_M")
    parser.add_argument("--out", type=Path, help="the file; else one in the cache folder, kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--counting", action="store_true", help="its replies count on")
    parser.add_argument("--threads", type=int, default=0, help="for quantising; 0: all")
    asked = parser.parse_args()
    options = {"seed": asked.seed, "counting": asked.counting, "threads": asked.threads}
    with contextlib.suppress(KeyboardInterrupt):
        if asked.out is None:
            print(random_model(asked.shape, asked.type, **options))
        else:
            make(asked.out, asked.shape, asked.type, **options)
            print(asked.out)


if __name__ == "__main__":
    main()
