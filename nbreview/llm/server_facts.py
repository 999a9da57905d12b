"""What an OpenAI-compatible server has and can do, found out by asking it.

Imports the modules beside it; httpx is imported late. The questions hold nothing of a notebook. Documented
ways in which servers differ: llama-server counts at /tokenize and tells its context at /props, takes
`grammar`; vLLM counts at /tokenize with another body and tells `max_model_len`; llama-cpp-python's server
counts at /extras/tokenize/count, takes `grammar` and a schema inside `json_object`; OpenAI's and Ollama's
protocol has `json_schema`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import orjson

from nbreview.errors import UserError
from nbreview.llm.endpoint import Endpoint
from nbreview.llm.remote_client import Answer, Client, RefusedError
from nbreview.words import said

if TYPE_CHECKING:
    import httpx

MakeFormat = Callable[[Mapping[str, Any]], dict[str, Any]]
MakeBody = Callable[[str], dict[str, Any]]
ReadCount = Callable[[Any], int | None]

_SHOWN = 8
_TOP = (20, 5)
_WORD = "nb7"
_TRIAL = "Answer with the word yes."
_SCHEMA = {"type": "object", "properties": {_WORD: {"enum": [7]}}, "required": [_WORD]}
_WITH_USAGE = {"stream_options": {"include_usage": True}}


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """A model on a server and what the server can do. Unknown sizes are 0.

    `logprobs`: how many alternatives it tells a token, 0 for none. `schema` makes the response format that it
    keeps to. `count_path` is where it counts tokens. `streaming` is added to requests.
    """

    model: str
    context_tokens: int = 0
    parameters: int = 0
    size: int = 0
    logprobs: int = 0
    grammar: bool = False
    schema: MakeFormat | None = None
    count_path: str = ""
    streaming: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model in a server's list."""

    name: str
    context_tokens: int
    parameters: int
    size: int


async def list_models(
    client: Client, connection: "httpx.AsyncClient", endpoint: Endpoint
) -> tuple[ServedModel, ...] | None:
    """The server's models; None where it has no list.

    Raises
    ------
    RefusedError
        It cannot be reached, or wants a key.
    """
    status, value = await client.get(connection, f"{endpoint.url}/models")
    if status in (401, 403):
        client.refuse_key(status)
    rows = value.get("data") if isinstance(value, dict) else None
    if status != 200 or not isinstance(rows, list):
        return None
    found = []
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            continue
        meta = row["meta"] if isinstance(row.get("meta"), dict) else {}
        context = _first(row, "max_model_len", "context_length", "max_context_length") or _first(
            meta, "n_ctx"
        )
        found.append(ServedModel(row["id"], context, _first(meta, "n_params"), _first(meta, "size")))
    return tuple(found)


async def find_facts(
    client: Client,
    connection: "httpx.AsyncClient",
    endpoint: Endpoint,
    name: str,
    report: Callable[[float, str], None],
) -> ServerFacts:
    """Find out all of `ServerFacts`.

    Raises
    ------
    UserError
        The server has no such model, or several and none was named.
    RefusedError
        It refuses, or does not answer.
    """
    served = await list_models(client, connection, endpoint)
    model = _choose(served, name, endpoint)
    report(0.2, said("asking {name} a word", name=model.name))
    streaming, logprobs = await _prove(client, connection, model.name)
    report(0.6, said("trying how verdicts can be asked for"))
    grammar = await _keeps_grammar(client, connection, model.name, streaming)
    schema = None if grammar else await _schema_kept(client, connection, model.name, streaming)
    report(0.9, said("counting tokens"))
    return ServerFacts(
        model=model.name,
        context_tokens=await _context(client, connection, endpoint) or model.context_tokens,
        parameters=model.parameters,
        size=model.size,
        logprobs=logprobs,
        grammar=grammar,
        schema=schema,
        count_path=await _count_path(connection, endpoint, model.name),
        streaming=streaming,
    )


def count_paths(model: str) -> Mapping[str, tuple[MakeBody, ReadCount]]:
    """Where servers count tokens: path -> how to ask and how to read the answer.

    vLLM and llama-server share a path: a body with the words of both is understood by either.
    """
    return {
        "/tokenize": (
            lambda text: {"content": text, "prompt": text, "model": model, "add_special_tokens": False},
            lambda value: _count_in(value, "count", "tokens"),
        ),
        "/extras/tokenize/count": (
            lambda text: {"input": text},
            lambda value: _count_in(value, "count"),
        ),
    }


