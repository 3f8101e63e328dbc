"""A moderation service looks at each prompt before any model does, where the owner has named one."""

import os
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import BaseModel, Field, ValidationError

from benchwright.arena.errors import Unavailable

PATIENCE_S = 10.0
KEY = "BENCHWRIGHT_MODERATION_KEY"


class _Verdict(BaseModel):
    flagged: bool
    categories: dict[str, bool] = {}


class _Answer(BaseModel):
    results: list[_Verdict] = Field(min_length=1)

    @classmethod
    def read(cls, found: Any) -> _Verdict | None:
        try:
            return cls.model_validate(found).results[0]
        except ValidationError:
            return None


@dataclass(frozen=True)
class Moderation:
    """A service that speaks like OpenAI's `/v1/moderations`; its key is read from the environment."""

    address: str
    model: str = ""

    async def objections(self, prompt: str) -> list[str]:
        """Return what the service objects to, by its own names; empty where it does not.

        Raises `Unavailable` where it gives no readable answer: a check that can be switched off by an outage is none.
        """
        body = {"input": prompt} | ({"model": self.model} if self.model else {})
        key = os.environ.get(KEY, "")
        headers = {"authorization": f"Bearer {key}"} if key else {}
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_S)) as session,
                session.post(self.address, json=body, headers=headers, allow_redirects=False) as answer,
            ):
                found: Any = await answer.json(content_type=None)
                is_good = answer.status == 200
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unavailable(
                "the moderation service does not answer; try again in a moment", "moderation_away"
            ) from error
        verdict = _Answer.read(found) if is_good else None
        if verdict is None:
            raise Unavailable("the moderation service gives no readable answer; the owner should look at it")
        if not verdict.flagged:
            return []
        return sorted(name for name, is_so in verdict.categories.items() if is_so)[:10] or ["unnamed"]
