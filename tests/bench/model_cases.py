"""How fast a local model answers, beside llama.cpp's own `llama-bench` on the same file, and what it takes.

The models have real shapes and random weights (packaging/random_model.py writes them into the cache folder).
Ours is what the program does: a child process, pipes, a template, text. The machine's speed swings, so ours
and theirs take turns and the medians of the turns are compared.
"""

import json
import statistics
from dataclasses import dataclass, replace
from pathlib import Path

from nbreview.assist.context import render_cell
from nbreview.assist.crashes import assess_crash
from nbreview.assist.prompts import CRASH, load_template
from nbreview.cancellation import CancelToken
from nbreview.llm.hardware import free_memory, physical_processors
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Engine, Event, LoadOptions, Message, ModelInfo, Reply, Request, Sampling
from nbreview.notebook.reader import read_bytes
from tests.bench.big_notebooks import many_cells
from tests.bench.measure import HERE, ROOT, Row, Settings, child
from tests.bench.model_llama_bench import llama_bench, run
from tests.tiny_model import write_tiny_model, write_word_model

_PROMPT, _REPLY, _BATCH = 512, 64, 512
_LARGE_PROMPT, _LARGE_REPLY = 256, 24
_MODELS = (("0.5b", "Q8_0"), ("0.5b", "Q4_K_M"), ("7b", "Q4_0"))
_LARGE = {"7b": 7 * 2**30}
_SCAN_CELLS = 40
_MEMORY = (("2048", "f16", "on", "512"), ("8192", "q8_0", "on", "512"), ("32768", "f16", "on", "512"))
_EXACT = ("8192", "f16", "off", "256")
_LARGE_MEMORY = (("8192", "f16", "on", "256"),)
_CANCELS = 200
_BESIDE = 2048
"""Tokens of a context for instructions and reply."""
_SHORT = 'root ::= "{\\"reasoning\\": \\"" [a-z]{1,6} "\\""'
"""What is measured in a scan are prompts: the model may reason for six letters."""


@dataclass(frozen=True, slots=True)
class _Speeds:
    prompt: float
    reply: float


def model_rows(folder: Path, settings: Settings) -> list[Row]:
    """All of the group: speed, drawing, guessing ahead, shared prompts, cancelling, memory."""
    from tests.bench.drawing_cases import drawing_rows  # imports llama.cpp, which no other group does

    models = [_random_model(*kind) for kind in _MODELS if free_memory() > _LARGE.get(kind[0], 0)]
    rows: list[Row] = []
    for path in models:
        rows += _speed_rows(path, folder, settings)
    rows += drawing_rows()
    rows.append(_lookup_row(_random_model("0.5b", "Q4_0", "--counting"), folder, settings))
    tiny = write_tiny_model(folder / "tiny.gguf")
    rows += _scan_rows(folder)
    rows += [_cancel_row(tiny, folder, _CANCELS, 4000), _cancel_row(models[0], folder, 60, 2000)]
    for path in (tiny, *models):
        wanted = _LARGE_MEMORY if _large(path) else (*_MEMORY, _EXACT)
        rows += [_memory_row(path, *asked) for asked in wanted]
    return rows


def _large(path: Path) -> bool:
    return any(f"-{shape}-" in path.name for shape in _LARGE)


def _random_model(shape: str, kind: str, *flags: str) -> Path:
    return Path(child(str(ROOT / "packaging" / "random_model.py"), shape, "--type", kind, *flags).strip())


def _speed_rows(path: Path, folder: Path, settings: Settings) -> list[Row]:
    """Prompt and generation, ours and theirs in turns; the time to load.

    Both evaluate a prompt of as many new tokens in one batch. Beside the median of the turns stand the best
    ones: what else runs on the machine makes a turn slower and none faster.
    """
    threads = physical_processors()
    prompt, reply = (_LARGE_PROMPT, _LARGE_REPLY) if _large(path) else (_PROMPT, _REPLY)
    program = None
    if settings.patience is not None:
        program = llama_bench()
    engine = LocalEngine(cache=folder / "models.json")
    ours: list[_Speeds] = []
    theirs: list[_Speeds] = []
    try:
        engine.load(_options(path, threads), _ignore, CancelToken())  # the file is read and hashed
        info = engine.load(_options(path, threads), _ignore, CancelToken())
        _ask(engine, "x", 1)
        after = _ask(engine, "y", 1).evaluated_tokens - 1  # what the template puts behind a text
        for turn in range(settings.runs + 1):
            mine = _speeds(engine, turn, prompt - after, reply)
            if turn:  # the first warms both up
                ours.append(mine)
            if program is not None:
                found = run(program, _bench_arguments(path, threads, info, prompt, reply))
                if turn:
                    theirs.append(_Speeds(found[f"pp{prompt}"], found[f"tg{reply}"]))
    finally:
        engine.close()
    name = _name(path)
    rows = []
    for what, field in ((f"prompt of {prompt} tokens", "prompt"), (f"reply of {reply} tokens", "reply")):
        own = [getattr(speeds, field) for speeds in ours]
        peer = ""
        if theirs:
            their = [getattr(speeds, field) for speeds in theirs]
            pairs = [one / other for one, other in zip(own, their, strict=True)]
            peer = (
                f"{statistics.median(their):.1f} tokens/s ({statistics.median(pairs):.0%} of it reached; "
                f"best turns {max(own):.1f} and {max(their):.1f}: {max(own) / max(their):.0%})"
            )
        told = f"{statistics.median(own):.1f} tokens/s"
        rows.append(Row(f"{name}: {what}, {threads} threads", told, peer, "95 %"))
    rows.append(Row(f"{name}: load and prove, file in memory", f"{info.load_seconds:.2f} s"))
    return rows


