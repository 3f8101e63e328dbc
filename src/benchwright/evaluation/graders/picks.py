"""Which option does a text pick? Letters, numbers, ②, 나, option texts; negated ones aside; never a guess."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from benchwright.evaluation.graders.amounts import whole_amount
from benchwright.evaluation.graders.claims import claimed
from benchwright.evaluation.graders.normalise import TITLES, find_answer, normalised, same, unmarked
from benchwright.evaluation.graders.numeric import is_equal, leaves_open, stated_amounts
from benchwright.evaluation.graders.rewriting import is_fraction, rewritten
from benchwright.evaluation.graders.stances import settled

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SYLLABLES = "가나다라마바사아자차카타파하"
CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
CIRCLED = str.maketrans(
    {
        **{chr(0x2460 + i): f"({i + 1})번 " for i in range(20)},
        **dict(zip("㉠㉡㉢㉣㉤", "ㄱㄴㄷㄹㅁ", strict=True)),
        **dict(zip("㉮㉯㉰㉱㉲", "가나다라마", strict=True)),
    }
)

_DECLARED = re.compile(
    r"""
    (?:
      (?:(?:final|correct|right|best|my|the|only)\s+)*(?:answer|option|choice|response|solution|pick|letter)s?
        (?:\s+(?:here|to\s+(?:this|the)\s+question|among\s+(?:these|them)|is|would|should|must|be|has\s+to\s+be|seems|appears|to))*
        \s*(?:is|(?<=\sbe)|:|=|->|→|-)\s*(?:therefore\s+|thus\s+|clearly\s+|definitely\s+|most\s+likely\s+|probably\s+|indeed\s+)?
    | (?:i(?:'d|\s+would)?|we|i'll|i\s+will)\s+(?:(?:would|will|have\s+to)\s+)?
        (?:choose|pick|select|go\s+with|say|answer|go\s+for|opt\s+for|vote\s+for|believe|think)\s*(?:it\s+is\s+|it's\s+|that\s+)?:?\s*
    | (?:it\s+is|it's|must\s+be|has\s+to\s+be)\s+(?=(?:option|choice|answer)?\s*\(?[A-Z]\b)
    | (?<!or\s)\b(?:possibly|probably|(?:most\s+)?likely|perhaps|maybe|presumably|apparently|surely|certainly)\s+
        (?=(?:option|choice)?\s*\(?[A-Z](?:\b|\)))
    | (?:따라서|그러므로|그래서|결국|즉|제\s*생각에는|제가\s*보기에는)\s*,?\s*
    | (?<!anyone\s)(?<!anything\s)(?<!any\s)(?<!all\s)(?<!none\s)\bbut\s+(?:rather\s+)?
        (?=(?:option|choice|answer)?\s*\(?[A-Z](?:\b|\)))
    | 아니라\s*,?\s*
    | \b(?:that|which|this)\s+(?:only\s+)?leaves\s+(?:us\s+with\s+|only\s+)?|\bleaving\s+(?:us\s+with\s+|only\s+)?
    | \bonly\s+(?=(?:option\s+|choice\s+)?\(?[A-Z]\)?\s+(?:is|can|could|fits|match|agrees|works|satisf|remains))
    | :\s*(?=\(?[A-Z]\)?\s*[.!]?\s*$)
    | (?:therefore|thus|so|hence)\s*[,:]?\s*(?=(?:option|choice|answer)?\s*\(?[A-Z](?:\b|\)))
    | (?:옳은|맞는|알맞은|적절한|올바른)\s*(?:것|설명|보기|선택지|답|문장|내용)\s*은\s*|아마도?\s+
    | (?:정답|답변|응답|답|답안|정답지|선택|최종\s*답|보기)\s*(?:번호)?\s*[\]】]?\s*
        (?:은|는|이|:|(?<=[\]】])|=|-|으로는|으로|로)\s*:?\s*
    | (?:正解|答え|答案|正确答案|正確答案)\s*(?:は|是|为|為|:|：)\s*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IS_RIGHT = (
    r"\s*(?:[.):]\s*(?:(?!\b[A-Z]\b)[^.\n]){0,80}?)?\s*(?:is|was|seems|would\s+be|must\s+be"
    r"|appears\s+to\s+be)\s+(?:clearly\s+|definitely\s+|therefore\s+|also\s+)?"
    r"(?:the\s+)?(?:only\s+)?(?:correct|right|best|true|answer|accurate|most)\b"
    r"|\s*번?\s*(?:이|가|을|를)?\s*(?:정답|맞(?:습|는|다|아|음)|옳|고르|고릅|선택|답(?:입|이|$))"
    r"|\s+it\s+is\b(?=[.!\s]*$)"
    r"|\s*(?:が正解|です)"
)
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n't(?:\s+be)?|\bneither|\bnor|\brul(?:e|es|ed|ing)\s+out|\beliminat\w+|\bexclud\w+|\binstead\s+of"
    r"|\brather\s+than|\bother\s+than|\bexcept(?:\s+for)?"
    r"|\bunlike|\bdiscard\w*|\bcannot\s+be|\bincorrect(?:ly)?:?|\bwrong:?|\bno\s+longer|\bversus"
    r"|\bvs\.?)\s+(?:it\s+is\s+|be\s+)?(?:the\s+)?(?:options?|choices?|answers?)?\s*[(\[\"']?\s*$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\s*[)\].\"']*\s*(?:\?\s*(?:no\b|nope|아니)|(?:(?:is|are|was|were|would\s+be|seems|can|does|do|did|could"
    r"|looks)\s*(?:not|n't|never|clearly\s+not)\b|isn't|aren't|wasn't|can't|doesn't|cannot|won't)"
    r"|(?:is|are|was|were|seems|looks|would\s+be)\s+(?:also\s+|clearly\s+|definitely\s+)?(?:incorrect|wrong"
    r"|false|out\b|ruled\s+out|eliminated|mistaken|impossible|a\s+distractor|too\b)"
    r"|(?:번|번은|번이)?\s*(?:은|는|이|가|도)?\s*(?:아니|아닙|아닌|틀|오답|잘못|제외)|대신|(?:ではな|じゃな)"
    r"|不是|不对)",
    re.IGNORECASE,
)
# The blank that keeps ② apart from a word, before a particle: ②가.
_PARTED = re.compile(r"번 (?=(?:은|는|이|가|을|를|와|과|로|의|도|입니다|이다)(?![가-힣]))")
_JSON = re.compile(r"(?s)\A\s*(?:```\w*\s*)?([{\[].*[}\]])\s*(?:```)?\s*\Z")
_FIELDS = (
    "answer",
    "final_answer",
    "final answer",
    "choice",
    "option",
    "label",
    "letter",
    "response",
    "정답",
    "답",
    "답변",
)
_PLACES = (
    ("first", "one", "첫"),
    ("second", "two", "두"),
    ("third", "three", "세"),
    ("fourth", "four", "네"),
    ("fifth", "five", "다섯"),
)
_PLACE = re.compile(
    r"\b(?:the\s+)?(first|second|third|fourth|fifth|last)\s+(?:one|option|choice|answer)\b"
    r"|\b(?:option|choice|answer)\s+(?:number\s+)?(one|two|three|four|five)\b"
    r"|(마지막)\s?(?:번째)?\s?(?:보기|선택지|항목)|(첫|두|세|네|다섯)\s?번째\s*(?:보기|선택지|항목|것|답)?",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:final|finally|so|therefore|thus|hence|actually|wait|correction|instead|in\s+conclusion|overall"
    r"|correct|on\s+reflection)\b|최종|따라서|그러므로|결국|다시|그래서|정정|\bno,|\bsorry\b|\bmistake|(?:^"
    r"|[\s,.])아,|아니(?:,|요|오)|아닙니다|잘못",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:\W|the\s+answer\s+is|answer|정답은|답은|답)*(?:none\s+of\s+(?:these|the\s+above|them|the\s+options"
    r"|the\s+choices|the\s+given)|none[.!]?$|neither\b(?!\s+\(?[A-Z]\b)(?!.*(?::|\bit\s?(?:'s|is)\b))"
    r"|no\s+(?:option|choice)\s+is|not\s+(?:listed|among)"
    r"|all\s+of\s+(?:these|the\s+above|them)|해당\s*(?:사항\s*)?없음|정답\s*(?:이|은)?\s*없|해당(?:하는"
    r"|되는)?\s*(?:보기|선택지|답)(?:가|이|는)?\s*없|없음|없습니다|(?:보기(?:에|\s*중(?:에)?)(?:는)?"
    r"|모두)\s*(?:정답이\s*)?(?:없|아니|아닙)|모두\s*(?:정답|맞))",
    re.IGNORECASE,
)


_END_LABEL = re.compile(
    r"(?:\b(?:answer|option|choice)\s*(?:is|:)?|정답\s*(?:은|:))\s*\(?(?:([A-Z])"
    r"|(\d{1,2})\s*번)\)?\s*(?:번?입니다|번?이에요|번)?[.!]?\s*$"
)


@dataclass(frozen=True)
class Pick:
    """The option that a text picks, or `None` with the reason."""

    index: int | None
    reason: str
    is_none_of_them: bool = False
    """The text says clearly that no option, or every option, is right."""
    is_open: bool = False
    """The text names several options and decides for none."""


@dataclass(frozen=True)
class _Mention:
    index: int
    start: int
    end: int
    by_label: bool


def pick_option(text: str, choices: Sequence[str], asked: str = "") -> Pick:
    """Return which of `choices` the response `text` picks; `asked` is the question, which a claim restates."""
    signs = _PARTED.sub("번", unmarked(_answer_field(text).translate(CIRCLED)))
    plain = _unwrapped(_with_labels(signs, choices))
    if _leaves_amount_open(plain, choices):
        return Pick(None, "names two amounts and leaves it open", is_open=True)
    whole = [index for index, choice in enumerate(choices) if same(plain, choice)]
    if len(whole) == 1:
        return Pick(whole[0], "the text of the option")
    if (label := _label_alone(plain, choices)) is not None:
        return Pick(label, "the label alone")
    if _NONE.search(plain) and not _declared(plain, choices):
        return Pick(None, "names none, or all, of the options", is_none_of_them=True)
    # Of a sum the result counts: 32 + 16 = 48.
    result = plain.rpartition("=")[2] if re.search(r"=\s*\d", plain) else plain
    found = _declared(plain, choices) or _leading(plain, choices) or _standing(result, choices)
    found = found or _by_amount(plain, choices) or _by_name(plain, choices)
    picked = {mention.index for mention in found}
    if len(picked) != 1:
        if _beyond(plain, len(choices)):
            return Pick(None, "names a label that no option has", is_none_of_them=True)
        last = settled(plain, choices, asked)
        if last.index is not None:
            return Pick(last.index, "what the text settles on")
        if last.is_open:
            return Pick(None, "leaves it open", is_open=True)
    if not picked:
        return Pick(None, "names no option")
    if len(picked) > 1:
        return Pick(None, f"names {len(picked)} options: {', '.join(LATIN[i % 26] for i in sorted(picked))}")
    mention = found[-1]
    if mention.by_label and (other := _contradiction(plain, mention, choices)) is not None:
        return Pick(None, f"the letter {LATIN[mention.index % 26]} stands beside the text of {LATIN[other % 26]}")
    return Pick(mention.index, "the label" if mention.by_label else "the text of the option")


def _leaves_amount_open(text: str, choices: Sequence[str]) -> bool:
    if not all(re.search(r"\d", choice) for choice in choices) or any(leaves_open(choice) for choice in choices):
        return False
    return leaves_open(rewritten(claimed(text))) and not is_fraction(text)


def _beyond(text: str, count: int) -> bool:
    """Whether the text ends in a label behind the last option: `the answer is E` of four."""
    found = _END_LABEL.search(text)
    if found is None or count > len(LATIN):
        return False
    return int(found[2]) > count if found[2] else LATIN.find(found[1]) >= count


def _with_labels(text: str, choices: Sequence[str]) -> str:
    """Write `the second option`, `option two` and `두 번째 보기` as the letter; unless options are worded so."""
    if any(_PLACE.search(choice) for choice in choices):
        return text

    def letter(match: re.Match[str]) -> str:
        if match.group().casefold().startswith(("last", "the last")) or match.group().startswith("마지막"):
            return f"option {LATIN[len(choices) - 1]}"
        word = next(group for group in match.groups() if group).casefold()
        place = next(place for place, words in enumerate(_PLACES) if word in words)
        return f"option {LATIN[place]}" if place < len(choices) else match.group()

    return _PLACE.sub(letter, text)


def _answer_field(text: str) -> str:
    """The answer in a JSON object or list, whatever else it holds; `text` itself where it is none."""
    found = _JSON.search(text)
    if found is None:
        return text
    for written in (found.group(), found.group().replace("'", '"')):
        try:
            value: object = json.loads(written)
        except ValueError:
            continue
        if isinstance(value, list):
            items = cast("list[object]", value)
            return str(items[0]) if len(items) == 1 else text
        if isinstance(value, dict):
            fields = {str(key).casefold(): inner for key, inner in cast("dict[object, object]", value).items()}
            named = [fields[key] for key in _FIELDS if key in fields]
            if named and isinstance(named[0], str | int):
                return str(named[0])
    return text


def _unwrapped(text: str) -> str:
    """Drop the JSON or quotes around an answer: `{"answer": "B"}` → `answer: B`."""
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    return re.sub(r"[\"“”]", " ", text).strip() if text.count('"') in (2, 4) and len(text) < 120 else text


def _label_pattern(count: int) -> str:
    latin = LATIN[:count] if count <= 26 else ""
    parts = [rf"[{latin}{latin.lower()}]"] if latin else []
    parts += [rf"(?:{'|'.join(str(n) for n in range(count, 0, -1))})"]
    if count <= len(SYLLABLES):
        parts += [rf"[{SYLLABLES[:count]}]", rf"[{CONSONANTS[:count]}]"]
    return "|".join(parts)


def _index(label: str, count: int) -> int | None:
    if label.isdigit():
        return int(label) - 1 if 1 <= int(label) <= count else None
    for row in (LATIN, SYLLABLES, CONSONANTS):
        place = row.find(label.upper())
        if place >= 0:
            return place if place < count else None
    return None


def _label_alone(text: str, choices: Sequence[str]) -> int | None:
    found = re.fullmatch(
        rf"(?:option|choice|answer|letter|보기"
        rf"|선택지)?\s*[^\w가-힣]*({_label_pattern(len(choices))})[)\]>'\".:,]*\s*(?:번)?\s*(?:입니다|이다"
        rf"|이에요|예요|요|임)?[.!]?",
        text.strip(),
        re.IGNORECASE,
    )
    if found is None:
        return None
    label = found.group(1)
    if label.isdigit() and any(re.search(r"\d", choice) for choice in choices) and "번" not in text:
        return None  # A bare number among options that are numbers is a text, not a label.
    return _index(label, len(choices))


def _is_negated(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.search(after):
        return True
    # `not A or C`, `neither A, B nor C`: the negation reaches over the labels between.
    return bool(
        re.search(
            r"(?:\bnot|\bneither|n't|\brul\w+\s+out|\beliminat\w+|\bexclud\w+"
            r"|\bdiscard\w*)\s+(?:options?\s+)?(?:\(?[A-Z]\)?\s*(?:,|or|nor|and|/)\s*)+(?:(?:or|nor"
            r"|and)\s+)?\(?$",
            before,
        )
    )


def _label_at(text: str, position: int, choices: Sequence[str], *, is_declared: bool = False) -> _Mention | None:
    """Return the label that begins at `position`, such as `(B)`, `option B`, `B.`, `2번` or `나`."""
    found = re.compile(
        rf"\s*(?:(?P<word>options?|choices?|answers?|letters?|보기"
        rf"|선택지)\s*)?(?P<open>[(\[<'\"]*)(?P<label>{_label_pattern(len(choices))})(?P<close>[)\]>'\"]*)"
        rf"(?P<ko>\s*번)?(?=$|[^0-9A-Za-z가-힣ㄱ-ㅎ]|(?:입니다|이다|이에요|예요|이고|이며|인|일|이라고|라고|가"
        rf"|이|은|는|을|를|와|과|로|으로|임|요)(?![가-힣]))",
        re.IGNORECASE,
    ).match(text, position)
    if found is None:
        return None
    label = found.group("label")
    index = _index(label, len(choices))
    if index is None:
        return None
    has_sign = bool(found.group("word") or found.group("open") or found.group("close") or found.group("ko"))
    after = text[found.end() :]
    # Behind "the answer is" a bare number is a label where no option has digits.
    may_be_bare = is_declared and not any(re.search(r"\d", choice) for choice in choices)
    if (
        label.isdigit()
        and not has_sign
        and not (may_be_bare and re.match(r"\s*(?:[.,)]|$|입니다|이다)", text[found.end() :]))
    ):
        return None
    if (
        label in ("a", "A", "i", "I")
        and not has_sign
        and not re.match(r"\s*(?:$|[.,:;!)\n-]|[가-힣]|is\b|because\b|since\b|as\b)", after)
    ):
        return None  # The article, or "I".
    if label.islower() and label.isascii() and not has_sign and not re.match(r"\s*(?:$|[.,:;!)\n])", after):
        return None
    return _Mention(index, found.start("label"), found.end("label"), by_label=True)


def _text_at(text: str, position: int, choices: Sequence[str]) -> _Mention | None:
    """Return the longest option whose text begins at `position`."""
    best: _Mention | None = None
    tail = normalised(text[position : position + 400])
    for index, choice in enumerate(choices):
        needle = normalised(choice)
        spans = find_answer(needle, tail)
        if spans and spans[0][0] == 0 and (best is None or len(needle) > best.end - best.start):
            best = _Mention(index, position, position + len(needle), by_label=False)
    return best


def _declared(text: str, choices: Sequence[str]) -> list[_Mention]:
    """What the text says *is* the answer. Where it corrects itself, the last word counts."""
    found: list[_Mention] = []
    for match in _DECLARED.finditer(text):
        mention = _label_at(text, match.end(), choices, is_declared=True) or _text_at(text, match.end(), choices)
        if mention is not None and not _is_negated(text, mention.start, mention.end):
            found += [mention, *_joined(text, mention, choices)]
    # The lookahead lets `A is not right, B is right` find its second label.
    for match in re.finditer(rf"(?<![\w'])[(\[]?(?P<label>{_label_pattern(len(choices))})[)\]]?(?={_IS_RIGHT})", text):
        index = _index(match.group("label"), len(choices))
        label, start, end = match.group("label"), match.start("label"), match.end("label")
        if label in SYLLABLES and re.search(r"(?:둘|셋|넷|모두|전부|것은|보기)\s$", text[max(0, start - 4) : start]):
            continue  # `둘 다 맞습니다` names no 다
        is_number_word = label.isdigit() and not re.match(r"\)?\s*번|\)", text[end:])
        if index is not None and not is_number_word and not _is_negated(text, start, end):
            found.append(_Mention(index, start, end, by_label=True))
    found.sort(key=lambda mention: mention.start)
    if len({mention.index for mention in found}) > 1:
        last = found[-1]
        before = text[found[-2].end : last.start]
        if _TURN.search(before) and not _joined(text, found[-2], choices):
            return [last]
    return found


def _joined(text: str, mention: _Mention, choices: Sequence[str]) -> list[_Mention]:
    """Further labels joined to one by `or`, `and`, a comma or a slash: `B or C`."""
    found: list[_Mention] = []
    end = mention.end
    while joint := re.compile(
        r"[)\].]*(?:\s*번)?\s*(?:,?\s*(?:or|and|&)\s+(?:maybe\s+|perhaps\s+|possibly\s+)?|\s*/\s*"
        r"|,\s*(?=\(?[A-Z]\b(?!\w))|\s*(?:또는|혹은|이나|나|와|과|,)\s*(?=[(\[]?(?:[A-Z0-9]"
        r"|[가-하ㄱ-ㅎ](?![가-힣]))))"
    ).match(text, end):
        other = _label_at(text, joint.end(), choices)
        if other is None or _is_negated(text, other.start, other.end):
            break
        found.append(other)
        end = other.end
    return found


def _is_list_of_options(line: str, choices: Sequence[str]) -> bool:
    """Whether the line repeats more than one option behind its label: `① red ② green`."""
    plain = normalised(line)
    heads = 0
    for index, choice in enumerate(choices):
        labels = "|".join(row[index] for row in (LATIN.lower(), SYLLABLES, CONSONANTS) if index < len(row))
        heads += bool(
            re.search(rf"(?<!\w)\(?(?:{labels}|{index + 1})\)?\s?번?\s?{re.escape(normalised(choice))}", plain)
        )
    return heads > 1


def _leading(text: str, choices: Sequence[str]) -> list[_Mention]:
    """A label that opens the text, unless the text repeats the list of options."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    first = _label_at(lines[0], 0, choices)
    if first is None or _is_negated(lines[0], first.start, first.end):
        return []
    if re.match(r"[)\].]?(?:\s*번)?(?:은|는)\s", lines[0][first.end :]):
        return []  # `B는 자문이고 …` tells of B, and need not choose it
    offset = text.find(lines[0])
    if _is_list_of_options(lines[0], choices):
        return []
    heads = {found.index for line in lines if (found := _label_at(line, 0, choices)) and found.start <= 2}
    placed = _Mention(first.index, first.start + offset, first.end + offset, by_label=True)
    if len(heads) > 1:
        return []
    return [placed, *_joined(text, placed, choices)]


def _standing(text: str, choices: Sequence[str]) -> list[_Mention]:
    """Labels with a sign, and whole option texts, anywhere; the longer option hides the shorter it contains."""
    found: list[_Mention] = []
    for match in re.finditer(
        r"(?<![\w'])(?=(?:options?|choices?|보기|선택지)\s|[(\[]|\d+\)?\s*번)", text, re.IGNORECASE
    ):
        mention = _label_at(text, match.end(), choices)
        if mention is not None:
            found.append(mention)
    plain = normalised(text)
    taken: list[tuple[int, int]] = []
    texts: list[_Mention] = []
    for index in sorted(range(len(choices)), key=lambda i: -len(normalised(choices[i]))):
        for start, end in find_answer(normalised(choices[index]), plain):
            if not any(start < stop and begin < end for begin, stop in taken):
                taken.append((start, end))
                if not _is_negated(plain, start, end):
                    texts.append(_Mention(index, start, end, by_label=False))
    labels = [mention for mention in found if not _is_negated(text, mention.start, mention.end)]
    return (
        labels or texts
        if not (labels and texts)
        else labels + [t for t in texts if t.index not in {m.index for m in labels}]
    )


def _by_amount(text: str, choices: Sequence[str]) -> list[_Mention]:
    """Where every option is an amount: the options whose amount the text states, however it is written."""
    amounts = [whole_amount(choice) for choice in choices]
    if any(amount is None for amount in amounts):
        return []
    text = rewritten(text, reads_fractions=all(amount is not None and amount.dimension == "%" for amount in amounts))
    found: list[_Mention] = []
    for index, amount in enumerate(amounts):
        if amount is not None:
            stated = stated_amounts(text, amount, "")
            found += [_Mention(index, a.start, a.end, by_label=False) for a in stated if is_equal(a, amount, 0.0)]
    return found


def _by_name(text: str, choices: Sequence[str]) -> list[_Mention]:
    """The options whose name stands in the text without its title, or by the surname that no other option has."""
    plain = normalised(text)
    names = [normalised(TITLES.sub("", choice)) for choice in choices]
    lasts = [name.split()[-1] if name else "" for name in names]
    found: list[_Mention] = []
    for index, (choice, name) in enumerate(zip(choices, names, strict=True)):
        has_title = name != normalised(choice)
        is_person = has_title or bool(re.fullmatch(r"(?:[A-Z][\w'’.-]+\s?){2,3}", choice))
        forms = [name] * has_title
        forms += [lasts[index]] * (is_person and lasts.count(lasts[index]) == 1 and lasts[index].isascii())
        spans = [span for form in forms for span in find_answer(form, plain)]
        kept = [span for span in spans if not _is_negated(plain, *span)]
        found += [_Mention(index, start, end, by_label=False) for start, end in kept[:1]]
    return found


def is_other_amount(text: str, choices: Sequence[str]) -> bool:
    """Whether the whole answer is one amount where every option is another."""
    stated = whole_amount(unmarked(text).rstrip(". "))
    if stated is not None and not stated.noun and not stated.dimension and 1 <= stated.value <= len(choices):
        return False  # it may be the number of an option
    amounts = [whole_amount(choice) for choice in choices]
    return stated is not None and all(amount is not None and not is_equal(stated, amount, 0.0) for amount in amounts)


def _contradiction(text: str, mention: _Mention, choices: Sequence[str]) -> int | None:
    """Return the other option whose text stands right beside the label, if its own does not."""
    line = text[mention.end :].split("\n", 1)[0]
    beside = normalised(re.sub(r"^[\s).\]:,>'\"-]+", "", line))
    own = normalised(choices[mention.index])
    if not beside or find_answer(own, beside):
        return None
    for index, choice in enumerate(choices):
        needle = normalised(choice)
        if index != mention.index and any(start == 0 for start, _ in find_answer(needle, beside)):
            return index
    return None
