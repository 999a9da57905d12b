"""How fast a local model answers, beside llama.cpp's own `llama-bench` on the same file, and what it takes.

The models have real shapes and random weights (packaging/random_model.py writes them into the cache folder).
Ours is what the program does: a child process, pipes, a template, text. The machine's speed swings, so ours
and theirs take turns and the medians of the turns are compared.
"""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from nbreview.assist.crashes import assess_crash
from nbreview.cancellation import CancelToken
from nbreview.llm.hardware import free_memory, physical_processors
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Engine, Event, LoadOptions, Message, ModelInfo, Reply, Request, Sampling
from nbreview.notebook.reader import read_bytes
from tests.bench.big_notebooks import many_cells
from tests.bench.measure import HERE, ROOT, Row, Settings, child
from tests.bench.model_llama_bench import llama_bench, run
from tests.tiny_model import write_tiny_model

_PROMPT, _REPLY, _BATCH = 512, 64, 512
_MODELS = (("0.5b", "Q8_0"), ("0.5b", "Q4_K_M"), ("7b", "Q4_0"))
_LARGE = {"7b": 7 * 2**30}
_SCAN_CELLS = 40
_MEMORY = (("2048", "f16", "on", "512"), ("8192", "q8_0", "on", "512"), ("32768", "f16", "on", "512"))
_EXACT = ("8192", "f16", "off", "256")


@dataclass(frozen=True, slots=True)
class _Speeds:
    prompt: float
    reply: float


def model_rows(folder: Path, settings: Settings) -> list[Row]:
    """All of the group: speed, guessing ahead, shared prompts, cancelling, memory."""
    models = [_random_model(*kind) for kind in _MODELS if free_memory() > _LARGE.get(kind[0], 0)]
    rows: list[Row] = []
    for path in models:
        rows += _speed_rows(path, folder, settings)
    rows.append(_lookup_row(_random_model("0.5b", "Q4_0", "--counting"), folder, settings))
    tiny = write_tiny_model(folder / "tiny.gguf")
    rows.append(_scan_row(tiny, folder))
    rows.append(_cancel_row(models[0], folder))
    for path in (tiny, *models):
        rows += [_memory_row(path, *asked) for asked in (*_MEMORY, _EXACT)]
    return rows


def _random_model(shape: str, kind: str, *flags: str) -> Path:
    return Path(child(str(ROOT / "packaging" / "random_model.py"), shape, "--type", kind, *flags).strip())


def _speed_rows(path: Path, folder: Path, settings: Settings) -> list[Row]:
    """Prompt and generation, ours and theirs in turns; the time to load."""
    threads = physical_processors()
    program = None
    if settings.patience is not None:
        program = llama_bench()
    engine = LocalEngine(cache=folder / "models.json")
    ours: list[_Speeds] = []
    theirs: list[_Speeds] = []
    try:
        engine.load(_options(path, threads), _ignore, CancelToken())  # the file is read and hashed
        info = engine.load(_options(path, threads), _ignore, CancelToken())
        overhead = _ask(engine, "x", 1).prompt_tokens - 1
        for turn in range(settings.runs + 1):
            mine = _speeds(engine, turn, _PROMPT - overhead)
            if turn:  # the first warms both up
                ours.append(mine)
            if program is not None:
                found = run(program, _bench_arguments(path, threads, info))
                if turn:
                    theirs.append(_Speeds(found[f"pp{_PROMPT}"], found[f"tg{_REPLY}"]))
    finally:
        engine.close()
    name = _name(path)
    rows = []
    for what, field in ((f"prompt of {_PROMPT} tokens", "prompt"), (f"reply of {_REPLY} tokens", "reply")):
        mine = statistics.median(getattr(speeds, field) for speeds in ours)
        peer = ""
        if theirs:
            their = statistics.median(getattr(speeds, field) for speeds in theirs)
            pairs = [getattr(a, field) / getattr(b, field) for a, b in zip(ours, theirs, strict=True)]
            peer = f"{their:.1f} tokens/s ({statistics.median(pairs):.0%} of it reached)"
        rows.append(Row(f"{name}: {what}, {threads} threads", f"{mine:.1f} tokens/s", peer, "95 %"))
    rows.append(Row(f"{name}: load and prove, file in memory", f"{info.load_seconds:.2f} s"))
    return rows


def _options(path: Path, threads: int, context: int = 2048) -> LoadOptions:
    return LoadOptions(path, "none", context, threads, _BATCH, "f16", "on")


def _bench_arguments(path: Path, threads: int, info: ModelInfo) -> list[str]:
    repack = "0" if "extra buffer types off" in info.fallbacks else "1"
    sizes = ["-p", str(_PROMPT), "-n", str(_REPLY), "-b", str(_BATCH), "-ub", str(_BATCH), "-r", "1"]
    return ["-m", str(path), "-t", str(threads), *sizes, "-fa", "on", "-ngl", "0", "--repack", repack]


