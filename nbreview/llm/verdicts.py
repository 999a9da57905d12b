"""The verdict in a reply that another program's server has written: where it stands, and how likely each
option was. Pure.

`local` puts the options behind the reply and weighs them by the model's logits. A server only writes, so the
verdict is written too, and its probability read from the log-probabilities of the token in which the options
part, where the server tells them; else from votes.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbreview.llm.model import Choices

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]')
_ROOT = re.compile(r"(?<![\w-])root(?![\w-])")


@dataclass(frozen=True, slots=True)
class Written:
    """A token that the server wrote, and the log-probabilities of what could have stood there, itself among
    them."""

    text: str
    alternatives: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict found in a text: which option, what stands before its prefix, and where the option begins."""

    option: int
    before: str
    place: int


def find_verdict(text: str, choices: Choices) -> Verdict | None:
    """The last place where the prefix and one of the options stand; white space in the prefix may vary."""
    words = re.findall(r'"[^"]*"|[^\s"]+', choices.prefix)
    options = sorted(choices.options, key=len, reverse=True)
    pattern = r"\s*".join(map(re.escape, words)) + r"\s*(" + "|".join(map(re.escape, options)) + r")(?!\w)"
    found = list(re.finditer(pattern, text))
    if not found:
        return None
    last = found[-1]
    return Verdict(choices.options.index(last[1]), text[: last.start()], last.start(1))


def weigh(tokens: Sequence[Written], choices: Choices) -> tuple[float, ...]:
    """The probability of each option, normalised, from the token in which the verdict begins; nothing where
    the options do not part in that token, or there is no verdict.

    An option that is not among the alternatives told is at most as likely as the least of those and as what
    they leave over; it is given that much.
    """
    text = "".join(token.text for token in tokens)
    verdict = find_verdict(text, choices)
    if verdict is None:
        return ()
    begin = 0
    for token in tokens:
        if begin <= verdict.place < begin + len(token.text):
            return _shares(token, text[begin : verdict.place], choices.options)
        begin += len(token.text)
    return ()


def votes_shares(votes: Sequence[int], options: int) -> tuple[float, ...]:
    """Probabilities from votes, half a vote added to each option (Krichevsky and Trofimov's estimate), so
    that a few votes never make a certainty."""
    whole = len(votes) + options / 2
    return tuple((votes.count(option) + 0.5) / whole for option in range(options))


def with_choice(grammar: str, choices: Choices) -> str:
    """A grammar (GBNF) of the reply, then the prefix, then one of the options."""
    parts: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(grammar):
        parts += [_ROOT.sub("reply-before-choice", grammar[end : quoted.start()]), quoted[0]]
        end = quoted.end()
    parts.append(_ROOT.sub("reply-before-choice", grammar[end:]))
    options = " | ".join(map(_literal, choices.options))
    return f"root ::= reply-before-choice {_literal(choices.prefix)} ({options})\n{''.join(parts)}"


def _shares(token: Written, lead: str, options: Sequence[str]) -> tuple[float, ...]:
    """`lead` is what of the token stands before the option."""
    masses = [0.0] * len(options)
    for text, logarithm in token.alternatives.items():
        if text.startswith(lead):
            core = text[len(lead) :]
        else:
            core = "" if lead.strip() else text
        core = core.lstrip() if not lead.strip() else core
        if not core:
            continue
        fitting = [
            place
            for place, option in enumerate(options)
            if option.startswith(core) or core.startswith(option)
        ]
        if len(fitting) > 1:
            return ()
        if fitting:
            masses[fitting[0]] += math.exp(min(0.0, logarithm))
    if not any(masses):
        return ()
    told = [math.exp(min(0.0, logarithm)) for logarithm in token.alternatives.values()]
    most = max(1e-9, min(min(told), 1.0 - sum(told)))
    masses = [mass or most for mass in masses]
    whole = sum(masses)
    return tuple(mass / whole for mass in masses)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
