"""Which sentences can be understood alone, and how a question names the document they stand in."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from benchwright.generation.rules import wording_en
from benchwright.generation.rules.clauses import article_at, is_amendment
from benchwright.generation.rules.dependence import names_something, why_dependent
from benchwright.generation.rules.once import once_per_document
from benchwright.generation.rules.placing_ko import stated_day
from benchwright.generation.rules.verbs_en import IMPERATIVE, is_telegraphic, lacks_main_verb
from benchwright.generation.rules.wrapped import breaks_words, heading_end, is_continued, unwrapped
from benchwright.generation.same_titles import parted_title
from benchwright.records import Document, Heading
from benchwright.text.dates import DateMention, find_dates
from benchwright.text.numbers import Quantity, find_quantities
from benchwright.text.particles import split_particle, with_particle
from benchwright.text.sentences import sentences
from benchwright.text.tokens import words

LANGUAGES = ("en", "ko")
_SHORTEST, _LONGEST = {"en": 35, "ko": 12}, {"en": 330, "ko": 190}
_SHORTEST_RAW = {"ko": 11}
_FEWEST_WORDS = 4
# Text that was set beside other text: what follows the gap need not go on with the sentence.
_IN_COLUMNS = re.compile(r"\S[ \t]{6,}\S|\n[ \t]{6,}\S")
# `대출 기간은 14일입니다.` is whole, short as it is.
_KO_SHORT = re.compile(
    r"(?:[가-힣\dA-Za-z]+ ){0,2}[가-힣A-Za-z]{2,}[은는] (?:[가-힣]{1,3} )?\d[^.]*(?:이다|입니다|한다|합니다)\."
)

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s\"[^\"]*\")?\)|\[([^\[\]]+)\]\[[^\]]*\]")
_FOOTNOTE = re.compile(r"(?<=[^\s\[])\s?\[\^?(?:\d{1,3}|[a-z])\]|\[\^[^\]]+\]|\[(?:citation needed|출처 필요)\]")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*|__|_)(?=\S)(.+?)(?<=\S)\1(?![\w*])|(\*\*)(.+?)\*\*")
_UNFIT = re.compile(
    r"https?:|www\.|`|[{}|<>=\\~]|\$\$|\]\(|::|\(\)|//|->|→|\b\w+\.\w+\(|(?:^|\s)--?\w|\b[a-z]+_[a-z_]+\b|"
    r"\b(?:ISBN|eds?\.|pp\.|vol\.)(?=\s|\d|\))|\((?:died|born|b\.|d\.) |"
    r"\.{4,}|…{2,}|&[a-z]+;|\b\S+\.(?:py|md|txt|json|yaml|toml|html|cfg|ini|exe|sh)\b|\ufffd|@\w|"
    r"^\s*[•·▪-]"
)
_HANGUL = re.compile("[가-힣]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z가-힣]")
_CONDITION = re.compile(r"[*_]*(?:If|For|When|Where|Unless|Should|In case|In the event|Under)\b[^\n]{3,300}:[*_]*\s*\Z")
# Numbers of articles, clauses and items before the sentence itself.
_LEAD = re.compile(
    r"\A(?:[(\[【][가-힣A-Za-z0-9·]{2,10}\s?=\s?[^)\]】\n]{2,20}[)\]】]\s*(?:[가-힣]{2,4}\s(?:기자|특파원)\s?=?\s*)?"
    r"|[\[【][가-힣A-Za-z·\s]{2,14}[\]】]\s+(?=[가-힣\d])"
    r"|(?![A-Z]\. )[A-Z][A-Z .]{2,30},?[^—–“”\"]{0,40}\s[—–]\s(?=[A-Z])"
    r"|제\s?\d+\s?조(?:의\s?\d+)?(?:\s?\([^)]*\)\s*|\s?【[^】]*】\s*|\s+(?!중\s|및\s|또는\s|제\d))"
    r"|\((?:시행일|적용례|경과\s?조치)[^)]*\)\s*|[①-⑳]\s*|\(?(?:\d{1,2}|[a-z가나다라마바사])\)\s+"
    r"|\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-Z가-힣]{2}))+"
)
# `요약: …` is a label before a whole sentence; any other makes the sentence a line of a form.
_KO_LABEL = re.compile(r"\A(?:요약|개요|내용|설명|정의|결과|배경|목적|의미|특징|효과)\s?[:：]\s+")
_EN_LABEL = re.compile(
    r"\A(?:Background|Summary|Overview|Details|Description|Results?|Purpose|Decision|Outcome): (?=[A-Z])"
)
# `석탑이 다.`: the end of a page's line stood inside a word.
_KO_BROKEN = re.compile(r"\s(?:다|니다|습니다)\.(?:\s|\Z)|[가-힣]\s(?:는|를)\s")
_KO_FORM = re.compile(r"※|\s[:：]\s|\A[^:：.,]{1,20}[:：]\s")
_EXAMPLES = re.compile(r"(?:Examples?|예|예제|예시|보기|사용\s?예)(?![가-힣A-Za-z])")
_QUOTES = "\"'“”‘’"
_FILE_LIKE = re.compile(r"\.[A-Za-z0-9]{1,5}\Z|[_\\/]|\A[\d\W]+\Z")
# A changelog under the heading of its newest version: the title is untrue of all the others.
_OF_ONE_VERSION = re.compile(
    r"\d+\.\d+(?:\.\d+)?\b(?!\s?%)|\A(?:changes|what['’]s new|noteworthy|release|news)\b", re.IGNORECASE
)
# A chapter on a page of its own does not say of which book it is.
_KO_CHAPTER = re.compile(r"제\s?\d+\s?[편장절관](?:\s|\Z)")
_GENERIC_LIST = """
    none unnamed unknown readme introduction overview license licence changelog contents index home document untitled
    title notes news about
    summary abstract background history documentation docs copyright contributing preface usage installation
    기능 특징 사용법 시작하기 구성
    개요 목차 서론 소개 문서 제목 본문 공지 안내 머리말 요약 변경 이력 설치 사용법 라이선스
