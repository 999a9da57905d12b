"""One benchmark case in a process of its own: random cancels of a model at all stages. Prints JSON.

Usage: model_cancel_case.py MODEL FOLDER [COUNT [PROMPT]] — loads the GGUF, asks and stops COUNT (200) times
with prompts of PROMPT (4000) characters; seconds from Stop to idle. FOLDER is for what the engine keeps.
"""

import json
import sys
import time
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import LoadOptions
from tests.llm.random_cancels import cancel_at_random, children, healthy


def main() -> None:
    """Run the case."""
    model, folder = Path(sys.argv[1]), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    prompt = int(sys.argv[4]) if len(sys.argv) > 4 else 4000
    engine = LocalEngine(cache=folder / "models.json")
    options = LoadOptions(model, context_tokens=8192)
    started = time.perf_counter()
    try:
        engine.load(options, lambda event: None, CancelToken())
        before = healthy(engine).text
        found = cancel_at_random(engine, options, count, seed=2, prompt=prompt)
        if engine.info is None:
            engine.load(options, lambda event: None, CancelToken())
        same = healthy(engine).text == before
        workers = len(children())
    finally:
        engine.close()
    print(
        json.dumps(
            {
                "cancels": found.count,
                "stages": found.stages,
                "over_before_stop": found.late,
                "median_ms": round(1000 * found.median, 1),
                "ninety_nine_ms": round(1000 * sorted(found.seconds)[int(0.99 * len(found.seconds))], 1),
                "worst_ms": round(1000 * found.worst, 1),
                "workers_after": workers,
                "same_answer_after": same,
                "strays_after_close": len(children()),
                "seconds": round(time.perf_counter() - started, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
