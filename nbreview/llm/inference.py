"""A model in memory and one context: prompts evaluated, tokens drawn, continuations weighed.

Runs in the child only. Written on llama.cpp's own functions, which the worker hands in as a module: the one
place that imports llama_cpp stays `worker`. The wrapper class of llama-cpp-python is not used, because it
hides what is needed here: extra buffer types, the abort callback, and the memory of tokens that two requests
share.
"""

import ctypes
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from nbreview.llm import protocol, scoring, templates
from nbreview.llm.model import Loading, Message, Prompting, Reply, Token
from nbreview.llm.streaming import ReplyText

_BATCH_TOKENS = 512
_ABORTED = 2
_LOG_INFO, _LOG_WARN, _LOG_ERROR = 2, 3, 4  # ggml_log_level
_OUT_OF_MEMORY = ("failed to allocate", "unable to allocate", "out of memory")


class StoppedError(Exception):
    """The request was cancelled."""


class RefusedError(Exception):
    """llama.cpp cannot do what was asked. `kind` is for the other end; `facts` go with it."""

    def __init__(self, kind: str, message: str, **facts: int) -> None:
        super().__init__(message)
        self.kind = kind
        self.facts = facts


class Flags:
    """What the threads share: the request to stop, and a count of the signs of life."""

    def __init__(self) -> None:
        self.current = 0
        self.cancelled = 0
        self.beats = 0

    def stop(self) -> bool:
        """Whether the request in hand has been cancelled; asking is a sign of life."""
        self.beats += 1
        return self.current != 0 and self.cancelled == self.current


class Log:
    """llama.cpp's log: to standard error, and the last lines kept to explain a failure."""

    def __init__(self, llama: Any) -> None:
        self._tail: deque[str] = deque(maxlen=40)
        self._callback = llama.llama_log_callback(self._take)
        llama.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _take(self, level: int, text: bytes, _: object) -> None:
        if level in (_LOG_INFO, _LOG_WARN, _LOG_ERROR):
            line = text.decode("utf-8", "replace")
            if level != _LOG_INFO:
                self._tail.append(line.strip())
            sys.stderr.write(line)
            sys.stderr.flush()

    def clear(self) -> None:
        """Forget what was said before."""
        self._tail.clear()

    def reason(self) -> tuple[str, bool]:
        """What went wrong in llama.cpp's words, and whether memory was short."""
        lines = [line for line in self._tail if line]
        memory = any(mark in line.lower() for line in lines for mark in _OUT_OF_MEMORY)
        telling = [line for line in lines if "error" in line.lower() or "unknown" in line.lower()]
        return (telling or lines or ["llama.cpp gave no reason"])[0], memory


