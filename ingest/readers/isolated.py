"""Reading in a process of its own, limited in time and memory, without network."""

from __future__ import annotations

import mmap
import os
import signal
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as ReadingTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import spawn
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import Any, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from ingest.disk import without_waiting
from ingest.readers.allowance import limit_work
from ingest.readers.structure import Reading
from ontology.errors import ReformError

T = TypeVar("T")
STARTS_PROCESSES = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"}


@dataclass(frozen=True)
class Limits:
    """What one document may cost.

    `seconds` by the clock; `computing` seconds of work, of the first file with the start of the
    process, besides what a reader earns (ingest.readers.allowance); bytes of `memory` besides what
    a process needs to begin; bytes of the file, `size`. The reader and who asked it, which both
    hold the file, stay below 512 MB and 10 seconds of work together where a file is refused.
    """

    seconds: float = 60.0
    computing: float = 7.0
    memory: int = 200 * 1024 * 1024
    size: int = 50 * 1024 * 1024


@dataclass(frozen=True)
class ReadingFailure:
    """A file that could not be read, and the line that says so."""

    path: Path
    message: str


def read_files(
    paths: Iterable[Path],
    limits: Limits | None = None,
    progress: Callable[[Path], None] | None = None,
) -> Iterator[Reading | ReadingFailure]:
    """Read files one after another in a limited process; a failure does not stop the others.

    `progress` is told of each file when it is done.
    """
    limits = limits or Limits()
    with _pool(limits, _load_what_all_need) as pool:
        for path in paths:
            yield _read(pool, path, limits)
            if progress:
                progress(path)
        pool.close()  # type: ignore[no-untyped-call]
        pool.join()


def read_limited(data: bytes, name: str, limits: Limits | None = None) -> Reading:
    """Read bytes at hand in a limited process; `name` is their file's, which may tell the format.

    Raises ReformError when they cannot be read.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        raise ReformError(f"{name}: is larger than {limits.size // 1_000_000} MB. Split it.")
    with _pool(limits, _load_what_all_need) as pool:
        return _read_in(pool, data, name, limits)


def work_limited(
    work: Callable[..., T], data: bytes, name: str, *given: object, limits: Limits | None = None
) -> T:
    """Return `work(data, name, *given)`, called in a limited process.

    `work` is a function of a module. Raises ReformError when it does, or cannot be done.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        raise ReformError(f"{name}: is larger than {limits.size // 1_000_000} MB. Split it.")
    with _pool(limits) as pool:
        asked = [work, limits.computing, data, name, *given]
        result = _answer(pool, _work_in_child, asked, name, limits)
    if isinstance(result, _Done):
        return cast(T, result.value)
    raise ReformError(str(result))


@dataclass(frozen=True)
class _Done:
    """What came out, apart from a line that says why nothing did."""

    value: object


def _pool(limits: Limits, load: Callable[[], None] | None = None) -> ProcessPool:
    """Return a pool of one process, which calls `load` before its memory is bounded."""
    return ProcessPool(
        max_workers=1, context=_Context(), initializer=_confine, initargs=[limits.memory, load]
    )


def _load_what_all_need() -> None:
    """Load what tells languages: it takes as much address space as many documents."""
    from ingest.readers.language import detect_language

    detect_language("these words have to be five")


class _Process(SpawnProcess):
    """A process that does not run the main script again.

    Each process that is spawned else does, without limits; of a page that Streamlit shows it would
    be the whole page.
    """

    _starting = threading.Lock()

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802
        with _Process._starting:
            prepare = spawn.get_preparation_data
            spawn.get_preparation_data = lambda name: _without_main(prepare(name))
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                spawn.get_preparation_data = prepare


class _Context(SpawnContext):
    Process = _Process


def _without_main(prepared: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in prepared.items() if not key.startswith("init_main")}


def _read(pool: ProcessPool, path: Path, limits: Limits) -> Reading | ReadingFailure:
    try:
        return _read_in(pool, bytes_of(path, limits.size), path.name, limits)
    except ReformError as error:
        return ReadingFailure(path, str(error))


def _read_in(pool: ProcessPool, data: bytes, name: str, limits: Limits) -> Reading:
    asked: list[object] = [limits.computing, data, name]
    result = _answer(pool, _read_in_child, asked, name, limits)
    if isinstance(result, Reading):
        return result
    raise ReformError(str(result))


def _answer(
    pool: ProcessPool, call: Callable[..., object], given: list[object], name: str, limits: Limits
) -> object:
    try:
        return pool.schedule(call, args=given, timeout=limits.seconds).result()
    except ReadingTimeout as error:
        raise ReformError(
            f"{name}: was not read within {limits.seconds:.3g} seconds. Split it, or save it anew."
        ) from error
    except (ProcessExpired, BrokenProcessPool, MemoryError) as error:
        if -getattr(error, "exitcode", 0) == getattr(signal, "SIGXCPU", None):
            raise ReformError(
                f"{name}: takes more work to read than a file of its size should. Split it, or "
                "save it anew."
            ) from error
        raise ReformError(
            f"{name}: needs more than {limits.memory // 1_000_000} MB or ends the reader. "
            "Split it, or save it anew."
        ) from error


def bytes_of(path: Path, size: int) -> bytes:
    """Return what a file holds.

    Raises ReformError when it cannot be read, is no regular file (a pipe may never end), is larger
    than `size` bytes, or has a name that cannot be written down.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise ReformError(f"{shown}: has a name that is not UTF-8. Rename it.") from error
    try:
        with open(path, "rb", opener=without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ReformError(f"{path}: is no file but a pipe or a device. Give a file.")
            data = file.read(size + 1)
    except OSError as error:
        raise ReformError(
            f"{path}: cannot be read ({error.strerror}). Check the name and the rights."
        ) from error
    if len(data) > size:
        raise ReformError(f"{path.name}: is larger than {size // 1_000_000} MB. Split it.")
    return data


def _confine(memory: int, load: Callable[[], None] | None) -> None:
    """Bound the process's memory and shut its ways out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what went wrong is told by who asked, in a line
    if load is not None:
        load()
    if sys.platform != "win32":
        import resource

        memory += _memory_in_use()
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold the document
    warnings.simplefilter("ignore")  # of libraries to those who write programs
    # Recursion in a hostile file ends in an error here, not in a crash.
    sys.setrecursionlimit(3000)
    sys.addaudithook(_refuse)


def _memory_in_use() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * mmap.PAGESIZE


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith("socket.") or event in STARTS_PROCESSES:
        raise PermissionError(f"a reader may not use {event}")


def _read_in_child(seconds: float, data: bytes, name: str) -> Reading | str:
    from ingest.readers.reading import read_bytes

    result = _work_in_child(read_bytes, seconds, data, name)
    return cast(Reading, result.value) if isinstance(result, _Done) else result


def _work_in_child(
    work: Callable[..., object], seconds: float, data: bytes, name: str, *given: object
) -> _Done | str:
    limit_work(seconds)
    try:
        return _Done(work(data, name, *given))
    except ReformError as error:
        return str(error)
    except MemoryError:
        return f"{name}: needs more memory than a document may. Split it."
    except Exception as error:  # a hostile file may break a library in any way
        return f"{name}: cannot be read ({type(error).__name__}). Save it anew in a plain form."
