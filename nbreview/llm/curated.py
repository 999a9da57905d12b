"""The short list of models that are known to suit this program, from `resources/models/curated.v1.json`.

Imports `paths`, `header` and below; fetches nothing. Sizes are approximate (the hub tells them in full before
anything is fetched); shapes are those of the models' published configurations, from which `hardware` plans.
"""

from dataclasses import dataclass

import orjson

from nbreview import paths
from nbreview.llm.header import Header, TensorEntry, Value


@dataclass(frozen=True, slots=True)
class Shape:
    """What the memory of a model follows from; `head` is the width of one head."""

    architecture: str
    layers: int
    embedding: int
    heads: int
    kv_heads: int
    head: int
    feed_forward: int
    vocabulary: int


@dataclass(frozen=True, slots=True)
class CuratedModel:
    """A model that can be downloaded by `name`. `file` may be a pattern; `size` is in bytes, about; `purpose`
    says in a sentence what it is good for; `source` is its page."""

    name: str
    title: str
    repository: str
    file: str
    quantisation: str
    size: int
    parameters: int
    context: int
    licence: str
    shape: Shape
    purpose: str
    source: str

    @property
    def reference(self) -> str:
        """Repository and file, as the command line takes them."""
        return f"{self.repository}/{self.file}"

    @property
    def header(self) -> Header:
        """What the file's header will say, as far as `offload.plan` asks."""
        shape, name = self.shape, self.shape.architecture
        matrix = int(self.size * shape.vocabulary * shape.embedding / max(1, self.parameters))
        block = max(0, self.size - matrix) // shape.layers
        tensors = [TensorEntry("token_embd.weight", (shape.embedding, shape.vocabulary), "", 0, matrix)]
        tensors += [TensorEntry(f"blk.{layer}.weights", (), "", 0, block) for layer in range(shape.layers)]
        metadata: dict[str, Value] = {
            "general.architecture": name,
            "general.name": self.title,
            f"{name}.block_count": shape.layers,
            f"{name}.context_length": self.context,
            f"{name}.embedding_length": shape.embedding,
            f"{name}.feed_forward_length": shape.feed_forward,
            f"{name}.attention.head_count": shape.heads,
            f"{name}.attention.head_count_kv": shape.kv_heads,
            f"{name}.attention.key_length": shape.head,
            f"{name}.attention.value_length": shape.head,
        }
        lengths = {"tokenizer.ggml.tokens": shape.vocabulary}
        place = paths.resource("models")
        return Header(place, 3, metadata, lengths, tuple(tensors), 0, self.size)


def curated_models() -> tuple[CuratedModel, ...]:
    """The list, smallest first."""
    content = orjson.loads(paths.resource("models", "curated.v1.json").read_bytes())
    models = (
        CuratedModel(
            **{key: value for key, value in entry.items() if key not in ("shape", "for")},
            shape=Shape(**entry["shape"]),
            purpose=entry["for"],
        )
        for entry in content["models"]
    )
    return tuple(sorted(models, key=lambda model: model.size))
