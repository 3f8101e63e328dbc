import pytest

from benchwright.text.particles import split_particle, strip_particle, with_particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("책", "을/를", "책을"),
        ("학교", "을/를", "학교를"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("2", "이/가", "2가"),
        ("100", "은/는", "100은"),
        ("10", "이/가", "10이"),
        ("2017", "으로/로", "2017로"),
        ("AI", "을/를", "AI를"),
        ("LLM", "은/는", "LLM은"),
        ("50%", "을/를", "50%를"),
        ("Data Plane", "은/는", "Data Plane은"),
        ("Name", "이/가", "Name이"),
        ("Code", "은/는", "Code는"),
        ("(주)한빛", "은/는", "(주)한빛은"),
        ("☆", "을/를", "☆을/를"),
    ],
)
def test_the_form_fits_the_last_sound(word: str, pair: str, expected: str) -> None:
    assert with_particle(word, pair) == expected


@pytest.mark.parametrize(
    ("word", "stem", "particle"),
    [
        ("서울은", "서울", "은"),
        ("2024년에는", "2024년", "에는"),
        ("정부로부터", "정부", "로부터"),
        ("책으로", "책", "으로"),
        ("김철수가", "김철수", "가"),
        ("제1조의", "제1조", "의"),
    ],
)
def test_particles_come_off(word: str, stem: str, particle: str) -> None:
    assert split_particle(word) == (stem, particle)


@pytest.mark.parametrize("word", ["회의", "민주주의", "도로", "결과", "나이", "물가", "house", "東京は", ""])
def test_nouns_that_only_look_like_it_stay_whole(word: str) -> None:
    assert strip_particle(word) == word


def test_an_unknown_pair_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_particle("책", "을/은")
