"""Drawing the next token from logits: greedily, or by temperature within a nucleus, under a grammar.

Runs in the child only. llama.cpp's chain of samplers puts every token of the vocabulary into a list of
candidates and sorts them: with 152,000 tokens 2 to 14 ms a token, beside 50 ms that a model of 0.5 B needs to
decode it. Here the few tokens that can be drawn are found first. The grammar is llama.cpp's: it is asked
about the token that was drawn, and only where it refuses that one about all others, as llama.cpp's own
programs do. numpy (it comes with the llama extra) is imported late.
"""

import ctypes
import math
from typing import Any

from nbreview.llm.guard import Log, RefusedError

_LEAST_MASSES = (1e-3, 1e-6, 0.0)
"""Down to which part of the likeliest token's probability others are looked at, as far as it takes."""


class Grammar:
    """A GBNF grammar at one place of a reply.

    Raises
    ------
    RefusedError
        llama.cpp cannot read the grammar.
    """

    def __init__(self, llama: Any, vocabulary: Any, text: str, log: Log) -> None:
        self._llama = llama
        log.clear()
        self._sampler = llama.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not self._sampler:
            raise RefusedError("grammar", log.reason()[0])

    def allows(self, token: int) -> bool:
        """Whether the reply may go on with this token."""
        import numpy as np

        return bool(np.isfinite(self._apply(np.array([token]), np.zeros(1))[0]))

    def masked(self, logits: Any) -> Any:
        """The logits, minus infinity for what is refused."""
        import numpy as np

        return self._apply(np.arange(len(logits)), logits)

    def accept(self, token: int) -> None:
        """The reply goes on with this token, which is allowed."""
        self._llama.llama_sampler_accept(self._sampler, token)

    def free(self) -> None:
        """Give llama.cpp its memory back."""
        self._llama.llama_sampler_free(self._sampler)

    def _apply(self, tokens: Any, logits: Any) -> Any:
        import numpy as np

        llama = self._llama
        candidates = np.zeros(len(tokens), [("id", "i4"), ("logit", "f4"), ("p", "f4")])
        candidates["id"], candidates["logit"] = tokens, logits
        data = candidates.ctypes.data_as(ctypes.POINTER(llama.llama_token_data))
        array = llama.llama_token_data_array(data=data, size=len(tokens), selected=-1, sorted=False)
        llama.llama_sampler_apply(self._sampler, ctypes.byref(array))
        return candidates["logit"]


class Drawing:
    """Draws the tokens of one reply.

    Parameters
    ----------
    temperature:
        0 or less takes the likeliest token each time.
    top_p:
        Drawn from the fewest tokens that have this part of the probability together (the nucleus; Holtzman
        et al., 2019), before the temperature is applied.
    seed:
        The same one draws the same tokens from the same logits.
    """

    def __init__(self, temperature: float, top_p: float, seed: int, grammar: Grammar | None) -> None:
        self._temperature, self._top_p = temperature, top_p
        self._grammar = grammar
        self._generator: Any = None
        if temperature > 0:
            import numpy as np

            self._generator = np.random.default_rng(seed & 0xFFFFFFFF)
        self._masses: Any = None

    def draw(self, logits: Any) -> tuple[int, float]:
        """The next token, and the logarithm of its probability by the logits alone; in the precision of the
        logits, shape (vocabulary,).

        Raises
        ------
        RefusedError
            The grammar allows no token.
        """
        masses, top, total = self._weigh(logits)
        token = self._choose(masses, total)
        if self._grammar is not None:
            if not self._grammar.allows(token):
                allowed = self._grammar.masked(logits)
                if not math.isfinite(allowed.max()):
                    raise RefusedError("grammar", "it allows no token here")
                masses, _, within = self._weigh(allowed)
                token = self._choose(masses, within)
            self._grammar.accept(token)
        return token, float(logits[token]) - top - math.log(total)

    def _weigh(self, logits: Any) -> tuple[Any, float, float]:
        """Each token's probability over the likeliest one's, that one's logit, and the sum of the former."""
        import numpy as np

        if self._masses is None:  # one array for the whole reply: memory that is new each time costs as much
            self._masses = np.empty_like(logits)
        masses, top = self._masses, logits.max()
        np.subtract(logits, top, out=masses)
        np.exp(masses, out=masses)
        return masses, float(top), float(masses.sum())

    def _choose(self, masses: Any, total: float) -> int:
        import numpy as np

        if self._generator is None:
            return int(masses.argmax())
        tokens = nucleus(masses, self._top_p * total if self._top_p < 1 else math.inf)
        sums = np.cumsum(masses[tokens].astype(np.float64) ** (1 / self._temperature))
        place = int(np.searchsorted(sums, self._generator.random() * sums[-1], side="right"))
        return int(tokens[min(place, len(tokens) - 1)])


def nucleus(masses: Any, wanted: float) -> Any:
    """The fewest tokens, the likeliest first to be taken, whose masses come to `wanted`; in the order of the
    vocabulary. Tokens that tie with the last one are in it.

    Parameters
    ----------
    masses:
        One a token, at most 1, shape (vocabulary,).
    """
    import numpy as np

    for least in _LEAST_MASSES:
        kept = masses[masses >= least]
        if not least or kept.sum() >= wanted:
            break
    ordered = np.sort(kept)[::-1]
    last = int(np.searchsorted(np.cumsum(ordered, dtype=np.float64), wanted))
    return np.flatnonzero(masses >= ordered[min(last, len(ordered) - 1)])
