"""What a secret looks like: the patterns of the detect-secrets project, and what notebooks add to them.

detect-secrets (Yelp, Apache-2.0) knows the tokens of many services by their shape. Notebooks hold more: names
that say password and stand before a string, magics and shell lines that set a variable, addresses with
credentials, headers. Guessing by entropy alone is left out on purpose: hashes, checksums, ids and pictures
are ordinary content of a notebook, and taking them away would spoil the data. Pure; imports nothing of
nbreview.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What was taken out. `placeholder` is what stands in its place."""

    API_KEY = "api_key"
    TOKEN = "token"
    PASSWORD = "password"
    PRIVATE_KEY = "private_key"
    CREDENTIALS = "credentials"
    EMAIL = "email"
    HOME = "home"

    @property
    def placeholder(self) -> str:
        """The text in its place, such as `<API_KEY>`."""
        return f"<{self.name}>"


class Found(NamedTuple):
    """Characters `start` to `end` of a text are private."""

    start: int
    end: int
    kind: Kind


_DETECTORS = {
    "AWSKeyDetector": Kind.API_KEY,
    "AzureStorageKeyDetector": Kind.API_KEY,
    "DiscordBotTokenDetector": Kind.TOKEN,
    "GitHubTokenDetector": Kind.TOKEN,
    "GitLabTokenDetector": Kind.TOKEN,
    "MailchimpDetector": Kind.API_KEY,
    "OpenAIDetector": Kind.API_KEY,
    "PypiTokenDetector": Kind.TOKEN,
    "SendGridDetector": Kind.API_KEY,
    "SlackDetector": Kind.TOKEN,
    "SquareOAuthDetector": Kind.TOKEN,
    "StripeDetector": Kind.API_KEY,
    "TelegramBotTokenDetector": Kind.TOKEN,
    "TwilioKeyDetector": Kind.API_KEY,
}
"""Detectors of detect-secrets that go by shape. Those left out go by entropy, by a name (as the patterns
below do), or by so little (two letters of Artifactory, any public address) that a notebook's own names would
be taken for secrets.
"""

_SHAPES = (
    (Kind.API_KEY, r"sk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]+-|or-v1-)?[A-Za-z0-9_-]{32,}"),
    (Kind.API_KEY, r"AIza[0-9A-Za-z_-]{35}"),
    (Kind.API_KEY, r"(?:gsk|xai|pplx|fw|tvly)[_-][A-Za-z0-9-]{32,}"),
    (Kind.API_KEY, r"[rs]k_(?:live|test)_[0-9A-Za-z]{24,}"),
    (Kind.TOKEN, r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)*={0,2}"),
    (Kind.TOKEN, r"hf_[A-Za-z0-9]{30,}"),
    (Kind.TOKEN, r"r8_[A-Za-z0-9]{37}"),
    (Kind.TOKEN, r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}"),
    (Kind.TOKEN, r"dapi[0-9a-f]{32}(?:-\d)?|dop_v1_[0-9a-f]{64}|npm_[A-Za-z0-9]{36}"),
    (Kind.TOKEN, r"ya29\.[0-9A-Za-z_-]{30,}|GOCSPX-[0-9A-Za-z_-]{28}|1//0[0-9A-Za-z_-]{40,}"),
    (Kind.TOKEN, r"xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+"),
    (Kind.TOKEN, r"https://discord(?:app)?\.com/api/webhooks/\d+/[\w-]+"),
)
_PEM_NAME = r"(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
_PEM = re.compile(rf"-----BEGIN {_PEM_NAME}.*?(?:-----END {_PEM_NAME}|\Z)", re.DOTALL)
_BLOB = re.compile(r"[A-Za-z0-9+/]{256,}={0,2}")
"""A picture or an archive in base64; what looks like a key inside of it is chance."""

_ESCAPES = ("\\n", "\\t", "\\r")

_ASSIGNED = re.compile(
    r"""(?<![\w.-])(?P<name>[A-Za-z_][\w.-]*)(?:\\?["'])?\s*\]?\s*(?::\s*str\s*)?(?:[=!]?=|:)\s*\(?\s*[rbuf]{0,2}"""
    r"""(?P<quote>\"{3}|'{3}|\\?["'])(?P<value>(?:(?!(?P=quote))(?:\\.|[^\\\n]))+)(?P=quote)"""
)
_ENVIRONMENT = re.compile(
    r"""(?:getenv|environ\.get|environ\.setdefault|setenv|putenv|set_key)\(\s*["'](?P<name>\w+)["']\s*,\s*"""
    r"""(?P<quote>["'])(?P<value>[^"'\n]+)(?P=quote)"""
)
_SHELL = re.compile(
    r"""^[ \t]*(?:[!%]+[ \t]*(?:env|set_env|export|set)?[ \t]*|export[ \t]+|set[ \t]+)?"""
    r"""(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>[^\s"'$`{<(][^\s"'()]*)(?=\s|$)""",
    re.MULTILINE,
)
_ANYWHERE = re.compile(
    r"""(?<![\w.-])(?P<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)=(?P<value>[^\s"'$`{<(][^\s"'(),;&|]*)(?=[\s,;&|)]|$)"""
)
"""The name of a variable of the environment in the middle of a line: in a file's name, in what a variable is
shown as. As code may have it too, only a value that looks drawn by lot is taken.
"""
_MAGIC = re.compile(
    r"^[ \t]*%(?:env|set_env)[ \t]+(?P<name>\w+)[ \t]+(?P<value>[^\s=$<{][^\s]*)", re.MULTILINE
)
_FLAG = re.compile(
    r"""(?<![\w-])--?(?P<name>(?:[a-z]+[-_])*(?:password|passwd|pass|token|secret|key|apikey))"""
    r"""(?:=|[ \t]+(?=["']?[^\s"']*[^\s"'A-Za-z]))["']?(?P<value>[^\s"'$<{-][^\s"']*)"""
)
_NAMED = (_ASSIGNED, _ENVIRONMENT, _SHELL, _MAGIC, _FLAG)

