"""Models without memory: they find the sentence shown that best fits the question, and answer from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchwright.models.builtin.answering import choose, decline, identity_of, prompt_of, say
from benchwright.models.builtin.chance import pick, share
from benchwright.models.builtin.extract import BLANK, answer_from
from benchwright.models.builtin.units import Unit, units_of
from benchwright.records import Reply, Request
from benchwright.text.bm25 import Bm25
from benchwright.text.fold import find_folded
from benchwright.text.ngrams import character_ngrams
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import content_words

Scores = NDArray[np.float64]

_NOT_STATED = re.compile(
    r"^(?:it\s+is\s+)?not\s+(?:stated|given|mentioned|specified)|^(?:명시|언급|기재|나와)\S*\s*(?:있지\s*)?않|알\s*수\s*없",
    re.I,
)


@dataclass(frozen=True)
class Reader:
    """Reads by `rule`: `keyword` (shared words), `bm25` (rare words weigh more) or `ngram` (shared trigrams).

    Without anything to read it guesses among the options, and says that it does not know where there are none.
    """

    rule: str
    seed: int = 0

    @property
    def name(self) -> str:
        """`builtin/` and the rule."""
        return f"builtin/{self.rule}"

    async def respond(self, request: Request) -> Reply:
        """Choose the option, or extract the words, that the passages support best; cite on a free prompt."""
        units = units_of(request.passages)
        language = request.question.language if request.question else "en"
        if not units:
            if not request.choices:
                return decline(language)
            lot = (self.seed, self.rule, identity_of(request), request.repeat)
            return choose(request.choices, pick(range(len(request.choices)), *lot))
        if request.choices:
            return choose(request.choices, self._option(request, units))
        asked = BLANK.sub(" ", prompt_of(request))
        fit = self._fit(asked, units)
        if request.question is None or request.question.form == "open":
            return _cited(request, units, fit)
        best = int(np.argmax(fit))
        if fit[best] <= 0:
            return decline(language)
        following = units[best + 1] if best + 1 < len(units) else None
        return say(answer_from(prompt_of(request), units[best], following))

    def _fit(self, asked: str, units: Sequence[Unit]) -> Scores:
        """How well each unit fits `asked`; headings and table headers count a third."""
        texts, contexts = [unit.text for unit in units], [unit.context for unit in units]
        return self._measure(asked, texts) + self._measure(asked, contexts) / 3

    def _measure(self, asked: str, texts: Sequence[str]) -> Scores:
        if self.rule == "bm25":
            return Bm25(texts).scores(asked)
        shapes = _stems if self.rule == "keyword" else _trigrams
        wanted = shapes(asked)
        shared = [wanted & shapes(text) for text in texts]
        if self.rule == "keyword":
            return np.array([len(each) for each in shared], dtype=float)
        # Dividing by the root of the length keeps a long unit from winning by length alone.
        return np.array([len(each) / max(len(text), 20) ** 0.5 for each, text in zip(shared, texts, strict=True)])

    def _option(self, request: Request, units: Sequence[Unit]) -> int:
        """The option that stands in the unit which fits the question best."""
        stem = prompt_of(request)
        asked = BLANK.sub(" ", stem)
        fit = self._fit(asked, units) + 1e-6
        lot = (self.seed, self.rule, identity_of(request), request.repeat)
        support = [self._support(stem, asked, option, units, fit) for option in request.choices]
        if max(support) <= 0:
            unstated = [i for i, option in enumerate(request.choices) if _NOT_STATED.search(option)]
            if unstated:
                return unstated[0]
            partly = [max(self._fit(option, units) * fit) for option in request.choices]
            support = [float(value) for value in partly]
        return max(range(len(support)), key=lambda i: (support[i], share(*lot, request.choices[i])))

    def _support(self, stem: str, asked: str, option: str, units: Sequence[Unit], fit: Scores) -> float:
        holding = [i for i, unit in enumerate(units) if stands_in(option, unit.text)]
        if not holding:
            return 0.0
        best = max(holding, key=lambda i: fit[i])
        # Of two options in one sentence, the one whose neighbours the question names is meant.
        return float(fit[best]) * (1 + 0.2 * _closeness(stem, asked, option, units[best]))


def stands_in(option: str, text: str) -> bool:
    """Whether `option` stands in `text` as whole words; `14` does not stand in `2014` or `14.5`."""
    start = 0
    while (found := find_folded(option, text, start=start, ignore_case=True)) is not None:
        before, after = text[: found[0]][-1:], text[found[1] :]
        is_cut_left = before.isalnum() and option[:1].isascii() and before.isascii()
        is_cut_right = bool(re.match(r"[0-9A-Za-z]|[.,]\d", after)) and option[-1:].isascii() and option[-1:].isalnum()
        if not (is_cut_left or is_cut_right or (before in ".," and before and text[: found[0]][-2:-1].isdigit())):
            return True
        start = found[0] + 1
    return False


def _closeness(stem: str, asked: str, option: str, unit: Unit) -> float:
    """Share of the words around `option` in the unit, or of its column's name, that the question holds; 0..1."""
    wanted = _stems(asked)
    if unit.cells:
        column = next((i for i, cell in enumerate(unit.cells) if stands_in(option, cell)), None)
        name = _stems(unit.header[column]) if column is not None and column < len(unit.header) else set[str]()
        return len(name & wanted) / len(name) if name else 0.0
    found = find_folded(option, unit.text, ignore_case=True)
    if found is None:
        return 0.0
    if BLANK.search(stem):
        filled = BLANK.sub(lambda _: option, stem)
        return len(_trigrams(filled) & _trigrams(unit.text)) / max(1, len(_trigrams(filled)))
    near = _stems(unit.text[max(0, found[0] - 30) : found[0]] + " " + unit.text[found[1] : found[1] + 30])
    return len(near & wanted) / len(near) if near else 0.0


def _stems(text: str) -> set[str]:
    return {strip_particle(word) for word in content_words(text)}


def _trigrams(text: str) -> set[str]:
    # Words that carry grammar are left out, or "what does … for" would decide.
    return set(character_ngrams(f" {' '.join(content_words(text))} ", 3))


def _cited(request: Request, units: Sequence[Unit], fit: Scores) -> Reply:
    """Answer with the best sentence and where it stands; a question in the text is answered by what follows it."""
    best = int(np.argmax(fit))
    if fit[best] <= 0:
        return decline(request.question.language if request.question else "en")
    first = best
    while first + 1 < len(units) and _asks(units[first]) and units[first + 1].passage == units[best].passage:
        first += 1
    passage = request.passages[units[best].passage]
    where = " › ".join(passage.section) or f"passage {units[best].passage + 1}"
    return say(f"{units[first].text} [{where}]")


def _asks(unit: Unit) -> bool:
    """Whether a unit is a heading or a question: it names a matter and says nothing of it."""
    return not unit.cells and (unit.is_heading or unit.text.rstrip(" *").endswith(("?", "？")))
