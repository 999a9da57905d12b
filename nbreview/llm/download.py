"""Fetch a model file from the Hugging Face hub: resumed, checked, and stopped at once.

The bytes go to a file beside the place where they belong, named by their hash, so that any later attempt goes
on where the last one ended, whatever ended it. Nothing takes its place before its SHA-256 is right. Without a
folder of one's own the place is the Hugging Face cache, in its own layout, so that other programs find the
model too. Redirects to other hosts do not carry the token. httpx is imported late.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from nbreview import __version__
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm import hub
from nbreview.llm.hub import HubFile, Reference
from nbreview.llm.places import hub_cache
from nbreview.llm.waiting import run_async
from nbreview.words import said

if TYPE_CHECKING:
    import httpx

Report = Callable[["Progress"], None]

_CHUNK = 1 << 20
_REPORT_SECONDS = 0.1
_ROOM_LEFT = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, seconds: to connect, for the next bytes, and before another attempt (doubled each
    time, up to `longest`). `attempts` without a new byte end the download."""

    connect: float = 15.0
    read: float = 30.0
    pause: float = 1.0
    longest: float = 60.0
    attempts: int = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, bytes over all its files. `detail` says what is being done."""

    done: int
    total: int
    detail: str


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A model that is on the disk and right. `path` is the first file; `resumed` bytes were there from an
    earlier attempt, `fetched` came now."""

    path: Path
    paths: tuple[Path, ...]
    size: int
    sha256: tuple[str, ...]
    resumed: int
    fetched: int


def download(
    reference: Reference,
    folder: Path | None,
    report: Report,
    cancel: CancelToken,
    patience: Patience | None = None,
) -> Downloaded:
    """Fetch a file, or all parts of a split model.

    Parameters
    ----------
    folder:
        Where to put it; None: the Hugging Face cache.
    report:
        Called about ten times a second, from the calling thread.

    Raises
    ------
    UserError
        The hub refuses, cannot be reached or sends something else; the disk is full. What was fetched stays
        for the next attempt.
    Cancelled
        Stopped; what was fetched stays too.
    """
    if hub.offline() and folder is None and (cached := _cached(reference)) is not None:
        size = cached.stat().st_size
        return Downloaded(cached, (cached,), size, ("",), size, 0)
    report(Progress(0, 0, said("asking {host}", host=hub.host())))
    files = hub.resolve(reference, cancel)
    task = _Download(files, folder, report, cancel, patience or Patience())
    with hub.refusals(reference):
        return task.run()


