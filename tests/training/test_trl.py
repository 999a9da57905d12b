"""TRL, which people finetune with, takes what is exported: its checks and its trainers' preparation."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nbreview.review.model import DecisionKind
from nbreview.store.database import Store
from nbreview.training.writer import export
from tests.store.samples import decision, suggestion
from tests.training.histories import rows

FORMS = ("chat", "prompt-completion", "preference", "paper-cell")
ANSWER = "```python\ngröße = 1\n```"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("trl")
    with Store.open(folder / "store.sqlite3") as store:
        store.add_suggestion(suggestion(proposed_source="x = 2\n"))
        store.decide(decision(kind=DecisionKind.EDITED))
        store.add_suggestion(suggestion("s2", proposed_source="worse = 1\n"))
        store.decide(decision("d2", "s2", DecisionKind.REJECTED, final_source=""))
        return {form: export(store, folder / f"{form}.jsonl", form).path for form in FORMS}


@pytest.fixture(scope="module")
def seen(written: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What TRL saw in the exports."""
    if importlib.util.find_spec("trl") is None:
        pytest.skip("trl is not installed")
    folder = tmp_path_factory.mktemp("seen")
    files = [f"{form}={path}" for form, path in written.items()]
    command = [sys.executable, str(Path(__file__).with_name("trl_reads.py")), str(folder), *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    loaded: dict[str, Any] = json.loads((folder / "seen.json").read_bytes())
    return loaded


def test_it_tells_conversations_from_texts(seen: dict[str, Any]) -> None:
    assert {form: said["conversational"] for form, said in seen.items()} == {
        "chat": True,
        "prompt-completion": False,
        "preference": True,
        "paper-cell": False,
    }


def test_chat_templates_apply_and_the_answer_comes_last(seen: dict[str, Any]) -> None:
    assert seen["chat"]["text"]["text"].endswith(f"<assistant>{ANSWER}<eos>")
    pair = seen["preference"]["text"]
    assert pair["prompt"].endswith("<assistant>")
    assert pair["chosen"] == f"{ANSWER}<eos>"
    assert pair["rejected"] == "```python\nx = 2\n```<eos>"


def test_preference_pairs_have_their_prompt_and_can_be_unpaired(seen: dict[str, Any]) -> None:
    assert seen["preference"]["same prompt"]
    assert seen["preference"]["unpaired"] == 2 * seen["preference"]["rows"] == 4


def test_supervised_finetuning_prepares_conversations_and_texts(
    seen: dict[str, Any], written: dict[str, Path]
) -> None:
    assert all("input_ids" in seen[form]["prepared"] for form in FORMS if form != "preference")
    assert seen["chat"]["learnt"].endswith(f"<assistant>{ANSWER}<eos>")
    assert seen["paper-cell"]["learnt"].startswith(rows(written["paper-cell"])[0]["text"])


def test_of_prompt_and_completion_only_the_completion_is_learnt(seen: dict[str, Any]) -> None:
    assert seen["prompt-completion"]["completion"] == f"{ANSWER}<eos>"


def test_preference_optimisation_prepares_pairs(seen: dict[str, Any]) -> None:
    assert {"prompt_ids", "chosen_ids", "rejected_ids"} <= set(seen["preference"]["prepared"])


def test_alpaca_has_the_fields_that_axolotl_and_llama_factory_read(store: Store, tmp_path: Path) -> None:
    """Both name `instruction`, `input` and `output` in their documentation (axolotl: "Instruction Tuning",
    type alpaca; LLaMA-Factory: data/README, alpaca format), each a text, and pass over other columns.
    """
    store.add_suggestion(suggestion())
    store.decide(decision())
    (row,) = rows(export(store, tmp_path / "x.jsonl", "alpaca").path)
    assert {name: type(row[name]) for name in ("instruction", "input", "output")} == {
        "instruction": str,
        "input": str,
        "output": str,
    }
    assert row["instruction"]
    assert row["output"]


def test_pandas_reads_the_table(store: Store, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    store.add_suggestion(suggestion())
    store.decide(decision())
    frame = pandas.read_parquet(export(store, tmp_path / "x.parquet", "parquet").path)
    assert list(frame.columns) == ["messages", "instruction", "before", "after", "metadata"]
    assert frame["messages"][0][-1] == {"role": "assistant", "content": ANSWER}
    assert frame["metadata"][0]["decision"] == "d1"
