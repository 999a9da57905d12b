"""Models on servers: consent to send notebook content there, and the engine that asks them.

Joins `llm` and `settings`. Consent is asked for once an endpoint and kept in the settings by scheme, name and
port; a server on this machine needs none. May run on any worker thread. The key is found when the engine is
made and is in nothing that is kept.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview import settings
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.endpoint import Endpoint, find_key, parse_endpoint
from nbreview.settings import Settings
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.llm.remote import RemoteEngine
    from nbreview.llm.remote_client import Limits


@dataclass(frozen=True, slots=True)
class Served:
    """A model that a server lists; unknown numbers are 0."""

    name: str
    context_tokens: int
    parameters: int
    size: int


def consent_question(endpoint: Endpoint, chosen: Settings) -> str:
    """What is to be agreed to before notebook content goes to a server; empty where nothing leaves this
    machine or it was agreed to."""
    if endpoint.loopback or endpoint.origin in chosen.agreed_servers:
        return ""
    return said(
        "The cells that you ask about, those around them, and what is known of their variables and outputs "
        "will be sent to {host}, {secured}; with them the passages of the repository's files that "
        "fit the question, and edits that you accepted in them; for a draft, its task, and the names, "
        "columns and a few values of its data files. Send this there, now and later?",
        host=endpoint.host,
        secured=said("encrypted") if endpoint.secure else said("NOT encrypted"),
    )


def consented(endpoint: Endpoint, chosen: Settings) -> Settings:
    """The settings with consent for a server."""
    if endpoint.loopback or endpoint.origin in chosen.agreed_servers:
        return chosen
    return replace(chosen, agreed_servers=(*chosen.agreed_servers, endpoint.origin))


def withdrawn(endpoint: Endpoint, chosen: Settings) -> Settings:
    """The settings without it."""
    kept = tuple(each for each in chosen.agreed_servers if each != endpoint.origin)
    return replace(chosen, agreed_servers=kept)


def keep_consent(endpoint: Endpoint, path: Path, *, agreed: bool = True) -> Settings:
    """Write consent for a server, or its end, into the settings file, and return what is in it now.

    Raises
    ------
    UserError
        The file cannot be read or written.
    """
    try:
        before = settings.load(path)
    except ValueError as error:
        raise UserError(str(error)) from error
    after = consented(endpoint, before) if agreed else withdrawn(endpoint, before)
    if after != before:
        try:
            settings.save(after, path)
        except OSError as error:
            raise UserError(
                said(
                    "{path} cannot be written ({reason}); make it writable.", path=path, reason=error.strerror
                )
            ) from error
    return after


def open_endpoint(
    address: str, model: str, chosen: Settings, limits: "Limits | None" = None
) -> "RemoteEngine":
    """An engine for a model on a server, to be loaded like any other; it has asked for nothing yet.

    Raises
    ------
    UserError
        `address` is none, or sending notebook content there has not been agreed to.
    """
    from nbreview.llm.remote import RemoteEngine

    endpoint = parse_endpoint(address)
    if consent_question(endpoint, chosen):
        raise UserError(
            said(
                "Sending notebook content to {host} has not been agreed to; agree once with "
                "nbreview models endpoint {url} --allow.",
                host=endpoint.host,
                url=endpoint.url,
            )
        )
    return RemoteEngine(endpoint, model, find_key(endpoint), limits=limits)


def served_models(endpoint: Endpoint, cancel: CancelToken) -> tuple[Served, ...]:
    """The models that a server lists; sends nothing of a notebook.

    Raises
    ------
    UserError
        It cannot be reached, wants a key, or has no list.
    """
    from nbreview.llm.remote import RemoteEngine

    engine = RemoteEngine(endpoint, "", find_key(endpoint))
    try:
        listed = engine.list_models(cancel)
    finally:
        engine.close()
    if listed is None:
        raise UserError(
            said(
                "{host} has no list of models at {url}/models; check the address, which as a "
                "rule ends in /v1.",
                host=endpoint.host,
                url=endpoint.url,
            )
        )
    return tuple(Served(model.name, model.context_tokens, model.parameters, model.size) for model in listed)
