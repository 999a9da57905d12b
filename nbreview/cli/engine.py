"""A local model for the commands that ask one: loaded as the settings say. No logic of its own."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.services.ladder import Asked


def open_model(stack: ExitStack, model: Path, votes: int) -> "Asked":
    """Load a model; `stack` closes its engine.

    Raises
    ------
    UserError
        There is no engine, the settings are broken, or the file is no model.
    """
    from nbreview import paths, settings
    from nbreview.cancellation import CancelToken
    from nbreview.llm.local import LocalEngine, missing_reason
    from nbreview.llm.model import LoadOptions
    from nbreview.services.assistant import context_of, sampling_of
    from nbreview.services.ladder import Asked

    if reason := missing_reason():
        raise UserError(reason)
    try:
        chosen = settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error
    engine = LocalEngine()
    stack.callback(engine.close)
    engine.load(
        LoadOptions(model, chosen.gpu_layers, chosen.context_tokens), lambda event: None, CancelToken()
    )
    return Asked(engine, sampling_of(chosen), context_of(engine, chosen), votes)
