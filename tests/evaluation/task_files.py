"""A small set of tasks with the fields of ML-Bench, and a repository that they are about."""

import json
from pathlib import Path
from typing import Any

ROW = {
    "id": 1,
    "github": "https://example.org/people/tool",
    "path": "tool/",
    "instruction": "Train for 3 epochs on the data set cora.",
    "arguments": "{'epochs': 3, 'dataset': 'cora'}",
    "oracle": "Run `python train.py --dataset NAME --epochs N`.",
    "type": "Bash Script",
    "output": "python train.py --dataset cora --epochs 3",
    "prefix_code": "",
}
TRAIN = """import sys
names = dict(zip(sys.argv[1::2], sys.argv[2::2]))
print("trained", names["--dataset"], int(names["--epochs"]))
"""


def write_tasks(folder: Path, *changes: dict[str, Any]) -> Path:
    """A file with a task for each change of the first one; without any, with that one."""
    path = folder / "tasks.jsonl"
    rows = [ROW | change for change in changes or ({},)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_repository(folder: Path) -> Path:
    """A folder of repositories with `tool` in it."""
    (folder / "copies" / "tool").mkdir(parents=True)
    (folder / "copies" / "tool" / "train.py").write_text(TRAIN, encoding="utf-8")
    return folder / "copies"
