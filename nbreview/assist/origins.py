"""How an answer of the model came about, complete enough to ask for it again.

Imports `prompts`, `llm.model`, `review` and below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from nbreview.assist.prompts import Template
from nbreview.errors import UserError
from nbreview.llm.model import Engine, Message, ModelInfo, Reply, Request
from nbreview.review.model import Origin
from nbreview.words import said


def loaded_model(engine: Engine) -> ModelInfo:
    """What is loaded.

    Raises
    ------
    UserError
        No model is loaded.
    """
    info = engine.info
    if info is None:
        raise UserError(
            said("No model is loaded; choose a GGUF file with --model or in the models window first.")
        )
    return info


def origin_of(
    info: ModelInfo, template: Template, request: Request, replies: Sequence[Reply], extra: Mapping[str, Any]
) -> Origin:
    """The origin of an answer. With two replies the counts and seconds are of both, the first token's
    of the first.
    """
    settings: dict[str, Any] = {
        **asdict(request.sampling),
        "context_tokens": info.context_tokens,
        "layers": info.layers,
        "gpu_layers": info.gpu_layers,
        "backend": info.backend,
        "architecture": info.architecture,
        "quantisation": info.quantisation,
        "chat_template": info.chat_template,
        "fallbacks": list(info.fallbacks),
        "model_path": str(info.path),
        "load_seconds": info.load_seconds,
        "template_sha256": template.sha256,
        "finish": replies[-1].finish if replies else "",
        "attempts": len(replies),
        "tokens_per_second": replies[-1].tokens_per_second if replies else 0.0,
        **extra,
    }
    return Origin(
        maker="model",
        model_name=info.name,
        model_sha256=info.sha256,
        settings=settings,
        template=template.reference,
        messages=tuple(as_record(message) for message in request.messages),
        reply=replies[-1].text if replies else "",
        prompt_tokens=sum(reply.prompt_tokens for reply in replies),
        reply_tokens=sum(reply.reply_tokens for reply in replies),
        first_token_seconds=replies[0].first_token_seconds if replies else 0.0,
        total_seconds=sum(reply.total_seconds for reply in replies),
    )


def as_record(message: Message) -> dict[str, str]:
    """A message as it is stored and exported."""
    return {"role": message.role, "content": message.content}
