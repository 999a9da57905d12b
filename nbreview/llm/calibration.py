"""What a short trial found to be fastest for one model on one machine, and where that is kept. No llama_cpp.

The trial itself asks an engine, which is handed in (`calibrate`): this module knows what to try, in which
order, and how to choose. Quality comes first: a KV cache coarser than f16 is chosen only where f16 does not
fit into memory, or where it is faster by more than `CLEAR_GAIN` and the model's answers stay the same.
"""

from dataclasses import asdict, dataclass

from nbreview.llm.cache import JsonCache

SECTION = "calibration"
"""Section of the cache file of models."""


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
        return Calibration(**{**value, "why": tuple(value.get("why", ()))})
    except (TypeError, AttributeError):
        return None


def keep(cache: JsonCache, machine: str, build: str, model: str, found: Calibration) -> None:
    """Keep the result of a trial; what was kept before for the same three is replaced."""
    cache.put(SECTION, _key(machine, build, model), asdict(found))


def _key(machine: str, build: str, model: str) -> str:
    return "|".join((machine, build, model))