class Model:
    """A loaded model with one context. `tokens` are those that the context's memory holds.

    Parameters
    ----------
    llama:
        The module of llama.cpp's own functions.
    options:
        The fields of a load message.
    send:
        Takes events.
    """

    def __init__(
        self,
        llama: Any,
        options: dict[str, Any],
        log: Log,
        flags: Flags,
        send: Callable[[protocol.Streamed], None],
    ) -> None:
        self._llama = llama
        self._log = log
        self._flags = flags
        self._send = send
        self.tokens: list[int] = []
        log.clear()
        self._load(options)
        self._open_context(options)
        self._vocabulary = llama.llama_model_get_vocab(self._model)
        self._size = llama.llama_vocab_n_tokens(self._vocabulary)
        self._bos = self._text_of(llama.llama_vocab_bos(self._vocabulary))
        self._eos = self._text_of(llama.llama_vocab_eos(self._vocabulary))
        self._lead = self._tokenise("\n")
        self._controls = tuple(
            text
            for token in range(self._size)
            if llama.llama_vocab_is_control(self._vocabulary, token) and (text := self._text_of(token))
        )
        self.template = self._choose_template()
        self._prove()

    def _load(self, options: dict[str, Any]) -> None:
        llama = self._llama
        shown = -1

        def progress(done: float, _: object) -> bool:
            nonlocal shown
            self._flags.beats += 1
            if int(done * 100) > shown:
                shown = int(done * 100)
                self._send(Loading(done, "reading weights"))
            return True

        parameters = llama.llama_model_default_params()
        self._progress = llama.llama_progress_callback(progress)
        parameters.progress_callback = self._progress
        parameters.n_gpu_layers = options["gpu_layers"]
        parameters.use_extra_bufts = options["extra_buffers"]
        parameters.load_mode = llama.LLAMA_LOAD_MODE_AUTO if options["mmap"] else llama.LLAMA_LOAD_MODE_NONE
        self._model = llama.llama_model_load_from_file(options["path"].encode("latin-1"), parameters)
        if not self._model:
            self._fail("model")
        if llama.llama_model_has_encoder(self._model) or not llama.llama_model_has_decoder(self._model):
            raise RefusedError("model", "it is not a text generator")

    def _open_context(self, options: dict[str, Any]) -> None:
        llama = self._llama
        trained = llama.llama_model_n_ctx_train(self._model)
        wanted = options["context_tokens"]
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = min(wanted, trained) if trained > 0 else wanted
        parameters.n_batch = parameters.n_ubatch = _BATCH_TOKENS
        parameters.n_threads = parameters.n_threads_batch = options["threads"]
        parameters.swa_full = True
        parameters.no_perf = True
        if not options["flash_attention"]:
            parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_DISABLED
        if options["gpu_layers"] == 0:
            parameters.offload_kqv = parameters.op_offload = False
        self._context = llama.llama_init_from_model(self._model, parameters)
        if not self._context:
            self._fail("context")
        self.context_tokens = llama.llama_n_ctx(self._context)
        self._memory = llama.llama_get_memory(self._context)
        self._abort = llama.ggml_abort_callback(lambda _: self._flags.stop())
        self._no_abort = llama.ggml_abort_callback(0)

    def _fail(self, kind: str) -> None:
        reason, memory = self._log.reason()
        raise RefusedError("memory" if memory else kind, reason)

    def _choose_template(self) -> templates.Template:
        source = self._llama.llama_model_chat_template(self._model, None)
        architecture = self._meta("general.architecture")
        chosen = templates.choose_template(
            source.decode("utf-8", "replace") if source else None, architecture, self._controls
        )
        try:
            templates.render(chosen, (Message("system", "s"), Message("user", "u")), (), self._bos, self._eos)
        except templates.TemplateError:
            return templates.choose_template(None, architecture, self._controls)
        return chosen

    def _prove(self) -> None:
        """Decode a two-token batch and one token more, as prompts and replies do; the logits must be numbers.

        With AMX a quantised model dies here, before anybody has been told that it is ready (llama.cpp
        #20824); a broken GPU driver may answer with something that is not a number.
        """
        self._send(Loading(1.0, "trying it"))
        token = self._tokenise("a")[-1]
        for batch in ([token, token], [token]):
            self._decode(batch, abortable=True)
            if not scoring.finite(self._logits()):
                raise RefusedError("proof", "the first batch gives no numbers")
        self._rewind(0)

    def facts(self) -> dict[str, Any]:
        """What a ready message says about the model."""
        llama = self._llama
        return {
            "name": self._meta("general.name"),
            "architecture": self._meta("general.architecture"),
            "parameters": llama.llama_model_n_params(self._model),
            "size": llama.llama_model_size(self._model),
            "context_tokens": self.context_tokens,
            "layers": llama.llama_model_n_layer(self._model) + 1,
            "chat_template": self.template.name,
        }

    def count(self, text: str) -> int:
        """Tokens of a text by itself."""
        return len(self._tokenise(text))

    def ask(self, message: dict[str, Any]) -> Reply:
        """Answer one ask message; Prompting and Token events go out on the way."""
        started = time.monotonic()
        sampling = message["sampling"]
        prompt = self._prompt([Message(**item) for item in message["messages"]])
        if len(prompt) >= self.context_tokens:
            raise RefusedError("context", "", tokens=len(prompt), limit=self.context_tokens)
        text = ReplyText(tuple(message["stop"]))
        sampler = self._sampler(sampling, message["grammar"])
        try:
            evaluated = self._evaluate(prompt, report=True)
            reply, finish, first = self._generate(sampler, text, sampling["max_tokens"])
        finally:
            self._llama.llama_sampler_free(sampler)
        probabilities: tuple[float, ...] = ()
        if message["choices"]:
            said = self._continuation(text.text) if text.stopped else reply
            probabilities = self._weigh(
                prompt + said, message["choices"]["prefix"], message["choices"]["options"]
            )
        return Reply(
            text=text.text,
            finish=finish,
            prompt_tokens=len(prompt),
            evaluated_tokens=evaluated,
            reply_tokens=len(reply),
            first_token_seconds=(first or time.monotonic()) - started,
            total_seconds=time.monotonic() - started,
            probabilities=probabilities,
        )

    def _generate(self, sampler: Any, text: ReplyText, limit: int) -> tuple[list[int], str, float]:
        """Draw tokens until the model, a stop text or a limit ends the reply; also when the first one was
        drawn."""
        llama, first, finish = self._llama, 0.0, "length"
        reply: list[int] = []
        while len(reply) < limit and len(self.tokens) < self.context_tokens:
            if reply:
                self._decode(reply[-1:])
            token = llama.llama_sampler_sample(sampler, self._context, -1)
            first = first or time.monotonic()
            if llama.llama_vocab_is_eog(self._vocabulary, token):
                finish = "stop"
                break
            reply.append(token)
            self._show(text.add(self._piece(token)))
            if text.stopped:
                finish = "stop"
                break
            if self._flags.stop():
                raise StoppedError
        self._show(text.finish())
        return reply, finish, first

    def _show(self, text: str) -> None:
        if text:
            self._send(Token(text))

    def _weigh(self, said: list[int], prefix: str, options: Sequence[str]) -> tuple[float, ...]:
        """The probability of each option after what was said and the prefix."""
        paths = [tuple(self._continuation(prefix + option)) for option in options]
        if len(said) + max(map(len, paths)) >= self.context_tokens:
            raise RefusedError(
                "context", "", tokens=len(said) + max(map(len, paths)), limit=self.context_tokens
            )

        def after(path: tuple[int, ...]) -> Any:
            self._evaluate([*said, *path])
            return scoring.log_softmax(self._logits())

        return scoring.probabilities(paths, after)

    def _evaluate(self, tokens: list[int], report: bool = False) -> int:
        """Make the memory hold exactly these tokens, the last one just decoded; return how many were
        decoded for it."""
        shared = 0
        for held, wanted in zip(self.tokens, tokens[:-1], strict=False):
            if held != wanted:
                break
            shared += 1
        kept = self._rewind(shared)
        for start in range(kept, len(tokens), _BATCH_TOKENS):
            if report:
                self._send(Prompting(start, len(tokens)))
            self._decode(tokens[start : start + _BATCH_TOKENS], abortable=True)
        if report:
            self._send(Prompting(len(tokens), len(tokens)))
        return len(tokens) - kept

    def _rewind(self, kept: int) -> int:
        """Forget all tokens after the first `kept`; models with a running state can only forget all of
        them."""
        if kept < len(self.tokens):
            if kept and not self._llama.llama_memory_seq_rm(self._memory, 0, kept, -1):
                kept = 0
            if not kept:
                self._llama.llama_memory_clear(self._memory, True)
            del self.tokens[kept:]
        return kept

    def _decode(self, tokens: list[int], abortable: bool = False) -> None:
        """Decode one batch. Only long ones poll the flag from inside: between single tokens the caller
        does."""
        llama = self._llama
        llama.llama_set_abort_callback(self._context, self._abort if abortable else self._no_abort, None)
        array = (llama.llama_token * len(tokens))(*tokens)
        code = llama.llama_decode(self._context, llama.llama_batch_get_one(array, len(tokens)))
        self._flags.beats += 1
        if code == 0:
            self.tokens += tokens
            return
        held = llama.llama_memory_seq_pos_max(self._memory, 0) + 1
        self.tokens = [*self.tokens, *tokens][:held]
        if code == _ABORTED:
            raise StoppedError
        reason, _ = self._log.reason()
        raise RefusedError("decode", f"a batch failed with code {code}: {reason}")

    def _logits(self) -> Any:
        import numpy as np

        row = self._llama.llama_get_logits_ith(self._context, -1)
        if not row:
            raise RefusedError("model", "it is not a text generator")
        return np.ctypeslib.as_array(row, shape=(self._size,)).astype(np.float64)

    def _sampler(self, sampling: dict[str, Any], grammar: str) -> Any:
        llama = self._llama
        chain = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
        if grammar:
            self._log.clear()
            constraint = llama.llama_sampler_init_grammar(self._vocabulary, grammar.encode(), b"root")
            if not constraint:
                llama.llama_sampler_free(chain)
                raise RefusedError("grammar", self._log.reason()[0])
            llama.llama_sampler_chain_add(chain, constraint)
        if sampling["temperature"] <= 0:
            llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_greedy())
        else:
            llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_top_p(sampling["top_p"], 1))
            llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_temp(sampling["temperature"]))
            llama.llama_sampler_chain_add(chain, llama.llama_sampler_init_dist(sampling["seed"] & 0xFFFFFFFF))
        return chain

    def _prompt(self, messages: list[Message]) -> list[int]:
        """The tokens of a conversation with the assistant's turn opened."""
        try:
            pieces = templates.render(self.template, messages, self._controls, self._bos, self._eos)
        except templates.TemplateError as error:
            raise RefusedError("template", str(error)) from error
        tokens: list[int] = []
        for index, piece in enumerate(pieces):
            if index:
                tokens += self._continuation(piece.text, special=not piece.plain)
            else:
                begins = not (self._bos and piece.text.startswith(self._bos))
                tokens += self._tokenise(piece.text, begins=begins, special=not piece.plain)
        return tokens

    def _continuation(self, text: str, special: bool = False) -> list[int]:
        """Tokens of a text in the middle of another: without the space that some vocabularies put before a
        text."""
        tokens = self._tokenise("\n" + text, special=special)
        if tokens[: len(self._lead)] == self._lead:
            return tokens[len(self._lead) :]
        return self._tokenise(text, special=special)

    def _tokenise(self, text: str, *, begins: bool = False, special: bool = False) -> list[int]:
        """Tokens; `begins` adds what the vocabulary puts before a text, `special` reads control tokens in
        it."""
        llama = self._llama
        data = text.encode("utf-8", "replace")
        room = len(data) + 4
        array = (llama.llama_token * room)()
        count = llama.llama_tokenize(self._vocabulary, data, len(data), array, room, begins, special)
        if count < 0:
            array = (llama.llama_token * -count)()
            count = llama.llama_tokenize(self._vocabulary, data, len(data), array, -count, begins, special)
        tokens = list(array[:count])
        if begins and tokens and llama.llama_vocab_get_add_eos(self._vocabulary):
            tokens.pop()
        return tokens

    def _piece(self, token: int) -> bytes:
        """The bytes of a token; control tokens have none."""
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            count = self._llama.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)
            if count >= 0:
                return buffer.raw[:count]
            room = -count

    def _text_of(self, token: int) -> str:
        text = self._llama.llama_vocab_get_text(self._vocabulary, token) if token >= 0 else b""
        return text.decode("utf-8", "replace") if text else ""

    def _meta(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(512)
        count = self._llama.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if count >= 0 else ""
