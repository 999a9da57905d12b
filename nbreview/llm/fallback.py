"""What to try after a load has failed: plainer settings, one step at a time, and the words for them. Pure.

The first suspect is weight repacking: with AMX a quantised model dies in its first batch (llama.cpp
#20824), and without extra buffer types it does not. Then the GPU, by halves; then everything that is only
there for speed.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from nbreview.words import Said, said


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """How llama.cpp is told to load. `gpu_layers` as llama.cpp counts them, the output being one.

    `flash_attention` is auto, on or off; `kv_type` the KV cache's type and `batch_tokens` the tokens decoded
    at once, "" and 0 for llama.cpp's own.
    """

    gpu_layers: int
    threads: int
    extra_buffers: bool = True
    mmap: bool = True
    flash_attention: str = "auto"
    kv_type: str = ""
    batch_tokens: int = 0


def after_death(failed: LoadSettings, asked: LoadSettings) -> LoadSettings | None:
    """The next settings after the process died, hung or answered no numbers; None when nothing is left."""
    if failed.extra_buffers:
        return replace(failed, extra_buffers=False)
    if failed.gpu_layers:
        half = failed.gpu_layers // 2 if failed.gpu_layers == asked.gpu_layers else 0
        return replace(failed, gpu_layers=half)
    plain = replace(failed, mmap=False, flash_attention="off", kv_type="", batch_tokens=0, threads=1)
    return plain if plain != failed else None


def after_shortage(failed: LoadSettings) -> LoadSettings | None:
    """The next settings after memory ran out: half the layers on the GPU; None when it was not the GPU's."""
    if not failed.gpu_layers:
        return None
    return replace(failed, gpu_layers=failed.gpu_layers // 2)


def after_refusal(failed: LoadSettings) -> LoadSettings | None:
    """The next settings after llama.cpp made no context of these: a quantised KV cache needs heads of the
    right size and, for the values, flash attention. None when the cache was not quantised."""
    if failed.kv_type in ("", "f16", "f32", "bf16"):
        return None
    return replace(failed, kv_type="")


def fitting(asked: LoadSettings) -> LoadSettings:
    """What was asked for, as far as its parts go together."""
    return (after_refusal(asked) or asked) if asked.flash_attention == "off" else asked


def words(settings: LoadSettings, asked: LoadSettings) -> tuple[Said, ...]:
    """What is switched off compared with what was asked for."""
    found = []
    if asked.extra_buffers and not settings.extra_buffers:
        found.append(said("extra buffer types off"))
    if settings.gpu_layers < asked.gpu_layers:
        found.append(
            said(
                "{layers} layers on the GPU instead of {asked}",
                layers=settings.gpu_layers,
                asked=asked.gpu_layers,
            )
            if settings.gpu_layers
            else said("GPU off")
        )
    if asked.mmap and not settings.mmap:
        found.append(said("memory mapping off"))
    if asked.flash_attention != "off" and settings.flash_attention == "off":
        found.append(said("flash attention off"))
    if asked.kv_type != settings.kv_type:
        found.append(
            said("KV cache not in {kind} without flash attention", kind=asked.kv_type)
            if asked.flash_attention == "off"
            else said("KV cache not in {kind}", kind=asked.kv_type)
        )
    if asked.batch_tokens and not settings.batch_tokens:
        found.append(said("batches not of {count} tokens", count=asked.batch_tokens))
    if settings.threads < asked.threads:
        found.append(
            said("one thread") if settings.threads == 1 else said("{count} threads", count=settings.threads)
        )
    return tuple(found)


def to_json(settings: LoadSettings) -> dict[str, Any]:
    """As it is kept in the cache."""
    return asdict(settings)


def from_json(value: Any) -> LoadSettings | None:
    """What was kept, or None when it is not (any more) of this form."""
    try:
        kept = LoadSettings(**value)
    except TypeError:
        return None
    return kept if isinstance(kept.flash_attention, str) else None  # it was true or false once
