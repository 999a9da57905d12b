"""The models of this machine and those that could be fetched, and what loading each would take. May run on
any worker thread."""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.admission import question, wish
from nbreview.llm.catalog import BrokenModel, ModelFile, search_models
from nbreview.llm.curated import CuratedModel, curated_models
from nbreview.llm.hardware import Device, devices, free_memory
from nbreview.llm.header import Header, read_model
from nbreview.llm.local import missing_reason
from nbreview.llm.model import LoadOptions
from nbreview.llm.offload import OffloadPlan, Wish, alternatives
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.llm.download import Downloaded, Progress


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model found, and what it would take at this context.

    `plans` has the plan as wished and what else would do, best first; none where the header does not say.
    `need_bytes`, `where` (layers on a GPU, "" without one) and `fits` are those of the first.
    """

    file: ModelFile
    plans: tuple[OffloadPlan, ...] = ()

    @property
    def need_bytes(self) -> int:
        """Memory on all devices, 0 where it is not known."""
        return self.plans[0].need_bytes if self.plans else 0

    @property
    def where(self) -> str:
        """Layers on a GPU."""
        return where(self.plans[0]) if self.plans else ""

    @property
    def fits(self) -> bool:
        """Whether every device has room for its part."""
        return not self.plans or self.plans[0].fits


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found: what can be asked, what belongs to models (embeddings, projectors), what is
    broken."""

    models: tuple[KnownModel, ...]
    others: tuple[ModelFile, ...]
    broken: tuple[BrokenModel, ...]


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model of the curated list, and the plans for it here, as in `KnownModel`. `present` is where it is
    already, by the name of its file; None where it is not."""

    model: CuratedModel
    plans: tuple[OffloadPlan, ...]
    present: Path | None = None

    @property
    def need_bytes(self) -> int:
        """Memory on all devices."""
        return self.plans[0].need_bytes

    @property
    def where(self) -> str:
        """Layers on a GPU."""
        return where(self.plans[0])

    @property
    def fits(self) -> bool:
        """Whether every device has room for its part."""
        return self.plans[0].fits


def survey_models(folders: Iterable[Path], context_tokens: int) -> tuple[KnownModel, ...]:
    """Find the models and plan each from its header alone; nothing is loaded."""
    return survey_machine(folders, context_tokens).models


def survey_machine(
    folders: Iterable[Path], context_tokens: int, here: Sequence[Device] | None = None
) -> Survey:
    """As `survey_models`, with what cannot be asked and why; `here` as in `offered_models`."""
    found = search_models(folders)
    if here is None:
        here = machine_devices() if found.models else ()
    models = tuple(_known(model, here, context_tokens) for model in found.models)
    return Survey(models, found.others, found.broken)


def offered_models(
    folders: Iterable[Path], context_tokens: int, here: Sequence[Device] | None = None
) -> tuple[OfferedModel, ...]:
    """The curated list, each model planned for these devices (those of this machine by default) at this
    context, at most its own."""
    found = search_models(folders).models
    here = machine_devices() if here is None else here
    return tuple(
        OfferedModel(model, _plans(model.header, here, context_tokens), _present(model, found))
        for model in curated_models()
    )


def load_plans(options: LoadOptions) -> tuple[OffloadPlan, ...]:
    """The plan of a load with these options and what else would do, best first, from the file's header.

    Raises
    ------
    UserError
        The file is no usable model.
    """
    header, _ = read_model(options.path)
    return alternatives(header, machine_devices(), wish(options, header))


def load_question(options: LoadOptions) -> str:
    """What has to be agreed to before this load (`LoadOptions.beyond_memory`); nothing where it fits."""
    plans = load_plans(options)
    return question(plans[0], str(options.path), plans[1:])


def machine_devices() -> tuple[Device, ...]:
    """GPUs and processor as llama.cpp sees them; only the processor where llama.cpp does not start (which is
    said when a model is loaded)."""
    if not missing_reason():
        with contextlib.suppress(UserError):
            return devices()
    free = free_memory()
    return (Device("CPU", "", "CPU", False, free, free),)


def where(plan: OffloadPlan) -> str:
    """The layers on GPUs, in words; "" without one."""
    return f"{plan.layers} of {plan.total_layers} layers on {plan.backend}" if len(plan.parts) > 1 else ""


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
            said(
                "“{name}” is in no list; choose one of {known}, or give OWNER/REPOSITORY/FILE.gguf.",
                name=name,
                known=", ".join(known),
            )
        )
    return download(parse_reference(name), folder, report, cancel)


def _known(model: ModelFile, here: Sequence[Device], context_tokens: int) -> KnownModel:
    try:
        header, _ = read_model(model.path)
    except UserError:
        return KnownModel(model)
    return KnownModel(model, _plans(header, here, context_tokens))


def _plans(header: Header, here: Sequence[Device], context_tokens: int) -> tuple[OffloadPlan, ...]:
    context = min(context_tokens, header.context_tokens or context_tokens)
    return alternatives(header, here, Wish(context))


def _present(model: CuratedModel, found: Iterable[ModelFile]) -> Path | None:
    name = model.file.rsplit("/", 1)[-1].lower()
    for each in found:
        for path in (each.path, *each.also):
            if path.name.lower() == name:
                return path
    return None
