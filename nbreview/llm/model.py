"""What is said to an engine and what it answers, as frozen values.

Imports only floors below; no llama_cpp. Durations are seconds, sizes are bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nbreview.cancellation import CancelToken


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are drawn."""

    temperature: float = 0.2
    top_p: float = 0.95
    seed: int = 7
    max_tokens: int = 1024


@dataclass(frozen=True, slots=True)
class Choices:
    """After the reply, weigh how it could go on: `prefix` is appended to the reply, then each of `options` is
    scored.

    The answer is one probability an option, normalised over the options, from the logits of their tokens.
    """

    prefix: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `grammar` is GBNF and constrains the reply; `stop` are texts that end it.

    `schema` is a JSON schema, as text, of the whole object that reply, prefix and option make together: for
    servers that take no grammar. `state_key` names what the evaluated prompt may be kept under on disk, so
    that the same beginning costs nothing when it is asked again after a restart ("": not kept). `lookup`: the
    reply is expected to repeat parts of the prompt, which may be used to guess it ahead. Engines that have no
    such means pass both over. `shared` is how many characters of the last message other requests are expected
    to begin with too: what is worth keeping of the evaluated prompt (0: all of it).
    """

    messages: tuple[Message, ...]
    sampling: Sampling = field(default_factory=Sampling)
    grammar: str = ""
    stop: tuple[str, ...] = ()
    choices: Choices | None = None
    schema: str = ""
    state_key: str = ""
    lookup: bool = False
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Server:
    """A model on a server that is asked instead of a file: the server's address, and the model's name there
    ("": the only one). `agreed`: it was agreed to that notebook content is sent there.
    """

    address: str
    model: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a model is to be loaded. `gpu_layers` is "auto" (all that fit by estimate), "none" or a number as
    text. `kv_type` is the type of the KV cache as llama.cpp names it (f16, q8_0, …), `flash_attention` is
    auto, on or off. What is 0, "" or auto is taken from the calibration of this model on this machine, or
    llama.cpp's own default where there was none. `beyond_memory`: it was agreed to that the model takes more
    memory than is free. With a `server`, that is asked, and of the others only the context counts.
    """

    path: Path
    gpu_layers: str = "auto"
    context_tokens: int = 8192
    threads: int = 0  # 0: the physical processors
    batch_tokens: int = 0
    kv_type: str = ""
    flash_attention: str = "auto"
    beyond_memory: bool = False
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that has been loaded and proved by decoding a two-token batch.

    `backend` is CPU, CUDA, Metal or Vulkan as llama.cpp names what it was built with; `gpu_layers` of
    `layers` run there. A server's is "remote: host", its `path` is host and name, and what it does not tell
    is 0 or empty. `fallbacks` says in words what had to be switched off for the load to succeed, or what a
    server lacks. `chat_template` says where the template came from ("file", "server" or the name of the
    fallback).
    """

    path: Path
    name: str
    sha256: str
    architecture: str
    quantisation: str
    parameters: int
    size: int
    context_tokens: int
    layers: int
    gpu_layers: int
    backend: str
    chat_template: str
    load_seconds: float
    fallbacks: tuple[str, ...] = ()

    @property
    def remote(self) -> bool:
        """Whether it runs on a server."""
        return self.backend.startswith("remote")


@dataclass(frozen=True, slots=True)
class Loading:
    """The model is being loaded; `progress` from 0 to 1."""

    progress: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded and proved."""

    info: ModelInfo


@dataclass(frozen=True, slots=True)
class Prompting:
    """The prompt is being evaluated: `done` of `total` tokens."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the reply, as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole reply. `finish` is stop, length or cancelled; `probabilities` go with `Request.choices`, and
    `weighed` says how they were found where not from the model's own logits ("5 votes"). `log_likelihood` is
    the mean natural logarithm of the probabilities of the reply's tokens, None where it is not known. Of
    `guessed_tokens` from the prompt, `taken_tokens` turned out right.
    """

    text: str
    finish: str
    prompt_tokens: int
    evaluated_tokens: int
    reply_tokens: int
    first_token_seconds: float
    total_seconds: float
    probabilities: tuple[float, ...] = ()
    weighed: str = ""
    log_likelihood: float | None = None
    guessed_tokens: int = 0
    taken_tokens: int = 0

    @property
    def tokens_per_second(self) -> float:
        """Generation speed; 0 when nothing was generated."""
        seconds = self.total_seconds - self.first_token_seconds
        return (self.reply_tokens - 1) / seconds if seconds > 0 and self.reply_tokens > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Died:
    """The child process ended without being asked. `message` says what happened and what is being done."""

    message: str
    exit_code: int | None


Event = Loading | Ready | Prompting | Token | Reply | Died


class Engine(Protocol):
    """Something that answers requests. All methods block and may be called from any one worker thread at a
    time.

    `load` raises UserError when the model cannot be used; `ask` raises UserError when it failed (the child
    died, the prompt does not fit) and Cancelled when stopped; the engine can be asked again after either.
    """

    @property
    def info(self) -> ModelInfo | None:
        """The loaded model, or None."""

    def load(self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken) -> ModelInfo:
        """Load and prove a model; the model loaded before is given up."""

    def ask(self, request: Request, on_event: Callable[[Event], None], cancel: CancelToken) -> Reply:
        """Answer one request, with events as it goes."""

    def count_tokens(self, text: str) -> int:
        """How many tokens of the loaded model a text is."""

    def close(self) -> None:
        """End the child process."""
