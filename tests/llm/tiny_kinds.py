"""Tiny GGUF files of other kinds than llama: with a running state (Mamba), with attention beside one (Jamba),
with sliding windows (Gemma 3). Random weights; the vocabulary is that of `tests.tiny_model`."""

from pathlib import Path
from typing import Any

from tests.tiny_model import CHAT_TEMPLATE, SPECIALS, byte_alphabet

_WIDTH, _LAYERS = 64, 4
_INNER, _STATE, _CONVOLUTION, _RANK = 128, 8, 4, 8
WINDOW = 32
"""Tokens of Gemma's sliding window."""


def write_mamba(path: Path) -> Path:
    """A Mamba model: all that it knows of a text is one state."""
    writer, random, vocabulary = _begin(path, "mamba")
    writer.add_feed_forward_length(0)
    writer.add_head_count(0)
    writer.add_ssm_conv_kernel(_CONVOLUTION)
    writer.add_ssm_inner_size(_INNER)
    writer.add_ssm_state_size(_STATE)
    writer.add_ssm_time_step_rank(_RANK)
    for layer in range(_LAYERS):
        _add(writer, f"blk.{layer}.attn_norm.weight", _ones(_WIDTH))
        _add_running(writer, random, f"blk.{layer}")
    return _end(writer, random, vocabulary, path)


def write_jamba(path: Path) -> Path:
    """A Jamba model: running states in all layers but one, which is attention."""
    heads, head = 2, 32
    writer, random, vocabulary = _begin(path, "jamba")
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(heads)
    writer.add_head_count_kv([0, 1, 0, 0])
    writer.add_ssm_conv_kernel(_CONVOLUTION)
    writer.add_ssm_inner_size(_INNER)
    writer.add_ssm_state_size(_STATE)
    writer.add_ssm_time_step_rank(_RANK)
    for layer in range(_LAYERS):
        name = f"blk.{layer}"
        _add(writer, f"{name}.attn_norm.weight", _ones(_WIDTH))
        if layer == 1:
            _add(writer, f"{name}.attn_q.weight", random((heads * head, _WIDTH)))
            _add(writer, f"{name}.attn_k.weight", random((head, _WIDTH)))
            _add(writer, f"{name}.attn_v.weight", random((head, _WIDTH)))
            _add(writer, f"{name}.attn_output.weight", random((_WIDTH, heads * head)))
        else:
            _add_running(writer, random, name)
            for part, size in (("dt", _RANK), ("b", _STATE), ("c", _STATE)):
                _add(writer, f"{name}.ssm_{part}_norm.weight", _ones(size))
        _add(writer, f"{name}.ffn_norm.weight", _ones(_WIDTH))
        for part in ("gate", "up", "down"):
            _add(writer, f"{name}.ffn_{part}.weight", random((_WIDTH, _WIDTH)))
    return _end(writer, random, vocabulary, path)


def write_gemma(path: Path) -> Path:
    """A Gemma 3 model: most layers see a window of the last tokens only."""
    heads, head = 2, 32
    writer, random, vocabulary = _begin(path, "gemma3")
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(heads)
    writer.add_head_count_kv(1)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_sliding_window(WINDOW)
    for layer in range(_LAYERS):
        name = f"blk.{layer}"
        for norm in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            _add(writer, f"{name}.{norm}.weight", _ones(_WIDTH))
        for norm in ("attn_q_norm", "attn_k_norm"):
            _add(writer, f"{name}.{norm}.weight", _ones(head))
        _add(writer, f"{name}.attn_q.weight", random((heads * head, _WIDTH)))
        _add(writer, f"{name}.attn_k.weight", random((head, _WIDTH)))
        _add(writer, f"{name}.attn_v.weight", random((head, _WIDTH)))
        _add(writer, f"{name}.attn_output.weight", random((_WIDTH, heads * head)))
        _add(writer, f"{name}.ffn_gate.weight", random((_WIDTH, _WIDTH)))
        _add(writer, f"{name}.ffn_up.weight", random((_WIDTH, _WIDTH)))
        _add(writer, f"{name}.ffn_down.weight", random((_WIDTH, _WIDTH)))
    return _end(writer, random, vocabulary, path)


def _begin(path: Path, architecture: str) -> tuple[Any, Any, list[str]]:
    import gguf
    import numpy as np

    generator = np.random.default_rng(7)

    def random(shape: tuple[int, ...], scale: float = 0.15, half: bool = True) -> Any:
        kind = np.float16 if half else np.float32
        return (generator.standard_normal(shape) * scale).astype(kind)

    writer = gguf.GGUFWriter(path, architecture)
    alphabet = byte_alphabet()
    space = alphabet[ord(" ")]
    vocabulary = [*alphabet, space + space, *SPECIALS]
    writer.add_name(architecture)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(8192)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(vocabulary)
    kinds = [gguf.TokenType.NORMAL] * 257 + [gguf.TokenType.CONTROL] * len(SPECIALS)
    writer.add_token_types(kinds)
    writer.add_token_merges([f"{space} {space}"])
    writer.add_eos_token_id(vocabulary.index("<|im_end|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)
    return writer, random, vocabulary


def _add_running(writer: Any, random: Any, name: str) -> None:
    """The tensors of a layer with a running state."""
    _add(writer, f"{name}.ssm_in.weight", random((2 * _INNER, _WIDTH)))
    _add(writer, f"{name}.ssm_conv1d.weight", random((_INNER, _CONVOLUTION), half=False))
    _add(writer, f"{name}.ssm_conv1d.bias", random((_INNER,), half=False))
    _add(writer, f"{name}.ssm_x.weight", random((_RANK + 2 * _STATE, _INNER)))
    _add(writer, f"{name}.ssm_dt.weight", random((_INNER, _RANK)))
    _add(writer, f"{name}.ssm_dt.bias", random((_INNER,), half=False))
    _add(writer, f"{name}.ssm_a", -1 - abs(random((_INNER, _STATE), half=False)))
    _add(writer, f"{name}.ssm_d", _ones(_INNER))
    _add(writer, f"{name}.ssm_out.weight", random((_WIDTH, _INNER)))


def _ones(width: int) -> Any:
    import numpy as np

    return np.ones(width, np.float32)


def _add(writer: Any, name: str, values: Any) -> None:
    writer.add_tensor(name, values)


def _end(writer: Any, random: Any, vocabulary: list[str], path: Path) -> Path:
    embedding = random((len(vocabulary), _WIDTH), 1.0)
    output = random((len(vocabulary), _WIDTH), 0.3)
    embedding[:, 0], output[:, 0] = 2.0, -3.0
    output[[*range(0x20, 0x7F), ord("\n")], 0] = 1.5  # what can be read is likely
    _add(writer, "token_embd.weight", embedding)
    _add(writer, "output_norm.weight", _ones(_WIDTH))
    _add(writer, "output.weight", output)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
