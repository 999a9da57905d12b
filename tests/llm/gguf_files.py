"""Small GGUF files that differ as the test says: headers of many kinds over a few numbers."""

from pathlib import Path
from typing import Any

import pytest


def write_gguf(
    path: Path,
    *,
    name: str = "Small",
    architecture: str = "llama",
    seed: int = 1,
    licence: str = "",
    kind: str = "model",
    layers: int = 1,
    shape: tuple[int, int] = (64, 64),
    split: tuple[int, int] | None = None,
    template: str = "",
    **metadata: int | bool,
) -> Path:
    """Write a file with one tensor. `split`: which part (from 0) of how many; `metadata` are keys of the
    architecture."""
    gguf: Any = pytest.importorskip("gguf")
    np: Any = pytest.importorskip("numpy")
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_type(kind)
    if licence:
        writer.add_license(licence)
    if template:
        writer.add_chat_template(template)
    if layers:
        writer.add_block_count(layers)
        writer.add_context_length(4096)
        writer.add_embedding_length(shape[1])
        writer.add_head_count(4)
    for key, value in metadata.items():
        full = f"{architecture}.{key.replace('__', '.')}"
        if isinstance(value, bool):
            writer.add_bool(full, value)
        else:
            writer.add_uint32(full, value)
    if split is not None:
        writer.add_uint16("split.no", split[0])
        writer.add_uint16("split.count", split[1])
    values = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    writer.add_tensor(f"blk.{split[0] if split else 0}.ffn_up.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
