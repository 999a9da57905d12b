"""What the engine keeps of a prompt: across requests, across models of other kinds, and across restarts."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.llm.local import LocalEngine, states_folder
from nbreview.llm.model import LoadOptions, Message, Reply, Request, Sampling
from nbreview.llm.states import States
from tests.llm.conftest import Listener, MakeEngine, posix
from tests.llm.tiny_kinds import WINDOW, write_gemma, write_jamba, write_mamba
from tests.tiny_model import write_tiny_model

BOOK = "x = load('data.csv')\n" * 40
CELLS = [f"y_{place} = x.column({place})\n" for place in range(6)]
QUESTION = "\n\nDoes it crash?"

KINDS = {"llama": write_tiny_model, "gemma": write_gemma, "mamba": write_mamba, "jamba": write_jamba}


@pytest.fixture(params=KINDS)
def model(request: pytest.FixtureRequest, tmp_path: Path, tiny_model: Path) -> Path:
    """A tiny model of each kind of memory: whole, sliding windows, a running state, and a mixture."""
    write: Callable[[Path], Path] = KINDS[request.param]
    return write(tmp_path / f"{request.param}.gguf")


def started(make_engine: MakeEngine, path: Path, **options: object) -> LocalEngine:
    made = make_engine()
    loading = LoadOptions(path, context_tokens=4096, threads=1, **options)  # type: ignore[arg-type]
    made.load(loading, Listener(), CancelToken())
    return made


def about(engine: LocalEngine, cell: int, key: str = "", end: str = QUESTION) -> Reply:
    """Ask about a cell: the book, the cells up to it, and a question that no other request begins with."""
    shared = BOOK + "".join(CELLS[: cell + 1])
    request = Request(
        (Message("user", shared + end),), Sampling(0.0, max_tokens=12), state_key=key, shared=len(shared)
    )
    return engine.ask(request, Listener(), CancelToken())


def state_files(tmp_path: Path) -> list[Path]:
    folder = states_folder(tmp_path)
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_scan_evaluates_the_next_cell_and_the_question_only(make_engine: MakeEngine, model: Path) -> None:
    scanning = started(make_engine, model)
    replies = [about(scanning, cell) for cell in range(4)]
    assert replies[0].evaluated_tokens == replies[0].prompt_tokens > 800
    assert all(reply.evaluated_tokens < 70 for reply in replies[1:])
    fresh = started(make_engine, model)
    assert about(fresh, 3).text == replies[3].text, "what was kept is what would have been evaluated"


def test_reopening_costs_no_evaluation(make_engine: MakeEngine, model: Path, tmp_path: Path) -> None:
    first = started(make_engine, model)
    expected = about(first, 2, "book").text
    assert state_files(tmp_path) == [], "not while more may be asked"
    pid = first.pid
    first.close()
    (path,) = state_files(tmp_path)
    assert "book" not in path.name
    second = started(make_engine, model)
    assert second.pid != pid
    again = about(second, 2, "book")
    assert again.evaluated_tokens < 40 < again.prompt_tokens // 20
    assert again.text == expected
    further = about(second, 3, "book")
    assert further.evaluated_tokens < 70
    assert further.text == about(started(make_engine, model), 3).text


def test_what_slid_out_of_a_window_is_evaluated_again(make_engine: MakeEngine, tmp_path: Path) -> None:
    model = write_gemma(tmp_path / "gemma.gguf")
    first = started(make_engine, model)
    about(first, 5, "book")
    first.close()
    second = started(make_engine, model)
    early = about(second, 0, "book")
    assert early.prompt_tokens > 10 * WINDOW
    assert early.text == about(started(make_engine, model), 0).text


def test_another_notebook_another_setting_and_another_model_have_files_of_their_own(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    for options, key in ({}, "book"), ({}, "other"), ({"kv_type": "f32"}, "book"):
        made = started(make_engine, tiny_model, **options)  # type: ignore[arg-type]
        assert about(made, 1, key).evaluated_tokens > 800
        made.close()
    changed = started(make_engine, write_tiny_model(tmp_path / "named.gguf", name="Named"))
    assert about(changed, 1, "book").evaluated_tokens > 800
    changed.close()
    assert len(state_files(tmp_path)) == 4


@posix
def test_a_prompt_is_written_when_nothing_has_been_asked_for_a_while(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    made = started(make_engine, tiny_model)
    about(made, 1, "book")
    waiter = threading.Event()
    for _ in range(100):
        if any(path.suffix == ".state" for path in state_files(tmp_path)):
            break
        waiter.wait(0.05)
    assert made.pid is not None
    os.kill(made.pid, signal.SIGTERM)
    assert about(started(make_engine, tiny_model), 1, "book").evaluated_tokens < 40


def test_a_shorter_prompt_does_not_replace_the_longer_one(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    first = started(make_engine, tiny_model)
    about(first, 5, "book")
    first.close()
    before = state_files(tmp_path)[0].stat().st_size
    second = started(make_engine, tiny_model)
    about(second, 1, "book")
    second.close()
    assert state_files(tmp_path)[0].stat().st_size == before


@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"x" * 10_000]
)
def test_a_broken_file_costs_an_evaluation_and_is_replaced(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    first = started(make_engine, tiny_model)
    expected = about(first, 2, "book").text
    first.close()
    (path,) = state_files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    second = started(make_engine, tiny_model)
    again = about(second, 2, "book")
    assert again.text == expected and again.evaluated_tokens == again.prompt_tokens
    second.close()
    third = started(make_engine, tiny_model)
    assert about(third, 2, "book").evaluated_tokens < 40


def test_a_state_that_llama_cpp_refuses_is_removed(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    first = started(make_engine, tiny_model)
    expected = about(first, 2, "book").text
    first.close()
    (path,) = state_files(tmp_path)
    kept = States(path.parent).tokens(path.stem)
    States(path.parent).write(path.stem, kept, b"\xff" * 5000)  # whole as a file, and nonsense
    second = started(make_engine, tiny_model)
    pid = second.pid
    again = about(second, 2, "book")
    assert (again.text, again.evaluated_tokens) == (expected, again.prompt_tokens)
    assert second.pid == pid


def test_a_request_without_a_key_leaves_nothing_on_disk(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    made = started(make_engine, tiny_model)
    about(made, 2)
    made.close()
    assert state_files(tmp_path) == []
