"""A download goes on where it ended, is checked before it counts, is stopped at once, and says plainly what
the hub, the network or the disk refuses."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.catalog import find_models
from nbreview.llm.download import Downloaded, Patience, Progress, download, refused_by_disk
from nbreview.llm.hub import parse_reference
from tests.llm.hub_server import COMMIT, HubServer, altered, cut, hang, longer, serve, status, whole

CONTENT = bytes(range(256)) * 2048
SHA256 = hashlib.sha256(CONTENT).hexdigest()
QUICK = Patience(connect=5, read=5, pause=0, attempts=3)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No token, cache, proxy or endpoint of this machine."""
    for name in ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in (
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "no-token"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with serve({"me/tiny/model.gguf": CONTENT, "me/tiny/README.md": b"words"}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def fetch(
    folder: Path | None = None,
    text: str = "me/tiny/model.gguf",
    cancel: CancelToken | None = None,
    patience: Patience = QUICK,
) -> Downloaded:
    return download(parse_reference(text), folder, lambda progress: None, cancel or CancelToken(), patience)


def part_of(folder: Path) -> Path:
    return folder / f".model.gguf.{SHA256[:16]}.part"


def test_a_file_comes_whole_and_nothing_else_stays(hub: HubServer, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    done = fetch(folder)
    assert done.path == folder / "model.gguf"
    assert done.path.read_bytes() == CONTENT
    assert (done.size, done.sha256, done.resumed, done.fetched) == (len(CONTENT), (SHA256,), 0, len(CONTENT))
    assert list(folder.iterdir()) == [done.path]


def test_without_a_folder_it_goes_to_the_cache_where_other_programs_find_it(
    hub: HubServer, alone: Path
) -> None:
    from huggingface_hub import try_to_load_from_cache

    done = fetch()
    repository = alone / "models--me--tiny"
    assert done.path == repository / "snapshots" / COMMIT / "model.gguf"
    assert done.path.resolve() == repository / "blobs" / SHA256
    assert try_to_load_from_cache("me/tiny", "model.gguf", cache_dir=alone) == str(done.path)
    assert fetch().fetched == 0


def test_what_is_downloaded_is_in_the_catalogue(
    hub: HubServer, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    hub.files["me/tiny/model.gguf"] = tiny_model.read_bytes()
    done = fetch()
    assert [(model.path, model.origin) for model in find_models()] == [(done.path, "Hugging Face")]


def test_progress_goes_from_nothing_to_all(hub: HubServer, tmp_path: Path) -> None:
    seen: list[Progress] = []
    download(parse_reference("me/tiny/model.gguf"), tmp_path, seen.append, CancelToken(), QUICK)
    assert seen[0].done == 0
    assert (seen[-1].done, seen[-1].total) == (len(CONTENT), len(CONTENT))
    assert [each.done for each in seen] == sorted(each.done for each in seen)


def test_a_connection_that_breaks_is_taken_up_where_it_broke(hub: HubServer, tmp_path: Path) -> None:
    hub.faults += [cut(100_000), status(503), cut(50_000), cut(0)]
    done = fetch(tmp_path)
    assert done.path.read_bytes() == CONTENT
    assert hub.ranges == ["", "bytes=100000-", "bytes=100000-", "bytes=150000-", "bytes=150000-"]


def test_it_gives_up_after_some_attempts_without_a_byte_and_keeps_what_it_has(
    hub: HubServer, tmp_path: Path
) -> None:
    hub.faults += [cut(100_000), *[cut(0)] * 3]
    with pytest.raises(UserError, match="are kept for the next attempt"):
        fetch(tmp_path)
    assert part_of(tmp_path).stat().st_size == 100_000
    done = fetch(tmp_path)
    assert (done.resumed, done.fetched) == (100_000, len(CONTENT) - 100_000)
    assert done.path.read_bytes() == CONTENT


def test_a_server_that_ignores_ranges_sends_it_all_again(hub: HubServer, tmp_path: Path) -> None:
    hub.faults += [cut(100_000), whole]
    assert fetch(tmp_path).path.read_bytes() == CONTENT


def test_a_partial_file_that_the_server_refuses_to_go_on_with_is_begun_again(
    hub: HubServer, tmp_path: Path
) -> None:
    hub.faults += [cut(100_000), status(416)]
    assert fetch(tmp_path).path.read_bytes() == CONTENT
    assert hub.ranges[-1] == ""


def test_a_partial_file_that_is_too_long_is_begun_again(hub: HubServer, tmp_path: Path) -> None:
    part_of(tmp_path).write_bytes(CONTENT + b"more")
    assert fetch(tmp_path).path.read_bytes() == CONTENT


def test_content_with_another_hash_is_removed_and_never_takes_its_place(
    hub: HubServer, tmp_path: Path
) -> None:
    hub.faults.append(altered)
    with pytest.raises(UserError, match=r"is not what it announced .* download it again"):
        fetch(tmp_path)
    assert not (tmp_path / "model.gguf").exists()
    assert not part_of(tmp_path).exists()
    assert fetch(tmp_path).path.read_bytes() == CONTENT


def test_a_damaged_partial_file_is_found_out_by_its_hash(hub: HubServer, tmp_path: Path) -> None:
    part_of(tmp_path).write_bytes(bytes(1000))
    with pytest.raises(UserError, match="is not what it announced"):
        fetch(tmp_path)
    assert fetch(tmp_path).path.read_bytes() == CONTENT


def test_more_than_was_announced_is_refused(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.append(longer)
    with pytest.raises(UserError, match=r"sends more of me/tiny/model.gguf than it announced"):
        fetch(tmp_path)


def test_a_damaged_file_in_the_cache_is_fetched_again(hub: HubServer) -> None:
    done = fetch()
    done.path.resolve().write_bytes(b"damaged")
    assert fetch().path.read_bytes() == CONTENT


def test_another_file_of_the_same_name_is_not_overwritten(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"mine")
    with pytest.raises(UserError, match="exists and is not the file"):
        fetch(tmp_path)
    assert (tmp_path / "model.gguf").read_bytes() == b"mine"


def test_stop_answers_at_once_and_keeps_what_came(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.append(hang(100_000))
    cancel = CancelToken()

    def stop() -> None:
        hub.sending.wait(10)
        while not part_of(tmp_path).exists() or part_of(tmp_path).stat().st_size < 100_000:
            threading.Event().wait(0.001)
        cancel.cancel()

    threading.Thread(target=stop).start()
    with pytest.raises(Cancelled):
        fetch(tmp_path, cancel=cancel)
    done = fetch(tmp_path)
    assert (done.resumed, done.path.read_bytes()) == (100_000, CONTENT)


def test_one_that_was_stopped_before_asks_for_nothing(hub: HubServer, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetch(tmp_path, cancel=cancel)
    assert hub.asked == []


def test_two_at_once_do_not_write_into_one_file(hub: HubServer, tmp_path: Path) -> None:
    hub.faults.append(hang(100_000))
    cancel = CancelToken()
    ends: list[BaseException] = []

    def first() -> None:
        try:
            fetch(tmp_path, cancel=cancel)
        except Cancelled as end:
            ends.append(end)

    thread = threading.Thread(target=first)
    thread.start()
    assert hub.sending.wait(10)
    with pytest.raises(UserError, match="is being downloaded by another program"):
        fetch(tmp_path)
    cancel.cancel()
    thread.join(10)
    assert len(ends) == 1


def test_the_token_goes_to_the_hub_and_not_where_it_redirects_to(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(tmp_path)
    sent = {(each.host.split(":")[0], each.authorization) for each in hub.asked}
    assert sent == {("127.0.0.1", "Bearer hf_secret"), ("localhost", "")}


def test_a_split_model_comes_with_all_its_parts(hub: HubServer, tmp_path: Path) -> None:
    for part in (1, 2, 3):
        hub.files[f"me/big/big-{part:05}-of-00003.gguf"] = bytes([part]) * 1000
    done = fetch(tmp_path, "me/big/big-00001-of-00003.gguf")
    assert [path.read_bytes()[0] for path in done.paths] == [1, 2, 3]
    assert (done.path, done.size) == (tmp_path / "big-00001-of-00003.gguf", 3000)


def test_a_pattern_means_the_one_file_that_it_fits(hub: HubServer, tmp_path: Path) -> None:
    hub.files |= {f"me/many/m-{kind}.gguf": kind.encode() for kind in ("Q4_K_M", "Q8_0", "mmproj-Q8_0")}
    assert fetch(tmp_path, "me/many/*q8_0.gguf").path.read_bytes() == b"Q8_0"
    with pytest.raises(UserError, match=r"means 2 files; name one of them: m-Q4_K_M.gguf, m-Q8_0.gguf"):
        fetch(tmp_path, "me/many/m-q*.gguf")
    with pytest.raises(UserError, match=r"has no file like \*q2_k.gguf; it has m-Q4_K_M.gguf"):
        fetch(tmp_path, "me/many/*q2_k.gguf")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("me/tiny/none.gguf", "has no file none.gguf; its files are listed at"),
        ("me/none/model.gguf", r"me/none does not exist on .* or is private \(401\); check the name"),
        ("http://127.0.0.1/me/tiny/resolve/v9/model.gguf", "has no revision v9"),
        ("me/tiny/README.md", "is no GGUF file"),
        ("me/tiny", "names no file"),
        ("me/tiny/../../secret.gguf", "is no repository of the hub"),
        ("a b/tiny/model.gguf", "is no repository of the hub"),
    ],
)
def test_a_wrong_name_is_told_in_one_sentence(hub: HubServer, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        fetch(tmp_path, text)


@pytest.mark.parametrize(
    ("code", "error", "token", "said"),
    [
        (401, "", "hf_old", r"refuses the token \(401\); make a new one"),
        (401, "", "", "or is private .* run hf auth login"),
        (403, "GatedRepo", "hf_new", "accept its conditions"),
        (401, "GatedRepo", "", "accept its conditions"),
        (403, "", "hf_new", r"forbids me/tiny/model.gguf \(403\)"),
        (429, "", "", r"asks for fewer requests \(429\)"),
        (503, "", "", r"does not work at the moment \(503\)"),
        (407, "", "", "The proxy wants a name and password"),
        (418, "", "", "answers 418 for me/tiny/model.gguf"),
    ],
)
def test_a_refusal_of_the_hub_is_told_in_one_sentence_without_the_token(
    hub: HubServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    error: str,
    token: str,
    said: str,
) -> None:
    hub.heads.append((code, error))
    if token:
        monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(UserError, match=said) as caught:
        fetch(tmp_path)
    assert "\n" not in caught.value.message
    assert "hf_" not in caught.value.message


@pytest.mark.parametrize("code", [403, 404, 429, 500])
def test_a_refusal_in_the_middle_is_told_too(hub: HubServer, tmp_path: Path, code: int) -> None:
    hub.faults += [cut(100_000), *[status(code, Retry_After="0")] * 3]
    with pytest.raises(UserError, match=str(code)):
        fetch(tmp_path)
    assert part_of(tmp_path).stat().st_size == 100_000


def test_a_hub_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UserError, match=r"127.0.0.1:9 cannot be reached .* check the connection"):
        fetch(tmp_path)


def test_a_server_that_is_no_hub_is_told(hub: HubServer, tmp_path: Path) -> None:
    hub.heads.append((200, ""))
    with pytest.raises(UserError, match=r"does not say what me/tiny/model.gguf is"):
        fetch(tmp_path)


def test_offline_asks_for_nothing_but_gives_what_is_in_the_cache(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fetch().path
    asked = len(hub.asked)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UserError, match="HF_HUB_OFFLINE is set"):
        fetch(tmp_path / "elsewhere")
    assert fetch().path == path
    assert len(hub.asked) == asked


def test_too_little_room_is_told_before_anything_is_fetched(hub: HubServer, tmp_path: Path) -> None:
    hub.announced_size = 10**18
    with pytest.raises(UserError, match=r"GB free and me/tiny/model.gguf needs 1000000000.0 GB; make room"):
        fetch(tmp_path)
    assert hub.ranges == []


def test_a_disk_that_takes_no_more_is_told_and_what_it_took_is_kept(hub: HubServer, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(UserError, match=r"takes no file of this size .* choose another"):
            fetch(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert part_of(tmp_path).stat().st_size == 100_000
    assert fetch(tmp_path).path.read_bytes() == CONTENT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    message = f"The disk of {tmp_path} is full .* make room and try again"
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(UserError, match=message):  # noqa: SIM117
        with refused_by_disk(tmp_path / "model.gguf"):
            full.write(b"x")


def test_a_folder_that_cannot_be_written_is_named(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"cannot be written .* choose another folder with --to"):
        fetch(tmp_path / "file" / "inner")
