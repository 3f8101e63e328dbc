"""The one table of curation codes; docs/reference/findings.md shows it, and a test compares the two."""

from benchwright.curation.check import Code

NO_CITATION = Code(
    "CUR001", "no_citation", "reject", "A", "The question cites no document.", "Cite the span that supports the answer."
)
CITATION_NOT_FOUND = Code(
    "CUR002",
    "citation_not_found",
    "reject",
    "A",
    "The cited words do not stand in the document, or with another number, name or negation.",
    "Quote the document word for word.",
)
CITATION_REPAIRED = Code(
    "CUR003",
    "citation_repaired",
    "flag",
    "A",
    "The quotation was close to the document and was replaced by the true span.",
    "Nothing; look at the span if it matters.",
)
ANSWER_NOT_CITED = Code(
    "CUR004",
    "answer_not_cited",
    "reject",
    "B",
    "A number, date, name or the gist of the answer does not stand in the citation.",
    "Correct the answer, or cite the span that holds it.",
)
ANSWER_NEGATED = Code(
    "CUR005",
    "answer_negated",
    "reject",
    "B",
    "The answer says the opposite of its citation: one of them is negated.",
    "Correct the answer.",
)
DERIVATION_WRONG = Code(
    "CUR006",
    "derivation_wrong",
    "reject",
    "A",
    "The answer is to be computed from cited figures, and computing them again gives something else.",
    "Correct the answer or the declared operation.",
)
ANSWER_IN_QUESTION = Code(
    "CUR007",
    "answer_in_question",
    "reject",
    "B",
    "The question gives its own answer away.",
    "Take the answer out of the question.",
)
UNSEEN_CONTEXT = Code(
    "CUR008",
    "unseen_context",
    "reject",
    "B",
    "The question cannot be understood alone: it points at a text, table, person or time that a reader does not see.",
    "Name what is meant.",
)
MALFORMED = Code(
    "CUR009",
    "malformed",
    "reject",
    "A",
    "Something is missing or twice: no text, no answer, fewer than two options, one option twice, two questions.",
    "Complete the question.",
)
EXACT_DUPLICATE = Code(
    "CUR010",
    "exact_duplicate",
    "reject",
    "A",
    "The same question, spelling and punctuation aside, came before.",
    "Keep one.",
)
NEAR_DUPLICATE = Code(
    "CUR011",
    "near_duplicate",
    "reject",
    "B",
    "A question in nearly the same words, about the same facts and with the same answer, came before.",
    "Keep one.",
)
TOO_EASY = Code(
    "CUR012",
    "easier_than_ordered",
    "reject",
    "B",
    "The question was ordered as hard, and one sentence of its source gives the answer.",
    "Ask for what two statements give together, or order it as easy.",
)
NAMES_NOTHING = Code(
    "CUR013",
    "names_no_document",
    "flag",
    "C",
    "The benchmark has several documents, and nothing in the question says which of them it asks about.",
    "Name the company, product, rule or report.",
)
CITES_AN_ORDER = Code(
    "CUR014",
    "cites_an_order",
    "reject",
    "B",
    "The question rests on words of the document that order a language model about, which are no fact.",
    "Cite what the document says of its subject.",
)
LONGEST_OPTION = Code(
    "CUR020", "longest_option", "flag", "C", "The right option is much the longest.", "Make the options equally long."
)
ABSOLUTE_TERMS = Code(
    "CUR021",
    "absolute_terms",
    "flag",
    "C",
    "Wrong options speak in absolutes (always, never, 반드시) and the right one does not.",
    "Take the absolutes out.",
)
GRAMMATICAL_CUE = Code(
    "CUR022",
    "grammatical_cue",
    "flag",
    "C",
    "Only the right option fits the grammar of the question (a/an, singular and plural, the Korean particle).",
    "Write both forms, or make the options alike.",
)
REPEATED_STEM_WORD = Code(
    "CUR023",
    "repeated_stem_word",
    "flag",
    "C",
    "Only the right option repeats a word of the question.",
    "Use the word in the other options too, or in none.",
)
ALL_OR_NONE = Code(
    "CUR024",
    "all_or_none",
    "flag",
    "C",
    'An option is "all of the above" or "none of the above".',
    "Replace the option.",
)
ODD_ONE_OUT = Code(
    "CUR025",
    "odd_one_out",
    "flag",
    "C",
    "The right option differs in form from all others: only it has digits, or only it has none.",
    "Give the options one form.",
)
KEY_POSITIONS = Code(
    "CUR040",
    "key_positions",
    "set",
    "A",
    "How evenly the right options lie over the positions A, B, C …",
    "Shuffle the options again.",
)
LONGEST_OVER_THE_SET = Code(
    "CUR041",
    "longest_over_the_set",
    "set",
    "A",
    "How often the right option is the longest, against chance.",
    "Shorten right options or lengthen wrong ones.",
)
COVERAGE = Code(
    "CUR042",
    "coverage",
    "set",
    "A",
    "Which share of the sections of the documents is asked about.",
    "Ask for more questions, or accept what is not tested.",
)
REVIEW_QUEUE = Code(
    "CUR043",
    "review_queue",
    "set",
    "A",
    "How many questions carry two or more flags.",
    "Look at these questions first.",
)

CODES: tuple[Code, ...] = (
    NO_CITATION,
    CITATION_NOT_FOUND,
    CITATION_REPAIRED,
    ANSWER_NOT_CITED,
    ANSWER_NEGATED,
    DERIVATION_WRONG,
    ANSWER_IN_QUESTION,
    UNSEEN_CONTEXT,
    MALFORMED,
    EXACT_DUPLICATE,
    NEAR_DUPLICATE,
    TOO_EASY,
    NAMES_NOTHING,
    CITES_AN_ORDER,
    LONGEST_OPTION,
    ABSOLUTE_TERMS,
    GRAMMATICAL_CUE,
    REPEATED_STEM_WORD,
    ALL_OR_NONE,
    ODD_ONE_OUT,
    KEY_POSITIONS,
    LONGEST_OVER_THE_SET,
    COVERAGE,
    REVIEW_QUEUE,
)
"""Every code of curation, in order."""
