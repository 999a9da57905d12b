"""The models of this machine and those that could be fetched, and what loading each would take. May run on
any worker thread."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.catalog import BrokenModel, ModelFile, search_models
from nbreview.llm.curated import CuratedModel, curated_models
from nbreview.llm.hardware import Device, devices, free_memory, plan_offload
from nbreview.llm.header import Header, read_model
from nbreview.llm.local import missing_reason

if TYPE_CHECKING:
    from nbreview.llm.download import Downloaded, Progress


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


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found: what can be asked, what belongs to models (embeddings, projectors), what is
    broken."""

    models: tuple[KnownModel, ...]
    others: tuple[ModelFile, ...]
    broken: tuple[BrokenModel, ...]


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model of the curated list, and what it would take here. `present` is where it is already, by the name
    of its file; None where it is not."""

    model: CuratedModel
    need_bytes: int
    where: str
    fits: bool
    present: Path | None = None


def survey_models(folders: Iterable[Path], context_tokens: int) -> tuple[KnownModel, ...]:
    """Find the models and plan each from its header alone; nothing is loaded."""
    return survey_machine(folders, context_tokens).models


def survey_machine(folders: Iterable[Path], context_tokens: int) -> Survey:
    """As `survey_models`, with what cannot be asked and why."""
    found = search_models(folders)
    gpu = _gpu() if found.models else None
    models = tuple(_known(model, gpu, context_tokens) for model in found.models)
    return Survey(models, found.others, found.broken)


def offered_models(folders: Iterable[Path], context_tokens: int) -> tuple[OfferedModel, ...]:
    """The curated list, each model planned for this machine at this context (at most its own)."""
    found = search_models(folders).models
    gpu = _gpu()
    offered = []
    for model in curated_models():
        need, where, fits = _plan(model.header, gpu, min(context_tokens, model.context))
        offered.append(OfferedModel(model, need, where, fits, _present(model, found)))
    return tuple(offered)


def download_model(
    name: str,
    folder: Path | None,
    report: "Callable[[Progress], None]",
    cancel: CancelToken,
) -> "Downloaded":
    """Fetch a model by its name in the curated list, or by OWNER/REPOSITORY/FILE.

    Parameters
    ----------
    folder:
        Where to; None: the Hugging Face cache.

    Raises
    ------
    UserError
        See `llm.download.download`; or there is no such name.
    Cancelled
        Stopped; what was fetched stays for the next attempt.
    """
    from nbreview.llm.download import download
    from nbreview.llm.hub import parse_reference

    known = {model.name: model for model in curated_models()}
    if name in known:
        return download(parse_reference(known[name].reference), folder, report, cancel)
    if "/" not in name:
        raise UserError(
            f"“{name}” is in no list; choose one of {', '.join(known)}, or give OWNER/REPOSITORY/FILE.gguf."
        )
    return download(parse_reference(name), folder, report, cancel)


def _gpu() -> Device | None:
    """The first device that is no processor."""
    try:
        present: Sequence[Device] = devices() if not missing_reason() else ()
    except UserError:  # a worker that does not start says so when a model is loaded
        present = ()
    return next((device for device in present if device.backend != "CPU"), None)


def _known(model: ModelFile, gpu: Device | None, context_tokens: int) -> KnownModel:
    try:
        header, _ = read_model(model.path)
    except UserError:
        return KnownModel(model)
    return KnownModel(model, *_plan(header, gpu, context_tokens))


def _plan(header: Header, gpu: Device | None, context_tokens: int) -> tuple[int, str, bool]:
    plan = plan_offload(header, context_tokens, gpu.free_bytes if gpu is not None else 0)
    where = f"{plan.layers} of {plan.total_layers} layers on {gpu.backend}" if gpu is not None else ""
    return plan.device_bytes + plan.host_bytes, where, plan.host_bytes <= free_memory()


def _present(model: CuratedModel, found: Iterable[ModelFile]) -> Path | None:
    name = model.file.rsplit("/", 1)[-1].lower()
    for each in found:
        for path in (each.path, *each.also):
            if path.name.lower() == name:
                return path
    return None
