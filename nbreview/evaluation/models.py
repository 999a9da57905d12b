"""What a report says of the model that was asked.

Imports `llm.model` and below.
"""

from typing import Any

from nbreview.llm.model import ModelInfo


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