_PASSWORD_NAME = re.compile(
    r"(?:^|[_.-])(?:(?:\w*)(?:password|passwd|passphrase|passcode)|pwd|pass|secret|client_?secret|secret_?key)\d*$",
    re.I,
)
_KEY_NAME = re.compile(
    r"(?:api|access|account|auth|private|service|client|license|subscription|storage)[_-]?key(?:[_-]?id)?\d*$",
    re.I,
)
_TOKEN_NAME = re.compile(r"(?:token|credential|credentials|bearer|jwt|cookie|sas|pat|auth|key)\d*$", re.I)

_CONTEXT = (
    # Connection strings: between semicolons, and in libpq's form.
    (Kind.PASSWORD, r"""(?i)(?<=[;"'])\s*(?:password|pwd)\s*=\s*([^;\s"'{}<>]{4,})(?=[;"'\s]|$)"""),
    (Kind.API_KEY, r"""(?i)\b(?:accountkey|sharedaccesskey)=([A-Za-z0-9+/=]{20,})"""),
    (
        Kind.PASSWORD,
        r"""(?i)\b(?:host|user|dbname|port|uid|server|database)=[^\s,;"']+ +password=([^\s"',;{}]+)""",
    ),
    (Kind.PASSWORD, r"""(?i)\bpassword=([^\s"',;{}()]+)(?= +(?:host|user|dbname|port|uid|server)=[^\s,]+)"""),
    # A log or a settings file that is shown: an annotation (`password: str`) has no figure in it.
    (
        Kind.PASSWORD,
        r"""(?im)^[ \t#>-]*\w*(?:password|passwd|pwd)[ \t]*:[ \t]*((?=\S*\d)[^\s\[\](),"'{}<>]{4,})[ \t]*$""",
    ),
    (Kind.TOKEN, r"""\b[Bb]earer[ \t]+((?=[^\s"']*\d)[A-Za-z0-9._~+/-]{16,}=*)"""),
    (
        Kind.TOKEN,
        r"""(?i)\bauthorization\\?["']?\s*[:=,]\s*\\?["']?(?:basic|token|bearer|apikey)\s+"""
        r"""([^\s"'{}<>\\]{8,})""",
    ),
    # After a flag, a bare word is a password only where a command is run: help texts say much about flags.
    (Kind.PASSWORD, r"""(?m)^[ \t]*[!$][^\n]*--password[ \t]+([^\s"'${<-][^\s"']{3,})"""),
    (Kind.CREDENTIALS, r"""\bcurl\b[^\n]*?\s(?:-u|--user)[ =]["']?([^\s:"'${}]+:[^\s"'${}]+)"""),
    (
        Kind.PASSWORD,
        r"""\b(?:auth\s*=\s*\(|HTTPBasicAuth\(|[.]login\()\s*["'][^"'\n]+["']\s*,\s*["']([^"'\n]{4,})["']""",
    ),
    (Kind.CREDENTIALS, r"""(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://([^\s/@:"'<>{}$]+:[^\s/"'<>{}$]+)@"""),
    (Kind.CREDENTIALS, r"""(?<![\w+.-])https?://((?=[^\s/@:"'<>{}]*\d)[A-Za-z0-9_-]{16,})@"""),
    (
        Kind.TOKEN,
        r"""(?i)[?&](?:access_token|api_?key|key|token|sig|signature|auth|client_secret|password|code|"""
        r"""x-amz-(?:signature|credential|security-token))=((?=[^&\s"'<>#]*\d)[^&\s"'<>#{}]{8,})""",
    ),
)  # fmt: skip

