"""Chat messages to the text that a model was trained on. No llama_cpp; jinja2 (it comes with the llama
extra) is imported late.

A template comes from the model's file and is therefore untrusted: it is rendered in jinja2's immutable
sandbox. The content of a message is untrusted too: where a notebook happens to hold the text of one of the
model's control tokens, a plain rendering would let it end the turn and speak in another role. Such texts
are rendered as placeholders and handed back as pieces that must be tokenised as plain text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nbreview.llm.model import Message

_CHATML = (
    "{% for message in messages %}"
    "<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_LLAMA3 = (
    "{{ bos_token }}{% for message in messages %}<|start_header_id|>{{ message.role }}<|end_header_id|>\n\n"
    "{{ message.content | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
_GEMMA = (
    "{{ bos_token }}{% for message in messages %}"
    "<start_of_turn>{{ 'model' if message.role == 'assistant' else message.role }}\n"
    "{{ message.content | trim }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
_MISTRAL = (
    "{{ bos_token }}{% for message in messages %}{% if message.role == 'assistant' %}"
    " {{ message.content | trim }}{{ eos_token }}"
    "{% else %}[INST] {{ message.content | trim }} [/INST]{% endif %}{% endfor %}"
)
_PHI3 = (
    "{% for message in messages %}<|{{ message.role }}|>\n{{ message.content }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)

_BY_TOKEN = (
    ("<|im_start|>", "ChatML", _CHATML, True),
    ("<|start_header_id|>", "Llama 3", _LLAMA3, True),
    ("<start_of_turn>", "Gemma", _GEMMA, False),
    ("[INST]", "Mistral", _MISTRAL, False),
)
_BY_ARCHITECTURE = {
    "gemma": ("Gemma", _GEMMA, False),
    "gemma2": ("Gemma", _GEMMA, False),
    "gemma3": ("Gemma", _GEMMA, False),
    "phi3": ("Phi 3", _PHI3, True),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A chat template. `name` is "file" or that of the fallback; `system` tells whether it is known to take
    that role."""

    name: str
    source: str
    system: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a rendered prompt. In `plain` ones the texts of control tokens are just texts."""

    text: str
    plain: bool = False


class TemplateError(Exception):
    """The template cannot render these messages; the text says why."""


def choose_template(source: str | None, architecture: str, controls: Iterable[str]) -> Template:
    """The template in the file, else one for the control tokens that the vocabulary has or the
    architecture, else ChatML."""
    if source:
        return Template("file", source)
    known = set(controls)
    for token, name, text, system in _BY_TOKEN:
        if token in known:
            return Template(name, text, system)
    name, text, system = _BY_ARCHITECTURE.get(architecture, ("ChatML", _CHATML, True))
    return Template(name, text, system)


def render(
    template: Template,
    messages: Sequence[Message],
    controls: Iterable[str] = (),
    bos: str = "",
    eos: str = "",
) -> tuple[Piece, ...]:
    """Render the messages with the assistant's turn opened.

    A template that refuses or leaves out the system role, or refuses two turns of one role, gets the system
    message put before the first user message and neighbours of one role joined. (What templates leave out of
    earlier assistant turns, such as thinking, is their business.)

    Parameters
    ----------
    controls:
        The texts of the vocabulary's control tokens.

    Raises
    ------
    TemplateError
        The template is broken or refuses the messages even so.
    """
    safe, texts = _hide_controls(messages, controls)
    attempts = [safe, _merge_system(safe)] if template.system else [_merge_system(safe)]
    failure: TemplateError | None = None
    incomplete = ""
    for attempt in attempts:
        try:
            text = _render(template.source, attempt, bos, eos)
        except TemplateError as error:
            failure = failure or error
            continue
        if all(message.content.strip() in text for message in attempt if message.role != "assistant"):
            return _pieces(text, texts)
        incomplete = text
    if incomplete:
        return _pieces(incomplete, texts)
    raise failure or TemplateError("it gives no text")


def _render(source: str, messages: Sequence[Message], bos: str, eos: str) -> str:
    from datetime import datetime

    from jinja2 import BaseLoader
    from jinja2 import TemplateError as JinjaError
    from jinja2.ext import Extension, loopcontrols
    from jinja2.nodes import Node
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(Extension):
        """The tag that training code puts around the assistant's text; it changes nothing here."""

        tags = {"generation"}  # noqa: RUF012  (the base class declares it so)

        def parse(self, parser: Parser) -> Node | list[Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    def refuse(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        loader=BaseLoader(), trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, Generation]
    )
    environment.filters["tojson"] = _to_json
    values: dict[str, Any] = {
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "add_generation_prompt": True,
        "bos_token": bos,
        "eos_token": eos,
        "tools": None,
        "raise_exception": refuse,
        "strftime_now": lambda form: datetime.now().strftime(form),
    }
    try:
        return environment.from_string(source).render(**values)
    except TemplateError:
        raise
    except (JinjaError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise TemplateError(str(error) or type(error).__name__) from error


def _to_json(value: Any, indent: int | None = None, **_: Any) -> str:
    """JSON as templates expect it: jinja2's own filter escapes for HTML."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent)


def _merge_system(messages: Sequence[Message]) -> list[Message]:
    """System messages put before the first user message, then neighbours of one role joined."""
    system = [message.content for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    if system:
        rest.insert(0, Message("user", "\n\n".join(system)))
    merged: list[Message] = []
    for message in rest:
        if merged and merged[-1].role == message.role:
            merged[-1] = replace(merged[-1], content=f"{merged[-1].content}\n\n{message.content}")
        else:
            merged.append(message)
    return merged


def _hide_controls(
    messages: Sequence[Message], controls: Iterable[str]
) -> tuple[list[Message], dict[str, str]]:
    """Replace the texts of control tokens in contents by placeholders; return both."""
    contents = "\0".join(message.content for message in messages)
    present = sorted((text for text in controls if text and text in contents), key=len, reverse=True)
    if not present:
        return list(messages), {}
    mark = "\ue000"
    while mark in contents:
        mark += "\ue000"
    texts = {f"{mark}\ue001{index}\ue002": text for index, text in enumerate(present)}
    safe = []
    for message in messages:
        content = message.content
        for placeholder, text in texts.items():
            content = content.replace(text, placeholder)
        safe.append(replace(message, content=content))
    return safe, texts


def _pieces(text: str, texts: dict[str, str]) -> tuple[Piece, ...]:
    import re

    if not texts:
        return (Piece(text),)
    pattern = re.compile("(" + "|".join(map(re.escape, texts)) + ")")
    return tuple(
        Piece(texts[part], plain=True) if part in texts else Piece(part)
        for part in pattern.split(text)
        if part
    )
