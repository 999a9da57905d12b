"""The engine with the real llama.cpp in a real child: loads, and what is told about them."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm import hardware
from nbreview.llm.local import LocalEngine, missing_reason
from nbreview.llm.model import Loading, LoadOptions, Ready
from tests.llm.conftest import Listener, MakeEngine, ask, ask_after_load, gone, posix, say
from tests.tiny_model import LAYERS, write_tiny_model


def test_a_load_is_announced_step_by_step_and_proved(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    info = make_engine().load(
        LoadOptions(tiny_model, context_tokens=4096, threads=1), listener, CancelToken()
    )
    assert [event.info for event in listener.of(Ready)] == [info]
    progress = [event.progress for event in listener.of(Loading)]
    assert progress == sorted(progress)
    assert progress[-1] == 1.0
    assert {"reading weights", "trying it"} <= {event.detail for event in listener.of(Loading)}
    assert (info.name, info.architecture, info.quantisation) == ("Tiny", "llama", "F16")
    assert (info.layers, info.context_tokens, info.chat_template) == (LAYERS + 1, 4096, "file")
    assert info.sha256 == hashlib.sha256(tiny_model.read_bytes()).hexdigest()
    assert info.size == tiny_model.stat().st_size
    assert info.fallbacks == ()
    assert info.load_seconds > 0


def test_a_quantised_model_ends_ready_whatever_the_processor(
    make_engine: MakeEngine, tiny_model_q8: Path
) -> None:
    info = make_engine().load(
        LoadOptions(tiny_model_q8, context_tokens=2048, threads=1), Listener(), CancelToken()
    )
    assert info.quantisation == "Q8_0"
    cpu = Path("/proc/cpuinfo")
    if not cpu.exists() or "amx_int8" not in cpu.read_text():
        assert info.fallbacks == ()
    else:
        assert info.fallbacks in ((), ("extra buffer types off",))


def test_the_context_is_no_larger_than_what_the_model_was_trained_for(
    make_engine: MakeEngine, tiny_model: Path
) -> None:
    options = LoadOptions(tiny_model, context_tokens=1_000_000, threads=1)
    assert make_engine().load(options, Listener(), CancelToken()).context_tokens == 131_072


def test_a_second_load_replaces_the_first(
    own_engine: LocalEngine, tiny_model_q8: Path, listener: Listener
) -> None:
    before = own_engine.pid
    own_engine.load(LoadOptions(tiny_model_q8, context_tokens=2048, threads=1), listener, CancelToken())
    assert own_engine.info is not None
    assert own_engine.info.path == tiny_model_q8
    assert before is not None
    assert own_engine.pid != before
    assert gone(before)
    assert ask(own_engine, say()).text


def test_a_model_without_a_template_gets_the_fallback_of_its_vocabulary(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    path = write_tiny_model(tmp_path / "bare.gguf", chat_template=None)
    made = make_engine()
    assert made.load(LoadOptions(path, threads=1), Listener(), CancelToken()).chat_template == "ChatML"
    assert ask(made, say()).text


def test_a_broken_template_in_the_file_gives_way_to_the_fallback(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    path = write_tiny_model(tmp_path / "broken.gguf", chat_template="{% for %}")
    assert (
        make_engine().load(LoadOptions(path, threads=1), Listener(), CancelToken()).chat_template == "ChatML"
    )


def test_a_path_may_have_any_name(make_engine: MakeEngine, tmp_path: Path, tiny_model: Path) -> None:
    path = tmp_path / "größe ' \n模型.gguf"
    path.write_bytes(tiny_model.read_bytes())
    assert make_engine().load(LoadOptions(path, threads=1), Listener(), CancelToken()).path == path


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("short", _cut, "is cut short: its table needs"),
        ("stub", lambda data: data[:500], "is cut short inside its header"),
        ("text", lambda _: b"just text", "is not a GGUF file"),
        ("empty", lambda _: b"", "is not a GGUF file"),
        ("magic", lambda _: b"GGUF", "is cut short inside its header"),
        ("page", lambda _: b"<!doctype html>" * 100, "is not a GGUF file"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(
    make_engine: MakeEngine,
    tmp_path: Path,
    tiny_model: Path,
    name: str,
    change: Callable[[bytes], bytes],
    sentence: str,
) -> None:
    path = tmp_path / f"{name}.gguf"
    path.write_bytes(change(tiny_model.read_bytes()))
    made = make_engine()
    with pytest.raises(UserError, match=sentence) as raised:
        made.load(LoadOptions(path, threads=1), Listener(), CancelToken())
    assert str(path) in raised.value.message
    assert made.info is None
    assert made.pid is None


def test_a_missing_file_is_named(make_engine: MakeEngine, tmp_path: Path, tiny_model: Path) -> None:
    with pytest.raises(UserError, match="does not exist; choose another"):
        make_engine().load(LoadOptions(tmp_path / "none.gguf"), Listener(), CancelToken())


def test_an_architecture_that_llama_cpp_does_not_know_is_named(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    path = write_tiny_model(tmp_path / "strange.gguf", architecture="perceptron")
    made = make_engine()
    with pytest.raises(UserError, match="perceptron"):
        made.load(LoadOptions(path, threads=1), Listener(), CancelToken())
    assert made.pid is None
    assert ask_after_load(made, tiny_model).text


@pytest.mark.parametrize("layers", ["many", "-1", "²", ""])
def test_layers_that_are_no_number_are_refused(
    make_engine: MakeEngine, tiny_model: Path, layers: str
) -> None:
    with pytest.raises(UserError, match="set auto, none or a number"):
        make_engine().load(LoadOptions(tiny_model, gpu_layers=layers), Listener(), CancelToken())


@pytest.fixture
def vast_model(tmp_path: Path, tiny_model: Path) -> Path:
    """The tiny model, which says that it was trained for 2**30 tokens: 512 GiB of KV cache."""
    path, data = tmp_path / "vast.gguf", tiny_model.read_bytes()
    key = b"llama.context_length"
    at = data.index(key) + len(key) + 4
    path.write_bytes(data[:at] + (2**30).to_bytes(4, "little") + data[at + 4 :])
    return path


def test_a_context_that_memory_cannot_hold_is_refused_beforehand(
    make_engine: MakeEngine, vast_model: Path
) -> None:
    with pytest.raises(UserError, match=r"needs [\d.,]+ GiB for a context of 1,073,741,824 tokens and"):
        make_engine().load(LoadOptions(vast_model, context_tokens=2**30), Listener(), CancelToken())


@posix
def test_memory_that_the_system_refuses_is_said(
    make_engine: MakeEngine, vast_model: Path, tmp_path: Path
) -> None:
    python = tmp_path / "limited-python"
    python.write_text(f'#!/bin/sh\nulimit -v 1500000\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    options = LoadOptions(vast_model, context_tokens=2**21, threads=1)
    with pytest.raises(UserError, match="needs more memory than there is"):
        make_engine(python=str(python)).load(options, Listener(), CancelToken())


def test_asking_before_a_load_says_so(make_engine: MakeEngine) -> None:
    with pytest.raises(UserError, match="No model is loaded"):
        ask(make_engine(), say())


def test_a_missing_llama_cpp_says_how_to_get_it(
    make_engine: MakeEngine, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing_reason() == ""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "pip install 'nbreview[llama]'" in missing_reason()
    with pytest.raises(UserError, match="needs llama-cpp-python"):
        make_engine().load(LoadOptions(tiny_model, threads=1), Listener(), CancelToken())


# falling back

PROXY = """#!{python}
import os, signal, subprocess, sys, threading
sys.path.insert(0, {root!r})
from nbreview.llm import protocol

