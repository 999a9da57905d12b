"""A process of its own, as TRL loads much and switches much: reads exports the way trainers do, and writes
what it saw to `seen.json`. Arguments: a folder for that and for caches, then FORM=FILE.
"""

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

os.environ.update(
    HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TRL_EXPERIMENTAL_SILENCE="1"
)
# Only texts are read here; a torchvision of another build than torch would end the import of transformers.
sys.modules["torchvision"] = None  # type: ignore[assignment]
warnings.simplefilter("ignore")


def tokeniser() -> Any:
    """A tokeniser of bytes, with a chat template: made here, as nothing is downloaded."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: number for number, letter in enumerate([*letters, "<pad>", "<eos>"])}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    wrapped = PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<pad>", eos_token="<eos>")
    wrapped.chat_template = (
        "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}<eos>{% endfor %}"
        "{% if add_generation_prompt %}<assistant>{% endif %}"
    )
    return wrapped


def model(size: int, folder: Path) -> str:
    """A model of one small layer, in a folder."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=size, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=2
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return str(folder)


def main(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    """What TRL's own functions say of each form, and what its trainers make of it."""
    import datasets
    from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer
    from trl.data_utils import (
        apply_chat_template,
        is_conversational,
        maybe_extract_prompt,
        maybe_unpair_preference_dataset,
    )

    datasets.disable_progress_bars()
    seen: dict[str, Any] = {}
    words = tokeniser()
    out = str(folder / "out")
    common = {"output_dir": out, "report_to": [], "use_cpu": True, "bf16": False, "max_length": None}
    small = model(len(words), folder / "model")
    for form, path in files.items():
        data = datasets.load_dataset(
            "json", data_files=path, split="train", cache_dir=str(folder / "cache" / form)
        )
        first = dict(data[0])
        said: dict[str, Any] = {"rows": len(data), "conversational": is_conversational(first)}
        if said["conversational"]:
            said["text"] = apply_chat_template(first, words)
        if form == "preference":
            said["same prompt"] = maybe_extract_prompt(first)["prompt"] == first["prompt"]
            said["unpaired"] = len(maybe_unpair_preference_dataset(data))
            dpo = DPOTrainer(
                model=small, args=DPOConfig(**common), train_dataset=data, processing_class=words
            )
            said["prepared"] = sorted(dpo.train_dataset.column_names)
        else:
            sft = SFTTrainer(
                model=small, args=SFTConfig(**common), train_dataset=data, processing_class=words
            )
            said["prepared"] = sorted(sft.train_dataset.column_names)
            made = sft.train_dataset[0]
            said["learnt"] = words.decode(made["input_ids"])
            learnt = [token for token in made.get("labels", ()) if token >= 0]
            said["completion"] = words.decode(learnt)
        seen[form] = said
    return seen


if __name__ == "__main__":
    result = main(Path(sys.argv[1]), dict(argument.split("=", 1) for argument in sys.argv[2:]))
    Path(sys.argv[1], "seen.json").write_text(json.dumps(result), encoding="utf-8")
