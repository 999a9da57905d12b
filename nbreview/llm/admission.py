"""What is settled before a model is loaded: the layers that go to the GPU, and whether memory holds the rest.

Imports no llama_cpp: both follow from the file's header and this machine.
"""

import functools
from dataclasses import replace

from nbreview.errors import UserError
from nbreview.llm import hardware, offload
from nbreview.llm.calibration import Calibration
from nbreview.llm.fallback import LoadSettings
from nbreview.llm.header import Header
from nbreview.llm.model import LoadOptions
from nbreview.words import Said, said

KV_TYPES = ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0")
"""What the KV cache may be held in, the most exact first."""

_MOST_BATCH_TOKENS = 8192
_MOST_THREADS = 512


def calibrated_options(options: LoadOptions, found: Calibration | None) -> LoadOptions:
    """What is left open filled in from a trial of this model on this machine."""
    if found is None:
        return options
    return replace(
        options,
        threads=options.threads or found.threads,
        batch_tokens=options.batch_tokens or found.batch_tokens,
        kv_type=options.kv_type or found.kv_type,
        flash_attention=(
            found.flash_attention if options.flash_attention in ("", "auto") else options.flash_attention
        ),
    )


def load_settings(options: LoadOptions, header: Header, gpus: tuple[hardware.Device, ...]) -> LoadSettings:
    """What was asked for, as settings.

    Raises
    ------
    UserError
        One of the options is not what llama.cpp knows.
    """
    kv_type = options.kv_type.strip().lower()
    if kv_type and kv_type not in KV_TYPES:
        raise UserError(
            said(
                "The KV cache cannot be in “{kind}”; set one of {kinds}.",
                kind=options.kv_type,
                kinds=", ".join(KV_TYPES),
            )
        )
    flash_attention = options.flash_attention.strip().lower() or "auto"
    if flash_attention not in ("auto", "on", "off"):
        raise UserError(
            said("Flash attention cannot be “{given}”; set auto, on or off.", given=options.flash_attention)
        )
    if not 0 <= options.batch_tokens <= _MOST_BATCH_TOKENS:
        raise UserError(
            said(
                "A batch cannot be of {count} tokens; set 1 to {most}, or 0 for what suits the model.",
                count=f"{options.batch_tokens:,}",
                most=f"{_MOST_BATCH_TOKENS:,}",
            )
        )
    if not 0 <= options.threads <= _MOST_THREADS:
        raise UserError(
            said(
                "A model cannot run on {count} threads; set 1 to {most}, or 0 for the processor's cores.",
                count=f"{options.threads:,}",
                most=_MOST_THREADS,
            )
        )
    return LoadSettings(
        gpu_layers=gpu_layers(options, header, gpus),
        threads=options.threads or hardware.physical_processors(),
        flash_attention=flash_attention,
        kv_type=kv_type,
        batch_tokens=options.batch_tokens,
    )


def gpu_layers(options: LoadOptions, header: Header, gpus: tuple[hardware.Device, ...]) -> int:
    """The layers to put on the GPU: what was asked for, or what fits."""
    total = header.layers + 1
    asked = options.gpu_layers.strip().lower()
    if asked not in ("auto", "none") and not asked.isdecimal():
        raise UserError(
            said("GPU layers cannot be “{given}”; set auto, none or a number.", given=options.gpu_layers)
        )
    if asked == "none" or not gpus:
        return 0
    if asked == "auto":
        return offload.plan(header, gpus, wish(options, header)).layers
    return min(int(asked), total)


def wish(options: LoadOptions, header: Header) -> offload.Wish:
    """What is planned for with these options: at most the context that the model was trained for."""
    asked = options.gpu_layers.strip().lower()
    return offload.Wish(
        context_tokens=min(options.context_tokens, header.context_tokens or options.context_tokens),
        kv_type=_cache_type(options),
        batch_tokens=options.batch_tokens or offload.BATCH_TOKENS,
        flash_attention=options.flash_attention.strip().lower() != "off",
        layers=0 if asked == "none" else int(asked) if asked.isdecimal() else None,
    )


def question(plan: offload.OffloadPlan, name: str, others: tuple[offload.OffloadPlan, ...] = ()) -> Said:
    """What has to be agreed to before a model that does not fit is loaded; nothing for one that fits.

    Parameters
    ----------
    others:
        What would fit instead.
    """
    short = [part for part in plan.parts if part.free_bytes < 0]
    if not short:
        return Said("", {})
    lacks = [
        said(
            "{size} GiB on {backend}, where {free} GiB are free",
            size=f"{part.used_bytes / 2**30:,.1f}",
            backend=part.device.backend,
            free=f"{part.device.free_bytes / 2**30:,.1f}",
        )
        for part in short
    ]
    lack = functools.reduce(lambda one, other: said("{one} and {other}", one=one, other=other), lacks)
    fits = next((other for other in others if other.fits), None)
    if fits is None:
        return said(
            "{name} takes {lack}. Loading it would take memory from other programs, or read the file "
            "from the disk again and again. Load it all the same?",
            name=name,
            lack=lack,
        )
    return said(
        "{name} takes {lack}. Loading it would take memory from other programs, or read the file from "
        "the disk again and again. What fits: {plan}. Load it all the same?",
        name=name,
        lack=lack,
        plan=fits.title,
    )


def check_memory(options: LoadOptions, header: Header) -> None:
    """Refuse what this machine's memory cannot hold, unless that was agreed to.

    Without consent, weights, context and batch must fit. With it, the weights need not: they are mapped from
    the file, and what does not fit is read again. A context that does not fit would end some other program.

    Raises
    ------
    UserError
        It does not fit; the sentence says what would.
    """
    free = hardware.free_memory()
    host = hardware.Device("CPU", "", "CPU", False, free, free)
    wanted = wish(options, header)
    plan = offload.plan(header, [host], wanted)
    taken = plan.cache_bytes + plan.compute_bytes
    if taken <= free and (plan.fits or options.beyond_memory):
        return
    needed = taken if taken > free else plan.need_bytes
    fits = next((other for other in offload.alternatives(header, [host], wanted) if other.fits), None)
    if fits is None or options.beyond_memory:
        remedy = said("choose a smaller context or model, or close other programs")
        if taken <= free:
            remedy = said(
                "choose a smaller context or model, or close other programs, or agree to load it all the "
                "same (--beyond-memory)"
            )
    elif taken > free:
        remedy = said("choose what fits ({plan}), or close other programs", plan=fits.title)
    else:
        remedy = said(
            "choose what fits ({plan}), or close other programs, or agree to load it all the same "
            "(--beyond-memory)",
            plan=fits.title,
        )
    raise UserError(
        said(
            "{path} needs {needed} GiB for a context of {tokens} tokens and {free} GiB are free; {remedy}.",
            path=options.path,
            needed=f"{needed / 2**30:,.1f}",
            tokens=f"{wanted.context_tokens:,}",
            free=f"{free / 2**30:.1f}",
            remedy=remedy,
        )
    )


def _cache_type(options: LoadOptions) -> str:
    """The type that the estimate counts with: f16 unless a quantised cache is sure to be taken."""
    kv_type = options.kv_type.strip().lower()
    return kv_type if kv_type in offload.KV_BYTES else "f16"