"""
_GENERIC_TITLES = frozenset(_GENERIC_LIST.split()) | {
    "meeting information",
    "meeting details",
    "general information",
    "table of contents",
    "release notes",
    "change log",
    "release history",
    "변경 이력",
}


@dataclass(frozen=True)
class ProseSentence:
    """One sentence of running text: its exact span, and `text`, what it says without Markdown's marks."""

    start: int
    end: int
    text: str
    language: str
    section: tuple[str, ...] = ()
    opens_block: bool = False
    """True for the first sentence of its paragraph: what it leaves out was not said just before."""
    quantities: tuple[Quantity, ...] = field(default=(), compare=False)
    dates: tuple[DateMention, ...] = field(default=(), compare=False)


@lru_cache(maxsize=2048)
def plain(markdown: str) -> str:
    """Return the words of one Markdown paragraph: links, emphasis, footnote marks and line breaks taken out."""
    text = _IMAGE.sub("", markdown)
    text = _LINK.sub(lambda match: match[1] or match[2], text)
    text = _FOOTNOTE.sub("", text)
    for _ in range(2):
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text = re.sub(r"\\(?=[*_\[\]#.()!-])", "", text)
    return " ".join(text.split())


def _blocks(document: Document) -> Iterator[tuple[int, int, bool]]:
    """The blocks of running text, and whether each is an item of a list.

    An item below another item, or below `If … :`, holds only under that condition: it is left out.
    """
    if not document.blocks:
        for match in re.finditer(r"(?:(?!\n[ \t]*\n).)+", document.text, re.DOTALL):
            if not match.group().lstrip().startswith(("#", "|", "```", "    ")):
                yield *match.span(), False
        return
    under_condition = False
    for block in document.blocks:
        is_item = block.kind == "list_item"
        if not is_item:
            under_condition = _CONDITION.match(document.text, block.start, block.end) is not None
        leans = is_item and document.language != "ko" and (block.level > 0 or under_condition)
        if block.kind in ("paragraph", "list_item", "quote") and not leans:
            yield block.start, block.end, is_item


def sentence_language(text: str) -> str:
    """`ko` where Hangul prevails, `en` for plain Latin letters, else `und`: rules have no wording for the rest."""
    hangul = len(_HANGUL.findall(text))
    ascii_letters = len(_ASCII_LETTER.findall(text))
    letters = hangul + ascii_letters + len(_OTHER_LETTER.findall(text)) or 1
    if hangul / letters > 0.5:
        return "ko"
    return "en" if ascii_letters / letters > 0.95 else "und"


