"""What is faster is taken, quality before speed; what was found is kept per machine, build and model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.cache import JsonCache
from nbreview.llm.calibration import Calibration, Progress, Speed, Trial, calibrate, keep, kept
from nbreview.words import Said


def run(speed: Callable[[Trial], Speed], **arguments: object) -> tuple[Calibration, list[Progress]]:
    said: list[Progress] = []
    arguments = {"fits": lambda kind: True, "cancel": CancelToken(), **arguments}
    found = calibrate(speed, 4, 8, report=said.append, **arguments)  # type: ignore[arg-type]
    return found, said


def test_what_gains_is_taken_and_told() -> None:
    found, said = run(lambda trial: Speed(100, 20 if trial.threads == 3 else 10))
    assert (found.threads, found.speed) == (3, 20)
    assert found.why == ("threads 3: 50% faster than threads 4",)
    assert said[0].done == 0
    assert said[-1].done == said[-1].total


def test_what_gains_less_than_the_measurement_wavers_is_not() -> None:
    found, _ = run(lambda trial: Speed(100, 10.2 if trial.threads == 3 else 10))
    assert (found.threads, found.batch_tokens, found.kv_type, found.flash_attention) == (
        4,
        512,
        "f16",
        "auto",
    )
    assert found.why == ()


def test_a_machine_that_became_faster_meanwhile_does_not_make_a_setting_win() -> None:
    speeds = iter([10.0, 20.0, 20.0, *[20.0] * 20])
    found, _ = run(lambda trial: Speed(100, next(speeds)))
    assert found.threads == 4


@pytest.mark.parametrize(("gain", "chosen"), [(1.1, "f16"), (1.3, "q8_0")])
def test_a_coarser_cache_must_gain_clearly(gain: float, chosen: str) -> None:
    found, _ = run(lambda trial: Speed(100 * gain, 10 * gain) if trial.kv_type == "q8_0" else Speed(100, 10))
    assert found.kv_type == chosen


def test_where_f16_does_not_fit_the_finest_that_does_is_taken_and_said() -> None:
    found, _ = run(lambda trial: Speed(100, 10), fits=lambda kind: kind == "q8_0")
    assert found.kv_type == "q8_0"
    assert found.why == ("KV cache q8_0: f16 does not fit into free memory",)


@pytest.mark.parametrize(("repeated", "on"), [(25.0, True), (9.0, False)])
def test_guessing_ahead_is_on_where_it_gains(repeated: float, on: bool) -> None:
    found, _ = run(lambda trial: Speed(100, 10, repeated))
    assert found.lookup is on
    assert found.why[-1].startswith(f"guessing ahead {'on' if on else 'off'}")


def test_a_setting_that_cannot_be_loaded_is_no_choice() -> None:
    def speed(trial: Trial) -> Speed:
        if trial.flash_attention == "off":
            raise UserError("no")
        return Speed(100, 10)

    assert run(speed)[0].flash_attention == "auto"


def test_when_the_time_is_up_the_rest_is_named() -> None:
    found, _ = run(lambda trial: Speed(100, 10), seconds=0.0)
    assert found.why == ("not tried for want of time: threads, batch, flash attention, KV cache",)


def test_stop_ends_it_with_nothing_chosen() -> None:
    cancel = CancelToken()

    def speed(trial: Trial) -> Speed:
        cancel.cancel()
        return Speed(100, 10)

    with pytest.raises(Cancelled):
        run(speed, cancel=cancel)


def test_what_was_found_is_kept_for_this_machine_build_and_model(tmp_path: Path) -> None:
    cache = JsonCache(tmp_path / "models.json")
    found = Calibration(3, 512, "f16", "auto", True, 100.0, 10.0, ("threads 3: faster",))
    keep(cache, "m", "b", "f", found)
    assert kept(cache, "m", "b", "f") == found
    assert kept(cache, "m", "b", "other") is None
    found, _ = run(lambda trial: Speed(100, 10), seconds=0.0)
    keep(cache, "m", "b", "f", found)
    again = kept(cache, "m", "b", "f")
    assert again == found
    assert again is not None
    why = again.why[0]
    assert isinstance(why, Said)
    assert why.template == "not tried for want of time: {names}"
    assert isinstance(why.values["names"], Said)
    cache.put("calibration", "m|b|f", {"threads": 3})
    assert kept(cache, "m", "b", "f") is None
