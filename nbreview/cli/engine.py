"""What the commands share that ask a model: a file (--model FILE.gguf), or a server (--endpoint URL --model
NAME), for which consent is asked once. No logic of its own."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.model import Engine, Event
    from nbreview.services.ladder import Asked

endpoint_option = click.option(
    "--endpoint",
    metavar="URL",
    default="",
    help="Ask a model on this OpenAI-compatible server; --model is its name there. Its key is taken from "
    "NBREVIEW_API_KEY or the keyring.",
)


def open_model(stack: ExitStack, model: Path | None, votes: int, endpoint: str = "") -> "Asked":
    """Load a model as the settings say; `stack` closes its engine.

    Raises
    ------
    UserError
        See `load_engine`; or the settings are broken.
    """
    from nbreview.services.assistant import context_of, sampling_of
    from nbreview.services.ladder import Asked

    try:
        chosen = settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error
    engine = load_engine(stack, model, endpoint, chosen, lambda event: None)
    return Asked(engine, sampling_of(chosen), context_of(engine, chosen), votes)


def load_engine(
    stack: ExitStack,
    model: Path | None,
    endpoint: str,
    chosen: settings.Settings,
    on_event: "Callable[[Event], None]",
) -> "Engine":
    """The engine of a command, loaded; it is closed with `stack`.

    Parameters
    ----------
    model:
        A GGUF file; with an endpoint the model's name there, None for the only one.

    Raises
    ------
    UserError
        There is no engine, the file is no model, the server refuses, or sending notebook content to it was
        not agreed to.
    """
    from nbreview.cancellation import CancelToken
    from nbreview.llm.model import LoadOptions

    engine: Engine
    if endpoint:
        from nbreview.services.endpoints import open_endpoint

        name = model.as_posix() if model is not None else ""
        engine = open_endpoint(endpoint, name, agree(endpoint, chosen))
    else:
        from nbreview.llm.local import LocalEngine, missing_reason

        if reason := missing_reason():
            raise UserError(reason)
        engine = LocalEngine()
    stack.callback(engine.close)
    options = LoadOptions(model or Path(), chosen.gpu_layers, chosen.context_tokens, chosen.threads)
    engine.load(options, on_event, CancelToken())
    return engine


def agree(address: str, chosen: settings.Settings) -> settings.Settings:
    """Ask, on a terminal, whether notebook content may go to a server, where that was not agreed to."""
    from nbreview.llm.endpoint import parse_endpoint
    from nbreview.services.endpoints import consent_question, keep_consent

    endpoint = parse_endpoint(address)
    question = consent_question(endpoint, chosen)
    if not question or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return chosen
    if not click.confirm(question, default=False, err=True):
        raise UserError(f"Nothing was sent to {endpoint.host}; leave out --endpoint to stay on this machine.")
    return keep_consent(endpoint, paths.settings_path())
