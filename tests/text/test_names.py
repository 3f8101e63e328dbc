from benchwright.text.names import find_names


def found(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in find_names(text)]


def test_english_names_are_told_by_capitals_titles_and_endings() -> None:
    assert found("However, CEO Tim Cook of Apple Inc met President Joe Biden in New York.") == [
        ("Tim Cook", "person"),
        ("Apple Inc", "organisation"),
        ("Joe Biden", "person"),
        ("New York", "name"),
    ]


def test_an_of_inside_an_organisation_stays() -> None:
    assert ("Bank of America", "organisation") in found("The Bank of America declined.")


def test_korean_names_are_told_by_titles_and_endings() -> None:
    assert found("서울대학교 김철수 교수는 한국전력공사와 만났다.") == [
        ("서울대학교", "organisation"),
        ("김철수", "person"),
        ("한국전력공사", "organisation"),
    ]


def test_spans_are_exact() -> None:
    text = "Dr. Ann O'Neil-Smith met the University of Seoul and 홍길동 대표이사."
    assert all(text[name.start : name.end] == name.text for name in find_names(text))
