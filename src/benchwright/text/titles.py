"""What a title says of a document's subject: its words without those for its kind, such as `report` or `규정`."""

import re

from benchwright.text.tokens import content_words

# What a title says of the kind of its document, not of its subject.
_GENRE = re.compile(
    r"(?:terms|conditions|rules?|polic(?:y|ies)|manuals?|guides?|reports?|statements?|notes?|minutes|agm|faqs?|questions?"
    r"|answers?|agreements?|contracts?|lease|lists?|prices?|releases?|press|handbooks?|notices?|procedures?|plan|service"
    r"|services|general|customers?|employees?|products?|owner|user|revision|version|extract|effective|accounts?|company"
    r"|ltd|inc|plc|llp|corp|gmbh"
    r"|규정|규칙|약관|이용약관|안내|보고|보고서|회의록|질문|문답|절차|설명서|사용설명서|매뉴얼|공고|계약|계약서|보도자료|개정|발췌|제품|서비스|고객"
    r"|고객서비스|결과|자주|묻는|운영|운영위원회|이용|주식회사|연차보고서|취업규칙)"
)


def subject_words(title: str) -> frozenset[str]:
    """Return the words of a title that name what its document is about; empty where it names only a kind."""
    return frozenset(word for word in content_words(title) if not _GENRE.fullmatch(word))
