"""What a plan says that a model takes, and what it then takes; prints JSON, sizes in MiB.

Usage: model_memory_case.py FILE CONTEXT KV_TYPE FLASH_ATTENTION(on|off) BATCH

`allocated` is the sum of llama.cpp's own log lines, `resident` what the system says after a prompt of one
batch and a few tokens: the pages of the mapped file and of the memory taken.
"""

import json
import re
import sys
from pathlib import Path

from nbreview.llm import offload
from nbreview.llm.child import Child
from nbreview.llm.hardware import Device, physical_processors
from nbreview.llm.header import read_model

MIB = 2**20
_HOST = Device("CPU", "", "CPU", False, 2**50, 2**50)
_PATIENCE = 300.0


def main() -> None:
    """Plan, load, decode, compare."""
    path, context, kv_type = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    flash, batch = sys.argv[4] == "on", int(sys.argv[5])
    header, _ = read_model(path)
    wish = offload.Wish(context, kv_type, batch, flash_attention=flash)
    plan = offload.plan(header, [_HOST], wish)
    child = Child()
    try:
        load = {"do": "load", "id": 1, "path": str(path), "context_tokens": context, "states": ""}
        load |= {"gpu_layers": 0, "threads": physical_processors(), "extra_buffers": True, "mmap": True}
        load |= {"flash_attention": "on" if flash else "off", "kv_type": kv_type, "batch_tokens": batch}
        child.send(load)
        _wait(child, "ready")
        log = "\n".join(child.log)
        ask = {"do": "ask", "id": 2, "messages": [{"role": "user", "content": "x" * (batch + 8)}]}
        ask |= {"sampling": {"temperature": 0.0, "top_p": 1.0, "seed": 1, "max_tokens": 4}}
        ask |= {"grammar": "", "stop": (), "choices": None, "lookup": False, "state_file": ""}
        child.send(ask)
        _wait(child, "reply")
        status = Path(f"/proc/{child.pid}/status").read_text()
    finally:
        child.end(at_once=True)

    def logged(what: str) -> float:
        return sum(map(float, re.findall(rf"{what} buffer size =\s+([\d.]+) MiB", log)))

    resident = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
    figures = {
        "cache": plan.cache_bytes / MIB,
        "cache_logged": logged("KV"),
        "compute": offload.batch_bytes(header, wish) / MIB,
        "compute_logged": logged("compute"),
        "weights": plan.weights_bytes / MIB,
        "weights_logged": logged("model"),
        "planned": plan.need_bytes / MIB,
        "resident": resident,
    }
    print(json.dumps(figures))


def _wait(child: Child, what: str) -> None:
    while isinstance(message := child.receive(_PATIENCE), dict):
        if message["is"] == what:
            return
        if message["is"] == "error":
            raise RuntimeError(message)
    raise RuntimeError("\n".join(child.log[-20:]))


if __name__ == "__main__":
    main()
