# ruff: noqa: E501 (tables of words read better on one line)
"""Plants faults in good questions. Knows nothing of the checks: imports records only, never `curation`."""

import re
from collections.abc import Callable, Iterator

from benchwright.records import Citation, Document, Question

Mutator = Callable[[Question, Document], Iterator[Question]]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ENGLISH_WORDS = {"two": "four", "three": "five", "five": "eight", "six": "seven", "eight": "nine", "ten": "twenty"}
_ENGLISH_NAMES = ("Harold", "Vesna", "Quentin", "Odessa", "Marlow")
_KOREAN_PEOPLE = ("황보름", "남궁찬", "유다인", "맹주원")
_KOREAN_GROUPS = ("세종상사", "우리미디어", "한결재단", "백두조합")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_EN_UNITS = {"days": "weeks", "hours": "minutes", "minutes": "hours", "euros": "dollars", "pounds": "euros", "weeks": "months",
             "litres": "kilograms", "hectares": "acres", "metres": "feet", "dollars": "euros", "kilograms": "tonnes",
             "years": "months", "%": " euros", "degrees": "metres", "months": "weeks", "million": "billion"}  # fmt: skip
_KO_UNITS = {"일": "주", "시간": "분", "분": "시간", "만 원": "억 원", "원": "달러", "명": "건", "미터": "킬로미터", "권": "명", "개월": "년",
             "킬로그램": "톤", "와트": "킬로그램", "석": "명", "대": "명", "년": "개월", "억 원": "조 원", "%": "명", "센티미터": "미터"}  # fmt: skip


def remade(question: Question, **changes: object) -> Question:
    """Return `question` with `changes` and an id of its own."""
    return Question.model_validate({**question.model_dump(exclude={"id"}), **changes})


def _quoting(question: Question, text: str, answer: str | None = None) -> Question:
    citation = question.citations[0]
    cited = Citation(document_id=citation.document_id, start=citation.start, end=citation.start + len(text), text=text)
    answer = question.answer if answer is None else answer
    choices = tuple(answer if choice == question.answer else choice for choice in question.choices)
    if len(set(choices)) < len(choices):
        choices = ()
    form = "choice" if choices else "short"
    return remade(question, citations=(cited,), answer=answer, choices=choices, form=form)


def _answering(question: Question, answer: str) -> Question:
    choices = tuple(dict.fromkeys(answer if choice == question.answer else choice for choice in question.choices))
    return remade(question, answer=answer, choices=choices, form="choice" if choices else "short")


def _other_number(number: str, by: int) -> str:
    """Another number of the same look: the last digit that is not a decimal's changes, `by` the plant."""
    digits = [i for i, character in enumerate(number) if character.isdigit()]
    at = digits[min(by, len(digits) - 1)]
    digit = str((int(number[at]) + 3 + by) % 9 + 1)
    digit = digit if digit != number[at] else str(int(digit) % 9 + 1)
    return number[:at] + digit + number[at + 1 :]


def citation_made_up(question: Question, document: Document) -> Iterator[Question]:
    """A quotation that stands nowhere."""
    made_up = {
        "en": ("The responsible committee confirmed the figure in its yearly statement to the press.", "All details were settled in the annex."),
        "ko": ("담당 위원회가 연례 발표에서 그 수치를 확인하였다고 밝혔다.", "자세한 사항은 모두 부속서에서 정하였다."),
    }[question.language]  # fmt: skip
    for text in made_up:
        yield _quoting(question, f"{text} {question.answer}.")


def citation_number(question: Question, document: Document) -> Iterator[Question]:
    """A quotation with another number; an answer that quotes the number says the same."""
    text = question.citations[0].text
    for by, match in enumerate(_NUMBER.finditer(text)):
        other = _other_number(match.group(), by % 2)
        answer = question.answer.replace(match.group(), other) if match.group() in question.answer else question.answer
        yield _quoting(question, text[: match.start()] + other + text[match.end() :], answer)
    for word, other in _ENGLISH_WORDS.items():
        if re.search(rf"\b{word}\b", text):
            yield _quoting(
                question, re.sub(rf"\b{word}\b", other, text, count=1), re.sub(rf"\b{word}\b", other, question.answer)
            )