@once_per_document
def _sections(document: Document) -> tuple[list[int], list[tuple[str, ...]]]:
    path: list[Heading] = []
    starts: list[int] = [0]
    paths: list[tuple[str, ...]] = [()]
    for heading in document.headings:
        path = [*(above for above in path if above.level < heading.level), heading]
        starts.append(heading.start)
        paths.append(tuple(above.text for above in path))
    return starts, paths


def section_of(document: Document, position: int) -> tuple[str, ...]:
    """What `Document.section_at` returns, found by bisection: a changelog has thousands of headings."""
    starts, paths = _sections(document)
    return paths[bisect_right(starts, position) - 1]


@once_per_document
def prose_sentences(document: Document) -> tuple[ProseSentence, ...]:
    """Return the sentences of `document` that a question can be made of: complete, and understood alone.

    A sentence without an antecedent for its pronoun, demonstrative, relative time or bare "The …" is left out, as is
    one that is code, a fragment, or repeated in the document.
    """
    if document.language not in (*LANGUAGES, "und"):
        return ()
    return tuple(sentence for sentence in _complete_sentences(document) if not _why_unfit(sentence, document))


def _complete_sentences(document: Document) -> list[ProseSentence]:
    found: list[ProseSentence] = []
    seen: dict[str, int] = {}
    known = breaks_words(document) if document.language == "ko" else None
    for block_start, block_end, is_item in _blocks(document):
        block = document.text[block_start:block_end]
        for start, end in sentences(block):
            start += heading_end(block[start:end]) if document.language == "ko" else 0
            raw = block[start:end]
            seen[raw] = seen.get(raw, 0) + 1
            if not _SHORTEST_RAW.get(document.language, 15) <= len(raw) <= 600:
                continue
            if document.language == "ko" and start == 0 and is_continued(document, block_start):
                continue
            joined = unwrapped(raw, known) if known and "\n" in raw else raw
            if document.language == "ko" and _IN_COLUMNS.search(raw):
                continue
            if joined is None or _KO_BROKEN.search(joined) or is_amendment(document, block_start + start):
                continue
            text = _KO_LABEL.sub("", _LEAD.sub("", plain(joined)))
            language = sentence_language(text)
            if language == "en":
                text = _EN_LABEL.sub("", text)
            if is_item and language == "en" and start == 0 and end == len(block):
                if text.split(" ")[0].casefold() in IMPERATIVE:
                    continue  # a step is no statement
                text, stated = _closed(text), text
                if text != stated and is_telegraphic(text):
                    continue
            if language in LANGUAGES and _is_complete(text, language):
                at = block_start + start
                found.append(ProseSentence(at, block_start + end, text, language, section_of(document, at), start == 0))
    return [_measured(s) for s in found if seen[document.text[s.start : s.end]] == 1]


def _closed(text: str) -> str:
    """An item of a list with the full stop that such items often lack; colons and commas stay: they go on."""
    return text if not text or text[-1] in ".:;,!?" or ": " in text else f"{text}."


def _measured(sentence: ProseSentence) -> ProseSentence:
    has_digit = any(character.isdigit() for character in sentence.text)
    return ProseSentence(
        sentence.start,
        sentence.end,
        sentence.text,
        sentence.language,
        sentence.section,
        sentence.opens_block,
        tuple(find_quantities(sentence.text)) if has_digit else (),
        tuple(find_dates(sentence.text)) if has_digit else (),
    )


def _is_complete(text: str, language: str) -> bool:
    if not _SHORTEST[language] <= len(text) <= _LONGEST[language] or _UNFIT.search(text):
        return False
    if any(text.count(a) != text.count(b) for a, b in ("()", "[]", "“”", "‘’")[:3]) or text.count('"') % 2:
        return False
    if re.match(r"(?:Q|A|Question|Answer|질문|답변?|문|답)\s?\d*[.:：)]", text):
        return False  # a question with its answer is asked as it stands, by another rule
    if language == "ko":
        if _KO_FORM.search(text):
            return False  # a line of a form
        is_short = len(text.split()) < _FEWEST_WORDS and not _KO_SHORT.fullmatch(text)
        return bool(re.search(r"(?:다|요|음|함|됨)\.[”’\"')]*\Z", text)) and not is_short
    return text[0].isupper() and text.rstrip("\"”’')").endswith(".") and 6 <= len(text.split()) <= 50