class _Download:
    """One download under way."""

    def __init__(
        self,
        files: tuple[HubFile, ...],
        folder: Path | None,
        report: Report,
        cancel: CancelToken,
        patience: Patience,
    ) -> None:
        self._files = files
        self._places = [_place(file, folder) for file in files]
        self._report = report
        self._cancel = cancel
        self._patience = patience
        self._total = sum(file.size for file in files)
        self._before = 0
        self._resumed = 0
        self._fetched = 0
        self._told = 0.0

    def run(self) -> Downloaded:
        """Fetch what is not there yet."""
        paths = []
        for file, place in zip(self._files, self._places, strict=True):
            paths.append(self._file(file, place))
            self._before += file.size
        self._tell(0, said("done"), always=True)
        return Downloaded(
            paths[0],
            tuple(paths),
            self._total,
            tuple(file.sha256 for file in self._files),
            self._resumed,
            self._fetched,
        )

    def _file(self, file: HubFile, place: "_Place") -> Path:
        with refused_by_disk(place.path):
            place.part.parent.mkdir(parents=True, exist_ok=True)
            if self._present(file, place):
                self._resumed += file.size
                return place.finish(file)
            with _locked(place, file):
                held = place.part.stat().st_size if place.part.exists() else 0
                self._check_room(file, place, held)
                self._fill(file, place)
                return place.finish(file)

    def _present(self, file: HubFile, place: "_Place") -> bool:
        """Whether the file is there and right.

        Raises
        ------
        UserError
            Something else is in its place.
        """
        for path in (place.path, place.blob):
            if path is None or not path.is_file():
                continue
            digest = hashlib.sha256()
            with path.open("rb") as stream:
                size = self._hash(stream, digest, file.size, said("checking {name}", name=path.name))
            if size == file.size and file.sha256 in ("", digest.hexdigest()):
                return True
            if place.blob is None:
                raise UserError(
                    said(
                        "{path} exists and is not the file of {model}; remove it, or choose another folder.",
                        path=path,
                        model=file.reference,
                    )
                )
            path.unlink()  # the cache's own: its name is its hash, and it is not that
        return False

    def _check_room(self, file: HubFile, place: "_Place", held: int) -> None:
        free = shutil.disk_usage(place.part.parent).free
        if free < file.size - held + _ROOM_LEFT:
            raise UserError(
                said(
                    "{folder} has {free} GB free and {model} needs {needed} GB; make room or choose another "
                    "folder with --to.",
                    folder=place.part.parent,
                    free=f"{free / 1e9:.1f}",
                    model=file.reference,
                    needed=f"{(file.size - held) / 1e9:.1f}",
                )
            )

    def _fill(self, file: HubFile, place: "_Place") -> None:
        """Bring the partial file to its full length and check it.

        Raises
        ------
        UserError
            The content is not what the hub announced; it is removed.
        """
        digest = hashlib.sha256()
        with place.part.open("r+b" if place.part.exists() else "w+b", buffering=0) as stream:
            detail = said("checking what is there of {name}", name=file.reference.file)
            held = self._hash(stream, digest, file.size, detail)
            if held > file.size:
                stream.truncate(0)
                stream.seek(0)
                held, digest = 0, hashlib.sha256()
            self._resumed += held
            if held < file.size:
                digest = run_async(lambda: self._fetch(file, stream, digest, held), self._cancel)
            os.fsync(stream.fileno())
        if file.sha256 and digest.hexdigest() != file.sha256:
            place.part.unlink(missing_ok=True)
            raise UserError(
                said(
                    "What {host} sent for {model} is not what it announced (its SHA-256 is {found}… and not "
                    "{announced}…) and was removed; download it again.",
                    host=hub.host(),
                    model=file.reference,
                    found=digest.hexdigest()[:12],
                    announced=file.sha256[:12],
                )
            )

    def _hash(self, stream: BinaryIO, digest: Any, limit: int, detail: str) -> int:
        """Hash what a file holds and stand at its end; stop where it is longer than `limit`."""
        done = 0
        while done <= limit and (part := stream.read(_CHUNK)):
            self._cancel.check()
            digest.update(part)
            done += len(part)
            self._tell(done, detail)
        return done

    async def _fetch(self, file: HubFile, stream: BinaryIO, digest: Any, held: int) -> Any:
        """Ask for the rest, again and again while bytes come; returns the hash over everything."""
        import asyncio

        import httpx

        patience = self._patience
        timeout = httpx.Timeout(patience.read, connect=patience.connect)
        headers = {"User-Agent": f"nbreview/{__version__}", "Accept-Encoding": "identity"}
        if token := hub.token():
            headers["Authorization"] = f"Bearer {token}"
        failed, problem = 0, ""
        async with httpx.AsyncClient(timeout=timeout, headers=headers, follow_redirects=True) as client:
            while True:
                before, wait = held, patience.pause * 2**failed
                try:
                    async with client.stream("GET", file.url, headers=_range(held)) as response:
                        if response.status_code in (408, 429) or response.status_code >= 500:
                            wait = max(wait, _retry_after(response))
                            problem = hub.status_sentence(response.status_code, file.reference)
                        elif response.status_code == 416 and held:
                            held, digest = _start_again(stream)
                            before = 0
                            problem = said(
                                "{host} cannot go on where the download ended; try again.", host=hub.host()
                            )
                        elif response.status_code not in (200, 206):
                            raise UserError(hub.status_sentence(response.status_code, file.reference))
                        else:
                            if held and not _goes_on(response, held):
                                held, digest = _start_again(stream)
                                before = 0
                            async for part in response.aiter_raw():
                                if held + len(part) > file.size:
                                    held += len(part)
                                    break
                                _write(stream, part)
                                digest.update(part)
                                held += len(part)
                                self._fetched += len(part)
                                self._tell(held, said("fetching {name}", name=file.reference.file))
                            problem = said("{host} ended the answer early; try again.", host=hub.host())
                except httpx.TransportError as error:
                    problem = hub.network_sentence(error, hub.host()) or str(error)
                if held == file.size:
                    return digest
                if held > file.size:
                    _start_again(stream)
                    raise UserError(
                        said(
                            "{host} sends more of {model} than it announced; download it again.",
                            host=hub.host(),
                            model=file.reference,
                        )
                    )
                failed = 0 if held > before else failed + 1
                if failed >= patience.attempts:
                    if held:
                        problem = said(
                            "{problem} {size} MB are kept for the next attempt.",
                            problem=problem,
                            size=f"{held / 1e6:.0f}",
                        )
                    raise UserError(problem)
                self._tell(held, said("trying again: {problem}", problem=problem), always=True)
                await asyncio.sleep(min(wait, patience.longest))

    def _tell(self, done: int, detail: str, always: bool = False) -> None:
        now = time.monotonic()
        if always or now - self._told >= _REPORT_SECONDS:
            self._told = now
            self._report(Progress(self._before + done, self._total, detail))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file goes: `part` while it is fetched, then `path`; in the cache by way of `blob`."""

    path: Path
    part: Path
    lock: Path
    blob: Path | None = None

    def finish(self, file: HubFile) -> Path:
        """Put the checked file into its place."""
        if self.blob is None:
            if not self.path.exists():
                self.part.replace(self.path)
            return self.path
        if not self.blob.exists() and self.part.exists():
            self.part.replace(self.blob)
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.path.symlink_to(os.path.relpath(self.blob, self.path.parent))
            except OSError:  # no links on this file system: the cache holds the file itself then
                shutil.move(self.blob, self.path)
        if file.reference.revision != file.commit:
            ref = self.blob.parent.parent / "refs" / file.reference.revision
            ref.parent.mkdir(parents=True, exist_ok=True)
            ref.write_text(file.commit)
        return self.path


def _place(file: HubFile, folder: Path | None) -> _Place:
    """In a folder by its name; in the cache in the layout that huggingface_hub documents."""
    if folder is not None:
        path = folder / file.reference.file.rsplit("/", 1)[-1]
        part = path.with_name(f".{path.name}.{file.etag[:16]}.part")
        return _Place(path, part, part.with_suffix(".lock"))
    name = f"models--{file.reference.repository.replace('/', '--')}"
    root = hub_cache() / name
    blob = root / "blobs" / file.etag
    path = root / "snapshots" / file.commit / Path(*file.reference.file.split("/"))
    return _Place(
        path,
        blob.with_name(f"{file.etag}.incomplete"),
        hub_cache() / ".locks" / name / f"{file.etag}.lock",
        blob,
    )


def _cached(reference: Reference) -> Path | None:
    """The file in the cache, without asking the hub."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(
        reference.repository, reference.file, cache_dir=hub_cache(), revision=reference.revision
    )
    return Path(found) if isinstance(found, str) else None


