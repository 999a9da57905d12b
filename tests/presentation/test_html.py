"""The HTML page: whole, closed to the world, and readable without a script."""

import re
from itertools import product

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.highlight import TokenKind
from nbreview.presentation.html import PageNotebook, html_page
from nbreview.presentation.html_markup import Budget
from nbreview.presentation.html_style import policy, script, style
from tests.builders import code, display, error, markdown, notebook, stream
from tests.presentation.pages import Element, page_of, parsed, text_of

# --- nothing of a notebook runs or loads --------------------------------------------------------------------

EVIL = (
    "<script>alert(1)</script>",
    "</script></style></title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
    "<!-- --><iframe src=\"https://evil.example\"></iframe><!--",
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD4=) ![p](https://evil.example/p.png)",
    "[y](vbscript:x \"t\\\" onclick=x\") [z](https://evil.example/\"onclick=x \"t\")",
    "![a](attachment:evil.html) [f](file:///etc/passwd) ![s](data:text/html;base64,PHNjcmlwdD4=)",
    "<style>@import url(https://evil.example/x.css);</style><link rel=stylesheet href=//evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "]]><script>alert(1)</script>",
    "\x00<scr\x00ipt>\x1b[31m<b>\u202etxt\u2028\x7f",
    "```html\" onclick=\"alert(1)\n<script>alert(1)</script>\n```",
    "<table><tr><td onclick=alert(1)><script>alert(1)</script><a href=javascript:alert(1)>x</a></table>",
    "${alert(1)} {{constructor.constructor('alert(1)')()}} `",
)  # fmt: skip

ALLOWED = {
    "html": {"lang"},
    "head": set(),
    "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(),
    "style": set(),
    "script": set(),
    "body": set(),
    "main": {"id"},
    "a": {"class", "href", "rel", "title"},
    "img": {"class", "src", "alt", "width", "height"},
    "input": {"type", "name", "id", "checked", "min", "max", "value"},
    "button": {"type", "data-act"},
    "td": {"class", "data-n", "colspan"},
    "th": {"class", "scope"},
    "ol": {"start"},
    "*": {"class", "id", "aria-label", "aria-labelledby", "aria-hidden", "role", "tabindex", "title", "open"},
}
ELEMENTS = ALLOWED.keys() | {
    "article", "blockquote", "br", "caption", "code", "col", "colgroup", "del", "details", "div", "em",
    "fieldset", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "ins", "kbd", "label", "legend",
    "li", "p", "pre", "s", "section", "span", "strong", "summary", "table", "tbody", "thead", "tr", "ul",
}  # fmt: skip


def evil_notebook(text: str, twist: str) -> bytes:
    """A notebook that holds the text wherever a notebook can hold one; `twist` makes two of them differ."""
    bundle = {
        "text/plain": f"{text}\n{twist}",
        text: f"{text}{twist}",
        f"image/{text}": f"{text}{twist}",
        "application/json": {text: [text, twist]},
    }
    outputs = [
        stream(f"{text}\n{twist}\n"),
        {**stream(text), "name": text},
        error(text, f"{text}{twist}", [text, twist]),
        {"output_type": "display_data", "metadata": {text: twist}, "data": bundle},
        display(text_html=f"{text}{twist}"),
        display(text_html=f"<table><tr><th>{text}</th><td>{text}{twist}</td><td>{twist}</td></tr></table>"),
        display(image_svg=f"<svg xmlns='http://www.w3.org/2000/svg'><script>{text}</script></svg>{twist}"),
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"image/svg+xml": f"<svg onload='alert(1)'>{text}{twist}</svg>"},
        },
        display(image_png=f"{text}{twist}"),
        display(image_jpeg=f"aGVsbG8=\" onerror=\"alert('{twist}')"),
        display(text_markdown=f"{text}\n{twist}"),
        display(text_latex=f"{text}{twist}"),
        display(application_javascript=f"alert(1);{text}{twist}"),
        {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.x+json": {text: twist}}},
    ]
    attached = markdown(f"![a](attachment:{text}) ![b](<attachment:evil.png>)\n\n{text}\n{twist}", held=twist)
    attached["attachments"] = {
        text: {text: text, "text/html": text},
        "evil.png": {"image/svg+xml": f"<svg onload=alert(1)>{twist}</svg>", "text/html": text},
    }
    return notebook(
        code(f"{text}\n{twist}", outputs=outputs, tags=[text, twist], **{text: {text: twist}}),
        attached,
        markdown(text),
        markdown(f"# {text}"),
        code(f"alone_{twist}\n{text}", outputs=outputs),
        {"cell_type": "raw", "metadata": {"format": text}, "source": text + twist},
        language_info={"name": text, "version": twist},
        kernelspec={"name": text + twist, "display_name": text, "language": text},
        **{text: twist},
    )


