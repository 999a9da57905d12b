"""The index of passages: what it finds, what it reads again, and that it can always be made anew."""

import threading
from pathlib import Path

import pytest

from nbreview.assist.passages import passages_of
from nbreview.assist.retrieval import Passage, PassageKind
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.store.index import PassageIndex, Source, clean_up, index_file


class Shelf:
    """Files in memory; counts how often each is read."""

    def __init__(self, **files: str) -> None:
        self.files = {name.replace("_", "."): text for name, text in files.items()}
        self.read: list[str] = []

    def sources(self) -> list[Source]:
        return [self.source(path, text) for path, text in self.files.items()]

    def source(self, path: str, text: str) -> Source:
        def read() -> bytes:
            self.read.append(path)
            return text.encode()

        return Source(path, str(hash(text)), read, passages_of, path.lower().startswith("readme"))


SHELF = {
    "README_md": "# Trainer\n\nRun train.py with a learning rate.\n",
    "nets_py": "class RandomForest:\n    def grow_tree(self):\n        pass\n",
    "data_py": "def load_csv(path):\n    return path\n",
}


def test_passages_are_found_by_words_parts_of_identifiers_and_stems() -> None:
    with PassageIndex(None) as index:
        index.update(Shelf(**SHELF).sources(), CancelToken())
        assert index.search(["forest"], 3)[0].title == "nets.RandomForest"
        assert [each.path for each in index.search(["load_csv"], 3)] == ["data.py"]
        assert [each.path for each in index.search(["csv"], 3)] == ["data.py"]
        assert [each.path for each in index.search(["rates"], 3)] == ["README.md"]
        assert [each.path for each in index.search(["rate", "csv"], 3, [PassageKind.README])] == ["README.md"]
        assert index.search(["nowhere"], 3) == index.search([], 3) == ()


def test_a_definition_is_found_by_its_name_before_those_that_only_speak_of_it() -> None:
    talk = "def run(way):\n    # shuffles rows, then shuffles rows again, and shuffles\n    return way\n"
    named = "def shuffle_rows(table):\n    return table.sample(frac=1)\n" + "# filler words here\n" * 40
    with PassageIndex(None) as index:
        index.update(Shelf(talk_py=talk, named_py=named).sources(), CancelToken())
        assert [each.path for each in index.search(["shuffling", "rows"], 2)] == ["named.py", "talk.py"]


def test_only_the_libraries_that_are_asked_for_answer() -> None:
    def cut(name: str, _: bytes) -> tuple[Passage, ...]:
        return (Passage(f"{name} 1.0", 0, 0, f"{name}.load", "def load()", 0.0, PassageKind.LIBRARY),)

    sources = [Source(name, "1", lambda: b"", cut) for name in ("pandas", "pandasql", "torch")]
    with PassageIndex(None) as index:
        index.update(sources, CancelToken())
        assert len(index.search(["load"], 9)) == 3
        found = index.search(["load"], 9, libraries=["pandas", "numpy"])
        assert [each.title for each in found] == ["pandas.load"]


def test_a_query_has_no_syntax() -> None:
    with PassageIndex(None) as index:
        index.update(Shelf(**SHELF).sources(), CancelToken())
        for term in ('csv"', "title:csv", "csv OR", "NEAR(", "*", '"', "\ud800", "a\0b", "^csv"):
            index.search([term], 3)
        assert index.search(['csv" OR "rate'], 3) == ()


def test_only_what_changed_is_read_again_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    shelf = Shelf(**SHELF)
    with PassageIndex(tmp_path / "index.sqlite3") as index:
        assert index.update(shelf.sources(), CancelToken()).read == 3
    shelf.read.clear()
    shelf.files["data.py"] = "def load_parquet(path):\n    return path\n"
    del shelf.files["nets.py"]
    with PassageIndex(tmp_path / "index.sqlite3") as index:
        done = index.update(shelf.sources(), CancelToken())
        assert (done.kept, done.read, done.removed) == (1, 1, 1)
        assert shelf.read == ["data.py"]
        assert index.search(["csv", "forest"], 3) == ()
        assert index.paths() == ("README.md", "data.py") and index.paths(readmes=True) == ("README.md",)
        assert [each.title for each in index.of("data.py")] == ["data.load_parquet"]
        assert [each.path for each in index.titled(["data.load_parquet", "data.none"])] == ["data.py"]


def test_a_content_that_stayed_is_not_cut_again() -> None:
    cuts: list[str] = []

    def cut(path: str, data: bytes) -> tuple[()]:
        cuts.append(path)
        return ()

    with PassageIndex(None) as index:
        for stamp in "12":
            index.update([Source("a.py", stamp, lambda: b"x = 1", cut)], CancelToken())
        assert cuts == ["a.py"] and index.stamp("a.py") == "2" and index.stamp("b.py") is None


def test_a_stopped_update_keeps_what_it_has_and_the_next_goes_on() -> None:
    cancel = CancelToken()
    shelf = Shelf(**SHELF)
    sources = shelf.sources()

    def read_and_stop() -> bytes:
        cancel.cancel()
        return b"def late(): pass"

    stopping = Source("late.py", "1", read_and_stop, passages_of)
    with PassageIndex(None) as index:
        with pytest.raises(Cancelled):
            index.update([sources[0], stopping, *sources[1:]], cancel)
        assert index.paths() == ("README.md", "late.py")
        shelf.read.clear()
        index.update(sources, CancelToken())
        assert sorted(shelf.read) == ["data.py", "nets.py"]


def test_an_index_that_is_full_takes_no_more_and_says_so() -> None:
    with PassageIndex(None, most_bytes=1) as index:
        assert index.update(Shelf(**SHELF).sources(), CancelToken()).full
        assert index.paths() == ()


def test_a_file_that_is_no_index_is_thrown_away(tmp_path: Path) -> None:
    file = tmp_path / "index.sqlite3"
    file.write_bytes(b"this is no database" * 400)
    with PassageIndex(file) as index:
        index.update(Shelf(**SHELF).sources(), CancelToken())
    with PassageIndex(file) as index:
        assert len(index.paths()) == 3


def test_where_nothing_can_be_written_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with PassageIndex(tmp_path / "file" / "index.sqlite3") as index:
        assert index.update(Shelf(**SHELF).sources(), CancelToken()).read == 3


def test_threads_may_ask_while_it_is_updated(tmp_path: Path) -> None:
    shelf = Shelf(**{f"f{number}_py": f"def name{number}(): pass" for number in range(120)})
    with PassageIndex(tmp_path / "index.sqlite3") as index:
        asked = [threading.Thread(target=index.search, args=(["name3"], 5)) for _ in range(4)]
        for thread in asked:
            thread.start()
        told: list[int] = []
        index.update(shelf.sources(), CancelToken(), told.append)
        for thread in asked:
            thread.join()
        assert told == [50, 100, 120]


def test_the_indexes_used_least_lately_are_removed(tmp_path: Path) -> None:
    for number in range(4):
        PassageIndex(index_file(f"repository {number}", tmp_path)).close()
    assert clean_up(tmp_path, most=3) == 1
    assert len(list((tmp_path / "knowledge").glob("*.sqlite3"))) == 3
