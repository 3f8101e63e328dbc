"""A question: what is asked, its reference answer, and the exact spans that support it."""

from typing import Literal

from pydantic import model_validator

from benchwright.records.base import Record, content_hash

Form = Literal["choice", "short", "open"]


class Citation(Record):
    """An exact span of a document that supports the answer: `document.text[start:end] == text`."""

    document_id: str
    start: int
    end: int
    text: str


class Provenance(Record):
    """Who wrote a question, and how. Not part of its identity."""

    writer: str
    """`rule:table_cell`, a model's name, `import:FILE` or `person`."""
    prompt: str = ""
    """Hash of the prompt file a model was given; empty for rules."""
    seed: int | None = None
    note: str = ""


class Question(Record):
    """One question of a benchmark.

    `answer` is the reference answer; in the form `choice` it is one of `choices`. `accepted` are other wordings that
    are as right. The id is the SHA-256 of form, text, sorted choices, answer, and cited documents and spans: tags,
    provenance and option order do not change it.
    """

    id: str = ""
    form: Form
    kind: str
    text: str
    choices: tuple[str, ...] = ()
    answer: str
    accepted: tuple[str, ...] = ()
    rubric: str = ""
    language: str
    citations: tuple[Citation, ...] = ()
    document: str = ""
    """Title of the (first) cited document."""
    section: str = ""
    """Heading path of the (first) citation, joined by ` › `."""
    difficulty: str = ""
    tags: tuple[str, ...] = ()
    provenance: Provenance
    slot: str = ""
    """The fact asked for; questions with one slot are interchangeable twins. Reserved."""
    edition: str = ""
    replaces: str = ""
    """Id of the question this one is an edit of."""
    extra: str = ""
    """JSON object of the user's own fields, as text so that the column keeps one type."""

    @model_validator(mode="after")
    def _identify(self) -> "Question":
        if self.form == "choice" and self.answer not in self.choices:
            raise ValueError(f"the answer {self.answer!r} is not among the choices {list(self.choices)!r}")
        if len(set(self.choices)) != len(self.choices):
            raise ValueError(f"two choices are the same: {list(self.choices)!r}")
        expected = content_hash(
            {
                "form": self.form,
                "text": self.text,
                "choices": sorted(self.choices),
                "answer": self.answer,
                "citations": [[c.document_id, c.start, c.end] for c in self.citations],
            }
        )
        if self.id and self.id != expected:
            raise ValueError(f"question id {self.id[:12]}… is not the hash of its content ({expected[:12]}…)")
        object.__setattr__(self, "id", expected)
        return self

    @property
    def key(self) -> int | None:
        """Position of the answer among the choices; `None` in other forms."""
        return self.choices.index(self.answer) if self.form == "choice" else None

    @property
    def document_ids(self) -> tuple[str, ...]:
        """The documents it cites, each once, in order."""
        return tuple(dict.fromkeys(citation.document_id for citation in self.citations))


class RejectedQuestion(Record):
    """A question that a check dropped, with the codes and the reasons in plain words."""

    question: Question
    codes: tuple[str, ...]
    reasons: tuple[str, ...]