def _names(question: Question, text: str) -> list[str]:
    if question.language == "en":
        return re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", text)
    title = r"(?= (?:팀장|실장|교수|과장|박사|작가|시인|소장)|이다)"
    return re.findall(rf"[가-힣]{{3}}{title}|[가-힣]{{2,4}}(?:전자|물류|재단|은행|건설|조선소)", text)


def _other_names(question: Question, name: str) -> tuple[str, ...]:
    if question.language == "en":
        return tuple(other for other in _ENGLISH_NAMES if other != name)[:2]
    return (_KOREAN_GROUPS if re.search("(?:전자|물류|재단|은행|건설|조선소)$", name) else _KOREAN_PEOPLE)[:3]


def citation_name(question: Question, document: Document) -> Iterator[Question]:
    """A quotation with another name; the answer follows it."""
    text = question.citations[0].text
    for name in _names(question, text):
        for other in _other_names(question, name):
            yield _quoting(question, text.replace(name, other, 1), question.answer.replace(name, other, 1))


_EN_TURN = [(" does not cover ", " covers "), (" not ", " "), (" never ", " "), (" cannot ", " can "), (" may ", " may not "),
            (" must ", " must not "), (" is ", " is not "), (" are ", " are not "), (" was ", " was not "), (" were ", " were not "),
            (" holds ", " never holds "), (" costs ", " never costs "), (" reach ", " do not reach "), (" need ", " do not need "),
            (" carried ", " never carried "), (" receive ", " do not receive "), (" weighs ", " never weighs ")]  # fmt: skip
_KO_TURN = [("수 없다", "수 있다"), ("수 있다", "수 없다"), ("하지 않는다", "한다"), ("쓰지 않는다", "쓴다"), ("되지 않는다", "된다"),
            ("허용되지 않는다", "허용된다"), ("필요하다", "필요하지 않다"), ("지급한다", "지급하지 않는다"), ("부여한다", "부여하지 않는다"),
            ("연장된다", "연장되지 않는다"), ("제외된다", "포함된다"), ("준다", "주지 않는다"), ("낸다", "내지 않는다"), ("맡는다", "맡지 않는다"),
            ("받는다", "받지 않는다"), ("담당한다", "담당하지 않는다"), ("청소한다", "청소하지 않는다"), ("시행한다", "시행하지 않는다"),
            ("참여하였다", "참여하지 않았다"), ("발표되었다", "발표되지 않았다"), ("알린다", "알리지 않는다"), ("배송된다", "배송되지 않는다")]  # fmt: skip


def _turned(text: str, language: str) -> list[str]:
    turns = _EN_TURN if language == "en" else _KO_TURN
    padded = f" {text}"
    return [padded.replace(a, b, 1)[1:] for a, b in turns if a in padded][:1]


def citation_negated(question: Question, document: Document) -> Iterator[Question]:
    """A quotation that says the opposite; an answer that is the quotation says it too."""
    text = question.citations[0].text
    for turned in _turned(text, question.language):
        yield _quoting(question, turned, turned if question.answer == text else question.answer)


def answer_number(question: Question, document: Document) -> Iterator[Question]:
    """Another number in the answer, and in a choice a wrong option with a number as the key."""
    match = _NUMBER.search(question.answer)
    if match and not _has_date(question.answer):
        for by in (0, 1):
            other = _other_number(match.group(), by)
            yield _answering(question, question.answer[: match.start()] + other + question.answer[match.end() :])
        for wrong in question.choices:
            if wrong != question.answer:
                yield remade(question, answer=wrong)
    for word, other in _ENGLISH_WORDS.items():
        if re.search(rf"\b{word}\b", question.answer):
            yield _answering(question, re.sub(rf"\b{word}\b", other, question.answer, count=1))


def _has_date(text: str) -> bool:
    return any(month in text for month in _MONTHS) or re.search(r"\d년 \d+월|\d+월 \d+일", text) is not None