def _options(path: Path, threads: int, context: int = 2048) -> LoadOptions:
    return LoadOptions(path, "none", context, threads, _BATCH, "f16", "on")


def _bench_arguments(path: Path, threads: int, info: ModelInfo, prompt: int, reply: int) -> list[str]:
    repack = "0" if "extra buffer types off" in info.fallbacks else "1"
    sizes = ["-p", str(prompt), "-n", str(reply), "-b", str(_BATCH), "-ub", str(_BATCH), "-r", "1"]
    return ["-m", str(path), "-t", str(threads), *sizes, "-fa", "on", "-ngl", "0", "--repack", repack]


def _speeds(engine: LocalEngine, turn: int, characters: int, most: int) -> _Speeds:
    """One turn: a prompt that shares nothing but the template with the last, then a reply to a short one."""
    letter = chr(ord("a") + turn % 26)
    prompt = _ask(engine, letter + "x" * (characters - 1), 1)
    reply = _ask(engine, letter, most)
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
    """An engine that counts the tokens of its replies' prompts, and those of them that were evaluated."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self.evaluated = self.asked = 0

    @property
    def info(self) -> ModelInfo | None:
        return self._engine.info

    def load(self, options: LoadOptions, on_event: object, cancel: CancelToken) -> ModelInfo:
        return self._engine.load(options, _ignore, cancel)

    def ask(self, request: Request, on_event: object, cancel: CancelToken) -> Reply:
        reply = self._engine.ask(replace(request, grammar=_SHORT), _ignore, cancel)
        self.evaluated += reply.evaluated_tokens
        self.asked += reply.prompt_tokens
        return reply

    def count_tokens(self, text: str) -> int:
        return self._engine.count_tokens(text)

    def close(self) -> None:
        self._engine.close()


def _scan_rows(folder: Path) -> list[Row]:
    """Tokens evaluated for a scan of all cells, over the tokens of the notebook's cells; and the same where
    the context holds a third of the notebook."""
    evaluated, tokens, _ = _scan(folder, _SCAN_CELLS, 65_536)
    what = f"scan of {_SCAN_CELLS} cells: tokens evaluated over tokens of the notebook as it is shown"
    rows = [Row(what, f"{evaluated / tokens:.2f} ({evaluated:,} of {tokens:,})", reach="1.15 or less")]
    long = 3 * _SCAN_CELLS
    evaluated, tokens, asked = _scan(folder, long, tokens + _BESIDE)
    what = f"scan of {long} cells, a third of which fits: tokens evaluated over tokens in the notebook"
    told = f"{evaluated / tokens:.2f} ({evaluated:,} of {tokens:,}; the prompts held {asked:,})"
    return [*rows, Row(what, told)]


def _scan(folder: Path, cells: int, context: int) -> tuple[int, int, int]:
    """Tokens evaluated in a scan, of the notebook's code cells as a prompt shows them, and of all prompts
    together; to the model a word is a token.
    """
    notebook = read_bytes(many_cells(cells, edited=False), "scan.ipynb")
    texts = [*load_template(CRASH).sections.values(), *(cell.source for cell in notebook.cells[:3])]
    model = write_word_model(folder / "words.gguf", texts)
    counting = _Counting(LocalEngine(cache=folder / "models.json"))
    engine: Engine = counting
    try:
        engine.load(_options(model, 1, context), _ignore, CancelToken())
        code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        for index in code:
            assess_crash(engine, notebook, index, Sampling(0.0), context, _ignore, CancelToken(), keep=False)
        shown = "\n\n".join(render_cell(notebook.cells[index], notebook.language) for index in code)
        tokens = engine.count_tokens(shown)
    finally:
        engine.close()
    return counting.evaluated, tokens, counting.asked


def _cancel_row(path: Path, folder: Path, count: int, prompt: int) -> Row:
    kept = folder / f"cancels-{path.stem}"
    kept.mkdir()
    case = str(HERE / "model_cancel_case.py")
    found = json.loads(child(case, str(path), str(kept), str(count), str(prompt)))
    return Row(
        f"{_name(path)}: Stop at {found['cancels']} random moments to idle, median and worst "
        f"({found['strays_after_close']} stray processes)",
        f"{found['median_ms']:.0f} ms, {found['worst_ms']:.0f} ms",
        reach="100 ms, 2 s",
    )


def _memory_row(path: Path, context: str, kv_type: str, flash: str, batch: str) -> Row:
    case = str(HERE / "model_memory_case.py")
    found = json.loads(child(case, str(path), context, kv_type, flash, batch))
    own = found["cache"] + found["compute"]
    logged = found["cache_logged"] + found["compute_logged"]
    return Row(
        f"{_name(path)}: plan against what is resident after a prompt, context {context}, KV {kv_type}, "
        f"flash attention {flash}, batch {batch}",
        f"{found['planned']:,.0f} of {found['resident']:,.0f} MiB "
        f"({found['planned'] / found['resident'] - 1:+.1%}; cache and batch {own:,.0f} of {logged:,.0f} that "
        "llama.cpp allocates)",
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
