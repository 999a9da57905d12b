"""Tiny GGUF models with random weights, for tests and demonstrations that run the real llama.cpp.

Llama architecture, two blocks, a byte-level BPE vocabulary (256 bytes, one merge, four specials) and a
ChatML template in the file: about 0.5 MiB in F16, loaded in milliseconds. The weights are drawn from a
fixed seed. One embedding dimension is constant, so that the same dimension of the output matrix acts as a
bias: printable ASCII is likely and the end of the turn is not, which makes replies legible and of a length
that the test chooses.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}<|im_start|>assistant\n{% endif %}"
)

SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>")
LAYERS = 2
_WIDTH, _HEADS, _KV_HEADS, _HEAD = 128, 4, 2, 32


def byte_alphabet() -> list[str]:
    """The 256 characters by which byte-level BPE writes the 256 bytes (the mapping of GPT-2's tokenizer)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    stand_ins = iter(range(0x100, 0x200))
    return [chr(byte) if byte in printable else chr(next(stand_ins)) for byte in range(256)]


def write_tiny_model(
    path: Path,
    *,
    chat_template: str | None = CHAT_TEMPLATE,
    architecture: str = "llama",
    name: str = "Tiny",
    words: Sequence[str] = (),
    width: int = _WIDTH,
    head: int = _HEAD,
) -> Path:
    """Write the F16 model to `path` and return it. Same arguments, same bytes.

    Parameters
    ----------
    words:
        Texts (ASCII, with the space before them) that become one token each, so that prompts are as short as
        those of a real model; without them, each byte is a token.
    width:
        Embedding dimension; K-quants take rows of 256.
    head:
        Dimension of a head; a quantised KV cache takes heads of 32.
    """
    import gguf
    import numpy as np

    random = np.random.default_rng(20240607)
    alphabet = byte_alphabet()
    space = alphabet[ord(" ")]
    pairs = {space + space: f"{space} {space}"}
    for word in words:
        letters = [alphabet[byte] for byte in word.encode("ascii")]
        for end in range(2, len(letters) + 1):
            pairs.setdefault("".join(letters[:end]), f"{''.join(letters[: end - 1])} {letters[end - 1]}")
    tokens = [*alphabet, *pairs, *SPECIALS]
    kinds = [gguf.TokenType.NORMAL] * (256 + len(pairs)) + [gguf.TokenType.CONTROL] * len(SPECIALS)
    end = tokens.index("<|im_end|>")

    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(131_072)
    writer.add_embedding_length(width)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(width)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_KV_HEADS)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(500_000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([*pairs.values()])
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_eos_token_id(end)
    writer.add_pad_token_id(tokens.index("<|pad|>"))
    writer.add_add_bos_token(False)
    if chat_template is not None:
        writer.add_chat_template(chat_template)

    def matrix(rows: int, columns: int, scale: float) -> "np.ndarray[tuple[int, int], np.dtype[np.float16]]":
        return (random.standard_normal((rows, columns)) * scale).astype(np.float16)

    embedding = matrix(len(tokens), width, 1.0)
    embedding[:, 0] = 2.0
    output = matrix(len(tokens), width, 0.15)
    output[:, 0] = -4.0
    legible = [*range(0x20, 0x7F), ord("\n"), 256]
    output[legible, 0] = 2.0
    output[end, 0] = -8.0
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", np.ones(width, np.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        prefix = f"blk.{layer}"
        writer.add_tensor(f"{prefix}.attn_norm.weight", np.ones(width, np.float32))
        writer.add_tensor(f"{prefix}.attn_q.weight", matrix(_HEADS * head, width, 0.09))
        writer.add_tensor(f"{prefix}.attn_k.weight", matrix(_KV_HEADS * head, width, 0.09))
        writer.add_tensor(f"{prefix}.attn_v.weight", matrix(_KV_HEADS * head, width, 0.09))
        writer.add_tensor(f"{prefix}.attn_output.weight", matrix(width, _HEADS * head, 0.09))
        writer.add_tensor(f"{prefix}.ffn_norm.weight", np.ones(width, np.float32))
        writer.add_tensor(f"{prefix}.ffn_gate.weight", matrix(width, width, 0.09))
        writer.add_tensor(f"{prefix}.ffn_up.weight", matrix(width, width, 0.09))
        writer.add_tensor(f"{prefix}.ffn_down.weight", matrix(width, width, 0.09))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


_QUANTISE = """
import ctypes, sys
from llama_cpp import llama_cpp
parameters = llama_cpp.llama_model_quantize_default_params()
parameters.ftype = int(sys.argv[3])
parameters.nthread = 1
sys.exit(llama_cpp.llama_model_quantize(sys.argv[1].encode(), sys.argv[2].encode(), ctypes.byref(parameters)))
"""


def write_word_model(path: Path, texts: Iterable[str]) -> Path:
    """A tiny model to which every word of these texts is one token, as it is to a real one."""
    found = sorted({word for text in texts for word in re.findall(r" ?[A-Za-z]+|[^\w\s]+", text)})
    return write_tiny_model(
        path, words=["assistant", "system", "user", "python", "```", "##", "\n\n", *found]
    )


def quantise(path: Path, out: Path, *, file_type: int = 7) -> Path:
    """Quantise `path` to `out` with llama.cpp itself, in a child process; 7 is Q8_0 in llama.cpp's
    numbering."""
    command = [sys.executable, "-c", _QUANTISE, str(path), str(out), str(file_type)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"llama.cpp could not quantise {path}: {done.stderr[-2000:]}")
    return out


if __name__ == "__main__":
    write_tiny_model(Path(sys.argv[1]))
