"""The hash of a model is that of its bytes, and is computed once a file."""

import hashlib
import os
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.llm.cache import JsonCache
from nbreview.llm.digest import Digest, fingerprint


def test_one_file_has_its_usual_hash_and_parts_that_of_their_bytes_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_bytes(b"abc")
    second.write_bytes(b"def")
    cache = JsonCache(tmp_path / "cache.json")
    assert Digest([first], cache).result(CancelToken()) == hashlib.sha256(b"abc").hexdigest()
    assert Digest([first, second], cache).result(CancelToken()) == hashlib.sha256(b"abcdef").hexdigest()


def test_a_known_file_is_not_read_again_and_a_changed_one_is(tmp_path: Path) -> None:
    path, cache = tmp_path / "model", JsonCache(tmp_path / "cache.json")
    path.write_bytes(b"abc")
    cache.put("sha256", fingerprint([path]), "known")
    assert Digest([path], cache).result(CancelToken()) == "known"
    os.utime(path, ns=(1, 1))
    assert Digest([path], cache).result(CancelToken()) == hashlib.sha256(b"abc").hexdigest()


def test_a_file_that_has_gone_has_no_hash(tmp_path: Path) -> None:
    assert Digest([tmp_path / "none"], JsonCache(tmp_path / "cache.json")).result(CancelToken()) == ""


def test_waiting_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_bytes(b"abc")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        Digest([path], JsonCache(tmp_path / "cache.json")).result(cancel)
