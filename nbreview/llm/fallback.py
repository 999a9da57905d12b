"""What to try after a load has failed: plainer settings, one step at a time, and the words for them. Pure.

The first suspect is weight repacking: with AMX a quantised model dies in its first batch (llama.cpp
#20824), and without extra buffer types it does not. Then the GPU, by halves; then everything that is only
there for speed.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """How llama.cpp is told to load. `gpu_layers` as llama.cpp counts them, the output being one."""

    gpu_layers: int
    threads: int
    extra_buffers: bool = True
    mmap: bool = True
    flash_attention: bool = True


def after_death(failed: LoadSettings, asked: LoadSettings) -> LoadSettings | None:
    """The next settings after the process died, hung or answered no numbers; None when nothing is left."""
    if failed.extra_buffers:
        return replace(failed, extra_buffers=False)
    if failed.gpu_layers:
        half = failed.gpu_layers // 2 if failed.gpu_layers == asked.gpu_layers else 0
        return replace(failed, gpu_layers=half)
    plain = replace(failed, mmap=False, flash_attention=False, threads=1)
    return plain if plain != failed else None


def after_shortage(failed: LoadSettings) -> LoadSettings | None:
    """The next settings after memory ran out: half the layers on the GPU; None when it was not the GPU's."""
    if not failed.gpu_layers:
        return None
    return replace(failed, gpu_layers=failed.gpu_layers // 2)


def words(settings: LoadSettings, asked: LoadSettings) -> tuple[str, ...]:
    """What is switched off compared with what was asked for."""
    found = []
    if asked.extra_buffers and not settings.extra_buffers:
        found.append("extra buffer types off")
    if settings.gpu_layers < asked.gpu_layers:
        found.append(
            f"{settings.gpu_layers} layers on the GPU instead of {asked.gpu_layers}"
            if settings.gpu_layers
            else "GPU off"
        )
    if asked.mmap and not settings.mmap:
        found.append("memory mapping off")
    if asked.flash_attention and not settings.flash_attention:
        found.append("flash attention off")
    if settings.threads < asked.threads:
        found.append("one thread" if settings.threads == 1 else f"{settings.threads} threads")
    return tuple(found)


def to_json(settings: LoadSettings) -> dict[str, Any]:
    """As it is kept in the cache."""
    return asdict(settings)


def from_json(value: Any) -> LoadSettings | None:
    """What was kept, or None when it is not (any more) of this form."""
    try:
        return LoadSettings(**value)
    except TypeError:
        return None
