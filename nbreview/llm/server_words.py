"""What a server that does not answer means, in sentences for the person.

Pure; imports `endpoint` and below. The key is in none of them.
"""

import re

import orjson

from nbreview.llm.endpoint import KEY_VARIABLE, Endpoint, Key
from nbreview.words import Said, said

SHOWN = 240
"""Characters of a server's own words that are shown."""

BUSY = (408, 409, 425, 429)
"""Statuses that pass by themselves."""

_CONTEXT = re.compile(
    r"context.?(length|size|window)|maximum context|exceed\w* .{0,40}context|too many tokens", re.IGNORECASE
)


def own_words(text: str, key: Key) -> str:
    """The server's own words, shortened and without the key."""
    try:
        value = orjson.loads(text)
    except ValueError:
        value = text
    for name in ("error", "message", "detail"):
        if isinstance(value, dict) and value.get(name):
            value = value[name]
    words = value if isinstance(value, str) else orjson.dumps(value).decode()
    plain = "".join(sign if sign.isprintable() else " " for sign in key.hide(words))
    return " ".join(plain.split())[:SHOWN].rstrip(". ")


def exceeds_context(words: str) -> bool:
    """Whether a server says that the prompt is too long."""
    return _CONTEXT.search(words) is not None


def refused(endpoint: Endpoint, status: int, words: str) -> Said:
    """What a status other than 200 means; `words` are the server's."""
    host, because = endpoint.host, f" ({words})" if words else ""
    if exceeds_context(words):
        return said(
            "The prompt is too long for the model at {host}{because}; ask about less, or give the server a "
            "larger context.",
            host=host,
            because=because,
        )
    if status == 404:
        return said(
            "{host} knows no such model or address (404){because}; see what it has with nbreview models "
            "endpoint {address}.",
            host=host,
            because=because,
            address=endpoint.url,
        )
    if status in BUSY:
        return said(
            "{host} is busy ({status}){because}; ask again later.", host=host, status=status, because=because
        )
    if status >= 500:
        return said(
            "{host} failed ({status}){because}; ask again later.", host=host, status=status, because=because
        )
    return said(
        "{host} refuses the question ({status}){because}; choose another model.",
        host=host,
        status=status,
        because=because,
    )


def wrong_key(host: str, status: int, key: Key) -> Said:
    """The key is wrong or missing."""
    if key:
        return said(
            "{host} refuses the key ({status}); put the right one into {variable} or the keyring.",
            host=host,
            status=status,
            variable=KEY_VARIABLE,
        )
    return said(
        "{host} wants a key ({status}); put the right one into {variable} or the keyring.",
        host=host,
        status=status,
        variable=KEY_VARIABLE,
    )


def no_answer(host: str, words: str) -> Said:
    """Something came that no model answers."""
    return said(
        "{host} sent something that is no answer of a model ({words}); check that the address is that of an "
        "OpenAI-compatible server, as a rule with /v1.",
        host=host,
        words=words,
    )


def unreachable(host: str, error: Exception, key: Key) -> Said:
    """The connection failed."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    reason = key.hide(" ".join(str(error).split()))[:SHOWN].rstrip(".") or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return said(
            "The certificate of {host} is not trusted; set SSL_CERT_FILE to the one your site gives out.",
            host=host,
        )
    if "ProxyError" in kinds:
        return said(
            "The proxy refuses to connect to {host} ({reason}); check HTTPS_PROXY and NO_PROXY.",
            host=host,
            reason=reason,
        )
    if kinds & {"ConnectError", "ConnectTimeout"}:
        return said(
            "{host} cannot be reached ({reason}); start the server there or check the address.",
            host=host,
            reason=reason,
        )
    return said("The connection to {host} broke ({reason}); ask again.", host=host, reason=reason)
