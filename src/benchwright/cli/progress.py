"""How far a long command is, on stderr, with rate and time left; silent when nobody watches."""

import sys
import time
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Call it with (done, total). It writes one line over and over, at most ten times a second."""

    label: str
    _begun: float = field(default_factory=time.monotonic)
    _written: float = 0.0
    _at_start: int | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are finished."""
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        if self._at_start is None:
            self._at_start = done
        if now - self._written < 0.1 and done < total:
            return
        self._written = now
        sys.stderr.write("\r\x1b[K" + line(self.label, done, total, done - self._at_start, now - self._begun))
        sys.stderr.write("\n" if done >= total else "")
        sys.stderr.flush()


def line(label: str, done: int, total: int, fresh: int, elapsed_s: float) -> str:
    """Return the text of the line; the rate counts only the `fresh` ones of this command."""
    shown = f"{label} {done}/{total}"
    if fresh < 1 or elapsed_s <= 0:
        return shown
    rate = fresh / elapsed_s
    left = (total - done) / rate
    return f"{shown} · {rate:.1f}/s · {_duration(left)} left" if done < total else f"{shown} · {_duration(elapsed_s)}"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