def answer_date(question: Question, document: Document) -> Iterator[Question]:
    """Another day, month or year in the answer."""
    answer = question.answer
    if not _has_date(answer):
        return
    for month, other in zip(_MONTHS, _MONTHS[1:] + _MONTHS[:1], strict=True):
        if month in answer:
            yield _answering(question, answer.replace(month, other))
            break
    for match in list(_NUMBER.finditer(answer)):
        value = int(match.group())
        other = (
            value + 1
            if value > 31
            else value % 28 + 1
            if "일" in answer[match.end() :][:1] or value > 12
            else value % 12 + 1
        )
        yield _answering(question, f"{answer[: match.start()]}{other}{answer[match.end() :]}")
    for wrong in question.choices:
        if wrong != answer:
            yield remade(question, answer=wrong)


def answer_name(question: Question, document: Document) -> Iterator[Question]:
    """Another name as the answer: a foreign one, a wrong option, and one from the same document."""
    answer = question.answer
    if _NUMBER.search(answer) or answer.endswith((".", "다")) or len(answer.split()) > 3:
        return
    names = (
        re.findall(r"\b[A-Z][a-z]{3,}", answer)
        if question.language == "en"
        else _names(question, f"{answer} 이다")
        or ([answer] if answer in ("고은성", "윤정희", "문태식", "박서연") else _names(question, answer))
    )
    for name in names:
        for other in _other_names(question, name):
            yield _answering(question, answer.replace(name, other))
    for wrong in question.choices:
        if names and wrong != answer:
            yield remade(question, answer=wrong)
    if names:
        cited = question.citations[0].text
        elsewhere = [
            name for name in _names(question, document.text) if name not in cited and name not in question.text
        ]
        for other in elsewhere[:2]:
            yield _answering(question, other)


def answer_negated(question: Question, document: Document) -> Iterator[Question]:
    """An answer that says the opposite of its quotation."""
    if len(question.answer.split()) < 3 or not question.answer.endswith("."):
        return
    for turned in _turned(question.answer, question.language):
        yield _answering(question, turned)
        yield _answering(question, turned.rstrip("."))
        yield _answering(question, f"Yes: {turned}" if question.language == "en" else f"네, {turned}")


def answer_unit(question: Question, document: Document) -> Iterator[Question]:
    """The right number with another unit."""
    if _has_date(question.answer) or (not re.search(r"\d", question.answer) and question.language == "ko"):
        return
    units = _EN_UNITS if question.language == "en" else _KO_UNITS
    for unit, other in units.items():
        pattern = (
            rf"(?<=[\w%] ){unit}\b|(?<=\d){unit}(?!\w)"
            if question.language == "en"
            else rf"(?<=\d){unit}|(?<=\d ){unit}"
        )
        if re.search(pattern, question.answer):
            spare = "kilometres" if question.language == "en" else "헥타르"
            for unit_now in (other, spare):
                yield _answering(question, re.sub(pattern, unit_now, question.answer, count=1))


def answer_in_question(question: Question, document: Document) -> Iterator[Question]:
    """The question tells its answer."""
    answer, text = question.answer.rstrip("."), question.text
    if question.language == "en":
        yield remade(question, text=f"{text.rstrip('?')}, given that it is {answer}?")
        yield remade(question, text=f"{text} ({answer})")
    else:
        yield remade(question, text=f"{answer}에 관하여, {text}")
        yield remade(question, text=f"{text} ({answer})")


_EN_FRAMES = ("According to the passage, {0}", "In the table above, {0}", "Based on this document, {0}", "{1} last year?",
              "As mentioned above, {0}", "{1} in that year?", "From the given text, {0}")  # fmt: skip
_KO_FRAMES = (
    "위 표에서 {0}",
    "이 글에 따르면 {0}",
    "본문에서 {0}",
    "작년에 {0}",
    "아래 그림을 보면 {0}",
    "지난달 {0}",
    "이 문서에서 {0}",
)
_EN_SUBJECT = re.compile(
    r"(?:the )?(?:Velora Bicycle Warranty|Velora Cycles|Velora owner|Velora|(?:Brackwell )?Town Council|Harbour Museum(?: in Gdynia)?|Tarn Laboratory|Norrvik Ferries"
    r"|MS \w+|Larkfield Botanical Garden|Larkfield seed bank|Heron 3|centrifuge Rotana 5)",
)
_KO_SUBJECT = re.compile(
    r"^(?:나래해양연구소|다온소프트|솔내도서관|별무리빌딩|온새미 전기난로(?: OH-200)?|2023 가온누리 빛축제|가온누리 빛축제|연구선 파랑호)"
)


