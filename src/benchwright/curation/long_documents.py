"""What of a long document is shown to a solver: all of a short one, of a long one the parts that could matter.

A whole book does not fit into a prompt, and nobody wants to pay for it with every question. Shown are the parts that a
search ranks first for the question, and those that it cites, in reading order; so many that the estimate is right.
"""

from itertools import pairwise

from benchwright.records import Document, Question
from benchwright.text.bm25 import ranked_once

WHOLE = 40_000
"""Characters up to which a document is shown whole."""

PART = 2_000
SHOWN_PARTS = 12


def shown_text(document: Document, question: Question) -> str:
    """Return the text of `document` that is shown for `question`, with a mark where something is left out."""
    if len(document.text) <= WHOLE:
        return document.text
    starts = _parts(document.text)
    parts = [document.text[start:end] for start, end in pairwise(starts)]
    wanted = set(ranked_once(parts, "\n".join([question.text, *question.choices]))[:SHOWN_PARTS])
    for citation in question.citations:
        if citation.document_id == document.id:
            wanted |= {
                place
                for place, start in enumerate(starts[:-1])
                if start < citation.end and citation.start < starts[place + 1]
            }
    # Where the search finds less, the beginning says what the document is; and every question costs the same.
    wanted |= set(range(max(0, min(SHOWN_PARTS - len(wanted), len(parts)))))
    shown: list[str] = []
    before = -1
    for place in sorted(wanted):
        if place != before + 1:
            shown.append("\n[…]\n")
        shown.append(parts[place])
        before = place
    return "".join(shown) + ("" if before == len(parts) - 1 else "\n[…]")


def _parts(text: str) -> list[int]:
    """Where the parts of a text begin (and the last ends), cut at line breaks or blanks."""
    starts = [0]
    while len(text) - starts[-1] > PART:
        limit = starts[-1] + PART
        cut = text.rfind("\n", starts[-1] + PART // 2, limit)
        if cut < 0:
            cut = text.rfind(" ", starts[-1] + PART // 2, limit)
        starts.append(cut + 1 if cut >= 0 else limit)
    return [*starts, len(text)]