@contextlib.contextmanager
def _locked(place: _Place, file: HubFile) -> Iterator[None]:
    """Keep other programs from fetching the same file at the same time; the hub's library minds this lock."""
    import filelock

    place.lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(place.lock, timeout=0):
            yield
    except filelock.Timeout:
        raise UserError(
            said(
                "{model} is being downloaded by another program; wait for it, or stop it and try again.",
                model=file.reference,
            )
        ) from None
    if place.blob is None:
        place.lock.unlink(missing_ok=True)


@contextlib.contextmanager
def refused_by_disk(path: Path) -> Iterator[None]:
    """What the disk refuses, in a sentence; errors of the network have a place of their own."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                said(
                    "The disk of {folder} is full ({reason}); make room and try again: what was fetched is "
                    "kept.",
                    folder=path.parent,
                    reason=error.strerror,
                )
            ) from None
        if error.errno == errno.EFBIG:
            raise UserError(
                said(
                    "{folder} takes no file of this size ({reason}); choose another with --to.",
                    folder=path.parent,
                    reason=error.strerror,
                )
            ) from None
        raise UserError(
            said(
                "{path} cannot be written ({reason}); choose another folder with --to.",
                path=error.filename or path,
                reason=error.strerror,
            )
        ) from None


def _write(stream: BinaryIO, data: bytes) -> None:
    """Write all of it: an unbuffered file may take a part."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


def _start_again(stream: BinaryIO) -> tuple[int, Any]:
    stream.seek(0)
    stream.truncate(0)
    return 0, hashlib.sha256()


def _range(held: int) -> dict[str, str]:
    return {"Range": f"bytes={held}-"} if held else {}


def _goes_on(response: "httpx.Response", held: int) -> bool:
    """Whether the answer begins where the file ends."""
    begins = response.headers.get("Content-Range", "").removeprefix("bytes ").split("-")[0]
    return response.status_code == 206 and begins == str(held)


def _retry_after(response: "httpx.Response") -> float:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else 0.0
