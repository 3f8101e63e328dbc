"""Answers while they are written: both sides start together and are shown at one pace; who ended first stays hidden."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from benchwright.arena.settings import ArenaSettings
from benchwright.errors import BenchwrightError
from benchwright.models.protocol import Chunk
from benchwright.records import Reply

SideState = Literal["writing", "done", "failed"]
Answer = Callable[[], AsyncGenerator[Chunk]]
Keep = Callable[["Side"], Awaitable[None]]


@dataclass
class Side:
    """One side of a turn while its model writes."""

    name: str
    attempt: int
    text: str = ""
    state: SideState = "writing"
    reply: Reply | None = None
    latency_ms: float | None = None
    leak: str | None = None
    """The words by which it names itself, where that is known beforehand."""
    is_given: bool = False
    """Whole already (the kept side of a retry): it is shown at once."""
    is_stopped: bool = False
    """Ended by the voter: nothing is said of its model."""


@dataclass
class LiveTurn:
    """One turn of a battle that is being answered. Readers keep their own place; `changed` wakes them."""

    battle: str
    turn: int
    sides: dict[str, Side]
    shown: int = 0
    """How many characters of each side may be seen."""
    is_over: bool = False
    tasks: list["asyncio.Task[None]"] = field(default_factory=list["asyncio.Task[None]"])
    pulse: asyncio.Event = field(default_factory=asyncio.Event)
    keep: Keep | None = None
    """Makes a side durable."""

    def wake(self) -> None:
        """Let every reader look."""
        pulse, self.pulse = self.pulse, asyncio.Event()
        pulse.set()

    def visible(self, side: str) -> str:
        """What may be seen of one side now."""
        found = self.sides[side]
        return found.text if found.is_given or found.state == "failed" else found.text[: self.shown]

    def advance(self, step: int) -> bool:
        """Show up to `step` characters more of both sides; returns whether there was more.

        While one writes, no side is shown further than the shorter one: an answer that is whole on the screen while
        the other goes on would tell which ended first. What is longer follows when both have ended.
        """
        lengths = [len(side.text) for side in self.sides.values() if not side.is_given and side.state != "failed"]
        is_written = all(side.state != "writing" for side in self.sides.values())
        reach = (max if is_written else min)(lengths, default=0)
        before = self.shown
        self.shown = max(self.shown, min(self.shown + step, reach))
        return self.shown > before

    def cut(self, side: Side) -> None:
        """End a side that was stopped where it was shown to; of which nothing was shown, that one has failed."""
        side.is_stopped = True
        side.text = side.text[: self.shown]
        reply = side.reply or Reply(text="")
        side.state = "done" if side.text.strip() else "failed"
        ending = {"text": side.text, "state": "ok" if side.text.strip() else "error", "reason": "stopped by the voter"}
        side.reply = reply.model_copy(update=ending)

    @property
    def has_caught_up(self) -> bool:
        """Whether both sides have ended and all of them is shown."""
        if any(side.state == "writing" for side in self.sides.values()):
            return False
        return all(
            side.is_given or side.state == "failed" or len(side.text) <= self.shown for side in self.sides.values()
        )


class Streams:
    """The turns being answered on this server. One clock moves all of them."""

    def __init__(self, settings: ArenaSettings) -> None:
        self._settings = settings
        self._live: dict[str, LiveTurn] = {}
        self._clock: asyncio.Task[None] | None = None
        self.is_ended = False

    def __len__(self) -> int:
        return len(self._live)

    def get(self, battle: str) -> LiveTurn | None:
        """The turn of `battle` that is being answered here, if one is."""
        return self._live.get(battle)

    def start(self, turn: LiveTurn, answers: dict[str, Answer], keep: Keep) -> None:
        """Begin to write the sides that `answers` names, all at once; `keep` makes each durable when it ends."""
        self._live[turn.battle] = turn
        turn.keep = keep
        for name, answer in answers.items():
            writing = self._write(turn, turn.sides[name], answer, keep)
            turn.tasks.append(asyncio.create_task(writing, name=name))
        if self._clock is None or self._clock.done():
            self._clock = asyncio.create_task(self._tick())

    def stop(self, battle: str) -> bool:
        """End the writing of both sides; what was shown of them is kept. Returns whether there was anything to end.

        A side that was whole already is cut where the other is: all of it would tell which model is the quicker one.
        """
        turn = self._live.get(battle)
        if turn is None:
            return False
        writing = [task for task in turn.tasks if (s := turn.sides.get(task.get_name())) and s.state == "writing"]
        for task in writing:
            task.cancel()
        if writing and turn.keep is not None:
            for side in turn.sides.values():
                if side.state == "done" and not side.is_given and len(side.text) > turn.shown:
                    side.attempt += 1
                    turn.cut(side)
                    turn.tasks.append(asyncio.create_task(_kept(turn.keep, side)))
        return True

    def end(self) -> None:
        """Let every reader go: the server stops. What is written goes on until `close`."""
        self.is_ended = True
        for turn in self._live.values():
            turn.wake()

    async def close(self) -> None:
        """End everything that is being written."""
        tasks = [task for turn in self._live.values() for task in turn.tasks]
        if self._clock is not None:
            tasks.append(self._clock)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tick(self) -> None:
        step = max(1, round(self._settings.pace * self._settings.tick_s))
        while self._live:
            for battle, turn in list(self._live.items()):
                has_moved = turn.advance(step)
                if turn.has_caught_up and all(task.done() for task in turn.tasks):
                    turn.is_over = True
                    del self._live[battle]
                    has_moved = True
                if has_moved:
                    turn.wake()
            await asyncio.sleep(self._settings.tick_s)

    async def _write(self, turn: LiveTurn, side: Side, answer: Answer, keep: Keep) -> None:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._settings.side_timeout_s):
                await self._read(side, answer)
        except TimeoutError:
            side.state, side.reply = "failed", Reply(text=side.text, state="error", reason="no answer in time")
        except asyncio.CancelledError:
            turn.cut(side)
        except (BenchwrightError, OSError, ValueError, RuntimeError) as error:
            # What a model or an own application throws is its failure, not the server's.
            side.state, side.reply = "failed", Reply(text=side.text, state="error", reason=type(error).__name__)
        side.latency_ms = (time.perf_counter() - started) * 1000
        await keep(side)
        turn.wake()

    async def _read(self, side: Side, answer: Answer) -> None:
        most = self._settings.longest_answer
        async with aclosing(answer()) as chunks:
            chunk = await asyncio.wait_for(anext(chunks, None), self._settings.first_words_timeout_s)
            while chunk is not None:
                side.text += chunk.text
                if chunk.reply is not None:
                    side.reply = chunk.reply
                if len(side.text) > most:
                    side.text = side.text[:most]
                    side.reply = Reply(text=side.text, state="truncated", reason=f"cut after {most} characters")
                    break
                chunk = await anext(chunks, None)
        reply = side.reply or Reply(text=side.text)
        if reply.state == "error" or not (side.text or reply.text).strip():
            side.state = "failed"
            side.reply = reply if reply.state == "error" else Reply(text="", state="error", reason="an empty answer")
            return
        side.text = side.text or reply.text
        side.reply, side.state = reply, "done"


async def _kept(keep: Keep, side: Side) -> None:
    await keep(side)
