"""The arena's web server: uvicorn on one address, patient with readers, impatient with clients that dribble."""

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from benchwright.arena.engine import Arena
from benchwright.arena.security import App, neighbourhood

HEAD_TIMEOUT_S = 10.0
GRACE_S = 2
MOST_CONNECTIONS = 2_000
MOST_OF_ONE_ADDRESS = 512
"""An office behind one address: 80 browsers with the six connections that each opens."""
LONGEST_HEAD = 32_768
LINGER_S = 1.0
"""How long a client that is turned away is given to read why."""
_CROWDED = b"too many connections are open from your address; close some pages and try again\n"
TURNED_AWAY = (
    b"HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 10\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n\r\n%s" % (len(_CROWDED), _CROWDED)
)


@dataclass
class Connections:
    """How many connections each address holds open. A proxy that is trusted brings everybody's, and is not counted."""

    most: int
    proxies: tuple[str, ...] = ()
    _open: Counter[str] = field(default_factory=Counter[str])

    def enter(self, address: str) -> bool:
        """Count one more connection from `address`; `False`, and not counted, where it holds its share already."""
        if address in self.proxies:
            return True
        if self._open[neighbourhood(address)] >= self.most:
            return False
        self._open[neighbourhood(address)] += 1
        return True

    def leave(self, address: str) -> None:
        """One connection from `address` that had entered has ended."""
        if address in self.proxies:
            return
        name = neighbourhood(address)
        self._open[name] -= 1
        if not self._open[name]:
            del self._open[name]


class ImpatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that closes a connection whose request line and headers are too long or too slow to arrive.

    Beyond the share of its address a connection is told so and closed, before anything of it is read.
    """

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _is_in = True

    def __init__(self, *, of_addresses: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._of_addresses = of_addresses

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first head, or turn the client away."""
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        self._is_in = self._of_addresses.enter(self._address)
        if not self._is_in:
            self.transport = transport
            transport.write(TURNED_AWAY)
            # Closed at once, the words would be lost with what the client is still sending.
            transport.write_eof()
            self._deadline = self.loop.call_later(LINGER_S, self._close)
            return
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on; while a head is awaited, count it."""
        if not self._is_in:
            return
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
        """Forget the deadline, and free the place."""
        self._head_is_here()
        if self._is_in:
            self._of_addresses.leave(self._address)
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
    of_addresses = Connections(MOST_OF_ONE_ADDRESS, arena.settings.trusted_proxies)
    config = uvicorn.Config(
        cast(Any, app),
        host=arena.settings.host,
        port=arena.settings.port,
        http=cast(Any, partial(ImpatientProtocol, of_addresses=of_addresses)),
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
