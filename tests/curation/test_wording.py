import pytest

from benchwright.curation.pointers import pointer
from benchwright.curation.wording import leaks


@pytest.mark.parametrize(
    "text",
    [
        "According to the passage, who signed the lease?",
        "In the table above, what is the price of a loaf?",
        "When did he leave Norrvik Ferries?",
        "Which bridge was opened last year?",
        "What does this policy cover in Leiden?",
        "When was the company founded?",
        "What is it made of?",
        "Who won at that time?",
        "위 표에서 가장 비싼 제품은 무엇인가?",
        "이 제도의 시행일은 언제인가?",
        "그는 언제 입사하였는가?",
        "작년에 팔린 난로는 몇 대인가?",
        "본문에 따르면 소장은 누구인가?",
        "3년 전에 문을 연 공장은 어디인가?",
    ],
)
def test_a_question_that_points_outside_itself_is_found(text: str) -> None:
    assert pointer(text)


@pytest.mark.parametrize(
    "text",
    [
        "According to the table “Fees” in “Price List”, what does a day ticket cost?",
        "Which number completes this sentence from “Annual Report”? “Sales reached ____ in June.”",
        "Who said “We will not raise prices this year”?",
        "How long may a customer keep a book before it must be returned?",
        "What did Ruth Adeyemi say about her pension?",
        "How long does it take to sail from Bergen to Aberdeen?",
        "Which of those who apply before May receive a grant?",
        "Above 30 degrees, what happens to the Rotana 5?",
        "On 3 October 2024 the Corran index fell by 9 points. How far did the Lomond index fall that day?",
        "I work in Northway's harbour office. May our head approve a trip for 900 euros?",
        "I work two night shifts at Northway this week. How many euros of allowance do I get?",
        "전년도에 80% 이상 출근한 모루상사 직원의 연차휴가는 며칠인가?",
        "달리아 서버에서 요청만 선언한 작업이 거부될 수 있는 이유와 이를 피하는 방법은 무엇인가?",
        "모루상사 고객이 같은 해에 이전 설치를 두 번 신청하면 설치비는 얼마인가?",
        "저희는 작년에 모루상사 제품을 9억원어치 매입한 대리점입니다. 올해 외상 한도는 얼마인가요?",
        "올해 3월에 모루상사 제품을 한 번 옮겨 설치했는데 10월에 또 이사합니다. 설치비를 내야 하나요?",
        "모루상사의 난로 LK-16을 빌려 쓰다 잃어버린 고객이 낼 배상금은 이 제품 월 렌털료의 몇 배인가?",
        "Norvik 서버에서 agent이 실패하지 않고 오류를 남기는 기능은 무엇인가?",
        "`norvikd`이 실패하지 않고 오류를 남기는 기능은 무엇인가?",
        "“단가표”의 “장류 단가” 표에서 다음 중 “가격”이 가장 높은 것은 무엇입니까?",
        "회원이 탈퇴하면 그 정보는 며칠 동안 보관되는가?",
        "다온소프트 직원은 퇴직한 다음 달 며칠에 급여를 받는가?",
        "여울빛가전 충주공장의 2024년 전기 사용량은 몇 GWh인가?",
        "이순신은 어느 해에 태어났는가?",
        "모루도서관에서 책을 빌렸는데 21일에 잃어버렸습니다. 그 책은 절판되었습니다. 얼마를 변상하나요?",
        "모루상사가 2025년 2월에 줄인 전기를 그 달의 평균 요금으로 치면 얼마인가요?",
    ],
)
def test_a_question_that_stands_alone_is_left_in_peace(text: str) -> None:
    assert pointer(text, has_choices="다음 중" in text) == ""


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Leiden", "In which town, Leiden, is the service centre?"),
        ("1,450", "Are the 1450 pieces of amber on loan?"),
        ("customer complaints department", "Which department handles complaints of a customer?"),
        ("박서연", "박서연에게 신청하는 휴가는 무엇인가?"),
        ("3억 원", "3억원을 후원한 곳의 금액은 얼마인가?"),
    ],
)
def test_an_answer_in_the_question_is_a_leak(answer: str, text: str) -> None:
    assert leaks(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("12", "What was decided on 12 March 2025?"),
        ("3", "How many engineers are at Level 3?"),
        ("31 March 2025", "What happens on 31 May 2025?"),
        ("14", "How many of the 140 rooms are free?"),
        ("서울", "서울특별시교육청은 어디에 있는가?"),
    ],
)
def test_a_coincidence_is_no_leak(answer: str, text: str) -> None:
    assert not leaks(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("5%", "다온소프트 직원은 급여의 몇 %를 냅니까? (5%)"),
        ("N(4)", "“결제 안내”에서 “구분” 항목에 적힌 내용은 무엇입니까? (N(4))"),
    ],
)
def test_a_short_figure_or_code_in_the_question_is_a_leak(answer: str, text: str) -> None:
    assert leaks(answer, text)
    assert not leaks(answer, text.rsplit(" (", 1)[0])
