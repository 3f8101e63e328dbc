"""Grades answers that are a time of day, in whatever form: 2:30 pm, 14:30, half past two, 오후 2시 30분, 14시 반."""

import re
from dataclasses import dataclass

from benchwright.evaluation.graders.claims import answer_field, claimed, readable
from benchwright.evaluation.graders.normalise import unmarked
from benchwright.evaluation.graders.settling import settled
from benchwright.evaluation.graders.stances import Mention
from benchwright.evaluation.refusals import is_refusal, says_not_stated
from benchwright.records import Question, Response, Score

NOON, HOURS, DAY = 12, 24, 24 * 60
_HOURS_ENGLISH = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH = {word: hour for hour, word in enumerate(_HOURS_ENGLISH.split(), start=1)}
_HOURS_KOREAN = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두"
_KOREAN = {word: hour for hour, word in enumerate(_HOURS_KOREAN.split(), start=1)}
_HOUR = rf"\d{{1,2}}|{'|'.join(_ENGLISH)}"
_HOUR_KO = rf"\d{{1,2}}|{'|'.join(sorted(_KOREAN, key=len, reverse=True))}"
_CLOCK = re.compile(
    rf"""
    \b(?P<noon>noon|midday)\b | \b(?P<midnight>midnight)\b | (?P<noon_ko>정오) | (?P<midnight_ko>자정)
  | \b(?P<part>half|quarter)[\s-](?P<way>past|to)\s+(?P<parted>{_HOUR})
      (?:\s?(?P<parted_half>[ap])\.?\s?m\b\.?|\s(?P<parted_time>in\s+the\s+\w+|at\s+night))?
  | (?P<day>오전|오후|아침|저녁|밤|새벽|낮)?\s?(?<![\d:가-힣])(?P<hour_ko>{_HOUR_KO})\s?시(?![간가-힣]*간)
      (?:\s?(?:(?P<minute_ko>[0-5]?\d)\s?분|(?P<half_ko>반)))?
  | (?P<day_colon>오전|오후|아침|저녁|밤|새벽|낮)\s?(?P<hour_day>\d{{1,2}}):(?P<minute_day>[0-5]\d)
  | (?<![\w:.,$€£])(?P<hour>{_HOUR})(?:[:.h](?P<minute>[0-5]\d)(?::00)?)?
      \s?(?:(?P<half>[ap])\.?\s?m\b\.?|o'clock(?:\s+(?P<time>in\s+the\s+\w+|at\s+night))?|(?P<time_only>in\s+the\s+(?:morning|afternoon|evening)))
  | (?<![\w:.,/$€£-])(?P<hour_colon>[01]?\d|2[0-4])[:h](?P<minute_colon>[0-5]\d)(?::00)?(?![\w:/]*\d)
  | \b(?P<military>[01]\d|2[0-3])(?P<minute_military>[0-5]\d)\s+hours\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = re.compile(r"(\d{1,2})\.([0-5]\d)(?:\s?h)?")
_ASKS_TIME = re.compile(r"\bwhat\s+time\b|\b(?:what|which)\s+hour\b|몇\s?시(?!간)", re.IGNORECASE)
_ASKS_LENGTH = re.compile(
    r"\bhow\s+(?:long|many|much)\b|\bduration\b|\bratio\b|\bscore\b|얼마나|몇\s?시간|비율|점수|소요", re.I
)
_AFTERNOON = re.compile(r"afternoon|evening|at\s+night", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:at|by|around|about|exactly|from|until|약|에|까지|부터|입니다|[A-Z]{2,4}|[\s.,()'\"])*", re.IGNORECASE
)


@dataclass(frozen=True)
class Moment:
    """A time of day in minutes; `either_half` where it may be meant before or after noon."""

    minute: int
    either_half: bool = False
    is_of_24: bool = False
    """Written `9:00`: where 24 hours are counted, that is the morning."""

    def is_same(self, reference: "Moment") -> bool | None:
        """Whether both are one time; `None` where it hangs on the half of the day that one leaves out."""
        if self.minute == reference.minute:
            return True
        if self.minute % (DAY // 2) != reference.minute % (DAY // 2):
            return False
        if self.either_half:
            return True if reference.either_half else None
        return (None if reference.is_of_24 else True) if reference.either_half else False


@dataclass(frozen=True)
class Clock:
    """Full marks when the response states the reference time of day."""

    @property
    def name(self) -> str:
        """The name that its scores carry."""
        return "clock"

    async def grade(self, question: Question, response: Response) -> Score:
        """Mark one response; not graded where the reference is no time of day or the response states several."""
        value, reason = mark_clock(question, response.text)
        return Score(response_id=response.id, grader=self.name, value=value, reason=reason)


def whole_moment(text: str, question: str = "") -> Moment | None:
    """Return the time of day that `text` is, and nothing else; a bare hour only where `question` asks for a time."""
    plain = unmarked(text).strip(" .")
    if _ASKS_LENGTH.search(question):
        return None
    if plain.isdigit():
        return _bare_hour(plain) if _ASKS_TIME.search(question) else None
    found = list(_CLOCK.finditer(plain))
    if len(found) != 1 or not _BESIDE.fullmatch(plain[: found[0].start()] + plain[found[0].end() :]):
        return None
    return _read(found[0])


def mark_clock(question: Question, text: str) -> tuple[float | None, str]:
    """Return the mark and its reason."""
    references = [m for answer in (question.answer, *question.accepted) if (m := whole_moment(answer, question.text))]
    if not references:
        return None, "the reference is no time of day"
    plain = unmarked(answer_field(readable(text)))
    if not plain:
        return 0.0, "empty answer"
    stated = _stated(claimed(plain), question) or _stated(plain, question)
    if not stated:
        if says_not_stated(plain) or is_refusal(plain):
            return 0.0, "says that it is not stated or not known"
        return 0.0, "states no time of day"
    marks = {_best([moment.is_same(reference) for reference in references]) for moment in stated}
    if len(marks) > 1:
        return None, f"states {len(stated)} different times"
    if (is_right := marks.pop()) is None:
        return None, "leaves out whether before or after noon"
    return (1.0, "states the reference time") if is_right else (0.0, "states another time")


def find_moments(text: str) -> list[tuple[int, int, Moment]]:
    """Return the times of day in `text`, each with where it stands."""
    found = [(match.start(), match.end(), _read(match)) for match in _CLOCK.finditer(text)]
    return [(start, end, moment) for start, end, moment in found if moment is not None]


def _best(marks: list[bool | None]) -> bool | None:
    """Right by any reference, else open by any."""
    return True if True in marks else None if None in marks else False


def _stated(text: str, question: Question) -> list[Moment]:
    """The times that `text` may settle on: one, or those that it neither denies nor tells apart."""
    bare = text.strip(" .")
    text = f"{dotted[1]}:{dotted[2]}" if (dotted := _DOTTED.fullmatch(bare)) else text
    if bare.isdigit() and _ASKS_TIME.search(question.text) and (hour := _bare_hour(bare)) is not None:
        return [hour]
    found = find_moments(text)
    moments = list(dict.fromkeys(moment for _, _, moment in found))
    mentions = [Mention(moments.index(moment), start, end) for start, end, moment in found]
    settling = settled(text, mentions, question.text, known=(question.answer, *question.accepted), takes_nearest=True)
    if settling.mention is not None:
        return [moments[settling.mention.key]]
    return [moment for key, moment in enumerate(moments) if key not in settling.denied]


def _bare_hour(digits: str) -> Moment | None:
    return _moment(int(digits), 0) if int(digits) <= HOURS else None


def _read(match: re.Match[str]) -> Moment | None:
    """Return the time that a match of `_CLOCK` says; `None` where no clock shows it."""
    part = match.groupdict()
    if part["noon"] or part["noon_ko"]:
        return Moment(NOON * 60)
    if part["midnight"] or part["midnight_ko"]:
        return Moment(0)
    if part["part"]:
        minute = (30 if part["part"].casefold() == "half" else 15) * (1 if part["way"].casefold() == "past" else -1)
        return _moment(
            _hour(part["parted"]), minute, after_noon=_is_after_noon(part["parted_half"], part["parted_time"])
        )
    if part["hour_ko"]:
        minute = 30 if part["half_ko"] else int(part["minute_ko"] or 0)
        hour = _hour(part["hour_ko"])
        return _moment(hour, minute, after_noon=_is_after_noon_ko(part["day"], hour))
    if part["hour_day"]:
        hour = int(part["hour_day"])
        return _moment(hour, int(part["minute_day"]), after_noon=_is_after_noon_ko(part["day_colon"], hour))
    if part["hour"]:
        after = _is_after_noon(part["half"], part["time"] or part["time_only"])
        return _moment(_hour(part["hour"]), int(part["minute"] or 0), after_noon=after)
    if part["military"]:
        return Moment(int(part["military"]) * 60 + int(part["minute_military"]))
    moment = _moment(int(part["hour_colon"]), int(part["minute_colon"]), is_of_24=True)
    return Moment(moment.minute) if moment is not None and part["hour_colon"].startswith("0") else moment


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else {**_ENGLISH, **_KOREAN}[word.casefold()]


def _is_after_noon(half: str | None, told: str | None) -> bool | None:
    if told:
        return _AFTERNOON.search(told) is not None
    return None if half is None else half.casefold() == "p"


def _is_after_noon_ko(day: str | None, hour: int) -> bool | None:
    if day is None:
        return None
    if day == "밤":
        return hour < NOON and hour > NOON // 2
    return day in ("오후", "저녁", "낮")


def _moment(hour: int, minute: int, *, after_noon: bool | None = None, is_of_24: bool = False) -> Moment | None:
    if hour > HOURS:
        return None
    if after_noon is not None and hour <= NOON:
        hour = hour % NOON + NOON * after_noon
    is_either = after_noon is None and 1 <= hour <= NOON
    return Moment((hour * 60 + minute) % DAY, is_either, is_either and is_of_24)
