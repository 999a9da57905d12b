"""A model in memory and one context: prompts evaluated, tokens drawn, continuations weighed.

Runs in the child only. Written on llama.cpp's own functions, which the worker hands in as a module: the one
place that imports llama_cpp stays `worker`. The wrapper class of llama-cpp-python is not used, because it
hides what is needed here: extra buffer types, the abort callback, and the memory of tokens that two requests
share.
"""

import ctypes
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nbreview.llm import pages, protocol, scoring, templates
from nbreview.llm.drawing import Drawing, Grammar
from nbreview.llm.guard import Flags, Log, RefusedError, StoppedError
from nbreview.llm.lookup import MOST_OUTPUTS, Lookup, Pace
from nbreview.llm.memory import Memory, common
from nbreview.llm.model import Loading, Message, Reply, Token
from nbreview.llm.shelf import Shelf
from nbreview.llm.states import States
from nbreview.llm.streaming import ReplyText

_BATCH_TOKENS = 512
_COPIED_SHARE = 0.1
"""From this share of the weights being copied, the pages that they came from are given back."""
_CACHE_TYPES = {"f32": 0, "f16": 1, "q4_0": 2, "q4_1": 3, "q5_0": 6, "q5_1": 7, "q8_0": 8, "bf16": 30}
_FLASH_ATTENTION = {"auto": -1, "off": 0, "on": 1}


