from benchwright.text.bm25 import Bm25


def test_the_passage_that_shares_rare_words_comes_first() -> None:
    index = Bm25(["the cat sat on the mat", "a dog ran", "the cat and the zebra"])
    assert [found for found, _ in index.search("zebra cat", 3)] == [2, 0]


def test_what_shares_nothing_is_not_returned() -> None:
    assert Bm25(["one passage"]).search("other words", 5) == []
    assert Bm25([]).search("anything", 5) == []


def test_korean_words_are_found_inside_compounds() -> None:
    index = Bm25(["고양이 이야기", "개인정보보호법의 목적"])
    assert index.search("개인정보", 1)[0][0] == 1


def test_japanese_is_found_without_blanks() -> None:
    assert Bm25(["猫の話", "東京は日本の首都"]).search("日本の首都", 1)[0][0] == 1


def test_signs_that_make_a_language_are_kept() -> None:
    assert Bm25(["about C#", "about C++"]).search("C++", 1)[0][0] == 1
