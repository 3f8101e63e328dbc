"""Grades by shared words: the harmonic mean of precision and recall (Rajpurkar et al. 2016, SQuAD)."""

from collections import Counter
from dataclasses import dataclass

from benchwright.evaluation.graders.normalise import unmarked
from benchwright.records import Question, Response, Score
from benchwright.text.particles import strip_particle
from benchwright.text.tokens import words

_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True)
class TokenF1:
    """The best overlap with the reference or an accepted wording, 0..1; particles and articles do not count."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "token_f1"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response."""
        references = [text for text in (question.answer, *question.accepted) if text.strip()]
        if not references:
            return Score(response_id=response.id, grader=self.name, value=None, reason="the question has no reference")
        value = max(token_f1(response.text, reference) for reference in references)
        return Score(response_id=response.id, grader=self.name, value=value, reason="words shared with the reference")


def token_f1(text: str, reference: str) -> float:
    """Return the F1 of the words of two texts; 0 where either has none."""
    one, other = _counted(text), _counted(reference)
    shared = (one & other).total()
    if not shared:
        return 0.0
    precision, recall = shared / one.total(), shared / other.total()
    return 2 * precision * recall / (precision + recall)


def _counted(text: str) -> Counter[str]:
    return Counter(strip_particle(word) for word in words(unmarked(text)) if word not in _ARTICLES)