_DOMAINS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|dev|app|tech|cloud|online|xyz|email|academy|university|science|blog|site|"
    "museum|example|test|invalid|local|africa|asia|berlin|london|wien|swiss"
)
_EMAIL = re.compile(
    rf"(?<![\w.+@-])(?!git@)[A-Za-z0-9_][\w.+-]{{0,63}}@(?:[A-Za-z0-9-]{{1,63}}\.)+(?:{_DOMAINS}|[a-z]{{2}})(?![\w(\[-])(?!\.[A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_MATRIX = re.compile(r"^\w{1,3}@\w{1,3}\.[a-z]{2}$")
"""`A@B.at`: a product of matrices with an attribute, written without spaces."""
_HOME_NAME = r"""[^/\\\s:"'`<>()\[\]{}|,;*?$&]+"""
_HOME = re.compile(
    rf"(?<![\w.~-])(?:/(?:mnt/[a-z]/)?(?:home|Users)/{_HOME_NAME}|[A-Za-z]:(?:\\\\|[\\/])Users(?:\\\\|[\\/]){_HOME_NAME})"
)


def find_secrets(text: str) -> Iterator[Found]:
    """Keys, tokens, passwords and credentials in a text, in no order; they may overlap."""
    blobs = [match.span() for match in _BLOB.finditer(text)]
    for match in _PEM.finditer(text):
        yield Found(*match.span(), Kind.PRIVATE_KEY)
    for kind, pattern in _shapes():
        for match in pattern.finditer(text):
            start, end = _secret_span(match)
            alone = _begins(text, start) and not text[end : end + 1].isalnum()
            if alone and not any(first <= start and end <= last for first, last in blobs):
                yield Found(start, end, kind)
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            named = _kind_by_name(match["name"], match["value"])
            if named is not None:
                yield Found(*match.span("value"), named)
    for match in _ANYWHERE.finditer(text):
        named = _kind_by_name(match["name"], match["value"])
        if named is not None and _drawn_by_lot(match["value"], 10):
            yield Found(*match.span("value"), named)
    for kind, pattern in _contexts():
        for match in pattern.finditer(text):
            if not _stands_for_something(match[1]):
                yield Found(*match.span(1), kind)


def find_persons(text: str) -> Iterator[Found]:
    """E-mail addresses and home folders in a text."""
    for match in _EMAIL.finditer(text):
        if not _MATRIX.match(match[0]):
            yield Found(*match.span(), Kind.EMAIL)
    for match in _HOME.finditer(text):
        yield Found(*match.span(), Kind.HOME)


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

    known: dict[str, Any] = {
        found.__name__: found for found in get_mapping_from_secret_type_to_class().values()
    }
    shipped = [(kind, pattern) for name, kind in _DETECTORS.items() for pattern in known[name]().denylist]
    return (*shipped, *((kind, re.compile(pattern)) for kind, pattern in _SHAPES))


@lru_cache(maxsize=1)
def _contexts() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _CONTEXT)


def _secret_span(match: re.Match[str]) -> tuple[int, int]:
    """Which part of a match is the secret: its longest group, or all of it where a group is but a prefix."""
    groups = range(1, (match.re.groups or 0) + 1)
    longest = max(groups, key=lambda group: len(match[group] or ""), default=0)
    return match.span(longest) if longest and len(match[longest] or "") >= 8 else match.span()


def _begins(text: str, start: int) -> bool:
    """Whether a word begins here; it does after an escape such as `\\n`, as text in JSON has it."""
    return not text[max(0, start - 1) : start].isalnum() or text[max(0, start - 2) : start] in _ESCAPES


def _kind_by_name(name: str, value: str) -> Kind | None:
    """What a value is that a name has been given, or None where it need not be secret.

    A password may be any word. A key or a token is taken for secret only where it looks drawn by lot:
    `pad_token = "[PAD]"` and `sort_key = "date"` are ordinary code.
    """
    if _stands_for_something(value):
        return None
    if _PASSWORD_NAME.search(name) and len(value) >= 4 and not re.search(r"^[),.:]|\s.*\s", value):
        return Kind.PASSWORD
    if _KEY_NAME.search(name) and _drawn_by_lot(value, 10):
        return Kind.API_KEY
    return Kind.TOKEN if _TOKEN_NAME.search(name) and _drawn_by_lot(value, 16) else None


def _drawn_by_lot(value: str, least: int) -> bool:
    if not re.fullmatch(r"[\w+/=.:~%-]+", value, re.ASCII):
        return False
    runs = [
        run for run in re.split(r"[-_./:]", value) if re.search(r"\d", run) and re.search(r"[A-Za-z]", run)
    ]
    longest = max(runs, key=len, default="")
    return len(value) >= least and len(longest) >= 8 and _bits(longest) >= 2.5


def _bits(text: str) -> float:
    """Shannon entropy a character."""
    return -sum(number / len(text) * math.log2(number / len(text)) for number in Counter(text).values())


def _stands_for_something(value: str) -> bool:
    """Whether a value is no secret but names the place of one."""
    return (
        len(set(value)) < 3
        or value[0] in "<{$[%"
        or "{" in value
        or re.match(r"(?i)(?:your|my|enter|insert|replace|paste|add|the)[\W_]|.*\.\.\.", value) is not None
        or re.fullmatch(
            r"(?i)(?:password|passwd|pwd|secret|token|none|null|true|false|string|str|hidden|redacted)", value
        )
        is not None
    )
