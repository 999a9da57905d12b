"""One model loaded for a trial from the command line, after asking where memory is short."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from nbreview.llm.model import LoadOptions

_TRIAL_SENTENCE = "The notebook trains a classifier on tabular data and reports its accuracy. "
_TRIAL_TOKENS = 48


def agreed(options: "LoadOptions") -> "LoadOptions":
    """The options, once it has been agreed to that the model takes more memory than is free.

    A terminal is asked; elsewhere the load is refused with what would fit.
    """
    from dataclasses import replace

    from nbreview.services.models import load_question

    if options.beyond_memory:
        return options
    asked = load_question(options)
    if not asked or not sys.stdin.isatty():
        return options
    if not click.confirm(asked, default=False):
        raise click.Abort
    return replace(options, beyond_memory=True)


def try_model(options: "LoadOptions", console: "Console") -> None:
    """Load a model, ask it something, and print what was measured."""
    from rich.text import Text

    from nbreview.cancellation import CancelToken
    from nbreview.llm.local import LocalEngine
    from nbreview.llm.model import Event, Loading, Message, Request, Sampling

    engine = LocalEngine()
    try:
        with console.status("Loading…") as status:

            def show(event: Event) -> None:
                if isinstance(event, Loading):
                    status.update(f"Loading {event.progress:.0%}, {event.detail}")

            info = engine.load(options, show, CancelToken())
            status.update("Measuring…")
            repeats = max(1, min(512, info.context_tokens // 2) // engine.count_tokens(_TRIAL_SENTENCE))
            prompt = _TRIAL_SENTENCE * repeats + "Summarise."
            request = Request((Message("user", prompt),), Sampling(0.0, max_tokens=_TRIAL_TOKENS))
            reply = engine.ask(request, show, CancelToken())
    finally:
        engine.close()
    rows = {
        "Model": f"{info.name} ({info.architecture}, {count_in_words(info.parameters)}, {info.quantisation})",
        "Runs on": f"{info.backend}, {info.gpu_layers} of {info.layers} layers on the GPU",
        "Context": f"{info.context_tokens:,} tokens",
        "Chat template": "from the file" if info.chat_template == "file" else info.chat_template,
        "Loaded in": f"{info.load_seconds:.1f} s",
        "Prompt": f"{reply.evaluated_tokens / max(reply.first_token_seconds, 1e-6):,.0f} tokens/s",
        "Reply": f"{reply.tokens_per_second:,.1f} tokens/s",
        "Switched off": ", ".join(info.fallbacks) or "nothing",
        "SHA-256": info.sha256,
    }
    for label, value in rows.items():
        console.print(Text.assemble((f"{label:14}", "dim"), value), soft_wrap=True)


def count_in_words(parameters: int) -> str:
    """A number of parameters as people say it."""
    for unit, size in (("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if parameters >= size:
            return f"{parameters / size:.1f} {unit}"
    return str(parameters)
