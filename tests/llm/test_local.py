"""The engine with the real llama.cpp in a real child: answers, stops, deaths, and what is told about them."""

import hashlib
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm import hardware
from nbreview.llm.local import LocalEngine, missing_reason
from nbreview.llm.model import (
    Choices,
    Died,
    Loading,
    LoadOptions,
    Message,
    Prompting,
    Ready,
    Reply,
    Request,
    Sampling,
    Token,
)
from tests.llm.conftest import Listener, say
from tests.tiny_model import LAYERS, write_tiny_model

VERDICT = r"""
root ::= "{\"verdict\": \"" ("crash" | "fine") "\", \"reason\": \"" [a-zé ]{8,40} "\"}"
"""

MakeEngine = Callable[..., LocalEngine]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")


def ask(engine: LocalEngine, request: Request, listener: Listener | None = None) -> Reply:
    return engine.ask(request, Listener() if listener is None else listener, CancelToken())


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


# loading


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
    assert info.load_seconds < 10


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


def ask_after_load(engine: LocalEngine, path: Path) -> Reply:
    engine.load(LoadOptions(path, context_tokens=2048, threads=1), Listener(), CancelToken())
    return ask(engine, say())


def test_layers_that_are_no_number_are_refused(make_engine: MakeEngine, tiny_model: Path) -> None:
    with pytest.raises(UserError, match="set auto, none or a number"):
        make_engine().load(LoadOptions(tiny_model, gpu_layers="many"), Listener(), CancelToken())


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


# answering


def test_a_reply_is_streamed_and_counted(engine: LocalEngine, listener: Listener) -> None:
    reply = ask(engine, say(max_tokens=40), listener)
    assert "".join(event.text for event in listener.of(Token)) == reply.text
    assert reply.finish == "length"
    assert reply.reply_tokens == 40
    assert reply.prompt_tokens == reply.evaluated_tokens > len("What changed?")
    assert 0 < reply.first_token_seconds < reply.total_seconds
    assert reply.tokens_per_second > 0
    prompting = listener.of(Prompting)
    assert (prompting[0].done, prompting[-1].done) == (0, reply.prompt_tokens)


def test_the_seed_decides(engine: LocalEngine) -> None:
    def text(seed: int) -> str:
        messages = (Message("user", "hi"),)
        return ask(engine, Request(messages, Sampling(1.5, 1.0, seed, 40))).text

    assert text(1) == text(1) != text(2)


def test_temperature_zero_is_greedy(engine: LocalEngine) -> None:
    texts = {
        ask(engine, Request((Message("user", "hi"),), Sampling(0.0, 1.0, seed, 30))).text for seed in (1, 2)
    }
    assert len(texts) == 1


def test_a_stop_text_ends_the_reply_and_is_not_in_it(engine: LocalEngine, listener: Listener) -> None:
    whole = ask(engine, say(max_tokens=60)).text
    stop = whole[20:23]
    reply = ask(engine, say(max_tokens=60, stop=(stop,)), listener)
    assert reply.text == whole[: whole.index(stop)]
    assert reply.finish == "stop"
    assert "".join(event.text for event in listener.of(Token)) == reply.text


@pytest.mark.parametrize("seed", range(6))
def test_a_grammar_makes_every_verdict_well_formed(engine: LocalEngine, seed: int) -> None:
    request = Request((Message("user", "Will it crash?"),), Sampling(1.2, 1.0, seed, 200), grammar=VERDICT)
    reply = ask(engine, request)
    verdict = orjson.loads(reply.text)
    assert verdict["verdict"] in ("crash", "fine")
    assert len(verdict["reason"]) >= 8
    assert reply.finish == "stop"


def test_characters_of_several_tokens_come_out_whole(engine: LocalEngine, listener: Listener) -> None:
    reply = ask(engine, say(max_tokens=100, grammar='root ::= "né à 北京 🙂"'), listener)
    assert reply.text == "né à 北京 🙂"
    assert all("\ufffd" not in event.text for event in listener.of(Token))


def test_a_grammar_that_is_none_is_our_fault_and_not_the_end(engine: LocalEngine) -> None:
    before = engine.pid
    with pytest.raises(RuntimeError, match="grammar"):
        ask(engine, say(grammar="root ::= unknown"))
    assert ask(engine, say()).text
    assert engine.pid == before


