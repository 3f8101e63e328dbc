"""Documents of one title are told apart, in their titles and in what is asked of them."""

from pathlib import Path

from tests.written import written

from benchwright.generation.rules import context, framing
from benchwright.generation.same_titles import parted_title, told_apart
from benchwright.records import Document
from benchwright.workflows.generate import generate

POLICY = "# Leave Policy\n\nEmployees in {land} are entitled to {days} days of annual leave."


def policy(path: str, land: str, days: int, title: str = "Leave Policy") -> Document:
    return written(POLICY.format(land=land, days=days), title=title).model_copy(update={"path": path})


def test_the_fewest_last_parts_of_the_path_tell_documents_apart() -> None:
    first, second, third = told_apart(
        [
            policy("hr/uk/leave.md", "Wales", 26),
            policy("hr/us/leave.md", "Ohio", 18),
            policy("hr/us/old.md", "Utah", 17),
        ]
    )
    assert [document.title for document in (first, second, third)] == [
        "Leave Policy (uk/leave.md)",
        "Leave Policy (us/leave.md)",
        "Leave Policy (old.md)",
    ]


def test_a_title_that_no_other_document_bears_stays() -> None:
    one, other = policy("a.md", "Wales", 26), policy("b.md", "Ohio", 18, title="Travel Policy")
    assert told_apart([one, other]) == [one, other]


def test_a_document_that_a_benchmark_holds_already_keeps_its_title() -> None:
    new = policy("new/leave.md", "Ohio", 18)
    assert told_apart([new], known=[policy("old/leave.md", "Wales", 26)])[0].title == "Leave Policy (new/leave.md)"
    assert told_apart([new], known=[new]) == [new]


def test_what_stands_behind_a_title_is_parted_from_it() -> None:
    document = told_apart([policy("uk/leave.md", "Wales", 26), policy("us/leave.md", "Ohio", 18)])[0]
    assert parted_title(document) == ("Leave Policy", " (uk/leave.md)")
    assert parted_title(policy("a.md", "Wales", 26, title="Leave Policy (2024)")) == ("Leave Policy (2024)", "")


def test_a_title_that_says_nothing_says_no_more_with_its_path() -> None:
    first, _ = told_apart(
        [policy("a/readme.md", "Wales", 26, title="README"), policy("b/readme.md", "Ohio", 18, "README")]
    )
    assert context.document_title(first) == ""


def test_a_section_called_like_the_document_is_the_document() -> None:
    first, _ = told_apart([policy("uk/leave.md", "Wales", 26), policy("us/leave.md", "Ohio", 18)])
    assert framing.section_place(first, ("Leave Policy",)) == framing.Place("Leave Policy (uk/leave.md)")


def test_every_question_on_one_of_two_policies_says_which(tmp_path: Path) -> None:
    for land, name, days in (("uk", "Wales", 26), ("us", "Ohio", 18)):
        (tmp_path / "docs" / land).mkdir(parents=True)
        (tmp_path / "docs" / land / "leave.md").write_text(POLICY.format(land=name, days=days))
    questions = generate(tmp_path / "docs", tmp_path / "benchmark").benchmark.questions
    assert questions
    assert all("(uk/leave.md)" in question.text or "(us/leave.md)" in question.text for question in questions)
