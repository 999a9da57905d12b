"""The way down from the settings asked for to the plainest, and the words for each step."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm.fallback import LoadSettings, after_death, after_shortage, from_json, to_json, words

ASKED = LoadSettings(gpu_layers=28, threads=8)


def way_down(asked: LoadSettings) -> list[LoadSettings]:
    steps = [asked]
    while (following := after_death(steps[-1], asked)) is not None:
        steps.append(following)
    return steps


def test_deaths_switch_off_repacking_then_the_gpu_then_all_else() -> None:
    assert [", ".join(words(step, ASKED)) for step in way_down(ASKED)] == [
        "",
        "extra buffer types off",
        "extra buffer types off, 14 layers on the GPU instead of 28",
        "extra buffer types off, GPU off",
        "extra buffer types off, GPU off, memory mapping off, flash attention off, one thread",
    ]


@given(st.builds(LoadSettings, st.integers(0, 200), st.integers(1, 64), st.booleans(), st.booleans()))
def test_every_way_down_ends_plain(asked: LoadSettings) -> None:
    steps = way_down(asked)
    assert len(steps) <= 6
    assert steps[-1] == LoadSettings(0, 1, extra_buffers=False, mmap=False, flash_attention="off")


@given(st.integers(0, 200))
def test_a_shortage_halves_the_layers_until_none_is_left(layers: int) -> None:
    step: LoadSettings | None = replace(ASKED, gpu_layers=layers)
    while step is not None:
        last, step = step, after_shortage(step)
    assert last.gpu_layers == 0
    assert last.extra_buffers


def test_settings_survive_the_cache_and_strange_ones_do_not() -> None:
    assert from_json(to_json(ASKED)) == ASKED
    assert from_json({"layers": 3}) is None
    assert from_json(None) is None
