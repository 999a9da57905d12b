"""Write a GGUF of a real model's shape with random weights, quantised by llama.cpp: for speed, not for sense.

    python packaging/write_random_model.py 0.5b out.gguf --type Q4_K_M

Shapes are those of Qwen2.5 (0.5B, 1.5B, 7B). The F16 file is written first, beside the result, and removed.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the size of a model."""

    blocks: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    tied: bool
    vocabulary: int = 151_936


SHAPES = {
    "0.5b": Shape(24, 896, 4864, 14, 2, tied=True),
    "1.5b": Shape(28, 1536, 8960, 12, 2, tied=True),
    "7b": Shape(28, 3584, 18_944, 28, 4, tied=False, vocabulary=152_064),
}
FILE_TYPES = {"Q4_0": 2, "Q8_0": 7, "Q4_K_M": 15, "Q5_K_M": 17, "Q6_K": 18}

QUANTISE = """
import ctypes, sys
from llama_cpp import llama_cpp
parameters = llama_cpp.llama_model_quantize_default_params()
parameters.ftype = int(sys.argv[3])
parameters.nthread = int(sys.argv[4])
sys.exit(llama_cpp.llama_model_quantize(sys.argv[1].encode(), sys.argv[2].encode(), ctypes.byref(parameters)))
"""


def tensors(shape: Shape) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name and shape (rows first) of every tensor."""
    head = shape.width // shape.heads
    yield "token_embd.weight", (shape.vocabulary, shape.width)
    for block in range(shape.blocks):
        for name, rows, columns in (
            ("attn_q", shape.width, shape.width),
            ("attn_k", shape.kv_heads * head, shape.width),
            ("attn_v", shape.kv_heads * head, shape.width),
            ("attn_output", shape.width, shape.width),
            ("ffn_gate", shape.feed_forward, shape.width),
            ("ffn_up", shape.feed_forward, shape.width),
            ("ffn_down", shape.width, shape.feed_forward),
        ):
            yield f"blk.{block}.{name}.weight", (rows, columns)
        for name in ("attn_norm", "ffn_norm"):
            yield f"blk.{block}.{name}.weight", (shape.width,)
        for name, size in (("q", shape.width), ("k", shape.kv_heads * head), ("v", shape.kv_heads * head)):
            yield f"blk.{block}.attn_{name}.bias", (size,)
    yield "output_norm.weight", (shape.width,)
    if not shape.tied:
        yield "output.weight", (shape.vocabulary, shape.width)


def vocabulary(size: int) -> tuple[list[str], list[int]]:
    """Tokens and their types: the 256 bytes, ChatML's control tokens, and words that nothing is cut into."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    stand_ins = iter(range(0x100, 0x200))
    alphabet = [chr(byte) if byte in printable else chr(next(stand_ins)) for byte in range(256)]
    control = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    words = [f"word{index}" for index in range(size - len(alphabet) - len(control))]
    kinds = [gguf.TokenType.NORMAL] * (size - len(control)) + [gguf.TokenType.CONTROL] * len(control)
    return [*alphabet, *words, *control], kinds


def write(shape: Shape, path: Path) -> None:
    """Write the F16 model, one tensor in memory at a time. The same random numbers serve every tensor."""
    tokens, kinds = vocabulary(shape.vocabulary)
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name("Random")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(32_768)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.blocks)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_freq_base(1_000_000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["w o"])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 3)
    writer.add_add_bos_token(False)
    for name, dimensions in tensors(shape):
        kind = np.dtype(np.float16 if len(dimensions) == 2 else np.float32)
        writer.add_tensor_info(name, dimensions, kind, int(np.prod(dimensions)) * kind.itemsize)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    pool = np.random.default_rng(1).standard_normal(1 << 22).astype(np.float16) * np.float16(0.02)
    for name, dimensions in tensors(shape):
        if len(dimensions) == 2:
            writer.write_tensor_data(np.resize(pool, dimensions))
        else:
            fill = np.zeros if name.endswith("bias") else np.ones
            writer.write_tensor_data(fill(dimensions, np.float32))
    writer.close()


def main() -> None:
    """Parse the command line and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shape", choices=sorted(SHAPES))
    parser.add_argument("out", type=Path)
    parser.add_argument("--type", choices=["F16", *FILE_TYPES], default="Q4_K_M")
    parser.add_argument("--threads", type=int, default=0, help="for quantising; 0: all")
    arguments = parser.parse_args()
    if arguments.type == "F16":
        write(SHAPES[arguments.shape], arguments.out)
    else:
        whole = arguments.out.with_suffix(".f16.gguf")
        try:
            write(SHAPES[arguments.shape], whole)
            numbers = [str(FILE_TYPES[arguments.type]), str(arguments.threads)]
            command = [sys.executable, "-c", QUANTISE, str(whole), str(arguments.out), *numbers]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            whole.unlink(missing_ok=True)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