def test_choices_are_probabilities(engine: LocalEngine) -> None:
    choices = Choices('\n{"verdict": "', ("crash", "fine", "fine-ish"))
    reply = ask(engine, say(max_tokens=10, choices=choices))
    assert len(reply.probabilities) == 3
    assert math.isclose(sum(reply.probabilities), 1.0)
    assert all(0 < value < 1 for value in reply.probabilities)


def test_choices_do_not_depend_on_their_order(engine: LocalEngine) -> None:
    def weigh(*options: str) -> dict[str, float]:
        reply = ask(engine, say(max_tokens=10, choices=Choices(" so: ", options)))
        return dict(zip(options, reply.probabilities, strict=True))

    assert weigh("no", "not", "yes") == pytest.approx(weigh("yes", "not", "no"), rel=1e-3)


def test_choices_follow_a_reply_that_a_stop_text_cut(engine: LocalEngine) -> None:
    whole = ask(engine, say(max_tokens=30)).text
    request = say(max_tokens=30, stop=(whole[10:13],), choices=Choices(" ", ("a", "b")))
    assert math.isclose(sum(ask(engine, request).probabilities), 1.0)


def test_what_two_requests_share_is_evaluated_once(engine: LocalEngine) -> None:
    shared = Message("system", "The notebook so far: " + "x = 1\n" * 200)

    def cell(text: str) -> Reply:
        return ask(engine, Request((shared, Message("user", text)), Sampling(max_tokens=8)))

    first, second = cell("cell 1"), cell("cell 2")
    assert first.evaluated_tokens > 1000
    assert second.evaluated_tokens < 40


def test_a_reused_prefix_changes_nothing_in_the_answer(engine: LocalEngine) -> None:
    request = Request((Message("user", "a" * 300),), Sampling(0.0, max_tokens=40))
    fresh = ask(engine, request)
    ask(engine, say("something else entirely"))
    ask(engine, Request((Message("user", "a" * 200 + "b"),), Sampling(0.0, max_tokens=5)))
    assert ask(engine, request).text == fresh.text


