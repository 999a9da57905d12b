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
    """A model found, and what it would take at this context.

    `need_bytes` is 0 where the header does not say. `where` names layers on a GPU, "" without one. `fits`:
    what stays with the processor is within the memory that is free.
    """

    file: ModelFile
    need_bytes: int = 0
    where: str = ""
    fits: bool = True


def survey_models(folders: Iterable[Path], context_tokens: int) -> tuple[KnownModel, ...]:
    """Find the models and plan each from its header alone; nothing is loaded."""
    found = find_models(folders)
    try:
        present: Sequence[Device] = devices() if found and not missing_reason() else ()
    except UserError:  # a worker that does not start says so when a model is loaded
        present = ()
    gpu = next((device for device in present if device.backend != "CPU"), None)
    return tuple(_plan(model, gpu, context_tokens) for model in found)


def _plan(model: ModelFile, gpu: Device | None, context_tokens: int) -> KnownModel:
    try:
        header, _ = read_model(model.path)
    except UserError:
        return KnownModel(model)
    plan = plan_offload(header, context_tokens, gpu.free_bytes if gpu is not None else 0)
    where = f"{plan.layers} of {plan.total_layers} layers on {gpu.backend}" if gpu is not None else ""
    need = plan.device_bytes + plan.host_bytes
    return KnownModel(model, need, where, plan.host_bytes <= free_memory())
