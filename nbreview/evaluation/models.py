"""What a report says of the model that was asked.

Imports `llm.model` and below.
"""

from typing import Any

from nbreview.llm.model import ModelInfo


def model_key(info: ModelInfo) -> str:
    """What kept answers of a model are known again by: the hash of its file, or the server and its name
    there.
    """
    return info.sha256 or f"{info.backend}/{info.name}"


def model_value(info: ModelInfo | None) -> dict[str, Any] | None:
    """A loaded model by what changes its answers and its speed, not by where its file lies."""
    if info is None:
        return None
    return {
        "name": info.name,
        "sha256": info.sha256,
        "file": info.path.name,
        "architecture": info.architecture,
        "quantisation": info.quantisation,
        "parameters": info.parameters,
        "context_tokens": info.context_tokens,
        "backend": info.backend,
        "gpu_layers": info.gpu_layers,
        "chat_template": info.chat_template,
        "fallbacks": list(info.fallbacks),
    }
