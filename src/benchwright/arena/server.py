"""The arena's web server: uvicorn on one address, patient with readers, impatient with clients that dribble."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from benchwright.arena.engine import Arena
from benchwright.arena.security import App

HEAD_TIMEOUT_S = 10.0
GRACE_S = 2
MOST_CONNECTIONS = 2_000
LONGEST_HEAD = 32_768


class ImpatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that closes a connection whose request line and headers are too long or too slow to arrive."""

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on; while a head is awaited, count it."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._deadline is not None and self._head_bytes > LONGEST_HEAD:
            self._close()

    def on_message_begin(self) -> None:
        """A head has begun; on a connection that was kept alive the clock starts now."""
        super().on_message_begin()
        if self._deadline is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._head_is_here()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._head_is_here()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._head_bytes = 0
        self._deadline = self.loop.call_later(HEAD_TIMEOUT_S, self._close)

    def _head_is_here(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


class ArenaServer(uvicorn.Server):
    """A server that ends with exit code 0 on Ctrl-C and SIGTERM, after it has told open pages."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Take both signals while the server runs, and give them back afterwards."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Windows has no such handlers; there Ctrl-C ends the loop itself.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.remove_signal_handler(number)

    def stop(self) -> None:
        """Let no new request in and end when those under way are done; a second call does not wait."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._on_stop()


def make_server(app: App, arena: Arena) -> ArenaServer:
    """Return the server of `arena`, not yet listening."""
    config = uvicorn.Config(
        cast(Any, app),
        host=arena.settings.host,
        port=arena.settings.port,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE_S,
        limit_concurrency=MOST_CONNECTIONS,
    )
    return ArenaServer(config, arena.tell_closing)
