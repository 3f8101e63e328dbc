"""Questions on which article of a contract or rule book regulates what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.clauses import are_in_order, supplement_start
from benchwright.generation.rules.context import quoted
from benchwright.generation.rules.framing import Span, build_question, content, document_name, wording_language
from benchwright.generation.rules.ladder import frozen_chance
from benchwright.generation.rules.options import option_groups
from benchwright.records import Document, Passage, Question

KOREAN_ARTICLE = "조"
_KOREAN = re.compile(
    r"[ \t]*(?P<name>제\s?(?P<number>\d+)\s?조(?:의\s?\d+)?)\s?[((【\[](?P<title>[^))】\]\n]{2,40})[))】\]]",
)
# A heading may name the matter without brackets: `제18조 목사의 직무`.
_KOREAN_HEADING = re.compile(
    r"(?P<name>제\s?(?P<number>\d+)\s?조(?:의\s?\d+)?)[ \t.:]+(?P<title>[가-힣A-Za-z][^\n.!?]{1,29})(?<!다)"
)
_ENGLISH = re.compile(
    r"[ \t]*(?P<name>(?P<word>Article|ARTICLE|Clause|CLAUSE|Section|SECTION|Rule|Art\.|Sec\.|§)\s?"
    r"(?P<number>\d{1,3}[a-z]?|[IVX]{1,6}\b))\s?[.:–—)\-]?\s*"
    r"\(?(?P<title>[A-Z][^\n:;()]{2,70}?)\)?[.]?[ \t]*"
)
_RULE_BOOK = re.compile(
    r"\b(?:agreement|contract|terms|polic(?:y|ies)|bylaws?|by-laws|rules|regulations?|act|statutes?|charter"
    r"|code|constitution|lease"
    r"|conditions|ordinance|licen[cs]e|handbook|directive)\b",
    re.IGNORECASE,
)
_UNTELLING = re.compile(
    r"(?:purpose|definitions?|general(?: provisions)?|scope|subject(?: matter| of .*)?|preamble|introduction"
    r"|miscellaneous|other(?: provisions)?"
    r"|final(?: provisions)?|dissolution|amendments?|severability|entire agreement"
    r"|repealed|reserved|interpretation|name(?: and seat)?|overview|application|annex(?:es)?"
    r"|목적|정의|용어|용어의 뜻|용어의 정의|총칙|기타|기타 사항|부칙|준용|준용\s?규정|시행일|적용 범위|적용범위"
    r"|삭제|명칭|효력)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Article:
    word: str
    name: str
    title: str
    span: Span


@dataclass(frozen=True)
class Article:
    """Which article regulates a matter, or what an article regulates: one direction a document.

    Titles that any contract has in the same place (purpose, definitions) and titles that another article nearly repeats
    are left alone.
    """

    fewest_articles: int = 5

    @property
    def kind(self) -> str:
        """`article`."""
        return "article"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question an article."""
        language = wording_language(document)
        book = document_name(document)
        if language is None or not book:
            return
        articles = self._counted(_articles(document, language))
        # What stands first and last in any rule book is guessed by its place.
        inner = articles[1:-1] if language == "en" else articles
        telling = [article for article in inner if _is_telling(article, articles)]
        asks_number = int(document.id[:8], 16) % 2 == 0
        shown = [article.name if asks_number else article.title for article in telling]
        groups = option_groups(shown, chance=frozen_chance(document.id, self.kind))
        for group in groups:
            for position in sorted(group):
                article = telling[position]
                yield build_question(
                    document,
                    kind=self.kind,
                    text=_text(book, article, language, asks_number=asks_number),
                    answer=shown[position],
                    choices=[shown[i] for i in group],
                    spans=[article.span],
                    language=language,
                )

    def _counted(self, found: Sequence[_Article]) -> list[_Article]:
        """The articles of the outermost division that numbers each of its parts once; empty where there is none."""
        for word in dict.fromkeys(article.word for article in found):
            articles = [article for article in found if article.word == word]
            if word == KOREAN_ARTICLE and not are_in_order([article.name for article in articles]):
                continue  # quoted from several laws
            if len(articles) >= self.fewest_articles and len({article.name for article in articles}) == len(articles):
                return articles
        return []


def _text(book: str, article: _Article, language: str, *, asks_number: bool) -> str:
    if language == "ko":
        if asks_number:
            return f"{quoted(book)}에서 {quoted(article.title)}에 관하여 정한 조항은 제몇 조입니까?"
        return f"{quoted(book)} {article.name}에서 정하고 있는 사항은 무엇입니까?"
    word = article.name.split()[0].casefold() if article.name[0].isalpha() else "section (§)"
    word = {"art.": "article", "sec.": "section"}.get(word, word)
    if asks_number:
        return f"Which {word} of {quoted(book)} deals with {quoted(article.title)}?"
    return f"What does {article.name} of {quoted(book)} deal with?"


def _articles(document: Document, language: str) -> list[_Article]:
    """The articles of a rule book in reading order, from headings and from lines that begin with one."""
    found: list[_Article] = []
    for block in document.blocks:
        if block.kind not in ("heading", "paragraph", "list_item"):
            continue
        if language == "ko" and block.start >= supplement_start(document):
            break
        position = block.start
        for line in document.text[block.start : block.end].split("\n"):
            article = _article(
                line,
                position,
                language,
                is_rule_book=_RULE_BOOK.search(document.title) is not None,
                is_heading=block.kind == "heading",
            )
            if article is not None:
                found.append(article)
            position += len(line) + 1
    return found


def _article(
    line: str, position: int, language: str, *, is_rule_book: bool, is_heading: bool = False
) -> _Article | None:
    if language == "ko":
        match = _KOREAN.match(line) or (_KOREAN_HEADING.fullmatch(line.strip()) if is_heading else None)
    else:
        match = _ENGLISH.fullmatch(line.strip("*_ ") if line[:1] in "*_" else line)
        position += len(line) - len(line.lstrip("*_ ")) if line[:1] in "*_" else 0
        if match and match["word"].title() in ("Section", "Sec.", "Rule") and not is_rule_book:
            return None
    if match is None:
        return None
    start, end = match.start("name"), match.end("title")
    closing = 1 if match.re is _KOREAN else 0
    word = KOREAN_ARTICLE if language == "ko" else match["word"].title()
    return _Article(
        word, match["name"], match["title"].strip().rstrip("."), (position + start, position + end + closing)
    )


def _is_telling(article: _Article, articles: Sequence[_Article]) -> bool:
    if _UNTELLING.fullmatch(article.title):
        return False
    mine = content(article.title)
    for other in articles:
        if other is article:
            continue
        theirs = content(other.title)
        if mine and len(mine & theirs) * 2 >= min(len(mine), len(theirs) or 1):
            return False
    return bool(mine)
