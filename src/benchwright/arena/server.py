"""The arena's web server: uvicorn on one address, patient with readers, impatient with clients that dribble."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator
from typing import Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from benchwright.arena.engine import Arena
from benchwright.arena.security import App

HEAD_TIMEOUT_S = 10.0
GRACE_S = 2
MOST_CONNECTIONS = 2_000
LONGEST_HEAD = 32_768


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose request line and headers do not arrive within `HEAD_TIMEOUT_S`."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on; a head that has begun must be whole in time."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._head_is_here()
        elif self.conn.trailing_data[0] and self._deadline is None:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._head_is_here()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_TIMEOUT_S, self._too_late)

    def _head_is_here(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
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
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )
    return ArenaServer(config, arena.tell_closing)
