"""The whole review is exported: what was said, found, decided and viewed, on a page that can do nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.review.model import Evidence, Finding, Origin, Place, Rung, Suggestion, Verdict, new_id, now
from nbreview.review.outcomes import kept
from nbreview.services import commenting, decisions, reviewing
from nbreview.services.opening import Comparison, open_notebook
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook
from tests.git_repos import ISOLATED, Repo
from tests.presentation.pages import Element, parsed

OLD = notebook(markdown("# T", id="t"), code("lr = 1e-3\nrun(lr)", id="a"), code("same = 1", id="s"))
NEW = notebook(markdown("# T", id="t"), code("lr = 3e-4\nrun(lr)", id="a"), code("same = 1", id="s"))
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    made.commit("first", {"lab/a.ipynb": OLD, "b.ipynb": OLD})
    made.git("config", "user.name", EVIL)
    made.path("lab/a.ipynb").write_bytes(NEW)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def shown(repo: Repo) -> Comparison:
    return open_notebook(repo.path("lab/a.ipynb"), Settings()).comparison


@pytest.fixture
def reviewed(store: Store, shown: Comparison) -> Comparison:
    """A comparison with a thread on a changed line, one on an unchanged cell, a lost one, a finding and a
    rejection.
    """
    changed = commenting.comment_on(store, shown, 1, 0, f"Why? {EVIL}", head=True)
    commenting.answer(store, shown.target, changed.id, "Because | of the loss.")
    quiet = commenting.comment_on(store, shown, 2, None, "Still needed?", head=True)
    commenting.settle(store, shown.target, quiet.id, resolved=True)
    cell = shown.head.notebook.cells[1]
    finding = Finding(
        "names", Evidence.CERTAIN, Verdict.CRASH, 1, cell.digest, "NameError: name 'run'", rung=Rung.STATIC
    )
    place = Place(str(shown.target.notebook), 1, "a")
    store.put_findings([kept(place, finding, now())])
    suggestion = Suggestion(
        new_id(),
        place,
        cell.source,
        "lr = 1",
        "Rounder.",
        Evidence.LIKELY,
        Origin("model", "Tiny"),
        created=now(),
    )
    store.add_suggestion(suggestion)
    decisions.reject(store, suggestion, "Not now | later")
    return shown


def page(store: Store, comparison: Comparison, viewed: frozenset[int] = frozenset()) -> Element:
    gathered = reviewing.gather(store, comparison, viewed=viewed)
    return parsed(reviewing.review_text([gathered], html=True))


def test_the_page_holds_threads_in_their_cells(store: Store, reviewed: Comparison) -> None:
    root = page(store, reviewed)
    (cell,) = [each for each in root.find("article", "cell") if "modified" in each.classes]
    (thread,) = cell.find("article", "thread")
    assert "Cell 2, line 1" in thread.text
    assert "Because | of the loss." in thread.text
    # The other stands on a cell that is folded away, right after the fold.
    assert [each.text for each in root.find("article", "resolved")] != []
    assert len(root.find("article", "thread")) == 2


def test_the_page_says_how_findings_are_known_and_what_was_decided(
    store: Store, reviewed: Comparison
) -> None:
    root = page(store, reviewed, frozenset({1}))
    known = [each.text for each in root.find("td", "known")]
    assert known == ["certain"]
    text = root.text
    assert "rejected: Not now | later" in text
    assert "Rounder." in text
    assert "1 of 1 changed cell viewed" in text
    assert [each.text for each in root.find("p", "viewed")] == ["✓ viewed"]


def test_the_page_loads_nothing_and_runs_nothing(store: Store, reviewed: Comparison) -> None:
    text = reviewing.review_text([reviewing.gather(store, reviewed)], html=True)
    root = parsed(text)
    assert root.find("script") == []
    assert EVIL not in text
    (policy,) = [
        each.attributes["content"]
        for each in root.find("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "default-src 'none'" in str(policy)
    assert "script-src 'none'" in str(policy)
    links = [str(each.attributes.get("href")) for each in root.find("a")]
    assert all(link.startswith("#") for link in links)
    ids = [str(each.attributes["id"]) for each in root.find() if each.attributes.get("id")]
    assert {link[1:] for link in links} <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_comment_whose_cell_is_gone_is_there_with_the_old_text(
    store: Store, repo: Repo, reviewed: Comparison
) -> None:
    later = notebook(markdown("# Another", id="z"))
    repo.path("lab/a.ipynb").write_bytes(later)
    repo.git("add", "lab/a.ipynb")
    (again,) = reviewing.compare_range(repo.path("lab/a.ipynb"), "HEAD", Settings())
    gone = open_notebook(repo.path("lab/a.ipynb"), Settings()).comparison
    for comparison, words in ((again, "Cell 2"), (gone, "a cell that is gone")):
        gathered = reviewing.gather(store, comparison)
        for html in (True, False):
            text = reviewing.review_text([gathered], html=html)
            assert words in text
            assert "lr = 3e-4" in text


def test_markdown_has_everything_and_nothing_of_a_notebook_is_markup(
    store: Store, reviewed: Comparison
) -> None:
    text = reviewing.review_text([reviewing.gather(store, reviewed, viewed=frozenset({1}))], html=False)
    assert text.startswith("# Review of lab/a.ipynb\n")
    for part in (
        "- base: ",
        "- 1 of 1 changed cell viewed",
        "#### Cell 2, line 1 (open)",
        "```python\nlr = 3e-4\n```",
        "> Because | of the loss.",
        "#### Cell 3 (resolved)",
        "(certain): NameError",
        "| 2 | an edit: Rounder. | Tiny | rejected: Not now \\| later |",
        "```diff\n",
        "-lr = 1e-3\n+lr = 3e-4\n",
        "viewed ✓",
    ):
        assert part in text, part
    assert f"**{EVIL}**" not in text


def test_markdown_that_would_be_too_long_says_what_is_left_out(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "long.ipynb"
    path.write_bytes(notebook(*(code(f"x = '{'y' * 900}' + '{n}'", id=f"c{n}") for n in range(200))))
    from nbreview.services.opening import open_pair

    comparison = open_pair(Path("/dev/null"), path, Settings()).comparison
    text = reviewing.review_text([reviewing.gather(store, comparison)], html=False)
    assert len(text) <= 65_536
    assert "more changed cells, left out" in text


def test_a_folder_is_reviewed_whole_and_an_unchanged_notebook_by_itself(store: Store, repo: Repo) -> None:
    assert [each.target.path for each in reviewing.compare_range(repo.root, "HEAD", Settings())] == [
        "lab/a.ipynb"
    ]
    (same,) = reviewing.compare_range(repo.path("b.ipynb"), "HEAD", Settings())
    assert not same.diff.changed
    assert "no cell changed" in reviewing.review_text([reviewing.gather(store, same)], html=False)
    nothing = reviewing.compare_range(repo.root, "HEAD..HEAD", Settings())
    assert "nothing to review" in reviewing.review_text(
        [reviewing.gather(store, each) for each in nothing], html=True
    )


def test_what_cannot_be_written_or_found_is_said_with_the_next_step(
    store: Store, shown: Comparison, tmp_path: Path
) -> None:
    gathered = [reviewing.gather(store, shown)]
    with pytest.raises(UserError, match="one of these endings"):
        reviewing.write_review(gathered, tmp_path / "review.pdf")
    with pytest.raises(UserError, match="name another file"):
        reviewing.write_review(gathered, tmp_path / "none" / "review.md")
    with pytest.raises(UserError, match="no git repository"):
        reviewing.compare_range(tmp_path / "away.ipynb", "HEAD", Settings())
    reviewing.write_review(gathered, tmp_path / "review.md")
    assert (tmp_path / "review.md").read_text("utf-8").startswith("# Review")
