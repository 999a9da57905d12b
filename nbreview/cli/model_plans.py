"""Plans of where a model would go, as text: a bar a device. No logic of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from nbreview.llm.hardware import Device
    from nbreview.llm.offload import OffloadPlan, Part

_WIDTH = 40
_KINDS = (("weights", "█", "blue"), ("KV cache", "▓", "magenta"), ("batch", "▒", "cyan"))
_OTHERS, _FREE = ("others", "╱", "dim"), ("free", "·", "dim")


def print_plans(plans: "Sequence[OffloadPlan]") -> None:
    """The plan as wished with its bars, then in a line each what else would fit."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    first = plans[0]
    console.print(Text(first.title + ("" if first.fits else ": does not fit"), style="bold"), soft_wrap=True)
    print_bars(first, console)
    console.print(legend())
    if len(plans) > 1:
        console.print("What else would do:")
        for other in plans[1:]:
            console.print(f"- {other.title} ({_gib(other.need_bytes)})", soft_wrap=True, highlight=False)
    elif not first.fits:
        console.print("No smaller context fits either; choose a smaller model or close other programs.")
    print_advice([part.device for part in first.parts])


def print_bars(plan: "OffloadPlan", console: "Console") -> None:
    """A bar a device: what the model would take of what is free."""
    for part in plan.parts:
        console.print(_bar(part), soft_wrap=True)


def legend() -> "Text":
    """What the signs of the bars mean."""
    from rich.text import Text

    line = Text("  ")
    for name, sign, style in (*_KINDS, _OTHERS, _FREE):
        line.append(f"{sign} ", style=style).append(f"{name}   ", style="dim")
    return line


def print_advice(devices: "Sequence[Device]") -> None:
    """How to get a build that uses the GPU, where one lies idle."""
    from nbreview.llm.backends import gpu_advice, this_machine

    advice = gpu_advice(devices, this_machine())
    if advice:
        click.echo(advice, err=True)


def plan_row(plan: "OffloadPlan") -> dict[str, Any]:
    """A plan for JSON; sizes in bytes."""
    return {
        "title": plan.title,
        "fits": plan.fits,
        "layers": plan.layers,
        "total_layers": plan.total_layers,
        "context": plan.context_tokens,
        "kv_type": plan.kv_type,
        "devices": [
            {
                "name": part.device.name,
                "backend": part.device.backend,
                "layers": part.layers,
                "weights_bytes": part.weights_bytes,
                "cache_bytes": part.cache_bytes,
                "compute_bytes": part.compute_bytes,
                "others_bytes": part.others_bytes,
                "free_bytes": part.free_bytes,
            }
            for part in plan.parts
        ],
    }


def _bar(part: "Part") -> "Text":
    """One device: what the model would take, what others have, what is left."""
    from rich.text import Text

    sizes = (part.weights_bytes, part.cache_bytes, part.compute_bytes)
    whole = max(part.device.total_bytes, part.others_bytes + part.used_bytes, 1)
    bar = Text("  ")
    bar.append(f"{part.device.name:<8} ")
    cells = 0
    for (_, sign, style), size in zip((*_KINDS, _OTHERS), (*sizes, part.others_bytes), strict=True):
        count = max(1, round(_WIDTH * size / whole)) if size else 0
        bar.append(sign * count, style=style)
        cells += count
    bar.append(_FREE[1] * max(0, _WIDTH - cells), style=_FREE[2])
    left = part.free_bytes
    rest = f"{_gib(left)} stay free" if left >= 0 else f"{_gib(-left)} too much"
    named = f"{part.layers} layers, " if part.layers else ""
    bar.append(f" {named}{_gib(part.used_bytes)} of {_gib(part.device.free_bytes)} free, {rest}")
    return bar


def _gib(size: int) -> str:
    return f"{size / 2**30:,.1f} GiB" if size >= 2**29 else f"{size / 2**20:,.0f} MiB"
