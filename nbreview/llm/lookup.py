"""Guessing how a reply goes on from what stands in the prompt: an edit mostly repeats its cell. Pure.

The method is prompt lookup decoding (Apoorv Saxena, 2023), a form of speculative decoding without a second
model: where the last few tokens stood before, what followed them there is guessed to follow again. The
guesses are decoded in one batch and the model's own draw decides at each place, so the reply is drawn from
the model's distribution as without them; only the waiting differs.

Imports nothing of nbreview.
"""

from collections.abc import Iterable

_SPANS = (6, 3, 2)
"""How many last tokens are looked up, the longest first."""

_SHORTEST, _LONGEST = 2, 16
MOST_OUTPUTS = 2 * _LONGEST
"""Of how many tokens of a batch the logits may be asked for: a guess and the token before it, with room."""
_WINDOW = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 16, 256


class Lookup:
    """An index of all places where each run of two, three and six tokens ended."""

    def __init__(self, tokens: Iterable[int] = ()) -> None:
        self._tokens: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """The text goes on with this token."""
        here = len(self._tokens)
        for span in _SPANS:
            if here >= span:
                self._after[tuple(self._tokens[here - span :])] = here
        self._tokens.append(token)

    def guess(self, limit: int) -> tuple[int, ...]:
        """Up to `limit` tokens that followed the last ones when they stood in the text most recently before;
        nothing where they did not."""
        for span in _SPANS:
            place = self._after.get(tuple(self._tokens[-span:])) if len(self._tokens) >= span else None
            if place is not None:
                return tuple(self._tokens[place : place + limit])
        return ()


class Pace:
    """Decides how many tokens to guess, by what guessing has brought so far.

    Guesses get longer while they are right. Where a batch with guesses brings fewer tokens a second than
    single tokens do, guessing pauses, longer each time.
    """

    def __init__(self) -> None:
        self._length = 4
        self._single = 0.0
        self._tokens = 0.0
        self._seconds = 0.0
        self._batches = 0
        self._rest = 0
        self._pause = _FIRST_PAUSE
        self._singles = 0

    @property
    def length(self) -> int:
        """How many tokens to guess now; 0 for none."""
        # The first single tokens say what a batch has to beat.
        return 0 if self._rest or self._singles < 2 else self._length

    def note(self, guessed: int, taken: int, seconds: float) -> None:
        """A batch of one token and `guessed` more, of which `taken` were right, took so long."""
        if not guessed:
            self._singles += 1
            self._single = seconds if self._singles <= 2 else 0.8 * self._single + 0.2 * seconds
            self._rest = max(0, self._rest - 1)
            return
        self._length = min(_LONGEST, 2 * self._length) if taken == guessed else max(_SHORTEST, taken + 1)
        keep = 1 - 1 / _WINDOW
        self._tokens = keep * self._tokens + taken + 1
        self._seconds = keep * self._seconds + seconds
        self._batches += 1
        if self._batches >= _WINDOW // 2:
            if self._tokens * self._single < self._seconds:
                self._rest, self._pause = self._pause, min(_LONGEST_PAUSE, 2 * self._pause)
                self._length, self._batches, self._tokens, self._seconds = 4, 0, 0.0, 0.0
            elif self._batches >= _WINDOW:
                self._pause = _FIRST_PAUSE
