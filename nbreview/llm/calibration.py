"""What a short trial finds to be fastest for one model on one machine, and where that is kept. No llama_cpp.

Measuring is handed in: this module knows what to try, in which order, and how to choose. One setting is
changed at a time and kept only where it gains more than the measurement wavers. The machine's speed swings,
so what seems faster is set once more against the settings in hand before it is taken. Quality comes first: a
KV cache coarser than f16 is chosen only where f16 does not fit into memory, or where it gains clearly.
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.cache import JsonCache
from nbreview.words import Said, joined, said

SECTION = "calibration"
"""Section of the cache file of models."""

GAIN = 1.05
"""How much faster another setting must be before it is taken."""

CLEAR_GAIN = 1.15
"""The same for a KV cache coarser than f16, which costs quality."""

SECONDS = 40.0
"""After so long nothing new is tried."""

_NAMES = {
    "threads": said("threads"),
    "batch_tokens": said("batch"),
    "kv_type": said("KV cache"),
    "flash_attention": said("flash attention"),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings that a trial chose. Speeds are tokens a second: of a prompt, and of a reply.

    `lookup`: guessing a reply ahead from the prompt gained. `why` has a sentence for each choice.
    """

    threads: int
    batch_tokens: int
    kv_type: str
    flash_attention: str
    lookup: bool
    prompt_speed: float
    speed: float
    why: tuple[str, ...] = ()


def kept(cache: JsonCache, machine: str, build: str, model: str) -> Calibration | None:
    """What was kept for this machine, build of llama.cpp and model (`digest.fingerprint` of its files); None
    without a trial, or when what is kept is not of this form any more."""
    value = cache.get(SECTION, _key(machine, build, model))
    try:
        return Calibration(**{**value, "why": tuple(map(_unpacked, value.get("why", ())))})
    except (TypeError, ValueError, AttributeError, LookupError):
        return None


def keep(cache: JsonCache, machine: str, build: str, model: str, found: Calibration) -> None:
    """Keep the result of a trial; what was kept before for the same three is replaced."""
    value = {**asdict(found), "why": [_packed(sentence) for sentence in found.why]}
    cache.put(SECTION, _key(machine, build, model), value)


@dataclass(frozen=True, slots=True)
class Trial:
    """Settings to measure."""

    threads: int
    batch_tokens: int
    kv_type: str
    flash_attention: str

    @property
    def words(self) -> Said:
        """For a line that says what is being tried."""
        if self.threads == 1:
            return said(
                "1 thread, batch {batch}, KV cache {kind}, flash attention {flash_attention}",
                batch=self.batch_tokens,
                kind=self.kv_type,
                flash_attention=self.flash_attention,
            )
        return said(
            "{count} threads, batch {batch}, KV cache {kind}, flash attention {flash_attention}",
            count=self.threads,
            batch=self.batch_tokens,
            kind=self.kv_type,
            flash_attention=self.flash_attention,
        )


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second: of a prompt, of a reply, and of a reply that repeats its prompt and is guessed ahead
    (0: not measured)."""

    prompt: float
    reply: float
    repeated: float = 0.0

    @property
    def seconds(self) -> float:
        """What an edit of one cell takes: 600 tokens of prompt that are new, 120 of reply."""
        return 600 / max(self.prompt, 1e-9) + 120 / max(self.reply, 1e-9)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a calibration is: `done` of `total` measurements, and what is being tried."""

    done: int
    total: int
    detail: str


Measure = Callable[[Trial], Speed]
"""Loads with these settings and times; UserError when they cannot be loaded."""