def forbidden(load):
    return {condition}

child = subprocess.Popen([{python!r}, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def back():
    while (data := os.read(child.stdout.fileno(), 65536)):
        os.write(1, data)
    code = child.wait()
    while code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)
threading.Thread(target=back, daemon=True).start()
while (message := protocol.read_frame(sys.stdin.buffer)) is not None:
    child.stdin.write(protocol.encode_frame(message))
    child.stdin.flush()
    if message["do"] == "load":
        with open({journal!r}, "a") as journal:
            journal.write("load\\n")
        if forbidden(message):
            child.send_signal(signal.SIGSEGV)
child.stdin.close()
child.wait()
"""


@pytest.fixture
def frail(tmp_path: Path) -> Callable[[str], tuple[str, Path]]:
    """An interpreter whose workers die of a fault in loads that meet a condition; and its journal."""

    def make(condition: str) -> tuple[str, Path]:
        program, journal = tmp_path / "frail-python", tmp_path / "journal"
        root = str(Path(__file__).resolve().parents[2])
        program.write_text(
            PROXY.format(python=sys.executable, root=root, condition=condition, journal=str(journal))
        )
        program.chmod(0o755)
        return str(program), journal

    return make


@posix
def test_a_death_in_the_proof_is_answered_with_plainer_settings_which_are_remembered(
    make_engine: MakeEngine, tiny_model_q8: Path, frail: Callable[[str], tuple[str, Path]]
) -> None:
    python, journal = frail("load['extra_buffers']")
    options, listener = LoadOptions(tiny_model_q8, context_tokens=2048, threads=1), Listener()
    info = make_engine(python=python).load(options, listener, CancelToken())
    assert info.fallbacks == ("extra buffer types off",)
    assert "trying again: extra buffer types off" in [event.detail for event in listener.of(Loading)]
    assert journal.read_text().count("load") == 2
    again = make_engine(python=python)
    assert again.load(options, Listener(), CancelToken()).fallbacks == info.fallbacks
    assert journal.read_text().count("load") == 3
    assert ask(again, say()).text


@posix
def test_the_last_step_is_everything_plain(
    make_engine: MakeEngine, tiny_model: Path, frail: Callable[[str], tuple[str, Path]]
) -> None:
    python, _ = frail("load['mmap']")
    options = LoadOptions(tiny_model, context_tokens=2048, threads=2)
    info = make_engine(python=python).load(options, Listener(), CancelToken())
    assert info.fallbacks == (
        "extra buffer types off",
        "memory mapping off",
        "flash attention off",
        "one thread",
    )


@posix
def test_a_model_that_no_settings_save_is_named(
    make_engine: MakeEngine, tiny_model: Path, frail: Callable[[str], tuple[str, Path]]
) -> None:
    python, journal = frail("True")
    made = make_engine(python=python)
    with pytest.raises(UserError, match=r"ends llama\.cpp .* with every setting .it was ended by SIGSEGV"):
        made.load(LoadOptions(tiny_model, context_tokens=2048, threads=2), Listener(), CancelToken())
    assert journal.read_text().count("load") == 3
    assert made.pid is None


def test_an_interpreter_that_is_none_is_named(make_engine: MakeEngine, tiny_model: Path) -> None:
    with pytest.raises(UserError, match="cannot be started"):
        make_engine(python="/nowhere/python").load(
            LoadOptions(tiny_model, threads=1), Listener(), CancelToken()
        )


def test_nothing_is_imported_from_the_current_folder(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("numpy", "orjson", "jinja2", "llama_cpp", "nbreview"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the folder')")
    monkeypatch.chdir(tmp_path)
    assert ask_after_load(make_engine(), tiny_model).text


def test_the_devices_of_the_build_are_named(tiny_model: Path) -> None:
    found = hardware.devices()
    assert "CPU" in {device.backend for device in found}
    assert all(device.total_bytes >= device.free_bytes for device in found)
