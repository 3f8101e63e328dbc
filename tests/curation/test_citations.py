import pytest

from benchwright.curation.citations import Repair, says_the_same

TEXT = (
    "The Elbe Bridge was opened on 14 March 1998.  It is 312\u00a0metres long and doesn’t carry trains. "
    "Maintenance costs rose to 2.5 million euros, mostly because of corrosion of the southern pylon.\n"
    "한빛대교는 1998년 3월 14일에 개통되었다. 화물차는 야간에 통행할 수 없다."
)


def found(quotation: str) -> list[str]:
    return [TEXT[start:end] for start, end in Repair().find(quotation, TEXT)]


@pytest.mark.parametrize(
    ("quotation", "true"),
    [
        ("It is 312 metres long and doesn't carry trains.", "It is 312\u00a0metres long and doesn’t carry trains."),
        ("“opened on 14 March 1998. It is”", "opened on 14 March 1998.  It is"),
        ("mostly because of corosion of the southern pylon", "mostly because of corrosion of the southern pylon"),
        ("Maintenance costs rose to 2.5 million euros because", None),
        ("한빛대교는 1998년  3월 14일에 개통되었다", "한빛대교는 1998년 3월 14일에 개통되었다"),
    ],
)
def test_a_close_quotation_is_repaired_to_the_true_span(quotation: str, true: str | None) -> None:
    assert found(quotation) == ([true] if true else [])


def test_a_quotation_with_an_ellipsis_becomes_one_span_a_part() -> None:
    assert found("The Elbe Bridge was opened … carry trains.") == ["The Elbe Bridge was opened", "carry trains."]


@pytest.mark.parametrize(
    "quotation",
    [
        "It is 321 metres long and doesn't carry trains.",
        "It is 312 metres long and does carry trains.",
        "The Oder Bridge was opened on 14 March 1998.",
        "mostly because of corrosion of the northern pylon",
        "한빛대교는 1998년 3월 15일에 개통되었다",
        "화물차는 야간에 통행할 수 있다.",
        "한솔대교는 1998년 3월 14일에 개통되었다",
        "Nothing of this kind stands in the text at all.",
    ],
)
def test_a_quotation_with_another_number_name_or_negation_is_not_repaired(quotation: str) -> None:
    assert found(quotation) == []


def test_a_misspelt_name_is_another_name() -> None:
    assert not says_the_same("signed by Martha Johnston yesterday", "signed by Martha Johnson yesterday")
