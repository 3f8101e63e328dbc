"""The names of the built-in models, cheap to import: help texts and error messages list them."""

BASELINES: dict[str, str] = {
    "random": "an option, or a word of the question, by lot",
    "first": "the first option",
    "longest": "the longest option",
    "overlap": "the option that shares most words with the question",
}
"""Models that read nothing: what a shortcut alone would score."""

READERS: dict[str, str] = {
    "keyword": "the sentence that shares most words",
    "bm25": "the sentence that a search ranks first",
    "ngram": "the sentence that shares most character trigrams",
}
"""Models without memory that read what the condition shows."""

HOLDERS: dict[str, float] = {"holder-25": 0.25, "holder-50": 0.5, "holder-75": 0.75, "holder-100": 1.0}
"""Closed-book models that remember this share of the documents; each remembers all that a smaller one does."""

BUILTIN_NAMES: tuple[str, ...] = (*BASELINES, *READERS, *HOLDERS, "oracle")
