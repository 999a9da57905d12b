"""A task for which the model first reads what it needs of the repository, by itself.

Joins `assist.agent` (the loop of ML-Agent, arXiv 2311.09835) and the index. What it keeps comes before the
passages that the index ranks. May run on a worker thread.
"""

from collections.abc import Callable

from nbreview.assist.agent import AgentStep, AgentTask, StepKind, read_for_task
from nbreview.assist.retrieval import Passage, PassageKind
from nbreview.cancellation import CancelToken
from nbreview.llm.model import Engine, Event
from nbreview.services.assistant import context_of, sampling_of
from nbreview.services.knowledge import Knowledge
from nbreview.services.opening import Target
from nbreview.settings import Settings
from nbreview.words import Said, said


def read_repository(
    engine: Engine,
    knowledge: Knowledge,
    target: Target,
    task: str,
    settings: Settings,
    cancel: CancelToken,
    tell: Callable[[str], None] = lambda words: None,
) -> tuple[Passage, ...]:
    """What the model keeps of the READMEs, and of the files that they lead it to, for a task in words; each
    passage is of one file. Nothing where the repository has no README.

    Parameters
    ----------
    tell:
        Told what was read, a few words a step.

    Raises
    ------
    UserError
        No model is loaded, or the engine failed.
    Cancelled
        `cancel` was raised.
    """
    root, shelf = knowledge.around(target, cancel)

    def on_step(step: AgentStep) -> None:
        tell(_in_words(step.kind, step.path or said("a file without a name")))

    reading = read_for_task(
        engine,
        AgentTask(task, root.name),
        shelf,
        sampling_of(settings),
        context_of(engine, settings),
        _ignore,
        cancel,
        on_step,
    )
    why = said("kept for the task")
    return tuple(Passage(path, 0, 0, why, text, 0.0, _kind_of(path)) for path, text in reading.kept)


def with_passages(kept: tuple[Passage, ...], found: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """What the model kept, then what the index found elsewhere."""
    paths = {passage.path for passage in kept}
    return (*kept, *(passage for passage in found if passage.path not in paths))


def _in_words(kind: StepKind, path: str) -> Said:
    match kind:
        case StepKind.READ:
            return said("read {path}", path=path)
        case StepKind.OPENED:
            return said("opened {path}", path=path)
        case _:
            return said("there is no {path} to open", path=path)


def _kind_of(path: str) -> PassageKind:
    return PassageKind.DEFINITION if path.endswith(".py") else PassageKind.README


def _ignore(event: Event) -> None:
    """No one is shown the words of these answers."""