@pytest.mark.parametrize("text", EVIL)
def test_hostile_text_in_any_field_stays_text(text: str) -> None:
    base, head = evil_notebook(text, "one"), evil_notebook(text, "two")
    diffs = [
        diff_notebooks(read_bytes(old, "base"), read_bytes(new, "head"))
        for old, new in ((base, head), (notebook(), head), (base, notebook()))
    ]
    page = html_page([(text, f"{text}2", diff) for diff in diffs], text)
    root = parsed(page)
    for element in root.find():
        assert_harmless(element)
    scripts, styles = root.find("script"), root.find("style")
    assert [element.text for element in scripts] == [script()]
    assert [element.text for element in styles] == [style()]


def assert_harmless(element: Element) -> None:
    assert element.tag in ELEMENTS, element
    allowed = ALLOWED.get(element.tag, set()) | ALLOWED["*"]
    assert element.attributes.keys() <= allowed, element.attributes
    href, source = element.attributes.get("href"), element.attributes.get("src")
    if href is not None and not href.startswith("#"):
        assert re.match(r"https?://", href, re.IGNORECASE), href
        assert element.attributes["rel"] == "noopener noreferrer nofollow"
    if source is not None:
        assert re.fullmatch(r"data:image/[a-z.+-]+;base64,[A-Za-z0-9+/]+=*", source), source
    for name in element.classes:
        assert re.fullmatch(r"[a-z0-9-]+", name), name
    identity = element.attributes.get("id")
    assert identity is None or re.fullmatch(r"[a-z0-9]+", identity), identity


def test_the_page_loads_nothing_and_allows_only_its_own_script_and_style() -> None:
    page = html_page([], "Nothing")
    assert "url(" not in style()
    assert "@import" not in style()
    assert not re.search(r"\b(fetch|XMLHttpRequest|eval|innerHTML|import)\b", script())
    assert "unsafe" not in policy()
    assert policy().startswith("default-src 'none'; img-src data:;")
    metas = [meta.attributes for meta in parsed(page).find("meta")]
    assert {"http-equiv": "Content-Security-Policy", "content": policy()} in metas
    assert {"name": "referrer", "content": "no-referrer"} in metas


def test_the_page_is_utf_8_whatever_it_holds() -> None:
    page = text_of(notebook(code("x")), notebook(code("x = '\u00e9\u4e2d\U0001f600\u202e'")))
    page.encode("utf-8")
    assert "\u202e" not in page
    assert "‹U+202E›" in page


# --- what a person reads ------------------------------------------------------------------------------------


def test_several_notebooks_are_listed_with_their_counts() -> None:
    one = read_bytes(notebook(code("a = 1", id="a")), "one")
    two = read_bytes(notebook(code("a = 2", id="a"), code("completely()\nnew()", id="b")), "two")
    root = parsed(
        html_page(
            [
                PageNotebook("HEAD:x.ipynb", "x.ipynb", diff_notebooks(one, two)),
                ("same.ipynb", "same.ipynb", diff_notebooks(one, one)),
            ],
            "HEAD to working tree",
        )
    )
    (listed,) = root.find("table", "list")
    rows = [" ".join(row.text.split()) for row in listed.find("tr")]
    assert rows == [
        "1 notebook of 2 changed≠ modified+ added− removed⇄ moved",
        "HEAD:x.ipynb → x.ipynb≠ 1+ 1",
        "same.ipynb (no difference)",
    ]
    assert [link.attributes["href"] for link in listed.find("a")] == ["#b0"]
    assert [section.attributes["id"] for section in root.find("section", "notebook")] == ["b0"]
    assert root.find("title")[0].text == root.find("h1")[0].text == "HEAD to working tree"


def test_without_a_difference_the_page_says_so() -> None:
    data = notebook(code("x"))
    assert "Nothing differs." in page_of(data, data).find("main")[0].text


