from benchwright.text.quotes import locate_quote

SOURCE = (
    "The pump runs at 4,500 rpm.  It must not be\nopened while hot. 펌프는 분당 4,500회 회전한다. Service it yearly."
)


def spans(quote: str) -> list[str]:
    return [SOURCE[piece.start : piece.end] for piece in locate_quote(quote, SOURCE)]


def test_a_verbatim_quote_is_found_across_a_line_break() -> None:
    assert spans("must not be opened while hot") == ["must not be\nopened while hot"]


def test_a_quote_with_an_ellipsis_gives_two_spans() -> None:
    assert spans("The pump runs at 4,500 rpm … Service it yearly") == [
        "The pump runs at 4,500 rpm",
        "Service it yearly",
    ]


def test_a_misspelt_quote_is_repaired_to_the_true_span() -> None:
    assert spans("It must not be opend while hot") == ["It must not be\nopened while hot"]
    assert spans("펌프는 분당 4,500회 회전합니다")[0].startswith("펌프는 분당 4,500회 회전")


def test_an_invented_quote_is_not_found() -> None:
    assert spans("The warranty covers five years of unlimited use") == []
    assert spans("The pump runs at 4,500 rpm … The warranty covers five years") == []


def test_an_empty_quote_proves_nothing() -> None:
    assert spans("") == []
    assert spans("…") == []
