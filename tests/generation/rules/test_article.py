import re

from tests.written import offered, texts, written

from benchwright.generation.rules.article import Article

TITLES = ["Purpose", "Fees", "Confidentiality", "Liability", "Data protection", "Governing law", "Termination"]


def contract(titles: list[str], *, mark: str = "## Article {} – {}") -> str:
    return (
        "# Service Agreement\n\n" + "\n\n".join(mark.format(i, t) + "\n\nText." for i, t in enumerate(titles, 1)) + "\n"
    )


def test_title_and_number_of_an_article_belong_together() -> None:
    document = written(contract(TITLES), title="Service Agreement")
    questions = offered(Article(), document)
    assert questions
    for question in questions:
        both = f"{question.text} {question.answer}"
        number = re.search(r"[Aa]rticle (\d+)", both)
        assert number is not None
        assert TITLES[int(number[1]) - 1] in both
        assert f"Article {number[1]}" in question.citations[0].text


def test_options_never_mix_and_the_first_articles_are_not_asked() -> None:
    questions = offered(Article(), written(contract(TITLES), title="Service Agreement"))
    assert "Purpose" not in texts(questions)
    assert len({frozenset(q.choices) for q in questions}) == 1


def test_an_article_that_repeats_another_title_is_left_alone() -> None:
    titles = [*TITLES, "Consequences of termination"]
    questions = offered(Article(), written(contract(titles), title="Service Agreement"))
    assert questions
    assert "ermination" not in texts(questions) + " ".join(q.answer for q in questions)


def test_sections_of_a_book_that_is_no_rule_book_are_left_alone() -> None:
    text = contract(TITLES, mark="## Section {}. {}")
    assert offered(Article(), written(text, title="Bee keeping")) == []
    assert offered(Article(), written(text, title="Bylaws of the society"))


def test_two_articles_of_one_number_make_the_rule_hold_back() -> None:
    text = contract(TITLES) + "\n## Article 3 – Annex\n"
    assert offered(Article(), written(text, title="Service Agreement")) == []


def test_korean_articles_are_found_in_running_lines() -> None:
    titles = ["목적", "보증금", "차임", "관리비", "수선 의무", "전대 금지"]
    text = "임대차 계약서\n\n" + "\n".join(f"제{i}조({title}) 임차인이 정한다." for i, title in enumerate(titles, 1))
    questions = offered(Article(), written(text, title="임대차 계약서", language="ko"))
    assert len(questions) == 4
    assert all(re.search(r"제\d조", f"{q.text} {q.answer}") for q in questions)
    assert all(re.fullmatch(r"제\d조\([^)]+\)", q.citations[0].text) for q in questions)
