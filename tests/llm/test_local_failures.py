"""Every failure of a model is an event and a sentence, not an end: real broken files, real kills."""

import os
import signal
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Died, Loading, LoadOptions, Prompting, Ready
from tests.llm.conftest import Listener, MakeEngine, ask, ask_after_load, gone, posix, say
from tests.llm.gguf_files import write_gguf
from tests.tiny_model import write_tiny_model


def options(path: Path) -> LoadOptions:
    return LoadOptions(path, context_tokens=2048, threads=1)


def test_weights_that_are_no_numbers_are_found_before_anybody_is_told_ready(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path, listener: Listener
) -> None:
    path, data = tmp_path / "spoilt.gguf", bytearray(tiny_model.read_bytes())
    data[-60_000:] = b"\xff\x7f" * 30_000  # F16's not-a-number
    path.write_bytes(data)
    made = make_engine()
    with pytest.raises(UserError, match="the first batch gives no numbers; choose another model file"):
        made.load(options(path), listener, CancelToken())
    assert not listener.of(Ready)
    assert made.pid is None
    assert ask_after_load(made, tiny_model).text


def test_a_file_that_lacks_its_tensors_is_named(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    made = make_engine()
    path = write_gguf(tmp_path / "hollow.gguf")
    with pytest.raises(UserError, match="cannot be loaded"):
        made.load(options(path), Listener(), CancelToken())
    assert ask_after_load(made, tiny_model).text


def test_a_folder_and_a_file_that_may_not_be_read_are_named(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    with pytest.raises(UserError, match="is a folder"):
        make_engine().load(options(tmp_path), Listener(), CancelToken())


@posix
def test_a_file_that_is_cut_while_it_is_used_ends_the_process_and_not_more(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path, listener: Listener
) -> None:
    path = write_tiny_model(tmp_path / "used.gguf")
    made = make_engine()
    made.load(options(path), Listener(), CancelToken())
    os.truncate(path, 4096)
    with pytest.raises(UserError, match="was ended by SIGBUS in the middle of an answer; it starts again"):
        made.ask(say("x" * 900), listener, CancelToken())
    assert listener.of(Died)
    with pytest.raises(UserError, match="is cut short"):
        ask(made, say())
    path.write_bytes(tiny_model.read_bytes())
    assert ask(made, say()).text, "as soon as the file is whole again"


@posix
def test_a_file_that_is_gone_when_the_process_has_to_start_again_is_named(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    path = write_tiny_model(tmp_path / "fleeting.gguf")
    made = make_engine()
    made.load(options(path), Listener(), CancelToken())
    path.unlink()
    assert made.pid is not None
    os.kill(made.pid, signal.SIGKILL)
    with pytest.raises(UserError, match="does not exist"):
        ask(made, say())
    assert made.info is not None, "it is still the model that was chosen"


@posix
def test_a_process_that_is_killed_while_it_loads_is_started_again(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made = make_engine()

    def kill() -> None:
        assert made.pid is not None
        os.kill(made.pid, signal.SIGKILL)

    def first(event: object) -> None:
        listener(event)  # type: ignore[arg-type]
        if isinstance(event, Loading) and event.detail == "reading weights" and not killed:
            killed.append(event)
            kill()

    killed: list[Loading] = []
    info = made.load(options(tiny_model), first, CancelToken())
    assert info.fallbacks == ("extra buffer types off",), "it cannot be told from a fault of the settings"
    assert ask(made, say()).text


@posix
def test_a_process_that_hangs_while_it_loads_is_started_again(
    make_engine: MakeEngine, tiny_model: Path
) -> None:
    made = make_engine(hang_seconds=5.0)
    frozen: list[int] = []

    def freeze(event: object) -> None:
        if not isinstance(event, Loading):
            return
        if event.detail == "reading weights" and not frozen and made.pid is not None:
            frozen.append(made.pid)
            os.kill(made.pid, signal.SIGSTOP)

    info = made.load(options(tiny_model), freeze, CancelToken())
    assert info.fallbacks == ("extra buffer types off",)
    assert gone(frozen[0])
    assert ask(made, say()).text


@posix
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_however_the_process_ends_in_a_prompt_the_next_request_is_answered(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener, sign: signal.Signals
) -> None:
    made = make_engine()
    made.load(options(tiny_model), Listener(), CancelToken())

    def end() -> None:
        assert made.pid is not None
        os.kill(made.pid, sign)

    listener.on(Prompting, end)
    with pytest.raises(UserError, match=f"was ended by {sign.name}"):
        made.ask(say("x" * 1500, 500), listener, CancelToken())
    (death,) = listener.of(Died)
    assert death.exit_code == -sign
    assert ask(made, say()).text


def test_a_prompt_too_long_leaves_the_model_as_it_was(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(options(tiny_model), Listener(), CancelToken())
    before, pid = ask(made, say()).text, made.pid
    with pytest.raises(UserError, match="load the model with a larger context or ask about less"):
        ask(made, say("x" * 10_000))
    assert ask(made, say()).text == before
    assert made.pid == pid


def test_a_listener_that_fails_is_no_death(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(options(tiny_model), Listener(), CancelToken())

    def fail(event: object) -> None:
        raise RuntimeError("the window's own fault")

    with pytest.raises(RuntimeError, match="own fault"):
        made.ask(say(), fail, CancelToken())
    assert ask(made, say()).text == ask(made, say()).text
