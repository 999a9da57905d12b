"""An endpoint is read from what people type; a key shows itself nowhere."""

import pytest

from nbreview.errors import UserError
from nbreview.llm.endpoint import Key, find_key, parse_endpoint


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("[::1]:1234", "http://[::1]:1234/v1"),
        ("models.example.org", "https://models.example.org/v1"),
        (" https://Models.example.org/api/v1/ ", "https://models.example.org/api/v1"),
        ("https://h/v1/chat/completions", "https://h/v1"),
        ("http://node17:8000/v1", "http://node17:8000/v1"),
    ],
)
def test_an_address_is_read_as_people_type_it(text: str, url: str) -> None:
    assert parse_endpoint(text).url == url


@pytest.mark.parametrize(
    "text", ["", "ftp://host/v1", "http://", "https://host:port/v1", "http://[::1/v1", "/tmp/model.gguf"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no address; give one such as"):
        parse_endpoint(text)


@pytest.mark.parametrize("text", ["https://me:sk-secret@host/v1", "https://host/v1?key=sk-secret"])
def test_an_address_with_a_key_in_it_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UserError, match="put the key into NBREVIEW_API_KEY") as caught:
        parse_endpoint(text)
    assert "sk-secret" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "loopback"),
    [
        ("http://localhost:1", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:1", True),
        ("http://api.localhost", True),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
        ("http://0.0.0.0:1", False),
    ],
)
def test_only_this_machine_is_this_machine(text: str, loopback: bool) -> None:
    assert parse_endpoint(text).loopback is loopback


def test_the_parts_of_an_endpoint() -> None:
    endpoint = parse_endpoint("https://host:8443/v1")
    assert (endpoint.host, endpoint.origin, endpoint.root) == (
        "host:8443",
        "https://host:8443",
        "https://host:8443",
    )
    assert endpoint.secure


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = parse_endpoint("http://127.0.0.1:9")
    monkeypatch.delenv("NBREVIEW_API_KEY", raising=False)
    monkeypatch.setattr("nbreview.llm.endpoint._from_keyring", lambda endpoint: "")
    assert not find_key(endpoint)
    monkeypatch.setenv("NBREVIEW_API_KEY", " sk-secret\n")
    key = find_key(endpoint)
    assert key.headers() == {"Authorization": "Bearer sk-secret"}
    assert "sk-secret" not in f"{key} {key!r} {[key]}"
    assert key.hide("a sk-secret b") == "a … b"


@pytest.mark.parametrize("value", ["sk-schlüssel", "sk-a\nb"])
def test_a_key_that_cannot_be_sent_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NBREVIEW_API_KEY", value)
    with pytest.raises(UserError, match="holds signs that no key has") as caught:
        find_key(parse_endpoint("http://127.0.0.1:9"))
    assert "sk-" not in caught.value.message


def test_no_key_hides_nothing() -> None:
    assert Key().hide("text") == "text"
    assert Key().headers() == {}
