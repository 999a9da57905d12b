"""A short calibration of one model on this machine: settings are tried in a process of their own, timed and
kept. May run on any worker thread."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson

from nbreview import paths
from nbreview.cancellation import CancelToken
from nbreview.llm import hardware, offload
from nbreview.llm.admission import wish
from nbreview.llm.calibration import SECONDS, SECTION, Calibration, Progress, Speed, Trial, calibrate
from nbreview.llm.header import read_model
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Event, LoadOptions, Message, Reply, Request, Sampling
from nbreview.services.models import machine_devices

_CODE = """def summary(frame, column):
    values = frame[column].dropna()
    low, high = values.min(), values.max()
    return {"low": low, "high": high, "mean": values.mean(), "count": len(values)}
"""
_FILLER = "The notebook reads a table, fits a model and reports how good it is. "
_TRIAL_SECONDS = 2.0
_REPLY_TOKENS = 24


def calibrate_model(
    options: LoadOptions,
    report: Callable[[Progress], None],
    cancel: CancelToken,
    *,
    cache: Path | None = None,
    seconds: float = SECONDS,
) -> Calibration:
    """Try settings for this model, keep what is fastest, and return it; the next load takes it.

    Parameters
    ----------
    options:
        The model, its context and its layers on the GPU; the other fields are what is tried.
    report:
        Takes what is being tried.
    cache:
        File of the settings that worked; by default the engine's.

    Raises
    ------
    UserError
        The model cannot be loaded at all.
    Cancelled
        Stopped; nothing is kept.
    """
    cache = cache or paths.cache_dir() / "models.json"
    header, _ = read_model(options.path)
    here = machine_devices()

    def fits(kind: str) -> bool:
        return offload.plan(header, here, wish(replace(options, kv_type=kind), header)).fits

    with tempfile.TemporaryDirectory(prefix="nbreview-calibration-") as folder:
        # Hashes and what failed are known to the trials, what was calibrated before is not; and no prompt of
        # a trial is kept.
        own = Path(folder) / "models.json"
        with contextlib.suppress(OSError, ValueError):
            known = orjson.loads(cache.read_bytes())
            own.write_bytes(orjson.dumps({name: known[name] for name in known if name != SECTION}))
        engine = LocalEngine(cache=own)
        stopwatch = _Stopwatch(engine, options, cancel)
        try:
            found = calibrate(
                stopwatch.measure,
                hardware.physical_processors(),
                os.cpu_count() or 1,
                fits,
                report,
                cancel,
                seconds,
            )
        finally:
            engine.close()
    keeper = LocalEngine(cache=cache)
    try:
        keeper.load(replace(options, kv_type=found.kv_type), _ignore, cancel)
        keeper.keep_calibration(found)
    finally:
        keeper.close()
    return found


class _Stopwatch:
    """Times one trial: a prompt, a reply, and a reply that repeats. The first trial says how much text fills
    a few seconds."""

    def __init__(self, engine: LocalEngine, options: LoadOptions, cancel: CancelToken) -> None:
        self._engine = engine
        self._options = options
        self._cancel = cancel
        self._prompt_tokens = 0

    def measure(self, trial: Trial) -> Speed:
        """Load with these settings and time."""
        asked = replace(
            self._options,
            threads=trial.threads,
            batch_tokens=trial.batch_tokens,
            kv_type=trial.kv_type,
            # "auto" would be filled in from what was kept; llama.cpp's own choice is meant.
            flash_attention="on" if trial.flash_attention == "auto" else trial.flash_attention,
        )
        info = self._engine.load(asked, _ignore, self._cancel)
        each = max(1, self._engine.count_tokens(_FILLER))
        first = self._ask(_FILLER * max(1, 48 // each), 1)
        if not self._prompt_tokens:
            speed = first.evaluated_tokens / max(first.first_token_seconds, 1e-6)
            most = min(768, info.context_tokens // 2)
            self._prompt_tokens = int(min(most, max(48, speed * _TRIAL_SECONDS)))
        # Another beginning, so that nothing of it is in the model's memory already.
        prompt = self._ask("Summarise. " + _FILLER * max(1, self._prompt_tokens // each), _REPLY_TOKENS)
        repeated = self._ask(
            f"Write this again, unchanged:\n```python\n{_CODE}```", _REPLY_TOKENS, lookup=True
        )
        return Speed(
            prompt=prompt.evaluated_tokens / max(prompt.first_token_seconds, 1e-6),
            reply=prompt.tokens_per_second,
            repeated=repeated.tokens_per_second if repeated.guessed_tokens else 0.0,
        )

    def _ask(self, text: str, most: int, *, lookup: bool = False) -> Reply:
        request = Request((Message("user", text),), Sampling(0.0, max_tokens=most), lookup=lookup)
        return self._engine.ask(request, _ignore, self._cancel)


def _ignore(_: Event) -> None:
    """No one listens."""