def test_a_prompt_that_does_not_fit_says_by_how_much(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(LoadOptions(tiny_model, context_tokens=512, threads=1), Listener(), CancelToken())
    with pytest.raises(UserError, match=r"The prompt is 5,0\d\d tokens and the context of Tiny holds 512"):
        ask(made, say("x" * 5000))
    assert ask(made, say()).text


def test_a_reply_ends_where_the_context_does(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(LoadOptions(tiny_model, context_tokens=512, threads=1), Listener(), CancelToken())
    reply = ask(made, say("x" * 400, max_tokens=5000))
    assert reply.finish == "length"
    assert reply.prompt_tokens + reply.reply_tokens in (512, 513)
    assert ask(made, say()).text


def test_tokens_are_counted_as_plain_text(engine: LocalEngine) -> None:
    assert engine.count_tokens("") == 0
    assert engine.count_tokens("abc") == 3
    assert engine.count_tokens("a   b") == 4
    assert engine.count_tokens("<|im_end|>") == len("<|im_end|>")


def test_lone_surrogates_do_not_end_anything(engine: LocalEngine) -> None:
    assert ask(engine, say("a\ud800b")).text


# stopping


def test_stop_while_generating(engine: LocalEngine, listener: Listener) -> None:
    before, cancel = engine.pid, CancelToken()
    listener.on(Token, cancel.cancel)
    with pytest.raises(Cancelled):
        engine.ask(say(max_tokens=100_000), listener, cancel)
    assert ask(engine, say()).text
    assert engine.pid == before


def test_stop_while_prompting(engine: LocalEngine, listener: Listener) -> None:
    before, cancel = engine.pid, CancelToken()
    listener.on(Prompting, cancel.cancel)
    with pytest.raises(Cancelled):
        engine.ask(say("x" * 8000), listener, cancel)
    assert not listener.of(Token)
    fresh = ask(engine, say(max_tokens=20))
    assert engine.pid == before
    assert fresh.text == ask(engine, say(max_tokens=20)).text


def test_what_was_evaluated_before_a_stop_is_not_lost(engine: LocalEngine) -> None:
    cancel, listener, request = CancelToken(), Listener(), say("x" * 4000)

    def watch(event: object) -> None:
        listener(event)  # type: ignore[arg-type]
        if isinstance(event, Prompting) and event.done >= 1024:
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine.ask(request, watch, cancel)
    again = ask(engine, request)
    assert again.evaluated_tokens <= again.prompt_tokens - 1024


def test_a_request_cancelled_before_it_starts_asks_nothing(engine: LocalEngine, listener: Listener) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.ask(say(), listener, cancel)
    assert not listener


def test_stop_while_loading_leaves_no_child(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made, cancel = make_engine(), CancelToken()
    listener.on(Loading, cancel.cancel)
    with pytest.raises(Cancelled):
        made.load(LoadOptions(tiny_model, threads=1), listener, cancel)
    assert made.pid is None
    assert made.info is None
    assert ask_after_load(made, tiny_model).text


@posix
def test_a_child_that_does_not_heed_stop_is_ended_and_the_next_request_has_another(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made, cancel = make_engine(grace_seconds=0.05), CancelToken()
    made.load(LoadOptions(tiny_model, context_tokens=2048, threads=1), Listener(), CancelToken())
    first = made.pid
    assert first is not None

    def freeze() -> None:
        os.kill(first, signal.SIGSTOP)
        cancel.cancel()

    listener.on(Token, freeze)
    with pytest.raises(Cancelled):
        made.ask(say(max_tokens=100_000), listener, cancel)
    assert gone(first)
    again = Listener()
    assert ask(made, say(), again).text
    assert again.of(Ready)


# dying


@posix
def test_a_child_killed_in_an_answer_is_reported_and_replaced(
    own_engine: LocalEngine, listener: Listener
) -> None:
    first = own_engine.pid
    assert first is not None
    listener.on(Token, lambda: os.kill(first, signal.SIGKILL))
    with pytest.raises(
        UserError, match="Tiny was ended by SIGKILL in the middle of an answer; it starts again"
    ):
        own_engine.ask(say(max_tokens=100_000), listener, CancelToken())
    (death,) = listener.of(Died)
    assert death.exit_code == -signal.SIGKILL
    assert own_engine.pid is None
    again = Listener()
    assert ask(own_engine, say(), again).text
    assert again.of(Ready)
    assert own_engine.pid not in (None, first)


@posix
def test_a_child_killed_between_requests_is_replaced_without_a_word_lost(own_engine: LocalEngine) -> None:
    expected = ask(own_engine, say()).text
    assert own_engine.pid is not None
    os.kill(own_engine.pid, signal.SIGKILL)
    assert ask(own_engine, say()).text == expected
    os.kill(own_engine.pid, signal.SIGKILL)
    assert own_engine.count_tokens("abc") == 3


@posix
def test_a_child_that_hangs_is_given_up(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made = make_engine(hang_seconds=5.0)
    made.load(LoadOptions(tiny_model, context_tokens=2048, threads=1), Listener(), CancelToken())
    made._hang_seconds = 0.2
    first = made.pid
    assert first is not None
    listener.on(Token, lambda: os.kill(first, signal.SIGSTOP))
    with pytest.raises(UserError, match="gave no sign of life"):
        made.ask(say(max_tokens=100_000), listener, CancelToken())
    assert listener.of(Died)
    assert gone(first)


def test_closing_ends_the_child_and_the_request_under_way(
    own_engine: LocalEngine, listener: Listener
) -> None:
    pid = own_engine.pid
    closer = threading.Thread(target=own_engine.close)
    listener.on(Token, closer.start)
    with pytest.raises(Cancelled):
        own_engine.ask(say(max_tokens=100_000), listener, CancelToken())
    closer.join()
    assert own_engine.info is None
    assert pid is not None
    assert gone(pid)


@posix
def test_a_killed_window_leaves_no_child(tiny_model: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from nbreview.cancellation import CancelToken\n"
        "from nbreview.llm.local import LocalEngine\n"
        "from nbreview.llm.model import LoadOptions, Message, Request, Sampling, Token\n"
        "engine = LocalEngine(cache=Path(sys.argv[2]))\n"
        "engine.load(LoadOptions(Path(sys.argv[1]), threads=1), lambda event: None, CancelToken())\n"
        "def tell(event):\n"
        "    if isinstance(event, Token): print(engine.pid, flush=True)\n"
        "engine.ask(Request((Message('user', 'x'),), Sampling(max_tokens=100000)), tell, CancelToken())\n"
    )
    window = subprocess.Popen(
        [sys.executable, "-c", script, str(tiny_model), str(tmp_path / "cache.json")],
        stdout=subprocess.PIPE,
        text=True,
    )
    with window:
        assert window.stdout is not None
        child = int(window.stdout.readline())
        waiter = threading.Event()
        window.kill()
    for _ in range(200):
        if gone(child):
            break
        waiter.wait(0.02)
    assert gone(child)


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