def test_every_jump_leads_somewhere_and_every_id_stands_once() -> None:
    cells = [code(f"value_{n} = compute({n})\nprint(value_{n})", id=f"c{n}") for n in range(6)]
    root = page_of(notebook(*cells), notebook(*cells[1:3], code("new = 1\nnew()"), *cells[3:], cells[0]))
    ids = [element.attributes["id"] for element in root.find() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    jumps = [link.attributes["href"] for link in root.find("a")]
    assert {jump[1:] for jump in jumps if jump} <= set(ids)
    assert any("from cell 1" in link.text for link in root.find("a"))
    assert any("cell 1 moved to cell 7" in link.text for link in root.find("p", "ghost"))


def test_who_hears_the_page_hears_its_parts() -> None:
    base = notebook(
        code("a\nb"), code("df", outputs=[display(text_html="<table><tr><td>1</td></tr></table>")])
    )
    head = notebook(
        code("a\nc"), code("df", outputs=[display(text_html="<table><tr><td>2</td></tr></table>")])
    )
    root = page_of(base, head)
    assert root.find("html")[0].attributes["lang"] == "en"
    assert len(root.find("h1")) == 1
    ids = {element.attributes["id"]: element for element in root.find() if "id" in element.attributes}
    for article in root.find("article", "modified"):
        assert ids[article.attributes["aria-labelledby"] or ""].text.split()[1:] in (
            ["Cell", "1", "modified"],
            ["Cell", "2", "modified"],
        )
    for table in root.find("table"):
        assert table.find("caption") or "prose" in str(table.path)
    for picture in root.find("img"):
        assert "alt" in picture.attributes
    for field in root.find("fieldset"):
        assert field.find("legend")
    assert {details.children[0].tag for details in root.find("details")} <= {"summary"}


def test_five_thousand_cells_with_few_changes_fold_and_stay_small() -> None:
    sources = [
        f"value_{n} = compute({n}, 'a text that makes the line long enough')\n" * 10 for n in range(5_000)
    ]
    base = notebook(*(code(source, id=f"c{n}") for n, source in enumerate(sources)))
    for n in range(0, 5_000, 1_000):
        sources[n] = sources[n].replace("compute", "calculate", 1)
    head = notebook(*(code(source, id=f"c{n}") for n, source in enumerate(sources)))
    page = text_of(base, head, Budget(coloured=20_000, quiet=50_000, lines=2_000))
    assert len(page) < 500_000
    root = parsed(page)
    assert len(root.find("article", "modified")) == 5
    assert len(root.find("details", "cells-fold")) == 5
    assert "unchanged cells, left out of this page" in root.text


def test_twenty_megabytes_of_output_are_counted_not_shown() -> None:
    lines = [f"line {n} of a log that nobody will ever read to its end\n" for n in range(150_000)]
    wide = "x" * 10_000_000
    outputs = [stream("".join(lines)), stream(wide, "stderr"), display(text_html=f"<p>{wide}</p>")]
    page = text_of(notebook(code("run()")), notebook(code("run()", outputs=outputs)))
    assert len(page) < 2_000_000
    text = parsed(page).text
    assert "147,000 more lines, left out of this page" in text
    assert "more characters …" in text


# --- colours ------------------------------------------------------------------------------------------------

BACKGROUNDS = (
    "background", "added_bg", "removed_bg", "modified_bg", "moved_bg", "missing_bg", "surface", "header",
)  # fmt: skip
CODE_BACKGROUNDS = ("background", "added_bg", "removed_bg", "added_word", "removed_word")
SIGN_TOKENS = ("added_sign", "removed_sign", "modified_sign", "moved_sign")
PAIRS = [
    *product(("text", "muted", "link"), BACKGROUNDS),
    *product([kind.value for kind in TokenKind], CODE_BACKGROUNDS),
    *product(("text", "muted"), ("raised", "hover")),
    *product(SIGN_TOKENS, ("background", "surface", "header")),
    *((token, token.replace("sign", "bg")) for token in SIGN_TOKENS),
    ("text", "added_word"), ("text", "removed_word"),
    ("accent", "accent_bg"), ("muted", "accent_bg"), ("error", "error_bg"),
]  # fmt: skip


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def variables() -> list[dict[str, str]]:
    """The blocks of variables in the page's style, in order: light, dark by the system, dark by choice."""
    blocks = re.findall(r":root[^{]*\{ color-scheme: (\w+); ([^}]*)\}", style())
    assert [scheme for scheme, _ in blocks] == ["light", "dark", "dark"]
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for _, block in blocks]


def test_every_text_stands_out_from_its_background_in_both_themes() -> None:
    for colours in variables():
        for text, ground in PAIRS:
            dark, bright = sorted((luminance(colours[text]), luminance(colours[ground])))
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_every_variable_that_the_style_uses_is_defined() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", style())) - {"at", "bar"}
    for colours in variables():
        assert used <= colours.keys()


def test_every_kind_of_change_has_its_sign_in_the_page() -> None:
    cells = [code(f"value_{n} = compute({n})\nprint(value_{n})", id=f"c{n}") for n in range(5)]
    base = notebook(*cells, code("was = 1\nand_was = 2", id="x"), code("gone_for_ever()", id="y"))
    head = notebook(*cells[1:], cells[0], code("was = 1\nand_is = 2", id="x"), markdown("# New", id="z"))
    root = page_of(base, head)
    signs = {
        kind: {article.find("span", "sign")[0].text for article in root.find("article", kind.value)}
        for kind in ChangeKind
    }
    assert signs[ChangeKind.MODIFIED] == {"≠"}
    assert signs[ChangeKind.ADDED] == {"+"}
    assert signs[ChangeKind.REMOVED] == {"−"}
    assert signs[ChangeKind.MOVED] == {"⇄"}


def test_the_script_speaks_of_nothing_that_the_page_lacks() -> None:
    root = page_of(notebook(code("a")), notebook(code("b")))
    ids = {element.attributes.get("id") for element in root.find()}
    assert set(re.findall(r'getElementById\("(\w+)"\)', script())) <= ids
    acts = {button.attributes.get("data-act") for button in root.find("button")}
    assert acts == {"next", "previous", "open"}