def _why_unfit(sentence: ProseSentence, document: Document) -> str:
    title = document_title(document)
    if not title and not names_something(sentence.text, sentence.language):
        return "neither the document nor the sentence names what it speaks of"
    if sentence.language == "ko" and any(_EXAMPLES.match(heading) for heading in sentence.section):
        return "an example, no fact"
    named = (title, *sentence.section)
    why = why_dependent(
        sentence.text,
        sentence.language,
        dates=sentence.dates,
        named=named,
        common=small_words(document),
        is_dated=sentence.language == "ko" and bool(title and stated_day(document)),
    )
    if not why and sentence.language == "en" and lacks_main_verb(sentence.text):
        return "a fragment"
    return why


@once_per_document
def small_words(document: Document) -> frozenset[str]:
    """The words that stand in small letters somewhere in `document`."""
    return frozenset(re.findall(r"\b[a-z][\w'’-]+", document.text))


@once_per_document
def large_words(document: Document) -> frozenset[str]:
    """The words that stand with a capital inside a sentence of `document`: names."""
    return frozenset(re.findall(r"[a-z,;] ([A-Z][\w'’-]*)", document.text))


def softened(text: str, document: Document) -> str | None:
    """Return `text` with its first letter small unless its first word is a name in `document`; `None` in doubt."""
    return wording_en.softened(text, small_words(document), large_words(document))


@once_per_document
def document_title(document: Document) -> str:
    """The title by which a question may name `document`; empty where it is a file name or says nothing (`README`)."""
    stated, apart = parted_title(document)
    named = plain(stated)
    title = named.strip("# ¶")
    if title[:1] in _QUOTES and title[-1:] in _QUOTES:
        title = title[1:-1]
    is_own = any(plain(heading.text) == named for heading in document.headings)
    if not 2 <= len(title) <= 120 or title.casefold().strip(".: ") in _GENERIC_TITLES:
        return ""
    if _OF_ONE_VERSION.search(title) or _KO_CHAPTER.match(title):
        return ""
    if not is_own and (_FILE_LIKE.search(title) or title.islower()):
        return ""
    if re.search(r"\.(?:md|txt|html?|pdf|docx?|rst)\Z|[`{}<>|]", title, re.IGNORECASE):
        return ""
    return title + apart


def quoted(name: str) -> str:
    """`name` in quotation marks on one line, its own marks made single."""
    inner = " ".join(name.split()).replace("“", "‘").replace("”", "’").replace('"', "'")
    return f"“{inner}”"


def according_to(document: Document, language: str, place: str = "") -> str:
    """`According to “Title”, ` or `“제목” 제3조에 따르면, `; empty where the document has no true title."""
    title = document_title(document)
    if not title:
        return ""
    if language == "ko":
        return f"{quoted(title)}{place}에 따르면, "
    return f"According to {quoted(title)}, "


@lru_cache(maxsize=2048)
def _words_of(text: str) -> list[str]:
    return words(text)


def occurs_in(answer: str, *texts: str) -> bool:
    """True when the words of `answer` stand in one of `texts` one after the other: it would be given away."""
    sought = _words_of(answer)
    if not sought:
        return True
    for text in texts:
        there = _words_of(text)
        if any(there[i : i + len(sought)] == sought for i in range(len(there) - len(sought) + 1)):
            return True
    return False


def topic_of(document: Document) -> str:
    """The noun that an encyclopaedia article is about, from its title; empty where the title is a phrase."""
    title = re.sub(r"\s*\([^)]*\)\Z", "", document_title(document))
    is_noun = len(title) <= 14 and len(title.split()) <= 2 and not re.search(r"[,:;?!…“”\"\d]|[은는을를의]\s", title)
    return title if is_noun and title and split_particle(title)[1] in ("", "이", "가", "도", "로", "의") else ""


# `방문객 5만 명이`: a counter with a particle looks like a noun of its own (명이, 대가).
_COUNTED_SUBJECT = re.compile(
    r"[\d만천억조]\s?(?:여\s?)?(?:명|인|곳|개|건|대|권|마리|가구|점|원|회|팀|척|채|세대|기|동|편|종|병|그루|톤)[이가은는]\s"
)


