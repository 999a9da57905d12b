"""Many blobs through one child."""

import os
import threading

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.process import git_in
from tests.git_repos import Repo


def stored(repo: Repo, *contents: bytes) -> list[str]:
    return [repo.git("hash-object", "-w", "--no-filters", "--stdin", stdin=content) for content in contents]


def test_blobs_come_byte_for_byte(repo: Repo) -> None:
    contents = [b"", b"\n", b"no newline", b"\0\r\n\xff" * 10, b"x missing\n" * 3]

    with BlobReader(git_in(repo.root)) as reader:
        assert [reader.read(object_id) for object_id in stored(repo, *contents)] == contents


def test_a_blob_larger_than_any_pipe_is_read_whole(repo: Repo) -> None:
    content = os.urandom(12 * 2**20)
    (large,) = stored(repo, content)

    with BlobReader(git_in(repo.root)) as reader:
        assert reader.read(large) == content
        assert reader.read(large) == content


def test_a_missing_object_is_named_and_the_reader_goes_on(repo: Repo) -> None:
    (there,) = stored(repo, b"there")

    with BlobReader(git_in(repo.root)) as reader:
        with pytest.raises(UserError, match="Object 123412341234 is not in the repository"):
            reader.read("1234" * 10)
        assert reader.read(there) == b"there"


@pytest.mark.parametrize("name", ["HEAD", "", "HEAD:a.ipynb", "1234\n" + "0" * 40, "--help", "zz" * 20])
def test_only_object_ids_are_asked_for(repo: Repo, name: str) -> None:
    with BlobReader(git_in(repo.root)) as reader, pytest.raises(UserError, match="not a git object id"):
        reader.read(name)


def test_a_commit_is_not_taken_for_a_file(repo: Repo) -> None:
    commit = repo.commit("first", {"a.ipynb": "{}"})

    with BlobReader(git_in(repo.root)) as reader:
        with pytest.raises(UserError, match="is a commit, not a file"):
            reader.read(commit)
        assert reader.read(repo.git("rev-parse", "HEAD:a.ipynb")) == b"{}"


def test_threads_share_a_reader(repo: Repo) -> None:
    contents = [bytes([number]) * (number * 5_000 + 1) for number in range(16)]
    ids = stored(repo, *contents)
    wrong: list[int] = []

    with BlobReader(git_in(repo.root)) as reader:

        def work(first: int) -> None:
            for step in range(64):
                number = (first + step * 5) % 16
                if reader.read(ids[number]) != contents[number]:
                    wrong.append(number)

        threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert wrong == []


def test_a_child_that_was_killed_is_started_again(repo: Repo) -> None:
    (there,) = stored(repo, b"there")

    with BlobReader(git_in(repo.root)) as reader:
        reader.read(there)
        child = reader._child
        assert child is not None
        child.kill()
        child.wait()
        with pytest.raises(UserError, match="git ended while reading"):
            reader.read(there)
        assert reader.read(there) == b"there"


def test_closing_ends_the_child_and_may_be_repeated(repo: Repo) -> None:
    (there,) = stored(repo, b"there")
    reader = BlobReader(git_in(repo.root))
    reader.read(there)
    child = reader._child

    reader.close()
    reader.close()

    assert child is not None
    assert child.returncode == 0
    with pytest.raises(ValueError, match="closed"):
        reader.read(there)


def test_a_stopped_read_raises_and_leaves_the_child_to_others(repo: Repo) -> None:
    (there,) = stored(repo, b"there")
    cancel = CancelToken()
    cancel.cancel()

    with BlobReader(git_in(repo.root)) as reader:
        with pytest.raises(Cancelled):
            reader.read(there, cancel)
        assert reader.read(there) == b"there"
