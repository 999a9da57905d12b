"""The vocabulary of a model by itself, in the child process: what a text is in its tokens.

Runs in the child only; like `inference` it is given llama.cpp's functions, so that the only place that
imports llama_cpp stays `worker`.
"""

import ctypes
from typing import Any

from nbreview.llm.guard import Log, RefusedError


class Tokeniser:
    """A vocabulary without weights.

    Parameters
    ----------
    llama:
        The module of llama.cpp's own functions.
    path:
        The model's file, in the protocol's spelling: its bytes as Latin-1.
    """

    def __init__(self, llama: Any, path: str, log: Log) -> None:
        self._llama = llama
        log.clear()
        parameters = llama.llama_model_default_params()
        parameters.vocab_only = True
        parameters.n_gpu_layers = 0
        self._model = llama.llama_model_load_from_file(path.encode("latin-1"), parameters)
        if not self._model:
            raise RefusedError("model", log.reason()[0])
        self._vocabulary = llama.llama_model_get_vocab(self._model)

    def facts(self) -> dict[str, Any]:
        """Name of the model, and how many tokens there are."""
        buffer = ctypes.create_string_buffer(512)
        found = self._llama.llama_model_meta_val_str(self._model, b"general.name", buffer, len(buffer))
        name = buffer.value.decode("utf-8", "replace") if found >= 0 else ""
        return {"name": name, "size": self._llama.llama_vocab_n_tokens(self._vocabulary)}

    def count(self, text: str) -> int:
        """Tokens of a text, without what the vocabulary puts before or after it."""
        data = text.encode("utf-8", "replace")
        # With no room for them, llama.cpp says how many there would be.
        return abs(int(self._llama.llama_tokenize(self._vocabulary, data, len(data), None, 0, False, False)))
