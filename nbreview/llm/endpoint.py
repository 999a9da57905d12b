"""Where a model is asked over HTTP, and the key for it.

Imports `errors` only; keyring is optional and imported late. The key is taken from NBREVIEW_API_KEY, else
from the system's keyring (service "nbreview", user: the endpoint's origin). It is never part of an endpoint,
of settings, of a message or of what is stored.
"""

import importlib
import importlib.util
import ipaddress
import os
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

from nbreview.errors import UserError
from nbreview.words import said

KEY_VARIABLE = "NBREVIEW_API_KEY"
"""Environment variable that holds the key."""

_KEYRING_SERVICE = "nbreview"
_CHAT_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server. `url` is what its paths are put behind, as a rule ending in /v1."""

    url: str

    @property
    def host(self) -> str:
        """Name and port, as people are told it."""
        return urlsplit(self.url).netloc

    @property
    def origin(self) -> str:
        """Scheme, name and port: what consent is given to and a key belongs to."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def root(self) -> str:
        """The address of paths outside the OpenAI protocol (/tokenize, /props)."""
        return self.url.removesuffix("/v1")

    @property
    def secure(self) -> bool:
        """Whether what is sent is encrypted."""
        return self.url.startswith("https:")

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine, so that nothing leaves it."""
        name = urlsplit(self.url).hostname or ""
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def parse_endpoint(text: str) -> Endpoint:
    """Make an endpoint of what a person gives: https://host/v1, host:8080, …/v1/chat/completions.

    Raises
    ------
    UserError
        It is no address, or holds a key.
    """
    given = text.strip()
    address = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise UserError(
            said("The endpoint is no address; give one such as http://127.0.0.1:8080/v1.")
        ) from None
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UserError(
            said(
                "The address of {name} must hold no user, key or query; give the plain address and put the "
                "key into {variable}.",
                name=name,
                variable=KEY_VARIABLE,
            )
        )
    if parts.scheme not in ("http", "https") or not name:
        raise UserError(
            said("“{given}” is no address; give one such as http://127.0.0.1:8080/v1.", given=given)
        )
    path = parts.path.rstrip("/").removesuffix(_CHAT_PATH) or "/v1"
    host = f"[{name}]" if ":" in name else name
    netloc = f"{host}:{port}" if port is not None else host
    found = Endpoint(f"{parts.scheme}://{netloc}{path}")
    if "://" not in given and found.loopback:
        return Endpoint(f"http://{netloc}{path}")
    return found


class Key:
    """A secret that shows itself nowhere: not when printed, not in a traceback's values, not when pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value.strip()

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Key(set)" if self._value else "Key(none)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not stored")

    def headers(self) -> dict[str, str]:
        """The header that carries it."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    def hide(self, text: str) -> str:
        """A text without the key in it: servers repeat what they refuse."""
        return text.replace(self._value, "…") if self._value else text


def find_key(endpoint: Endpoint) -> Key:
    """The key for an endpoint; none where there is none.

    Raises
    ------
    UserError
        What is set cannot be sent as a key.
    """
    value = os.environ.get(KEY_VARIABLE, "") or _from_keyring(endpoint)
    if not value.strip().isascii() or not value.strip().isprintable():
        raise UserError(
            said("The key in {variable} holds signs that no key has; set it again.", variable=KEY_VARIABLE)
        )
    return Key(value)


def _from_keyring(endpoint: Endpoint) -> str:
    if importlib.util.find_spec("keyring") is None:
        return ""
    keyring = importlib.import_module("keyring")
    try:
        return keyring.get_password(_KEYRING_SERVICE, endpoint.origin) or ""
    except keyring.errors.KeyringError:  # locked, or none on this system: as good as no key
        return ""
