"""The table of changed cells."""

import io

from rich.cells import cell_len
from rich.console import Console

from nbreview.diff.model import ChangeKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.stat import Stat, render_stat, stat_of
from tests.builders import code, notebook


def stat(name: str, modified: int = 0, added: int = 0, removed: int = 0, metadata: bool = False) -> Stat:
    counts = dict.fromkeys(ChangeKind, 0)
    counts |= {ChangeKind.MODIFIED: modified, ChangeKind.ADDED: added, ChangeKind.REMOVED: removed}
    return Stat(name, counts, metadata)


def printed(*stats: Stat, width: int = 80) -> str:
    out = io.StringIO()
    render_stat(stats, Console(file=out, width=width), width)
    return out.getvalue()


def test_each_notebook_has_a_row_and_the_sum_is_below() -> None:
    assert printed(
        stat("a.ipynb", 2, 1), stat("lab/bb.ipynb", removed=11), stat("m.ipynb", metadata=True)
    ) == (
        " a.ipynb      |  3 ≠≠+\n"
        " lab/bb.ipynb | 11 −−−−−−−−−−−\n"
        " m.ipynb      |  0 metadata\n"
        " 3 notebooks changed, 2 cells modified (≠), 1 added (+), 11 removed (−)\n"
    )


def test_nothing_is_printed_for_nothing() -> None:
    assert printed() == ""


def test_long_bars_are_scaled_and_long_names_lose_their_start() -> None:
    rows = printed(stat("漢" * 60 + ".ipynb", 900, 1), stat("b.ipynb", 90), width=60).split("\n")
    assert all(cell_len(row) <= 60 for row in rows[:2])
    assert rows[0].startswith(" …漢")
    assert rows[0].count("≠") > 5 * rows[1].count("≠") > 0
    assert rows[0].endswith("+")
    assert len({cell_len(row.split("|")[0]) for row in rows[:2]}) == 1


def test_a_name_cannot_drive_the_terminal() -> None:
    assert "\x1b" not in printed(stat("a\x1b[2J\nb.ipynb", 1))


def test_it_counts_what_a_diff_holds() -> None:
    base, head = (
        read_bytes(notebook(*cells), "n") for cells in ([code("a = 1")], [code("a = 1"), code("b()")])
    )
    found = stat_of("n.ipynb", diff_notebooks(base, head))
    assert (found.total, found.counts[ChangeKind.ADDED], found.metadata) == (1, 1, False)
