"""The models of this machine, and what loading each would take. May run on any worker thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.errors import UserError
from nbreview.llm.catalog import ModelFile, find_models
from nbreview.llm.hardware import Device, devices, free_memory, plan_offload
from nbreview.llm.header import read_model
from nbreview.llm.local import missing_reason


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model found, and in words what it would take at this context ("" where its header does not say)."""

    file: ModelFile
    takes: str


def survey_models(folders: Iterable[Path], context_tokens: int) -> tuple[KnownModel, ...]:
    """Find the models and plan each from its header alone; nothing is loaded."""
    found = find_models(folders)
    try:
        present: Sequence[Device] = devices() if found and not missing_reason() else ()
    except UserError:  # a worker that does not start says so when a model is loaded
        present = ()
    gpu = next((device for device in present if device.backend != "CPU"), None)
    return tuple(KnownModel(model, _takes(model, gpu, context_tokens)) for model in found)


def _takes(model: ModelFile, gpu: Device | None, context_tokens: int) -> str:
    try:
        header, _ = read_model(model.path)
    except UserError:
        return ""
    plan = plan_offload(header, context_tokens, gpu.free_bytes if gpu is not None else 0)
    need = plan.device_bytes + plan.host_bytes
    text = f"{need / 2**30:.1f} GiB"
    if gpu is not None:
        text += f", {plan.layers} of {plan.total_layers} layers on {gpu.backend}"
    return text if plan.host_bytes <= free_memory() else f"{text}: more than is free"
