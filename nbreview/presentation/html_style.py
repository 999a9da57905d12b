"""How the HTML page looks and moves: the themes as CSS variables, the style, the script, and the policy that
allows these two and nothing else.

Imports `highlight`'s names of colours and the bottom floor. The texts are in `resources/page`, the colours in
`resources/themes`, where the window takes them from too.
"""

import base64
import hashlib
import json
from functools import lru_cache

from nbreview import paths
from nbreview.presentation.highlight import TokenKind
from nbreview.presentation.html_markup import TOKEN_CLASSES
from nbreview.presentation.html_math import drops


@lru_cache(maxsize=2)
def style(more: str = "") -> str:
    """The page's whole style: light, dark where the system or the reader asks for it, and the print's.

    `more` names another text of `resources/page` that follows.
    """
    light, dark = (_variables(name) for name in ("light", "dark"))
    tokens = "\n".join(f".{TOKEN_CLASSES[kind]} {{ color: var(--{kind.value}); }}" for kind in TokenKind)
    terminal = [(TOKEN_CLASSES[kind], kind.value) for kind in TokenKind if kind.value.startswith("ansi")]
    filled = "\n".join(
        f".v{name} {{ background: var(--{colour}); color: var(--background); }}"
        for name, colour in (*terminal, ("t", "text"))
    )
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f":root:not(:has(#light:checked)) {{ color-scheme: dark; {dark} }}\n}}\n"
        f"@media screen {{\n:root:has(#dark:checked) {{ color-scheme: dark; {dark} }}\n}}\n"
        f"{tokens}\n{filled}\n{drops()}\n{_read('page.css')}{_read(more) if more else ''}"
    )


@lru_cache(maxsize=1)
def script() -> str:
    """The page's only script."""
    return _read("page.js")


@lru_cache(maxsize=2)
def policy(more: str = "", *, scripted: bool = True) -> str:
    """The Content-Security-Policy: pictures from the page itself, our style, our script (none where the page
    is not `scripted`), nothing else.
    """
    scripts = f"'{_digest(script())}'" if scripted else "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style(more))}'; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )


def _variables(theme: str) -> str:
    colours = json.loads(paths.resource("themes", f"{theme}.json").read_text("utf-8"))["colors"]
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def _read(name: str) -> str:
    return paths.resource("page", name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
