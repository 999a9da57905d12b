"""Two hundred secrets in the places where notebooks hold them, made up by a seeded generator."""

import random
import string
from collections.abc import Callable, Iterator
from typing import NamedTuple

_ALNUM = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_BASE64 = _ALNUM + "+/"


class Planted(NamedTuple):
    """A text with a secret in it, and the part that must not be left."""

    text: str
    secret: str
    kind: str


def plant(number: int = 200) -> Iterator[Planted]:
    """That many secrets, each form in turn, each with characters of its own."""
    for index in range(number):
        lot = random.Random(f"planted {index}")
        yield _FORMS[index % len(_FORMS)](lot)


def _drawn(lot: random.Random, length: int, signs: str = _ALNUM) -> str:
    """Characters by lot, at least one of them a figure and one a letter."""
    made = [lot.choice(signs) for _ in range(length)]
    made[1], made[2] = lot.choice("23456789"), lot.choice("abcdef")
    return "".join(made)


def _form(
    template: str, kind: str, make: Callable[[random.Random], str]
) -> Callable[[random.Random], Planted]:
    def planted(lot: random.Random) -> Planted:
        secret = make(lot)
        return Planted(template.replace("SECRET", secret), secret, kind)

    return planted


def _token(prefix: str, length: int, signs: str = _ALNUM) -> Callable[[random.Random], str]:
    return lambda lot: prefix + _drawn(lot, length, signs)


def _password(lot: random.Random) -> str:
    return lot.choice(["Sommer", "hunter", "tiger!", "qwertz", "Pa$$word"]) + _drawn(lot, lot.randint(3, 9))


def _name(lot: random.Random) -> str:
    return lot.choice(["anna", "b.meier", "carlos_r", "Dana-K", "e.x"]) + str(lot.randint(1, 99))


def _email(lot: random.Random) -> str:
    return f"{_name(lot)}@{lot.choice(['uni-ulm.de', 'gmail.com', 'mail.example.co.uk', 'lab.edu'])}"


def _pem(lot: random.Random) -> str:
    lines = "\n".join(_drawn(lot, 64, _BASE64) for _ in range(4))
    return f"-----BEGIN RSA PRIVATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----"


_FORMS = (
    _form('client = OpenAI(api_key="SECRET")', "api_key", _token("sk-proj-", 48)),
    _form("%env ANTHROPIC_API_KEY=SECRET", "api_key", _token("sk-ant-api03-", 60)),
    _form("os.environ['OPENAI_API_KEY'] = 'SECRET'", "api_key", _token("", 32)),
    _form('boto3.client("s3", aws_access_key_id="SECRET")', "api_key", _token("AKIA", 16, "ABCDEFGH234567")),
    _form('aws_secret_access_key = "SECRET"', "api_key", _token("", 40)),
    _form("genai.configure(api_key='SECRET')", "api_key", _token("AIza", 35)),
    _form("stripe.api_key = 'SECRET'", "api_key", _token("sk_live_", 24)),
    _form("AccountKey=SECRET", "api_key", lambda lot: _drawn(lot, 86) + "=="),
    _form('{"username": "someone", "key": "SECRET"}', "token", _token("", 32, _HEX)),
    _form("wandb.login(key='SECRET')", "token", _token("", 40, _HEX)),
    _form("!export WANDB_API_KEY=SECRET && python train.py", "api_key", _token("", 40, _HEX)),
    _form('login("SECRET")', "token", _token("hf_", 34)),
    _form("!git clone https://SECRET@github.com/lab/data.git", "token", _token("ghp_", 36)),
    _form("token = 'SECRET'", "token", _token("github_pat_", 60)),
    _form("!huggingface-cli login --token SECRET", "token", _token("hf_", 34)),
    _form('headers = {"Authorization": "Bearer SECRET"}', "token", _token("", 40)),
    _form("curl -H 'Authorization: Basic SECRET' https://example.org", "token", _token("", 24)),
    _form(
        "slack = 'SECRET'", "token", lambda lot: f"xoxb-{lot.randint(10**11, 10**12)}-{_drawn(lot, 24, _HEX)}"
    ),
    _form(
        "print(jwt)\nSECRET",
        "token",
        lambda lot: f"eyJ{_drawn(lot, 20)}.eyJ{_drawn(lot, 40)}.{_drawn(lot, 43)}",
    ),
    _form('requests.get("https://api.example.org/v1?q=x&access_token=SECRET")', "token", _token("", 30)),
    _form("glpat = 'SECRET'", "token", _token("glpat-", 20)),
    _form('password = "SECRET"', "password", _password),
    _form("psycopg2.connect(host='db', user='ml', password='SECRET')", "password", _password),
    _form('conn = "Server=tcp:db;Uid=sa;Pwd=SECRET;Encrypt=yes"', "password", _password),
    _form("dsn = 'host=db user=ml password=SECRET dbname=x'", "password", _password),
    _form("config['db_password'] = 'SECRET'", "password", _password),
    _form('server.login("robot", "SECRET")', "password", _password),
    _form("requests.get(url, auth=('robot', 'SECRET'))", "password", _password),
    _form('DB_PASSWORD = os.getenv("DB_PASSWORD", "SECRET")', "password", _password),
    _form("!mysql -u root --password=SECRET -e 'show tables'", "password", lambda lot: _drawn(lot, 12)),
    _form('{\\"client_secret\\": \\"SECRET\\"}', "password", _token("", 24)),
    _form("user: robot\npassword: SECRET\nport: 5432", "password", lambda lot: _drawn(lot, 10)),
    _form(
        "engine = create_engine('postgresql://SECRET@db.example.org:5432/x')",
        "credentials",
        lambda lot: f"ml:{_drawn(lot, 12)}",
    ),
    _form(
        "mongodb+srv://SECRET@cluster0.mongodb.net/test", "credentials", lambda lot: f"admin:{_drawn(lot, 9)}"
    ),
    _form(
        "!curl -u SECRET https://example.org/data.csv", "credentials", lambda lot: f"robot:{_drawn(lot, 11)}"
    ),
    _form('key = """SECRET"""', "private_key", _pem),
    _form("Questions to SECRET, please.", "email", _email),
    _form("__author__ = 'Someone <SECRET>'", "email", _email),
    _form("df = pd.read_csv('/homeSECRET/data/a.csv')", "home", lambda lot: f"/{_name(lot)}"),
    _form('File "C:\\UsersSECRET\\work\\a.py", line 3', "home", lambda lot: f"\\{_name(lot)}"),
)
