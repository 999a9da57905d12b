"""When the prompt in a context's memory is written to disk, and when one is taken from there.

Runs in the child; joins `memory` and `states`, and knows nothing else of llama.cpp. One prompt is kept for
each name; what is there already is not written again, and a shorter one that begins it does not replace it.
"""

from collections.abc import Sequence

from nbreview.llm.memory import Memory, common
from nbreview.llm.states import States

_LEAST = 64
"""Tokens below which writing or reading a file is not worth it."""

_READ_BYTES_PER_SECOND = 5e8


class Shelf:
    """Keeps the prompt of the last request that had a name."""

    def __init__(self, memory: Memory, states: States) -> None:
        self._memory = memory
        self._states = states
        self._name = ""
        self._kept: tuple[int, ...] = ()
        self._prompt: list[int] = []
        self._shared = 0

    def recall(self, name: str, prompt: Sequence[int]) -> None:
        """Before a prompt is evaluated: take the memory from disk where more of it is there."""
        if name != self._name:
            self.keep()
            self._name, self._prompt = name, []
            self._kept = self._states.tokens(name) if name else ()
        wanted = prompt[:-1]
        there = common(self._kept, wanted)
        if self._memory.running and there < len(self._kept):
            return  # a running state serves only what goes on from its end
        gain = there - self._memory.reach(wanted)
        if gain < _LEAST:
            return
        saved = self._states.read(name)
        if saved is None:
            self._kept = ()
            return
        if gain * self._memory.seconds_per_token < saved.size / _READ_BYTES_PER_SECOND and (
            self._memory.seconds_per_token
        ):
            return
        with memoryview(saved.state) as whole, whole[saved.begin :] as state:
            taken = saved.tokens == self._kept and self._memory.restore(saved.tokens, state)
        if not taken:
            self._states.remove(name)
            self._kept = ()

    def note(self, name: str, prompt: Sequence[int], shared: int) -> None:
        """The memory holds this prompt, the first `shared` tokens of which others will begin with."""
        if name:
            self._prompt, self._shared = list(prompt), shared

    def keep(self) -> None:
        """Write what is held of the last prompt, unless that is on disk or is little."""
        prompt, self._prompt = self._prompt, []
        shared = min(self._shared, common(self._memory.tokens, prompt))
        if not self._name or shared < _LEAST or shared - common(self._kept, prompt[:shared]) < _LEAST:
            return
        if not self._states.fits(self._memory.size()):
            return
        kept = self._memory.rewind(shared if self._memory.running else len(prompt) - 1)
        if kept < _LEAST:
            return
        state, tokens = self._memory.state(), tuple(self._memory.tokens)
        if len(state) and self._states.write(self._name, tokens, memoryview(state).cast("B")):
            self._kept = tokens
