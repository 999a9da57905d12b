"""Home folders do not leave the machine."""

import pytest

from nbreview.training.redaction import hide_homes


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("/home/anna/work/a.ipynb", "~/work/a.ipynb"),
        ("/home/anna", "~"),
        ("/Users/Anna/a b.ipynb", "~/a b.ipynb"),
        ("C:\\Users\\Anna\\a.ipynb", "~\\a.ipynb"),
        ("c:/Users/Anna/a.ipynb", "~/a.ipynb"),
        ("/root/a.ipynb", "~/a.ipynb"),
        ("/data/people/anna/a.ipynb", "~/a.ipynb"),
        ("file:///home/anna/repo.git", "file://~/repo.git"),
        ("git@example.org:/home/git/repo.git", "git@example.org:~/repo.git"),
        ("/data/people/annabel/a.ipynb", "/data/people/annabel/a.ipynb"),
        ("/srv/home/x/a.ipynb", "/srv/home/x/a.ipynb"),
        ("/rooted/a.ipynb", "/rooted/a.ipynb"),
        ("https://example.org/course.git", "https://example.org/course.git"),
        ("", ""),
    ],
)
def test_homes_become_a_tilde_and_nothing_else_does(text: str, hidden: str) -> None:
    assert hide_homes(text, home="/data/people/anna") == hidden


def test_this_users_home_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/vol/7/bea")
    monkeypatch.setenv("USERPROFILE", "/vol/7/bea")
    assert hide_homes("/vol/7/bea/x.ipynb") == "~/x.ipynb"
