"""What is asked of the Hugging Face hub before a file is fetched, and its refusals in plain sentences.

huggingface_hub, imported late, knows the protocol, the token and the endpoint; `download` fetches the bytes.
Its own downloads do not resume any more: in version 2 each goes to a temporary file of its own name, which is
removed when it ends early. No token is ever put into a message.
"""

import contextlib
import fnmatch
import os
import re
import ssl
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.waiting import run_aside
from nbreview.words import Said, said

_TRUE = {"1", "ON", "YES", "TRUE"}
_PART = re.compile(r"(.+)-(\d{5})-of-(\d{5})\.gguf", re.IGNORECASE)
_HEAD_SECONDS = 10.0
_SHOWN = 8
_PAGE = re.compile(r"https?://[^/]+/([^/]+/[^/]+)/(?:resolve|blob)/([^/]+)/([^?#]+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A file of a repository on the hub. `file` may be a pattern (`*q4_k_m.gguf`)."""

    repository: str
    file: str
    revision: str = "main"

    def __str__(self) -> str:
        return f"{self.repository}/{self.file}"


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub describes it. `sha256` is empty where the hub keeps it in git and not as a large
    file; `size` is in bytes."""

    reference: Reference
    url: str
    commit: str
    etag: str
    size: int

    @property
    def sha256(self) -> str:
        """The hash of the content, or nothing."""
        return self.etag if re.fullmatch(r"[0-9a-f]{64}", self.etag) else ""


def parse_reference(text: str) -> Reference:
    """OWNER/NAME/FILE, or the address of a file's page.

    Raises
    ------
    UserError
        It is neither, or the file is no GGUF.
    """
    page = _PAGE.match(text)
    if page is not None:
        found = Reference(page[1], page[3], page[2])
    else:
        parts = text.strip("/").split("/", 2)
        if len(parts) < 3:
            raise UserError(
                said(
                    "“{text}” names no file; give OWNER/REPOSITORY/FILE.gguf, or a name of the list that "
                    "nbreview models fits prints.",
                    text=text,
                )
            )
        found = Reference("/".join(parts[:2]), parts[2])
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", found.repository) or ".." in found.file.split("/"):
        raise UserError(
            said("“{text}” is no repository of the hub; give OWNER/REPOSITORY/FILE.gguf.", text=text)
        )
    if not found.file.lower().endswith(".gguf"):
        raise UserError(said("“{file}” is no GGUF file; choose one that ends in .gguf.", file=found.file))
    return found


def endpoint() -> str:
    """The hub's address: HF_ENDPOINT, else the public one."""
    from huggingface_hub import constants

    return (os.environ.get("HF_ENDPOINT") or str(constants.ENDPOINT)).rstrip("/")


def host() -> str:
    """The hub's host, for sentences."""
    return urlsplit(endpoint()).netloc


def token() -> str:
    """The person's token, from HF_TOKEN or where `hf auth login` put it; empty without one."""
    from huggingface_hub import get_token

    return get_token() or ""


def offline() -> bool:
    """Whether HF_HUB_OFFLINE asks to stay off the network."""
    from huggingface_hub import constants

    named = os.environ.get("HF_HUB_OFFLINE", os.environ.get("TRANSFORMERS_OFFLINE", ""))
    return bool(constants.HF_HUB_OFFLINE) or named.upper() in _TRUE


def resolve(reference: Reference, cancel: CancelToken) -> tuple[HubFile, ...]:
    """The files meant: one, or all parts of a split model, pinned to one commit.

    Raises
    ------
    UserError
        The hub refuses, or a pattern fits no file or several.
    Cancelled
        Stopped.
    """
    if offline():
        raise UserError(
            said(
                "HF_HUB_OFFLINE is set, so {model} is not fetched; unset it, or choose a model that is here.",
                model=str(reference),
            )
        )
    if any(sign in reference.file for sign in "*?["):
        reference = replace(reference, file=_matching(reference, cancel))
    first = _describe(reference, cancel)
    split = _PART.fullmatch(reference.file)
    if split is None:
        return (first,)
    files = [first]
    for part in range(1, int(split[3]) + 1):
        name = f"{split[1]}-{part:05}-of-{split[3]}.gguf"
        if name != reference.file:
            files.append(_describe(replace(reference, file=name, revision=first.commit), cancel))
    return tuple(sorted(files, key=lambda file: file.reference.file))


def _describe(reference: Reference, cancel: CancelToken) -> HubFile:
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    address = endpoint()

    def ask() -> Any:
        url = hf_hub_url(reference.repository, reference.file, revision=reference.revision, endpoint=address)
        return get_hf_file_metadata(url, token=token() or False, timeout=_HEAD_SECONDS)

    with refusals(reference):
        found = run_aside(ask, cancel)
        if not found.commit_hash or not found.etag or found.size is None:
            raise UserError(
                said(
                    "{host} does not say what {model} is (no commit, hash or size); check HF_ENDPOINT and "
                    "whether a proxy changes the answers.",
                    host=host(),
                    model=str(reference),
                )
            )
        url = hf_hub_url(reference.repository, reference.file, revision=found.commit_hash, endpoint=address)
        return HubFile(reference, url, found.commit_hash, found.etag, found.size)


def _matching(reference: Reference, cancel: CancelToken) -> str:
    """The one file that a pattern means; of a split model the first part."""
    from huggingface_hub import HfApi

    def ask() -> list[str]:
        api = HfApi(endpoint=endpoint(), token=token() or False)
        return list(api.list_repo_files(reference.repository, revision=reference.revision))

    with refusals(reference):
        names = run_aside(ask, cancel)
    models = [name for name in names if name.lower().endswith(".gguf") and "mmproj" not in name.lower()]
    whole = [name for name in models if (part := _PART.fullmatch(name)) is None or int(part[2]) == 1]
    found = [name for name in whole if fnmatch.fnmatchcase(name.lower(), reference.file.lower())]
    if len(found) == 1:
        return found[0]
    if not found and not whole:
        raise UserError(
            said(
                "{repository} has no file like {file}; it has no GGUF.",
                repository=reference.repository,
                file=reference.file,
            )
        )
    if not found:
        raise UserError(
            said(
                "{repository} has no file like {file}; it has {names}.",
                repository=reference.repository,
                file=reference.file,
                names=_some(whole),
            )
        )
    raise UserError(
        said(
            "{model} means {count} files; name one of them: {names}.",
            model=str(reference),
            count=len(found),
            names=_some(found),
        )
    )


def _some(names: list[str]) -> str:
    shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    return said("{names} and {count} more", names=shown, count=more) if more > 0 else shown


@contextlib.contextmanager
def refusals(reference: Reference) -> Iterator[None]:
    """Turn what the hub and the network raise into one sentence each; anything else passes."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        sentence = sentence_of(error, reference)
        if sentence is None:
            raise
        raise UserError(sentence) from None


def sentence_of(error: Exception, reference: Reference) -> Said | None:
    """What a failure means for the person; None for what is no failure of the network.

    The classes of three HTTP libraries are told by name: huggingface_hub has changed from requests to httpx
    to httpx2, and this program fetches with httpx.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "HFValidationError" in kinds:
        return said(
            "{repository} is no name of a repository; give OWNER/REPOSITORY/FILE.gguf.",
            repository=reference.repository,
        )
    if "GatedRepoError" in kinds:
        return said(
            "{repository} is given only to those who accept its conditions; do that at "
            "{hub}/{repository}, then run hf auth login or set HF_TOKEN.",
            repository=reference.repository,
            hub=endpoint(),
        )
    if kinds & {"EntryNotFoundError", "RemoteEntryNotFoundError"}:
        return said(
            "{repository} has no file {file}; its files are listed at {hub}/{repository}/tree/{revision}.",
            repository=reference.repository,
            file=reference.file,
            hub=endpoint(),
            revision=reference.revision,
        )
    if "RevisionNotFoundError" in kinds:
        return said(
            "{repository} has no revision {revision}; leave it out for the newest.",
            repository=reference.repository,
            revision=reference.revision,
        )
    status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int):
        return status_sentence(status, reference, unknown="RepositoryNotFoundError" in kinds)
    return network_sentence(error, host())


