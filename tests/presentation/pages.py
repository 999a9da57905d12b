"""The HTML page as a real parser sees it, for tests."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.html import html_page
from nbreview.presentation.html_markup import Budget

VOID = {"meta", "img", "input", "col", "br", "hr"}


@dataclass
class Element:
    """One element: its attributes and the text inside it, whatever depth."""

    tag: str
    attributes: dict[str, str | None]
    path: tuple[str, ...]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def find(self, tag: str = "", name: str = "") -> list["Element"]:
        """The elements below this one with a tag and a class."""
        found = []
        for child in self.children:
            if (not tag or child.tag == tag) and (not name or name in child.classes):
                found.append(child)
            found.extend(child.find(tag, name))
        return found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, ())
        self.open = [self.root]
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute stands twice: {attrs}"
        element = Element(tag, dict(attrs), tuple(held.tag for held in self.open[1:]))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def parsed(page: str) -> Element:
    """The page's elements; every element must be closed where it should be."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert parser.open == [parser.root], "elements are left open"
    assert parser.comments == []
    return parser.root


def page_of(base: bytes, head: bytes, budget: Budget | None = None) -> Element:
    """The page of two notebooks, parsed."""
    return parsed(text_of(base, head, budget))


def text_of(base: bytes, head: bytes, budget: Budget | None = None) -> str:
    """The page of two notebooks."""
    diff = diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head"))
    return html_page([("old.ipynb", "new.ipynb", diff)], "Changes", budget)
