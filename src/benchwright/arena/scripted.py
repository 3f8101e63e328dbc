"""A model that says what it was told to, at its own pace: for trying an arena, its tests and its measurements."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from benchwright.models.protocol import Chunk
from benchwright.records import Reply, Request, Usage


@dataclass(frozen=True)
class ScriptedModel:
    """Answers with `say(prompt)` in pieces of `piece` characters, `pause_s` apart, the first after `delay_s`.

    `fails_after`: break off with an error after so many characters. `never_ends`: go on for ever, or, with an empty
    text, never begin.
    """

    name: str
    say: Callable[[str], str]
    piece: int = 16
    pause_s: float = 0.0
    delay_s: float = 0.0
    fails_after: int | None = None
    never_ends: bool = False

    async def respond(self, request: Request) -> Reply:
        """Answer whole."""
        reply = Reply(text="", state="error", reason="no answer")
        async for chunk in self.stream(request):
            reply = chunk.reply or reply
        return reply

    async def stream(self, request: Request) -> AsyncGenerator[Chunk]:
        """Answer piece by piece."""
        text = self.say(request.messages[-1].content)
        await asyncio.sleep(self.delay_s)
        said = 0
        while True:
            for start in range(0, len(text), self.piece):
                if self.fails_after is not None and said >= self.fails_after:
                    raise OSError("the connection broke")
                piece = text[start : start + self.piece]
                said += len(piece)
                yield Chunk(piece)
                await asyncio.sleep(self.pause_s)
            if not self.never_ends:
                break
            await asyncio.sleep(max(self.pause_s, 0.001) if text else 3600)
        usage = Usage(input_tokens=len(request.messages[-1].content) // 4, output_tokens=len(text) // 4)
        yield Chunk("", Reply(text=text, usage=usage, cost_usd=0.0))