def status_sentence(status: int, reference: Reference, *, unknown: bool = False) -> Said:
    """What an HTTP status of the hub means. `unknown`: the hub says that there is no such repository."""
    if status == 401 and token() and not unknown:
        return said(
            "{host} refuses the token (401); make a new one and run hf auth login or set HF_TOKEN.",
            host=host(),
        )
    if status in (401, 404):
        return said(
            "{repository} does not exist on {host} or is private ({status}); check the name, or run hf "
            "auth login or set HF_TOKEN.",
            repository=reference.repository,
            host=host(),
            status=status,
        )
    if status == 403:
        return said(
            "{host} forbids {model} (403); check what the token may read, or ask its owner for access.",
            host=host(),
            model=str(reference),
        )
    if status == 407:
        return said("The proxy wants a name and password (407); put them into HTTPS_PROXY.")
    if status == 429:
        return said(
            "{host} asks for fewer requests (429); wait some minutes and try again, or set HF_TOKEN.",
            host=host(),
        )
    if status >= 500:
        return said(
            "{host} does not work at the moment ({status}); try again later.", host=host(), status=status
        )
    return said(
        "{host} answers {status} for {model}; check the name and HF_ENDPOINT.",
        host=host(),
        status=status,
        model=str(reference),
    )


def network_sentence(error: BaseException, name: str) -> Said | None:
    """Why `name` was not reached; None for an error that is not one of the network."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    proxy = _proxy()
    if "OfflineModeIsEnabled" in kinds:
        return said("HF_HUB_OFFLINE is set, so nothing is fetched; unset it, or choose a model that is here.")
    if _caused_by(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
        return said(
            "The certificate of {name} is not trusted; where a company's proxy replaces it, set "
            "SSL_CERT_FILE to its certificate.",
            name=name,
        )
    if "ProxyError" in kinds:
        return said(
            "The proxy {proxy} refuses to connect to {name} ({reason}); check HTTPS_PROXY.",
            proxy=proxy,
            name=name,
            reason=_reason(error),
        )
    if kinds & {"Timeout", "TimeoutException", "TimeoutError"}:
        if proxy:
            return said(
                "{name} does not answer through the proxy {proxy}; check the connection and try again.",
                name=name,
                proxy=proxy,
            )
        return said("{name} does not answer; check the connection and try again.", name=name)
    if kinds & {"ConnectError", "ConnectionError"}:
        if proxy:
            return said(
                "{name} cannot be reached through the proxy {proxy} ({reason}); check HTTPS_PROXY and "
                "the connection.",
                name=name,
                proxy=proxy,
                reason=_reason(error),
            )
        return said(
            "{name} cannot be reached ({reason}); check the connection, and HTTPS_PROXY if one is needed.",
            name=name,
            reason=_reason(error),
        )
    if kinds & {"TransportError", "HTTPError", "RequestException"}:
        if proxy:
            return said(
                "The connection to {name} broke through the proxy {proxy} ({reason}); try again.",
                name=name,
                proxy=proxy,
                reason=_reason(error),
            )
        return said("The connection to {name} broke ({reason}); try again.", name=name, reason=_reason(error))
    return None


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, kind):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def _proxy() -> str:
    """The proxy that the environment sets for the hub, without the password in it; empty without one."""
    parts = urlsplit(endpoint())
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return ""
    found = urllib.request.getproxies()
    value = found.get(parts.scheme) or found.get("all", "")
    if not value:
        return ""
    proxy = urlsplit(value if "://" in value else f"http://{value}")
    return f"{proxy.hostname}:{proxy.port}" if proxy.port else str(proxy.hostname)
