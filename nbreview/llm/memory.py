"""The memory of a context: which tokens it holds, going back in it, and its state as bytes.

Runs in the child only; it is given llama.cpp's functions, so that the one place that imports llama_cpp stays
`worker`.

Attention can go back to any token. A model with a running state (Mamba and its hybrids) cannot: its state is
copied at the places where another request may branch off, and going back takes the nearest copy, as
llama-server's context checkpoints do.
"""

import ctypes
import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

from nbreview.llm import protocol
from nbreview.llm.guard import Flags, Log, RefusedError, StoppedError
from nbreview.llm.model import Prompting

_ABORTED = 2
_PARTIAL = 1  # LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY: what cannot be taken back by positions
_MOST_COPIES = 6


class Memory:
    """What one context holds. `tokens` are those, in order; `running` says that it cannot go back by itself.

    Parameters
    ----------
    llama:
        The module of llama.cpp's own functions.
    batch_tokens:
        Most tokens that are decoded at once.
    """

    def __init__(
        self, llama: Any, model: Any, context: Any, batch_tokens: int, flags: Flags, log: Log
    ) -> None:
        self._llama = llama
        self._context = context
        self._batch_tokens = batch_tokens
        self._flags = flags
        self._log = log
        self._memory = llama.llama_get_memory(context)
        self._abort = llama.ggml_abort_callback(lambda _: flags.stop())
        self._no_abort = llama.ggml_abort_callback(0)
        self.tokens: list[int] = []
        self.running = bool(llama.llama_model_is_recurrent(model) or llama.llama_model_is_hybrid(model))
        self._window = int(llama.llama_model_n_swa(model))
        self._copies: dict[int, ctypes.Array[ctypes.c_uint8]] = {}
        self.seconds_per_token = 0.0

    def evaluate(
        self,
        tokens: Sequence[int],
        *,
        marks: Sequence[int] = (),
        report: Callable[[protocol.Streamed], None] | None = None,
    ) -> int:
        """Make the memory hold exactly these tokens, the last one just decoded.

        Parameters
        ----------
        marks:
            Counts of tokens to which a later request is likely to go back.
        report:
            Takes Prompting events.

        Returns
        -------
        int
            How many tokens were decoded for it.
        """
        kept = self.rewind(common(self.tokens, tokens[:-1]))
        stops = {*range(kept, len(tokens), self._batch_tokens), len(tokens)}
        if self.running:
            stops |= {mark for mark in (*marks, len(tokens) - 1) if kept < mark < len(tokens)}
        borders = sorted(stops)
        started = time.monotonic()
        for start, end in itertools.pairwise(borders):
            if report is not None:
                report(Prompting(start, len(tokens)))
            self.decode(tokens[start:end], abortable=True)
            if self.running and (end in marks or end == len(tokens) - 1):
                self._copy()
        if report is not None:
            report(Prompting(len(tokens), len(tokens)))
        if len(tokens) - kept >= self._batch_tokens:
            self.seconds_per_token = (time.monotonic() - started) / (len(tokens) - kept)
        return len(tokens) - kept

    def rewind(self, kept: int) -> int:
        """Forget the tokens after the first `kept`, or after fewer where the model cannot stop there; how
        many are left."""
        if kept >= len(self.tokens):
            return len(self.tokens)
        if self.running:
            kept = self._paste(kept)
        elif kept and not (self._complete(kept) and self._remove(kept)):
            kept = 0
        if not kept:
            self._llama.llama_memory_clear(self._memory, True)
        del self.tokens[kept:]
        self._copies = {at: copy for at, copy in self._copies.items() if at <= kept}
        return kept

    def reach(self, tokens: Sequence[int]) -> int:
        """How many of these tokens would not have to be decoded."""
        shared = common(self.tokens, tokens)
        if not self.running or shared == len(self.tokens):
            return shared
        return max((at for at in self._copies if at <= shared), default=0)

    def decode(self, tokens: Sequence[int], *, abortable: bool = False, every: bool = False) -> None:
        """Decode one batch; logits are kept of its last token, or of every one.

        Only long batches poll the flag from inside: between single tokens the caller does.
        """
        llama = self._llama
        llama.llama_set_abort_callback(self._context, self._abort if abortable else self._no_abort, None)
        array = (llama.llama_token * len(tokens))(*tokens)
        batch = llama.llama_batch_get_one(array, len(tokens))
        if every:
            wanted = (ctypes.c_int8 * len(tokens))(*([1] * len(tokens)))
            batch.logits = ctypes.cast(wanted, ctypes.POINTER(ctypes.c_int8))
        code = llama.llama_decode(self._context, batch)
        self._flags.beats += 1
        if code == 0:
            self.tokens += tokens
            return
        if self.running:
            # What was decoded of the batch is in the state and cannot be told from the rest.
            self.rewind(len(self.tokens) - 1 if self.tokens else 0)
        else:
            held = llama.llama_memory_seq_pos_max(self._memory, 0) + 1
            self.tokens = [*self.tokens, *tokens][:held]
        if code == _ABORTED:
            raise StoppedError
        reason, _ = self._log.reason()
        raise RefusedError("decode", f"a batch failed with code {code}: {reason}")

    def size(self) -> int:
        """Bytes of the state."""
        # A sequence by itself is written without what sliding windows have left behind.
        if self._window:
            return int(self._llama.llama_state_get_size(self._context))
        return int(self._llama.llama_state_seq_get_size(self._context, 0))

    def state(self) -> ctypes.Array[ctypes.c_uint8]:
        """All that the memory holds, as bytes for `restore`; empty when llama.cpp cannot tell."""
        size = self.size()
        buffer = (ctypes.c_uint8 * size)()
        if self._window:
            got = self._llama.llama_state_get_data(self._context, buffer, size)
        else:
            got = self._llama.llama_state_seq_get_data(self._context, buffer, size, 0)
        return buffer if got == size else (ctypes.c_uint8 * 0)()

    def restore(self, tokens: Sequence[int], state: Any) -> bool:
        """Hold what `state` gave when the memory held these tokens; False, and nothing held, when llama.cpp
        refuses it. `state` is a writable buffer."""
        self.rewind(0)
        size = len(state)
        buffer = (ctypes.c_uint8 * size).from_buffer(state)
        if self._window:
            got = self._llama.llama_state_set_data(self._context, buffer, size)
        else:
            got = self._llama.llama_state_seq_set_data(self._context, buffer, size, 0)
        del buffer
        if got and self._llama.llama_memory_seq_pos_max(self._memory, 0) == len(tokens) - 1:
            self.tokens = list(tokens)
            if self.running:
                self._copy()
            return True
        self._llama.llama_memory_clear(self._memory, True)
        return False

    def _complete(self, kept: int) -> bool:
        """Whether the sliding windows of the token after the first `kept` are still held."""
        if not self._window:
            return True
        first = self._llama.llama_memory_seq_pos_min(self._memory, 0)
        return bool(first <= max(0, kept - self._window))

    def _remove(self, kept: int) -> bool:
        return bool(self._llama.llama_memory_seq_rm(self._memory, 0, kept, -1))

    def _copy(self) -> None:
        """Keep the running state as it is now."""
        size = self._llama.llama_state_seq_get_size_ext(self._context, 0, _PARTIAL)
        buffer = (ctypes.c_uint8 * size)()
        if self._llama.llama_state_seq_get_data_ext(self._context, buffer, size, 0, _PARTIAL) == size:
            self._copies.pop(len(self.tokens), None)
            self._copies[len(self.tokens)] = buffer
            while len(self._copies) > _MOST_COPIES:
                del self._copies[next(iter(self._copies))]

    def _paste(self, kept: int) -> int:
        """Take the copy nearest before `kept`; how many tokens it holds."""
        for place in sorted((at for at in self._copies if at <= kept), reverse=True):
            copy = self._copies[place]
            if self._llama.llama_state_seq_set_data_ext(
                self._context, copy, len(copy), 0, _PARTIAL
            ) and self._remove(place):
                return place
        return 0


def common(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens both begin with."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