# `보다는`, `에서는` mark no subject, nor does `-다가`; what stands in the name of a work is none either.
_NO_SUBJECT = re.compile(r"(?:보다|에서|으로|까지|부터|에게|동안|때)[는은]\Z|다가\Z")
_WORK_NAMED = re.compile(r"「[^」]*」|『[^』]*』|《[^》]*》|〈[^〉]*〉|‘[^’]*’")


def has_korean_subject(text: str) -> bool:
    """True when a word of `text` bears a topic or subject particle (은/는, 이/가, 께서)."""
    if _COUNTED_SUBJECT.search(text) or re.match(r"(?:[가-힣]+에서[는도]|[가-힣][은는])\s", text):
        return True  # `정부에서는`: who acts, as often as where; `불은`
    for word in re.findall(r"[가-힣A-Za-z0-9)”’\"'%·]+", _WORK_NAMED.sub("", text)):
        if _NO_SUBJECT.search(word):
            continue
        bare = re.sub(r"[)”’\"']", "", word)
        particle = split_particle(bare)[1]
        if particle in ("은", "는", "이", "가", "께서"):
            return True
    return False


# What happened is told of somebody: a clause that ends here had its own subject, or none.
_SSANG_SIOT = "".join(chr(code) for code in range(0xAC00 + 20, 0xD7A4, 28) if chr(code) not in "있겠")
_FIRST_CLAUSE = re.compile(rf"(?<=[{_SSANG_SIOT}])(?:으며|고|지만|으나),?\s")
_PAST = re.compile(rf"(?<=[{_SSANG_SIOT}])(?:다|습니다)\.|{_FIRST_CLAUSE.pattern}")
_OTHERS_ACT = re.compile(r"[가-힣]자,\s")


def _who_acts_is_told(text: str) -> bool:
    """Whether the first clause of what happened has a subject, and what follows `…하자,` has its own."""
    if re.search(r"[가-힣)”’][은는]\s", text.partition(",")[0]):
        return True
    first = _FIRST_CLAUSE.search(text)
    if first is not None:
        text = text[: first.start()]
    return has_korean_subject(_OTHERS_ACT.split(text)[-1])


# `조선 말기의 화가.`, `1931년 경기도 개풍에서 태어나 …`: how an article and a life begin.
_TELLS_WHO = re.compile(
    r"(?:[가-힣]+ ){0,4}[가-힣]+의 (?:[가-힣]+ ){0,3}[가-힣]+(?<!다)\.(?:\s|\Z)"
    r"|[^.\n]{2,90}(?:한|의|던|된|인) (?:[가-힣]+ )?[가-힣]{2,8}(?<!다)\.(?:\s|\Z)"
    r"|(?:1[0-9]|20)\d\d년?\s[^.]{0,40}(?:출생|태어나|태어났)"
)


@once_per_document
def _opening(document: Document) -> str:
    """The first paragraph below the title."""
    title = plain(parted_title(document)[0])
    for block in document.blocks:
        if block.kind == "paragraph" and plain(document.text[block.start : block.end]) != title:
            return plain(document.text[block.start : block.end])
    return ""


def _is_about(document: Document, topic: str) -> bool:
    """Whether the document makes its title a topic: `한빛전자는 …`, `김홍도(金弘道)는 …`, or tells who it is."""
    if with_particle(topic, "은/는") in document.text:
        return True
    if re.search(re.escape(topic) + r"\s?\([^)\n]{1,120}\)\s?[은는]\s", document.text[:1000]):
        return True
    return _TELLS_WHO.match(_opening(document)) is not None


def with_subject(sentence: ProseSentence, document: Document) -> str | None:
    """Return the Korean sentence with its topic put in where the subject is dropped; `None` where it stays unknown.

    An article about one thing speaks of it under its title (`한빛전자는 …`): then the title is the topic. A rule or a
    manual in the present tense needs none when the question names the document.
    """
    is_past = _PAST.search(sentence.text) is not None
    if sentence.language != "ko":
        return sentence.text
    if has_korean_subject(sentence.text) and not (is_past and not _who_acts_is_told(sentence.text)):
        return sentence.text
    if article_at(document, sentence.start):
        return None  # who must do so stands in another sentence of the article
    topic = topic_of(document)
    if topic and _is_about(document, topic):
        return f"{with_particle(topic, '은/는')} {sentence.text}"
    return sentence.text if document_title(document) and sentence.opens_block and not is_past else None
