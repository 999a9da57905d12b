"""An engine that answers from a script: it implements our own Protocol, for the logic around a reply.

The tests of the model itself run llama.cpp.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Event, LoadOptions, ModelInfo, Reply, Request

INFO = ModelInfo(
    path=Path("/models/scripted.gguf"),
    name="Scripted",
    sha256="ab" * 32,
    architecture="llama",
    quantisation="Q4_K_M",
    parameters=1,
    size=1,
    context_tokens=4096,
    layers=2,
    gpu_layers=1,
    backend="CPU",
    chat_template="file",
    load_seconds=0.5,
)


@dataclass
class ScriptedEngine:
    """Gives the replies in order; a UserError among them is raised. A token is four characters."""

    replies: list[Reply | UserError]
    info: ModelInfo | None = INFO
    requests: list[Request] = field(default_factory=list)

    def load(self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken) -> ModelInfo:
        raise AssertionError("nothing is loaded here")

    def ask(self, request: Request, on_event: Callable[[Event], None], cancel: CancelToken) -> Reply:
        cancel.check()
        self.requests.append(request)
        answer = self.replies[len(self.requests) - 1]
        if isinstance(answer, UserError):
            raise answer
        return answer

    def count_tokens(self, text: str) -> int:
        return (len(text) + 3) // 4

    def close(self) -> None:
        pass


def reply(text: str, *, finish: str = "stop", probabilities: tuple[float, ...] = ()) -> Reply:
    """A reply of 100 prompt tokens and 10 of its own in two seconds."""
    return Reply(text, finish, 100, 90, 10, 0.5, 2.0, probabilities)
