"""Words that stand where a title should, and name no document: `Contents`, `Sheet1`, `PowerPoint Presentation`."""

import re

_NO_TITLE = re.compile(
    r"""\W*(?:
    # what a program put there
    (?:microsoft\s)?(?:word|powerpoint|excel)(?:\s[-–]\s.*|\spresentation|\sdocument)?|presentation\d*|pr[äé]sentation|document\d*|
    untitled.*|제목\s?없음|프레젠테이션\s?\d*|문서\s?\d+|無題.*|無標題.*|title(?:\stext)?|page\s\d+|slide\s\d+|model|layout\d*|home|index|
    (?:sheet|tabelle|feuil|hoja|foglio|лист|시트|工作表|シート)\s?\d*|.*\.(?:docx?|hwpx?|pdf|indd|xlsx?|pptx?|html?|odt|tex|dvi|qxd|rtf|p65)|
    # the part of a document that comes before it
    (?:table\sof\s)?contents|preface|foreword|abstract|index|acknowledge?ments?|copyright.*|목\s*차|차\s*례|서문|머리말|초록|
    目\s*次|目\s*录|目\s*錄|前\s*言|はじめに|まえがき|inhalt(?:sverzeichnis)?|vorwort|sommaire|table\sdes\smatières|
    índice(?:\sgeneral)?|prefacio|indice|sumário|содержание|оглавление|предисловие|innehåll|spis\streści|obsah|المحتويات|תוכן(?:\sהעניינים)?
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)


def names_nothing(title: str) -> bool:
    """Say whether `title` would not tell one document from another."""
    return not any(character.isalpha() for character in title) or _NO_TITLE.fullmatch(title) is not None
