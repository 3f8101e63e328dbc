"""What only the whole set shows: keys that favour a position or the longest option, sections that nobody asks about."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchwright.curation.check import QuestionSet, finding
from benchwright.curation.codes import COVERAGE, KEY_POSITIONS, LONGEST_OVER_THE_SET
from benchwright.records import Finding, Question
from benchwright.records.finding import Status
from benchwright.stats.proportion import wilson_interval
from benchwright.stats.tails import binomial_tail, chi_squared_tail

WHOLE = "benchmark"


def _choices(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if question.form == "choice" and len(question.choices) > 1]


@dataclass(frozen=True)
class KeyPositionsAreEven:
    """Pearson's chi-squared test of the keys' positions against an even spread, for the commonest number of options.

    Below `fewest` questions it has no power to say anything.
    """

    level: float = 0.01
    fewest: int = 40
    code: str = KEY_POSITIONS.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report the share of each position, with the test's p."""
        questions = _choices(subject.questions)
        if not questions:
            yield finding(KEY_POSITIONS, WHOLE, "no multiple choice", status="not_applicable")
            return
        options = Counter(len(question.choices) for question in questions).most_common(1)[0][0]
        keys = Counter(question.key for question in questions if len(question.choices) == options)
        total = sum(keys.values())
        shares = ", ".join(f"{_letter(position)} {keys[position] / total:.2f}" for position in range(options))
        if total < self.fewest:
            message = f"{shares} of {total} questions with {options} options"
            yield finding(KEY_POSITIONS, WHOLE, message, status="no_power")
            return
        expected = total / options
        statistic = sum((keys[position] - expected) ** 2 / expected for position in range(options))
        p = chi_squared_tail(statistic, options - 1)
        status: Status = "problem" if p < self.level else "passed"
        message = f"{shares} of {total} questions with {options} options (chi-squared p = {p:.3f})"
        yield finding(KEY_POSITIONS, WHOLE, message, status=status, statistic=statistic, p=p)


def _letter(position: int) -> str:
    return chr(ord("A") + position) if position < 26 else str(position + 1)


@dataclass(frozen=True)
class LongestIsNotTheKey:
    """How often the right option is the longest, against chance (ties count in parts): exact binomial test."""

    level: float = 0.01
    fewest: int = 40
    code: str = LONGEST_OVER_THE_SET.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report the rate at which choosing the longest option is right."""
        questions = [
            question for question in _choices(subject.questions) if len({len(c) for c in question.choices}) > 1
        ]
        if len(questions) < self.fewest:
            message = f"{len(questions)} questions have options of different length"
            status: Status = "no_power" if questions else "not_applicable"
            yield finding(LONGEST_OVER_THE_SET, WHOLE, message, status=status)
            return
        hits = sum(_share_of_longest(question) for question in questions)
        chance = sum(1 / len(question.choices) for question in questions) / len(questions)
        right = round(hits)
        p = binomial_tail(right, len(questions), chance)
        rate = hits / len(questions)
        low, high = wilson_interval(rate, len(questions), quantile=1.96)
        yield finding(
            LONGEST_OVER_THE_SET,
            WHOLE,
            f"choosing the longest option is right in {rate:.2f} of {len(questions)} questions; chance is {chance:.2f}",
            status="problem" if p < self.level else "passed",
            p=p,
            effect_size=rate - chance,
            low=low - chance,
            high=high - chance,
        )


def _share_of_longest(question: Question) -> float:
    longest = max(len(choice) for choice in question.choices)
    tied = [choice for choice in question.choices if len(choice) == longest]
    return 1 / len(tied) if question.answer in tied else 0.0


@dataclass(frozen=True)
class SectionsAreCovered:
    """Which sections (passages under one heading path, of `fewest_characters` at least) no question cites."""

    fewest_characters: int = 200
    code: str = COVERAGE.code

    def check(self, subject: QuestionSet) -> Iterable[Finding]:
        """Report the share of sections that are asked about, and the longest that are not."""
        cited = _starts(subject.questions)
        sizes: dict[tuple[str, tuple[str, ...]], int] = {}
        asked: set[tuple[str, tuple[str, ...]]] = set()
        for passage in subject.passages:
            section = (passage.document_id, passage.section)
            sizes[section] = sizes.get(section, 0) + passage.end - passage.start
            if any(passage.start <= at < passage.end for at in cited.get(passage.document_id, ())):
                asked.add(section)
        large = {section: size for section, size in sizes.items() if size >= self.fewest_characters}
        if not large:
            yield finding(COVERAGE, WHOLE, "no sections are known", status="not_applicable")
            return
        empty = [section for section in large if section not in asked]
        share = 1 - len(empty) / len(large)
        longest = sorted(empty, key=lambda section: (-large[section], section))[:5]
        named = "; ".join(" › ".join(path) or "(no heading)" for _, path in longest)
        yield finding(
            COVERAGE,
            WHOLE,
            f"{len(large) - len(empty)} of {len(large)} sections are asked about",
            evidence=f"not asked about: {named}" if named else "",
            status="passed" if share >= 0.5 else "note",
            effect_size=share,
        )


def _starts(questions: Sequence[Question]) -> dict[str, list[int]]:
    starts: dict[str, list[int]] = {}
    for question in questions:
        for citation in question.citations:
            starts.setdefault(citation.document_id, []).append(citation.start)
    return starts