def _speeds(engine: LocalEngine, turn: int, characters: int) -> _Speeds:
    """One turn: a prompt that shares nothing with the last, then a reply to a short one."""
    letter = chr(ord("a") + turn % 26)
    prompt = _ask(engine, letter + "x" * (characters - 1), 1)
    reply = _ask(engine, letter, _REPLY)
    return _Speeds(prompt.evaluated_tokens / prompt.first_token_seconds, reply.tokens_per_second)


def _lookup_row(path: Path, folder: Path, settings: Settings) -> Row:
    """A model that counts on through the printable characters, asked with a cell in which every fiftieth
    character is another: an edit that repeats its cell but for 2 %."""
    printable = "".join(map(chr, range(0x20, 0x7F)))
    cell = "".join("\t" if place % 50 == 49 else sign for place, sign in enumerate(printable * 4))
    engine = LocalEngine(cache=folder / "models.json")
    speeds: dict[bool, list[Reply]] = {False: [], True: []}
    try:
        engine.load(_options(path, physical_processors()), _ignore, CancelToken())
        for _ in range(settings.runs):
            for ahead in (False, True):
                speeds[ahead].append(_ask(engine, cell, 256, lookup=ahead))
    finally:
        engine.close()
    plain, guessed = (
        statistics.median(reply.tokens_per_second for reply in speeds[kind]) for kind in (False, True)
    )
    last = speeds[True][-1]
    same = "same text" if last.text == speeds[False][-1].text else "ANOTHER TEXT"
    return Row(
        f"{_name(path)}: reply that repeats 98 % of its cell, guessing ahead ({last.taken_tokens} of "
        f"{last.guessed_tokens} guesses right, {same})",
        f"{guessed:.1f} tokens/s ({guessed / plain:.1f}× of {plain:.1f} without)",
    )


class _Counting:
    """An engine that counts the tokens that were evaluated for its replies' prompts."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self.evaluated = 0

    @property
    def info(self) -> ModelInfo | None:
        return self._engine.info

    def load(self, options: LoadOptions, on_event: object, cancel: CancelToken) -> ModelInfo:
        return self._engine.load(options, _ignore, cancel)

    def ask(self, request: Request, on_event: object, cancel: CancelToken) -> Reply:
        reply = self._engine.ask(request, _ignore, cancel)
        self.evaluated += reply.evaluated_tokens
        return reply

    def count_tokens(self, text: str) -> int:
        return self._engine.count_tokens(text)

    def close(self) -> None:
        self._engine.close()


def _scan_row(tiny: Path, folder: Path) -> Row:
    """Tokens evaluated for a scan of all cells, over the tokens of the notebook's cells."""
    notebook = read_bytes(many_cells(_SCAN_CELLS, edited=False), "scan.ipynb")
    counting = _Counting(LocalEngine(cache=folder / "models.json"))
    engine: Engine = counting
    try:
        engine.load(_options(tiny, 1, 65_536), _ignore, CancelToken())
        code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        for index in code:
            assess_crash(engine, notebook, index, Sampling(0.0), 65_536, _ignore, CancelToken(), keep=False)
        tokens = sum(engine.count_tokens(notebook.cells[index].source) for index in code)
    finally:
        engine.close()
    ratio = counting.evaluated / tokens
    what = f"scan of {_SCAN_CELLS} cells: tokens evaluated over tokens in the notebook"
    return Row(what, f"{ratio:.2f} ({counting.evaluated:,} of {tokens:,})", reach="1.15 or less")


def _cancel_row(path: Path, folder: Path) -> Row:
    kept = folder / "cancels"
    kept.mkdir()
    found = json.loads(child(str(HERE / "model_cancel_case.py"), str(path), str(kept), "60", "2000"))
    return Row(
        f"{_name(path)}: Stop at {found['cancels']} random moments to idle, median and worst "
        f"({found['strays_after_close']} stray processes)",
        f"{found['median_ms']:.0f} ms, {found['worst_ms']:.0f} ms",
        reach="100 ms, 2 s",
    )


def _memory_row(path: Path, context: str, kv_type: str, flash: str, batch: str) -> Row:
    case = str(HERE / "model_memory_case.py")
    found = json.loads(child(case, str(path), context, kv_type, flash, batch))
    planned = found["cache"] + found["compute"] + found["weights"]
    allocated = found["cache_logged"] + found["compute_logged"] + found["weights_logged"]
    error = planned / allocated - 1
    return Row(
        f"{_name(path)}: plan against llama.cpp's log, context {context}, KV {kv_type}, flash attention "
        f"{flash}, batch {batch}",
        f"{planned:,.0f} of {allocated:,.0f} MiB ({error:+.1%}; resident {found['resident']:,.0f} MiB of "
        f"{found['planned']:,.0f} with the process)",
        reach="10 %",
    )


def _ask(engine: LocalEngine, text: str, most: int, *, lookup: bool = False) -> Reply:
    request = Request((Message("user", text),), Sampling(0.0, max_tokens=most), lookup=lookup)
    return engine.ask(request, _ignore, CancelToken())


def _name(path: Path) -> str:
    parts = path.stem.split("-")
    return f"{parts[1].upper()} {parts[-1]}" if parts[0] == "random" else path.stem


def _ignore(_: Event) -> None:
    """No one listens."""
