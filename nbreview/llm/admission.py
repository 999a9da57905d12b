"""What is settled before a model is loaded: the layers that go to the GPU, and whether memory holds the rest.

Imports no llama_cpp: both follow from the file's header and this machine.
"""

from nbreview.errors import UserError
from nbreview.llm import hardware
from nbreview.llm.header import Header
from nbreview.llm.model import LoadOptions


def gpu_layers(options: LoadOptions, header: Header, gpus: tuple[hardware.Device, ...]) -> int:
    """The layers to put on the GPU: what was asked for, or what fits."""
    total = header.layers + 1
    asked = options.gpu_layers.strip().lower()
    if asked not in ("auto", "none") and not asked.isdecimal():
        raise UserError(f"GPU layers cannot be “{options.gpu_layers}”; set auto, none or a number.")
    if asked == "none" or not gpus:
        return 0
    if asked == "auto":
        free = sum(gpu.free_bytes for gpu in gpus)
        return hardware.plan_offload(header, options.context_tokens, free).layers
    return min(int(asked), total)


def check_memory(options: LoadOptions, header: Header) -> None:
    """Refuse a context that this machine's memory cannot hold: taking it anyway would end some other program.

    Weights are mapped from the file and do not count.
    """
    context = min(options.context_tokens, header.context_tokens or options.context_tokens)
    plan = hardware.plan_offload(header, context, 0)
    needed, free = plan.cache_bytes + plan.compute_bytes, hardware.free_memory()
    if needed > free:
        raise UserError(
            f"{options.path} needs {needed / 2**30:,.1f} GiB for a context of {context:,} tokens and "
            f"{free / 2**30:.1f} GiB are free; choose a smaller context or close other programs."
        )