def _choose(served: Sequence[ServedModel] | None, name: str, endpoint: Endpoint) -> ServedModel:
    """The model meant: by its name, by the end of its path, or the only one."""
    if not served:
        if name:
            return ServedModel(name, 0, 0, 0)
        raise UserError(said("{host} does not list its models; name one with --model.", host=endpoint.host))
    names: str = ", ".join(model.name for model in served[:_SHOWN])
    if len(served) > _SHOWN:
        names = said("{names} and {count} more", names=names, count=len(served) - _SHOWN)
    if not name:
        if len(served) == 1:
            return served[0]
        raise UserError(
            said(
                "{host} has several models; name one with --model: {names}.", host=endpoint.host, names=names
            )
        )
    for model in served:
        if name in (model.name, model.name.removesuffix(":latest")):
            return model
    for model in served:
        if name in (PurePath(model.name).name, PurePath(model.name).stem):
            return model
    raise UserError(
        said("{host} has no model “{name}”; it has {names}.", host=endpoint.host, name=name, names=names)
    )


async def _prove(
    client: Client, connection: "httpx.AsyncClient", model: str
) -> tuple[Mapping[str, Any], int]:
    """Have it answer one word; with log-probabilities and counts where it can."""
    for top in _TOP:
        more = {**_WITH_USAGE, "logprobs": True, "top_logprobs": top}
        answer = await _try(client, connection, _body(model, 4, more))
        if answer is not None and any(len(token.alternatives) > 1 for token in answer.written):
            return _WITH_USAGE, top
    if await _try(client, connection, _body(model, 4, _WITH_USAGE)) is not None:
        return _WITH_USAGE, 0
    # What is refused now is refused for good: the plain question decides.
    await client.chat(connection, _body(model, 4, {}), lambda text: False)
    return {}, 0


async def _keeps_grammar(
    client: Client, connection: "httpx.AsyncClient", model: str, streaming: Mapping[str, Any]
) -> bool:
    body = _body(model, 16, {**streaming, "grammar": f'root ::= "{_WORD}"'})
    answer = await _try(client, connection, body)
    return answer is not None and answer.text.strip() == _WORD


async def _schema_kept(
    client: Client, connection: "httpx.AsyncClient", model: str, streaming: Mapping[str, Any]
) -> MakeFormat | None:
    """The first form of a schema that the answer keeps to."""
    for form in (_json_schema, _json_object):
        body = _body(model, 32, {**streaming, "response_format": form(_SCHEMA)})
        answer = await _try(client, connection, body)
        try:
            if answer is not None and orjson.loads(answer.text) == {_WORD: 7}:
                return form
        except ValueError:
            continue
    return None


def _json_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {
            "name": "answer",
            "strict": True,
            "schema": {**schema, "additionalProperties": False},
        },
    }


def _json_object(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "json_object", "schema": dict(schema)}


async def _context(client: Client, connection: "httpx.AsyncClient", endpoint: Endpoint) -> int:
    """llama-server's context; 0 elsewhere."""
    status, value = await client.get(connection, f"{endpoint.root}/props")
    settings = value.get("default_generation_settings") if status == 200 and isinstance(value, dict) else None
    return _first(settings if isinstance(settings, dict) else {}, "n_ctx")


async def _count_path(connection: "httpx.AsyncClient", endpoint: Endpoint, model: str) -> str:
    """Where the server counts tokens; empty where it does not."""
    import httpx

    for path, (body, read) in count_paths(model).items():
        try:
            response = await connection.post(f"{endpoint.root}{path}", json=body("one two three"), timeout=10)
            if response.status_code == 200 and (read(orjson.loads(response.content)) or 0) > 0:
                return path
        except (httpx.TransportError, ValueError):
            continue
    return ""


async def _try(client: Client, connection: "httpx.AsyncClient", body: dict[str, Any]) -> Answer | None:
    """An answer to a trial, or None: that the server does not do this.

    Raises
    ------
    RefusedError
        It cannot be asked at all: no connection, or the key is refused.
    """
    try:
        return await client.chat(connection, body, lambda text: False, retries=0)
    except UserError:
        return None
    except RefusedError as refusal:
        if refusal.status in (0, 401, 403):
            raise
        return None


def _body(model: str, tokens: int, more: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "user", "content": _TRIAL}],
        "temperature": 0,
        "max_tokens": tokens,
        "stream": True,
        **more,
    }


def _count_in(value: Any, *keys: str) -> int | None:
    for key in keys:
        found = value.get(key) if isinstance(value, dict) else None
        if isinstance(found, int):
            return found
        if isinstance(found, list):
            return len(found)
    return None


def _first(row: Mapping[str, Any], *keys: str) -> int:
    """The first positive whole number under these keys."""
    return next((row[key] for key in keys if isinstance(row.get(key), int) and row[key] > 0), 0)
