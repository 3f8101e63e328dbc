"""Models that read nothing but stem and options: what a shortcut alone would score."""

import re
from dataclasses import dataclass

from benchwright.models.builtin.answering import choose, decline, identity_of, prompt_of, say
from benchwright.models.builtin.chance import pick, share
from benchwright.records import Reply, Request

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Baseline:
    """Chooses by `rule`: `random`, `first`, `longest` or `overlap`. Ties fall by lot, never to the first."""

    rule: str
    seed: int = 0

    @property
    def name(self) -> str:
        """`builtin/` and the rule."""
        return f"builtin/{self.rule}"

    async def respond(self, request: Request) -> Reply:
        """Choose an option; where there is none, a word of the question."""
        stem = prompt_of(request)
        options = list(request.choices) or list(dict.fromkeys(WORD.findall(stem)))
        if not options:
            return decline(request.question.language if request.question else "en")
        lot = (self.seed, self.rule, identity_of(request), request.repeat)
        index = self._index(stem, options, lot)
        return choose(options, index) if request.choices else say(options[index])

    def _index(self, stem: str, options: list[str], lot: tuple[str | int, ...]) -> int:
        if self.rule == "first":
            return 0
        if self.rule == "random":
            return pick(range(len(options)), *lot)
        value = {"longest": len, "overlap": lambda option: _shared(stem, option)}[self.rule]
        return max(range(len(options)), key=lambda i: (value(options[i]), share(*lot, options[i])))


def _shared(stem: str, option: str) -> int:
    return len({w.casefold() for w in WORD.findall(stem)} & {w.casefold() for w in WORD.findall(option)})