def calibrate(
    measure: Measure,
    processors: int,
    threads: int,
    fits: Callable[[str], bool],
    report: Callable[[Progress], None],
    cancel: CancelToken,
    seconds: float = SECONDS,
) -> Calibration:
    """Try settings one after the other and choose.

    Parameters
    ----------
    measure:
        Loads and times.
    processors, threads:
        Cores that may be used, and hardware threads.
    fits:
        Whether a KV cache of this type fits into memory beside the weights.
    report:
        Takes what is being tried.
    seconds:
        After so long nothing new is tried.

    Raises
    ------
    UserError
        Not even the first settings can be loaded.
    Cancelled
        Stopped; nothing was chosen.
    """
    started = time.monotonic()
    kind = next((kind for kind in ("f16", "q8_0", "q4_0") if fits(kind)), "f16")
    chosen = Trial(processors, 512, kind, "auto")
    why = (
        {}
        if kind == "f16"
        else {"kv_type": said("KV cache {kind}: f16 does not fit into free memory", kind=kind)}
    )
    others = _others(processors, threads, kind)
    report(Progress(0, len(others) + 1, chosen.words))
    best = measure(chosen)
    for done, (field, value, gain) in enumerate(others, 1):
        cancel.check()
        if time.monotonic() - started > seconds:
            left = dict.fromkeys(_NAMES[field] for field, _, _ in others[done - 1 :])
            why["time"] = said("not tried for want of time: {names}", names=joined(left))
            break
        before, other = getattr(chosen, field), _changed(chosen, field, value)
        report(Progress(done, len(others) + 1, other.words))
        with contextlib.suppress(UserError):  # what this build cannot load is no choice
            found = measure(other)
            if best.seconds / found.seconds < gain:
                continue
            # The machine may have become faster meanwhile: the settings in hand once more.
            best = measure(chosen)
            ratio = best.seconds / found.seconds
            if ratio >= gain:
                name = _NAMES[field]
                why[field] = said(
                    "{name} {value}: {share} faster than {name} {before}",
                    name=name,
                    value=value,
                    share=f"{ratio - 1:.0%}",
                    before=before,
                )
                chosen, best = other, found
    gains = best.repeated >= GAIN * best.reply
    if best.repeated:
        repeated, plain = f"{best.repeated:.1f}", f"{best.reply:.1f}"
        why["lookup"] = (
            said(
                "guessing ahead on: {repeated} tokens a second where a reply repeats its prompt, {plain} "
                "without",
                repeated=repeated,
                plain=plain,
            )
            if gains
            else said(
                "guessing ahead off: {repeated} tokens a second where a reply repeats its prompt, {plain} "
                "without",
                repeated=repeated,
                plain=plain,
            )
        )
    report(Progress(len(others) + 1, len(others) + 1, chosen.words))
    return Calibration(
        threads=chosen.threads,
        batch_tokens=chosen.batch_tokens,
        kv_type=chosen.kv_type,
        flash_attention=chosen.flash_attention,
        lookup=gains or not best.repeated,
        prompt_speed=best.prompt,
        speed=best.reply,
        why=tuple(why.values()),
    )


def _changed(trial: Trial, field: str, value: int | str) -> Trial:
    changed: dict[str, int | str] = {**asdict(trial), field: value}
    return Trial(**changed)  # type: ignore[arg-type]


def _others(processors: int, threads: int, kind: str) -> list[tuple[str, int | str, float]]:
    """What is tried, with the gain that it takes; what matters most first."""
    counts = sorted({max(1, processors - 1), threads} - {processors}, reverse=True)
    found: list[tuple[str, int | str, float]] = [("threads", count, GAIN) for count in counts]
    found.append(("batch_tokens", 256, GAIN))
    if kind == "f16":
        found += [("flash_attention", "off", GAIN), ("kv_type", "q8_0", CLEAR_GAIN)]
    return found


def _key(machine: str, build: str, model: str) -> str:
    return "|".join((machine, build, model))


def _packed(sentence: object) -> Any:
    """A sentence as JSON that knows its template; any other value as it is."""
    if not isinstance(sentence, Said):
        return sentence
    return [sentence.template, {name: _packed(value) for name, value in sentence.values.items()}]


def _unpacked(value: Any) -> Any:
    """What `_packed` made; the plain text that an earlier version kept stays as it is."""
    if not isinstance(value, list):
        return value
    template, values = value
    return Said(template, {name: _unpacked(each) for name, each in values.items()})
