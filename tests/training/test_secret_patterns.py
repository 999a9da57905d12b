"""Every planted secret is found, and the ordinary code of notebooks is left alone."""

import base64
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from nbreview import paths
from nbreview.training.redaction import PLACEHOLDER, find_private, redact, redact_together
from tests.training.planted import Planted, plant


@pytest.mark.parametrize("planted", list(plant()), ids=lambda planted: planted.text[:40])
def test_a_planted_secret_is_found(planted: Planted) -> None:
    text, counts = redact(f"import os\n{planted.text}\nx = 1\n", home="/nowhere")
    assert planted.secret not in text
    assert planted.kind in counts
    assert text.startswith("import os\n")
    assert text.endswith("x = 1\n")


def test_two_hundred_are_planted_and_no_two_are_alike() -> None:
    assert len({planted.secret for planted in plant()}) == 200


def test_secrets_are_found_in_the_outputs_that_show_them() -> None:
    for planted in plant(40):
        output = json.dumps({"text/plain": f"Out: {planted.text}", "n": 1})
        cell, shown = redact_together([planted.text, output], home="/nowhere")[0]
        assert planted.secret not in cell
        assert planted.secret not in shown


def test_redacting_twice_changes_nothing_more() -> None:
    for planted in plant():
        once = redact(planted.text, home="/nowhere")[0]
        assert redact(once, home="/nowhere") == (once, {})


ORDINARY = [
    'tokenizer.pad_token = "[PAD]"',
    'eos_token = "<|endoftext|>"',
    'token = tokens[i]\nfor token in text.split("-"):',
    'AutoTokenizer.from_pretrained("bert-base-uncased", use_auth_token=True)',
    'key = "learning_rate"; sort_key = "date"; df.sort_values(key="size2")',
    'api_key = os.environ["OPENAI_API_KEY"]',
    'password = getpass("Password: ")',
    'password = userdata.get("DB_PASSWORD")',
    "def connect(user: str, password: str) -> None: ...",
    'api_key = "YOUR_API_KEY"; token = "<your token>"; password = "********"',
    'url = f"postgresql://{user}:{password}@{host}/db"',
    "attn = Q@K.T / d; y = X@W.mean(); z = a@b.at",
    "@app.route('/users/1')\n@decorator.name(arg)",
    "!pip install git+https://github.com/lab/tool.git@v1.2.3",
    "!git clone git@github.com:lab/tool.git",
    'sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
    'commit = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"',
    '"id": "8f3a5c1e-1b2c-4d5e-9f00-aabbccddeeff"',
    "model = AutoModel.from_pretrained('distilbert-base-uncased-finetuned-sst-2-english')",
    "checkpoint-12000/pytorch_model-00001-of-00002.safetensors",
    "secrets = load(); secret_santa(names)",
    "the option --container-registry-password requires --username",
    'ax.set_title("Password length"); plt.ylabel("token count")',
    "df['password_length'] = df['password'].str.len()",
    'passwords = ["a", "b"]',
    "path = '/data/home_prices/train.csv'; Path('~/data')",
    "lr=1e-3, betas=(0.9, 0.999), eps=1e-08",
    "https://example.org/a/b?page=2&sort=key&v=1.2.3",
    "Epoch 3: 100%|██████████| 938/938 [00:12<00:00, 77.2it/s, loss=0.0312]",
    "<IPython.core.display.HTML object at 0x7f3c9a1b2d30>",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_code_is_left_alone(text: str) -> None:
    assert redact(text, home="/nowhere") == (text, {})


def test_the_sample_notebooks_are_left_alone() -> None:
    for path in sorted(paths.resource("samples").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        assert [text[part.start : part.end] for part in find_private(text, "/nowhere")] == []
        assert _found_in(json.loads(text)) == []


def _found_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in _found_in(item)]
    if isinstance(value, list):
        return [found for item in value for found in _found_in(item)]
    if not isinstance(value, str):
        return []
    return [value[part.start : part.end] for part in find_private(value, "/nowhere")]


def test_pictures_and_digests_are_left_alone() -> None:
    lot = random.Random(5)
    picture = base64.b64encode(lot.randbytes(400_000)).decode()
    digests = "\n".join(hashlib.sha256(bytes([at])).hexdigest() for at in range(200))
    md5 = "\n".join(f'"hash": "{hashlib.md5(bytes([at])).hexdigest()}"' for at in range(200))
    for text in (picture, f'<img src="data:image/png;base64,{picture}"/>', digests, md5):
        assert find_private(text, "/nowhere") == ()


def test_a_bare_word_after_a_flag_is_a_password_where_a_command_is_run() -> None:
    assert redact("!mysql --password geheim -e x", home="/nowhere")[0] == "!mysql --password <PASSWORD> -e x"


def test_placeholders_say_what_stood_there() -> None:
    text = redact('password = "hunter22"  # anna@uni-ulm.de, /home/anna/x', home="/nowhere")[0]
    assert text == 'password = "<PASSWORD>"  # <EMAIL>, <HOME>/x'
    assert [found[0] for found in PLACEHOLDER.finditer(text)] == ["<PASSWORD>", "<EMAIL>", "<HOME>"]


def test_a_secret_that_one_text_gives_away_is_taken_out_of_all() -> None:
    texts = ['password = "Sommer2026"', "connect('ml', 'Sommer2026')", "Sommer2026x stays"]
    redacted, counts = redact_together(texts, home="/nowhere")
    assert redacted == ['password = "<PASSWORD>"', "connect('ml', '<PASSWORD>')", "Sommer2026x stays"]
    assert counts == {"password": 2}


def test_this_users_home_is_found_wherever_it_lies(tmp_path: Path) -> None:
    assert redact(f"open('{tmp_path}/a.csv')", home=str(tmp_path))[0] == "open('<HOME>/a.csv')"