def unseen_context(question: Question, document: Document) -> Iterator[Question]:
    """The question points at a text, table, time or thing that its reader does not see."""
    frames = _EN_FRAMES if question.language == "en" else _KO_FRAMES
    at = sum(question.text.encode()) % len(frames)
    text = question.text
    lowered = text[0].lower() + text[1:] if question.language == "en" else text
    yield remade(question, text=frames[at].format(lowered, text.rstrip("?")))
    subject = (_EN_SUBJECT if question.language == "en" else _KO_SUBJECT).search(text)
    if subject:
        stand_in = (
            ("this organisation", "that company")[at % 2]
            if question.language == "en"
            else ("이 기관", "그 회사", "해당 제품")[at % 3]
        )
        yield remade(question, text=text[: subject.start()] + stand_in + text[subject.end() :])


def exact_duplicate(question: Question, document: Document) -> Iterator[Question]:
    """The same words, typed otherwise."""
    yield remade(question, text=question.text.upper().replace(" ", "  "))
    yield remade(question, text=f"“{question.text.rstrip('?')}” ?")


_EN_REWORDED = ("{0}, exactly?", "Please state: {1}?", "Could you tell me: {1}?", "{0} then?")
_KO_POLITE = (("하였는가", "했습니까"), ("었는가", "었습니까"), ("았는가", "았습니까"), ("하는가", "합니까"), ("되는가", "됩니까"),
              ("인가", "입니까"), ("있는가", "있습니까"), ("내는가", "냅니까"))  # fmt: skip
_KO_REWORDED = ("{0}?", "{0}요?", "정확히 {1}?", "그러면 {1}?")


def near_duplicate(question: Question, document: Document) -> Iterator[Question]:
    """Nearly the same words."""
    stem = question.text.rstrip("?")
    if question.language == "en":
        lowered = stem[0].lower() + stem[1:]
        for form in _EN_REWORDED:
            yield remade(question, text=form.format(stem, lowered))
    else:
        yield remade(question, text=_KO_REWORDED[1].format(stem))
        yield remade(question, text=_KO_REWORDED[2].format(stem, stem))
        for familiar, polite in _KO_POLITE:
            if stem.endswith(familiar):
                yield remade(question, text=f"{stem.removesuffix(familiar)}{polite}??")
                break


def malformed(question: Question, document: Document) -> Iterator[Question]:
    """Something is missing or twice."""
    yield remade(question, answer=" ", choices=(), form="short")
    yield remade(question, text=" … ")
    if question.choices:
        yield remade(question, choices=(question.answer,))
        yield remade(question, choices=(*question.choices, f" {question.answer}."))


def wrong_result(question: Question, document: Document) -> Iterator[Question]:
    """Another result of a computation: the wrong options, and other numbers."""
    for wrong in question.choices:
        if wrong != question.answer:
            yield remade(question, answer=wrong)
    match = _NUMBER.search(question.answer)
    if match and not question.choices:
        for by in (0, 1):
            other = _other_number(match.group(), by)
            yield _answering(question, question.answer[: match.start()] + other + question.answer[match.end() :])


QUESTION_FAULTS: dict[str, Mutator] = {
    "citation made up": citation_made_up,
    "citation with another number": citation_number,
    "citation with another name": citation_name,
    "citation negated": citation_negated,
    "answer with another number": answer_number,
    "answer with another date": answer_date,
    "answer with another name": answer_name,
    "answer negated": answer_negated,
    "answer with another unit": answer_unit,
    "answer in the question": answer_in_question,
    "unseen context": unseen_context,
    "malformed": malformed,
}
SET_FAULTS: dict[str, Mutator] = {"exact duplicate": exact_duplicate, "near duplicate": near_duplicate}
