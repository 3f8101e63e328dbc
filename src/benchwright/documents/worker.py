"""Runs a reader in a process of its own: a parser that hangs or crashes ends there, and only one file is refused."""

import importlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from benchwright.documents.parsed import Parsed
from benchwright.errors import DocumentRefused

_LENGTH = struct.Struct(">Q")
_MEMORY_LIMIT_BYTES = 4 * 1024**3
_USUAL_BYTES = 500_000
_MOST_TIMES = 10
"""A larger file may take so many times longer: three thousand pages of PDF are 4 MB, and a busy machine is slow."""


def read_with(module: str, data: bytes, name: str) -> Parsed:
    """Call the reader of `module`; whatever a parser throws at damaged bytes becomes a refusal with its words."""
    return call_reader(module, "read", data, name)


def call_reader(module: str, function: str, *arguments: object) -> Any:
    """Call a function of `module` that reads bytes; what it throws becomes a refusal."""
    reader = importlib.import_module(module)
    try:
        return getattr(reader, function)(*arguments)
    except DocumentRefused:
        raise
    except MemoryError as error:
        raise DocumentRefused("too large: reading it needs more than 4 GB of memory") from error
    except RecursionError as error:
        raise DocumentRefused("corrupted: its content is nested too deeply to be read") from error
    # Parsers of binary formats raise whatever the damage leads them to; one file may not stop the others.
    except Exception as error:
        words = " ".join(str(error).split())[:160]
        raise DocumentRefused(f"corrupted: {type(error).__name__}{': ' if words else ''}{words}") from error


class ReaderProcess:
    """One child process that reads one file after the other; it is replaced when it hangs or dies."""

    def __init__(self, *, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ReaderProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def read(self, module: str, data: bytes, name: str) -> Parsed:
        """Read one file in the child; raises `DocumentRefused` when it refuses, hangs or crashes."""
        return self.call(module, "read", data, name)

    def call(self, module: str, function: str, *arguments: object) -> Any:
        """Call a function of `module` in the child; raises `DocumentRefused` when it refuses, hangs or crashes."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            process.kill()

        size = sum(len(part) for part in arguments if isinstance(part, bytes))
        limit = self._timeout_s * min(max(1.0, size / _USUAL_BYTES), _MOST_TIMES)
        watch = threading.Timer(limit, stop)
        watch.start()
        try:
            _send(process.stdin, (module, function, arguments))
            answer = _receive(process.stdout)
        except (BrokenPipeError, EOFError, OSError):
            self.close()
            if timed_out.is_set():
                raise DocumentRefused(f"too slow: not read within {limit:.0f} s") from None
            raise DocumentRefused("corrupted: the parser crashed on it") from None
        finally:
            watch.cancel()
        if isinstance(answer, DocumentRefused):
            raise answer
        return answer

    def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What was still buffered cannot be written to a process that is gone.
                    continue

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            source = str(Path(__file__).parents[2])
            known = os.environ.get("PYTHONPATH", "")
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (source, known) if part)}
            # -P: a `email.py` among the user's documents must not be imported.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "benchwright.documents.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process


def _send(pipe: IO[bytes], value: object) -> None:
    body = pickle.dumps(value, protocol=5)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    head = _exactly(pipe, _LENGTH.size)
    return pickle.loads(_exactly(pipe, _LENGTH.unpack(head)[0]))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return body


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY_LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(hard, _MEMORY_LIMIT_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def main() -> None:
    """Serve requests until the pipe closes. Standard output is kept for answers: parsers that print go to nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory()
    while True:
        try:
            request = _receive(sys.stdin.buffer)
        except EOFError:
            return
        module, function, arguments = cast("tuple[str, str, tuple[object, ...]]", request)
        try:
            answer: object = call_reader(module, function, *arguments)
        except DocumentRefused as refused:
            answer = refused
        _send(answers, answer)


if __name__ == "__main__":
    main()