class Model:
    """A loaded model with one context.

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
        states = options.get("states", "")
        self._shelf = Shelf(self._memory, States(Path(states))) if states else None

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
        before = pages.own_bytes()
        self._model = llama.llama_model_load_from_file(options["path"].encode("latin-1"), parameters)
        if not self._model:
            self._fail("model")
        copied = pages.own_bytes() - before
        if options["mmap"] and (
            options["gpu_layers"] or copied > llama.llama_model_size(self._model) * _COPIED_SHARE
        ):
            pages.release()
        if llama.llama_model_has_encoder(self._model) or not llama.llama_model_has_decoder(self._model):
            raise RefusedError("model", "it is not a text generator")

    def _open_context(self, options: dict[str, Any]) -> None:
        llama = self._llama
        trained = llama.llama_model_n_ctx_train(self._model)
        wanted = options["context_tokens"]
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = min(wanted, trained) if trained > 0 else wanted
        batch = options["batch_tokens"] or _BATCH_TOKENS
        parameters.n_batch = parameters.n_ubatch = batch
        parameters.n_threads = parameters.n_threads_batch = options["threads"]
        # By default llama.cpp keeps room for the logits of a whole batch: hundreds of MiB that nobody reads.
        parameters.n_outputs_max = MOST_OUTPUTS
        parameters.swa_full = True
        parameters.no_perf = True
        parameters.flash_attn_type = _FLASH_ATTENTION[options["flash_attention"]]
        parameters.type_k = parameters.type_v = _CACHE_TYPES[options["kv_type"] or "f16"]
        if options["gpu_layers"] == 0:
            parameters.offload_kqv = parameters.op_offload = False
        self._context = llama.llama_init_from_model(self._model, parameters)
        if not self._context:
            self._fail("context")
        self.context_tokens = llama.llama_n_ctx(self._context)
        self._memory = Memory(llama, self._model, self._context, batch, self._flags, self._log)

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
            self._memory.decode(batch, abortable=True)
            if not scoring.finite(self._logits()):
                raise RefusedError("proof", "the first batch gives no numbers")
        self._memory.rewind(0)

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
        shared = self._shared(message, prompt)
        state, marks = message.get("state_file", ""), (shared, len(prompt) - 1)
        if self._shelf is not None:
            self._shelf.recall(state, prompt)
        text = ReplyText(tuple(message["stop"]))
        lookup = Lookup(prompt) if message.get("lookup") and not self._memory.running else None
        grammar = self._grammar(message["grammar"])
        drawing = Drawing(sampling["temperature"], sampling["top_p"], sampling["seed"], grammar)
        drawn = _Drawn()
        try:
            evaluated = self._memory.evaluate(prompt, marks=marks, report=self._send)
            if self._shelf is not None:
                self._shelf.note(state, prompt, shared)
            finish = self._generate(drawing, text, sampling["max_tokens"], lookup, drawn)
        finally:
            if grammar is not None:
                grammar.free()
        reply, first = drawn.tokens, drawn.first
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
            log_likelihood=drawn.logarithms / len(reply) if reply else None,
            guessed_tokens=drawn.guessed,
            taken_tokens=drawn.taken,
        )

    def keep(self) -> None:
        """Write the prompt that is held to disk, where that was asked for and is worth it."""
        if self._shelf is not None:
            self._shelf.keep()

    def _shared(self, message: dict[str, Any], prompt: list[int]) -> int:
        """How many tokens of the prompt other requests are said to begin with; all but the last where
        nothing is said."""
        characters = message.get("shared", 0)
        if not characters:
            return len(prompt) - 1
        *before, last = (Message(**item) for item in message["messages"])
        return common(prompt, self._prompt([*before, Message(last.role, last.content[:characters])]))

    def _generate(
        self, drawing: Drawing, text: ReplyText, limit: int, lookup: Lookup | None, drawn: "_Drawn"
    ) -> str:
        """Draw tokens until the model, a stop text or a limit ends the reply; how it ended."""
        if limit <= 0:
            return "length"
        for token in self._draw(drawing, lookup, drawn):
            drawn.first = drawn.first or time.monotonic()
            if self._llama.llama_vocab_is_eog(self._vocabulary, token):
                self._show(text.finish())
                return "stop"
            drawn.tokens.append(token)
            drawn.logarithms += drawn.last
            self._show(text.add(self._piece(token)))
            if text.stopped or len(drawn.tokens) >= limit:
                break
            if self._flags.stop():
                raise StoppedError
        finish = "stop" if text.stopped else "length"
        self._show(text.finish())
        return finish

    def _draw(self, drawing: Drawing, lookup: Lookup | None, drawn: "_Drawn") -> Iterator[int]:
        """Tokens one after the other, until the context is full.

        Guesses from `lookup` are decoded together with the token before them. Each place is then drawn from
        the model as ever, and the guesses count for as long as they are what was drawn: the reply has the
        distribution that it has without them, and with one seed it is the same, as far as a batch rounds as
        single tokens do (with quantised weights, two tokens that tie may change places).
        """
        memory, pace = self._memory, Pace()
        ahead: tuple[int, ...] = ()
        place, guessed, started = -1, 0, 0.0
        while True:
            token, drawn.last = drawing.draw(self._row(place))
            if lookup is not None:
                lookup.add(token)
            right = bool(ahead) and ahead[0] == token
            drawn.taken += right
            yield token
            if right:
                ahead, place = ahead[1:], place + 1
                continue
            if started:
                pace.note(guessed, guessed - len(ahead), time.monotonic() - started)
            memory.rewind(len(memory.tokens) - len(ahead))
            room = self.context_tokens - len(memory.tokens) - 1
            if room < 0:
                return
            ahead = lookup.guess(min(room, pace.length)) if lookup is not None and pace.length else ()
            guessed = len(ahead)
            drawn.guessed += guessed
            started = time.monotonic()
            memory.decode([token, *ahead], abortable=guessed > 0, every=guessed > 0)
            place = 0 if ahead else -1

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
            tokens = [*said, *path]
            self._memory.evaluate(tokens, marks=(len(tokens),))
            return scoring.log_softmax(self._logits())

        return scoring.probabilities(paths, after)

    def _row(self, place: int) -> Any:
        """The logits at a place of the last batch, as llama.cpp holds them: valid until the next one."""
        import numpy as np

        row = self._llama.llama_get_logits_ith(self._context, place)
        if not row:
            raise RefusedError("model", "it is not a text generator")
        return np.ctypeslib.as_array(row, shape=(self._size,))

    def _logits(self) -> Any:
        import numpy as np

        return self._row(-1).astype(np.float64)

    def _grammar(self, text: str) -> Grammar | None:
        return Grammar(self._llama, self._vocabulary, text, self._log) if text else None

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


class _Drawn:
    """What has been drawn of a reply so far."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.first = 0.0
        self.last = 0.0
        self.logarithms = 0.0
        self.guessed = 0
        self.taken = 0
