"""How a model is loaded: what was asked for is heeded, what llama.cpp refuses gives way and is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.calibration import Calibration
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Loading, LoadOptions, Message, ModelInfo, Request, Sampling
from tests.llm.conftest import Listener, MakeEngine, ask, say
from tests.tiny_model import quantise, write_tiny_model

FOUND = Calibration(1, 256, "q8_0", "on", False, 100.0, 10.0)


def load(engine: LocalEngine, path: Path, **options: object) -> ModelInfo:
    loading = LoadOptions(path, context_tokens=2048, threads=1)
    return engine.load(replace(loading, **options), Listener(), CancelToken())  # type: ignore[arg-type]


def log_of(engine: LocalEngine) -> str:
    """What llama.cpp said in the child, with single spaces."""
    assert engine._child is not None
    return "\n".join(" ".join(line.split()) for line in engine._child.log)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"kv_type": "q8_0"}, "K (q8_0)"),
        ({"kv_type": "Q4_0", "flash_attention": "on"}, "V (q4_0)"),
        ({"kv_type": "f32", "flash_attention": "off"}, "K (f32)"),
        ({"flash_attention": "off"}, "flash_attn = disabled"),
        ({"flash_attention": "on"}, "flash_attn = enabled"),
        ({"batch_tokens": 64}, "n_ubatch = 64"),
    ],
)
def test_what_was_asked_for_is_what_llama_cpp_does(
    make_engine: MakeEngine, tiny_model: Path, options: dict[str, object], said: str
) -> None:
    made = make_engine()
    assert load(made, tiny_model, **options).fallbacks == ()
    assert ask(made, say("x" * 200)).text
    assert said in log_of(made)


def test_a_quantised_cache_without_flash_attention_gives_way_and_that_is_said(
    make_engine: MakeEngine, tiny_model: Path
) -> None:
    made = make_engine()
    info = load(made, tiny_model, kv_type="q8_0", flash_attention="off")
    assert info.fallbacks == ("KV cache not in q8_0 without flash attention",)
    assert ask(made, say()).text


def test_a_cache_that_the_heads_do_not_fit_gives_way_and_is_remembered(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path
) -> None:
    odd = write_tiny_model(tmp_path / "odd.gguf", head=16)
    made = make_engine()
    assert load(made, odd, kv_type="q8_0").fallbacks == ("KV cache not in q8_0",)
    assert ask(made, say()).text
    listener = Listener()
    options = LoadOptions(odd, context_tokens=2048, threads=1, kv_type="q8_0")
    assert make_engine().load(options, listener, CancelToken()).fallbacks == ("KV cache not in q8_0",)
    details = [event.detail for event in listener if isinstance(event, Loading)]
    assert details and not any("trying again" in detail for detail in details)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kv_type": "q3"}, "KV cache cannot be in “q3”; set one of f32, f16"),
        ({"flash_attention": "maybe"}, "Flash attention cannot be “maybe”; set auto, on or off"),
        ({"batch_tokens": -1}, "A batch cannot be of -1 tokens"),
        ({"threads": 100_000}, "cannot run on 100,000 threads"),
    ],
)
def test_an_option_that_is_none_is_named(
    make_engine: MakeEngine, tiny_model: Path, options: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        load(make_engine(), tiny_model, **options)


def test_what_a_trial_found_is_taken_where_nothing_is_asked_for(
    make_engine: MakeEngine, tiny_model: Path
) -> None:
    made = make_engine()
    load(made, tiny_model)
    made.keep_calibration(FOUND)
    again = make_engine()
    assert load(again, tiny_model).fallbacks == ()
    assert "K (q8_0)" in log_of(again) and "n_ubatch = 256" in log_of(again)
    request = Request((Message("user", "ab " * 60),), Sampling(0.0, max_tokens=60), lookup=True)
    assert ask(again, request).guessed_tokens == 0, "the trial found that guessing does not gain"
    load(again, tiny_model, kv_type="f16", batch_tokens=128)
    assert "K (f16)" in log_of(again) and "n_ubatch = 128" in log_of(again)


def test_a_trial_of_no_model_is_not_kept(make_engine: MakeEngine) -> None:
    with pytest.raises(UserError, match="No model is loaded"):
        make_engine().keep_calibration(FOUND)


@pytest.mark.parametrize(("name", "file_type"), [("Q4_0", 2), ("Q8_0", 7), ("Q4_K_M", 15), ("Q6_K", 18)])
def test_every_usual_quantisation_answers_whatever_the_processor(
    make_engine: MakeEngine, tmp_path: Path, tiny_model: Path, name: str, file_type: int
) -> None:
    """With AMX some of these end the process in their first batch; the load then falls back by itself."""
    wide = write_tiny_model(tmp_path / "wide.gguf", width=256)
    model = quantise(wide, tmp_path / f"{name}.gguf", file_type=file_type)
    made = make_engine()
    info = load(made, model)
    assert info.quantisation == name
    assert info.fallbacks in ((), ("extra buffer types off",))
    assert ask(made, say("x" * 600)).text
    # A batch rounds otherwise than single tokens in these types, so the text may differ where two tokens tie.
    guessing = Request((Message("user", "ab " * 60),), Sampling(0.0, max_tokens=60), lookup=True)
    assert ask(made, guessing).text
