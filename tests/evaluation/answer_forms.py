"""How people and models phrase answers, each graded by a person: 1 right, 0 wrong, `None` cannot be told."""

from dataclasses import dataclass

from benchwright.records import Question


@dataclass(frozen=True)
class Case:
    """One question and what came back for it, with the mark a person gives."""

    question: Question
    answers: tuple[tuple[str, float | None], ...]


def asked(
    text: str, answer: str, *choices: str, kind: str = "number", language: str = "en", form: str = "", accepted=()
) -> Question:
    return Question.model_validate(
        {
            "form": form or ("choice" if choices else "short"),
            "kind": kind,
            "text": text,
            "answer": answer,
            "choices": choices,
            "accepted": tuple(accepted),
            "language": language,
            "provenance": {"writer": "person"},
        }
    )


LONG_RIGHT = (
    "Let us look at the options one by one. Option A says 12 rooms, which was the number before the extension of "
    "1998. Option C says 16 rooms, which counts the two staff flats. Option D is the number of beds. The register "
    "gives fourteen guest rooms after the extension, and no later change is recorded anywhere in the passage. " * 3
)

HOTEL = asked("How many rooms does the hotel have?", "14 rooms", "12 rooms", "14 rooms", "16 rooms", "24 rooms")
NUMBERS = asked("How many rooms does the hotel have?", "14", "12", "14", "16", "24")
NESTED = asked(
    "Which court decided the case?",
    "Court of Appeal",
    "Supreme Court",
    "Court of Appeal",
    "Court of Appeal for the Northern District",
    "District Court",
)
PEOPLE = asked(
    "Who signed the agreement?", "Maria Lopez", "John Smith", "Maria Lopez", "Peter Chan", "Anna Berg", kind="speaker"
)
KO_ROOMS = asked("이 호텔의 객실은 몇 개입니까?", "14개", "12개", "14개", "16개", "24개", language="ko")
KO_CITY = asked("본사는 어디에 있습니까?", "부산", "서울", "부산", "대구", "인천", language="ko", kind="name")
KO_LONG = asked(
    "휴가 신청은 누구에게 합니까?",
    "팀장",
    "인사팀",
    "팀장",
    "인사팀장",
    "대표이사",
    language="ko",
    kind="name",
)
CAPITALS = asked("Which vitamin is it?", "Vitamin C", "Vitamin A", "Vitamin B", "Vitamin C", "Vitamin D", kind="name")

CHOICE = (
    Case(
        HOTEL,
        (
            ("B", 1),
            ("b", 1),
            ("B.", 1),
            ("(B)", 1),
            ("[B]", 1),
            ("**B**", 1),
            ("B) 14 rooms", 1),
            ("B. 14 rooms", 1),
            ("B: 14 rooms", 1),
            ("B - 14 rooms", 1),
            ("(b) 14 rooms", 1),
            ("**B. 14 rooms**", 1),
            ("`B`", 1),
            ("$\\boxed{B}$", 1),
            ("\\boxed{\\text{B}}", 1),
            ("<answer>B</answer>", 1),
            ('{"answer": "B"}', 1),
            ('"B"', 1),
            ("14 rooms", 1),
            ("14 rooms.", 1),
            ("14", 1),
            ("14 Rooms", 1),
            ("The hotel has 14 rooms.", 1),
            ("It has 14 rooms, not 12 rooms.", 1),
            ("Fourteen rooms", 1),
            ("fourteen", 1),
            ("The answer is B.", 1),
            ("The answer is (B).", 1),
            ("The correct answer is B) 14 rooms.", 1),
            ("The correct option is B", 1),
            ("Answer: B", 1),
            ("Answer: **B**", 1),
            ("**Answer:** B", 1),
            ("Final answer: B. 14 rooms", 1),
            ("The right answer is 14 rooms.", 1),
            ("The answer is (B) because not A, C or D matches the register.", 1),
            ("Option B", 1),
            ("Option B is correct.", 1),
            ("B is correct.", 1),
            ("B is the right answer, since the register lists 14 rooms.", 1),
            ("I would choose B.", 1),
            ("I think it's B.", 1),
            ("I'd go with option B", 1),
            ("I believe the answer is B", 1),
            ("My answer is B", 1),
            ("It must be B.", 1),
            ("It is (B).", 1),
            ("Therefore, B.", 1),
            ("So the answer is B.", 1),
            ("A is wrong, so the answer is B.", 1),
            ("Not A. The answer is B.", 1),
            ("A is incorrect because the extension is missing. B is correct.", 1),
            ("B, because A counts the old house only.", 1),
            ("B\n\nThe passage says that the hotel has 14 rooms.", 1),
            ("B. 14 rooms\n\nExplanation: A is wrong because 12 rooms was before 1998.", 1),
            ("The answer is A... wait, no. Actually, the answer is B.", 1),
            ("At first I thought the answer is A. On reflection, the correct answer is B.", 1),
            ("A. 12 rooms\nB. 14 rooms\nC. 16 rooms\nD. 24 rooms\n\nAnswer: B", 1),
            (LONG_RIGHT + " So the final answer is B.", 1),
            ("Sure! The correct answer is:\n\n**B. 14 rooms**", 1),
            ("I'm not completely sure, but I think the answer is B.", 1),
            ("The answer isn't A, it's B.", 1),
            ("Choice (B)", 1),
            ("Letter: B", 1),
            ("the answer is b", 1),
            ("The answer would be option B: 14 rooms.", 1),
            ("B 14 rooms", 1),
            ("②", 1),
            ("A", 0),
            ("C.", 0),
            ("(D)", 0),
            ("12 rooms", 0),
            ("A. 12 rooms", 0),
            ("The answer is C.", 0),
            ("The answer is D because B counts guests.", 0),
            ("It has 16 rooms, not 14 rooms.", 0),
            ("I would pick C over B.", 0),
            ("Option A is correct; option B is wrong.", 0),
            ("The answer is B... wait, actually the answer is C.", 0),
            ("None of these", 0),
            ("None of the above.", 0),
            ("all of the above", 0),
            ("", 0),
            ("   \n", 0),
            ("I'm sorry, but I can't help with that.", 0),
            ("I don't know.", 0),
            ("I cannot determine this.", 0),
            ("B or C", None),
            ("A and B", None),
            ("Either B or D.", None),
            ("B/C", None),
            ("The answer is B or C.", None),
            ("Both A and B are correct.", None),
            ("B. 12 rooms", None),
            ("The answer is B, 16 rooms.", None),
            ("A. 12 rooms\nB. 14 rooms\nC. 16 rooms\nD. 24 rooms", None),
            ("The hotel is lovely.", None),
            ("Not A.", None),
            ("It could be 12 rooms or 14 rooms.", None),
        ),
    ),
    Case(
        NUMBERS,
        (
            ("14", 1),
            ("B. 14", 1),
            ("14.", 1),
            ("The hotel has 14 rooms.", 1),
            ("fourteen", 1),
            ("Answer: 14", 1),
            ("The answer is 14.", 1),
            ("B", 1),
            ("There are fourteen rooms in the hotel", 1),
            ("12", 0),
            ("24", 0),
            ("The hotel has 16 rooms.", 0),
            ("A. 12", 0),
            ("B. 12", None),
        ),
    ),
    Case(
        NESTED,
        (
            ("Court of Appeal", 1),
            ("The Court of Appeal.", 1),
            ("the court of appeal", 1),
            ("B. Court of Appeal", 1),
            ("The case was decided by the Court of Appeal.", 1),
            ("It was the Court of Appeal, not the Supreme Court.", 1),
            ("Court of Appeal for the Northern District", 0),
            ("C. Court of Appeal for the Northern District", 0),
            ("It was the Court of Appeal for the Northern District.", 0),
            ("The answer is the Court of Appeal for the Northern District", 0),
            ("Supreme Court", 0),
            ("The answer is: Court of Appeal", 1),
            ("The Supreme Court, rather than the Court of Appeal.", 0),
        ),
    ),
    Case(
        PEOPLE,
        (
            ("Maria Lopez", 1),
            ("B) Maria Lopez", 1),
            ("It was signed by Maria Lopez.", 1),
            ("maria lopez", 1),
            ("MARIA LOPEZ", 1),
            ("A. John Smith", 0),
            ("John Smith signed it.", 0),
            ("A large group signed it.", None),
            ("John Smith and Maria Lopez", None),
            ("Neither A nor C; the answer is B.", 1),
            ("Rule out A, C and D. B is right.", 1),
        ),
    ),
    Case(
        CAPITALS,
        (
            ("Vitamin C", 1),
            ("C", 1),
            ("C. Vitamin C", 1),
            ("The answer is vitamin C.", 1),
            ("It is vitamin C, which is found in lemons.", 1),
            ("Vitamin A", 0),
            ("B. Vitamin B", 0),
            ("Vitamin D is the answer", 0),
        ),
    ),
    Case(
        KO_ROOMS,
        (
            ("B", 1),
            ("B.", 1),
            ("B. 14개", 1),
            ("정답: B", 1),
            ("정답은 B입니다.", 1),
            ("정답은 B", 1),
            ("정답은 (B)입니다.", 1),
            ("답: B", 1),
            ("답은 B입니다", 1),
            ("답은 B번입니다.", 1),
            ("정답은 ②번입니다", 1),
            ("②", 1),
            ("② 14개", 1),
            ("2번", 1),
            ("2번입니다.", 1),
            ("정답은 2번입니다.", 1),
            ("답: 나", 1),
            ("(나)", 1),
            ("나)", 1),
            ("나. 14개", 1),
            ("㉯", 1),
            ("14개", 1),
            ("14개입니다.", 1),
            ("14 개", 1),
            ("14개예요", 1),
            ("객실은 14개입니다.", 1),
            ("이 호텔의 객실은 모두 14개이다.", 1),
            ("**B. 14개**", 1),
            ("정답은 14개입니다.", 1),
            ("열네 개입니다.", 1),
            ("A가 아니라 B입니다.", 1),
            ("A는 틀렸고 정답은 B입니다.", 1),
            ("B가 정답입니다.", 1),
            ("B가 맞습니다.", 1),
            ("2번이 맞습니다.", 1),
            ("저는 B를 선택하겠습니다.", 1),
            ("따라서 정답은 B입니다.", 1),
            ("처음에는 A라고 생각했지만, 최종 답은 B입니다.", 1),
            ("최종 답: B", 1),
            ("보기 B", 1),
            ("12개가 아니라 14개입니다.", 1),
            ("A", 0),
            ("정답은 ①번입니다", 0),
            ("3번", 0),
            ("12개입니다.", 0),
            ("답: 다", 0),
            ("정답은 C입니다.", 0),
            ("16개가 맞습니다.", 0),
            ("14개가 아니라 16개입니다.", 0),
            ("모르겠습니다.", 0),
            ("죄송합니다. 답변할 수 없습니다.", 0),
            ("해당 없음", 0),
            ("보기 중에 정답이 없습니다.", 0),
            ("", 0),
            ("B 또는 C", None),
            ("B나 C입니다.", None),
            ("정답은 B, C입니다.", None),
            ("B. 12개", None),
            ("좋은 호텔입니다.", None),
        ),
    ),
    Case(
        KO_CITY,
        (
            ("부산", 1),
            ("부산입니다.", 1),
            ("부산이다", 1),
            ("부산에 있습니다.", 1),
            ("본사는 부산에 있습니다.", 1),
            ("B. 부산", 1),
            ("정답은 부산입니다", 1),
            ("'부산'입니다.", 1),
            ("답: 부산", 1),
            ("서울이 아니라 부산에 있습니다.", 1),
            ("서울", 0),
            ("본사는 서울에 있습니다.", 0),
            ("대구입니다.", 0),
            ("부산이 아니라 서울입니다.", 0),
            ("서울이나 부산", None),
        ),
    ),
    Case(
        KO_LONG,
        (
            ("팀장", 1),
            ("팀장에게 합니다.", 1),
            ("팀장에게 신청합니다.", 1),
            ("인사팀장", 0),
            ("인사팀장에게 합니다.", 0),
            ("인사팀", 0),
            ("인사팀에 신청합니다.", 0),
            ("대표이사입니다.", 0),
        ),
    ),
)

COUNT = asked("How many rooms does the hotel have?", "14")
UNITED = asked("How long is the bridge?", "1,200 m")
MONEY = asked("How much did the project cost?", "$4.5 million")
SHARE = asked("What share of the budget went to training?", "35%")
DECIMAL = asked("What was the average score?", "3.75")
KO_MONEY = asked("총 사업비는 얼마입니까?", "3억 5천만 원", language="ko")
KO_PEOPLE = asked("참가자는 몇 명입니까?", "120만 명", language="ko")
KO_COUNT = asked("회의실은 몇 개입니까?", "14개", language="ko")
KO_SHARE = asked("찬성 비율은 얼마입니까?", "62.5%", language="ko")
DURATION = asked("How long is the notice period?", "2 hours")

NUMERIC = (
    Case(
        COUNT,
        (
            ("14", 1),
            ("14.", 1),
            ("14 rooms", 1),
            ("fourteen", 1),
            ("Fourteen rooms.", 1),
            ("The hotel has 14 rooms.", 1),
            ("The hotel has 14 rooms, not 12.", 1),
            ("The answer is 14.", 1),
            ("**14**", 1),
            ("14.0", 1),
            ("In 2019 the hotel had 14 rooms.", 1),
            ("Answer: 14 rooms", 1),
            ("12 + 2 = 14", 1),
            ("about 14", 1),
            ("There are 14 rooms on 3 floors. So the answer is 14.", 1),
            ("14 (see section 3)", 1),
            ("15", 0),
            ("140", 0),
            ("1.4", 0),
            ("forty", 0),
            ("12, not 14", 0),
            ("", 0),
            ("I don't know.", 0),
            ("not stated", 0),
            ("The document does not say.", 0),
            ("several", 0),
            ("14 or 15", None),
            ("between 12 and 14", None),
        ),
    ),
    Case(
        UNITED,
        (
            ("1,200 m", 1),
            ("1200 m", 1),
            ("1200 metres", 1),
            ("1.2 km", 1),
            ("1,200", 1),
            ("The bridge is 1,200 meters long.", 1),
            ("twelve hundred metres", 1),
            ("1,200 km", 0),
            ("1,200 feet", 0),
            ("1200 miles", 0),
            ("120 m", 0),
            ("12 km", 0),
        ),
    ),
    Case(
        MONEY,
        (
            ("$4.5 million", 1),
            ("4.5 million dollars", 1),
            ("$4,500,000", 1),
            ("USD 4.5 million", 1),
            ("4.5 million", 1),
            ("$4.5M", 1),
            ("It cost four and a half million dollars.", 1),
            ("The project cost $4.5 million in 2020.", 1),
            ("$4.5 billion", 0),
            ("$4.5", 0),
            ("€4.5 million", 0),
            ("$5.4 million", 0),
        ),
    ),
    Case(
        SHARE,
        (
            ("35%", 1),
            ("35 %", 1),
            ("35 percent", 1),
            ("35 per cent of the budget", 1),
            ("thirty-five percent", 1),
            ("35", 1),
            ("53%", 0),
            ("3.5%", 0),
            ("35 dollars", 0),
        ),
    ),
    Case(DECIMAL, (("3.75", 1), ("3.750", 1), ("The average was 3.75 points.", 1), ("3.57", 0), ("375", 0), ("4", 0))),
    Case(DURATION, (("2 hours", 1), ("two hours", 1), ("120 minutes", 1), ("2 days", 0), ("20 hours", 0))),
    Case(
        KO_MONEY,
        (
            ("3억 5천만 원", 1),
            ("3억5천만원", 1),
            ("3억 5,000만 원", 1),
            ("350,000,000원", 1),
            ("3.5억 원", 1),
            ("삼억 오천만 원", 1),
            ("총 사업비는 3억 5천만 원입니다.", 1),
            ("약 3억 5천만 원", 1),
            ("정답은 3억 5천만 원입니다.", 1),
            ("3억 원이 아니라 3억 5천만 원입니다.", 1),
            ("5억 3천만 원", 0),
            ("3억 원", 0),
            ("3억 5천만 달러", 0),
            ("35억 원", 0),
            ("나와 있지 않습니다.", 0),
            ("모르겠습니다", 0),
        ),
    ),
    Case(
        KO_PEOPLE,
        (
            ("120만 명", 1),
            ("120만명", 1),
            ("1,200,000명", 1),
            ("백이십만 명", 1),
            ("120만 명입니다.", 1),
            ("참가자는 모두 120만 명이었다.", 1),
            ("120명", 0),
            ("12만 명", 0),
            ("1200만 명입니다", 0),
        ),
    ),
    Case(
        KO_COUNT,
        (
            ("14개", 1),
            ("14", 1),
            ("14개입니다.", 1),
            ("열네 개", 1),
            ("십사 개", 1),
            ("회의실은 14개이다.", 1),
            ("12개가 아니라 14개입니다.", 1),
            ("2층에 14개가 있습니다.", 1),
            ("15개", 0),
            ("네 개", 0),
            ("14개가 아니라 15개입니다.", 0),
            ("14개 또는 15개", None),
        ),
    ),
    Case(
        KO_SHARE,
        (("62.5%", 1), ("62.5 퍼센트", 1), ("62.5%입니다.", 1), ("62.5퍼센트였다", 1), ("65.2%", 0), ("62.5%p", 0)),
    ),
)

DATE = asked("When was the agreement signed?", "12 March 2019", kind="date")
YEAR = asked("In which year was the plant opened?", "1998", kind="year")
MONTH = asked("When does the new rule apply?", "March 2019", kind="date")
KO_DATE = asked("계약은 언제 체결되었습니까?", "2019년 3월 12일", kind="date", language="ko")
KO_YEAR = asked("공장은 몇 년에 문을 열었습니까?", "1998년", kind="year", language="ko")

DATES = (
    Case(
        DATE,
        (
            ("12 March 2019", 1),
            ("March 12, 2019", 1),
            ("2019-03-12", 1),
            ("12/03/2019", 1),
            ("03/12/2019", 1),
            ("on March 12th, 2019", 1),
            ("12 Mar 2019", 1),
            ("The agreement was signed on 12 March 2019.", 1),
            ("2019년 3월 12일", 1),
            ("It was signed on 12 March 2019, not 14 April 2018.", 1),
            ("12 April 2019", 0),
            ("13 March 2019", 0),
            ("12 March 2018", 0),
            ("2019", None),
            ("March 2019", None),
            ("I don't know", 0),
            ("12 March 2019 or 13 March 2019", None),
        ),
    ),
    Case(
        YEAR,
        (
            ("1998", 1),
            ("in 1998", 1),
            ("The plant was opened in 1998.", 1),
            ("5 May 1998", 1),
            ("1998.", 1),
            ("1989", 0),
            ("It opened in 1999.", 0),
            ("1998 or 1999", None),
        ),
    ),
    Case(
        MONTH,
        (("March 2019", 1), ("2019-03", 1), ("In March 2019.", 1), ("May 2019", 0), ("2019", None), ("March", None)),
    ),
    Case(
        KO_DATE,
        (
            ("2019년 3월 12일", 1),
            ("2019년 3월 12일입니다.", 1),
            ("2019. 3. 12.", 1),
            ("2019.03.12", 1),
            ("2019-03-12", 1),
            ("계약은 2019년 3월 12일에 체결되었습니다.", 1),
            ("2019년 3월 21일", 0),
            ("2018년 3월 12일", 0),
            ("3월", None),
            ("2019년", None),
        ),
    ),
    Case(KO_YEAR, (("1998년", 1), ("1998", 1), ("1998년입니다.", 1), ("1998년에 문을 열었습니다", 1), ("1989년", 0))),
)

NAME = asked("Who wrote the first program?", "Ada Lovelace", kind="name")
EXPANSION = asked("What does WHO stand for?", "World Health Organization", kind="acronym")
ARTICLE = asked("제정 목적을 정한 조항은 무엇입니까?", "제12조", kind="article", language="ko")
KO_NAME = asked("누가 발표했습니까?", "김민수 대표", kind="name", language="ko")
LANGUAGE = asked("Which language is the module written in?", "C", kind="name")
YES = asked("Is a deposit required?", "Yes", kind="faq")
LIST = asked("Which three cities are served?", "Oslo, Bergen and Trondheim", kind="key_value")
UNSTATED = asked("How many lifts does the hotel have?", "not stated", kind="not_stated")
KO_UNSTATED = asked("엘리베이터는 몇 대입니까?", "나와 있지 않음", kind="not_stated", language="ko")
CODE = asked("Which standard applies?", "ISO 9001", kind="name")
SENTENCE = asked(
    "What happens after the request is approved?",
    "The travel desk books the flight and sends the itinerary to the traveller.",
    kind="procedure",
)

TEXT = (
    Case(
        NAME,
        (
            ("Ada Lovelace", 1),
            ("ada lovelace.", 1),
            ("It was Ada Lovelace.", 1),
            ("The first program was written by Ada Lovelace, a mathematician.", 1),
            ("**Ada Lovelace**", 1),
            ('"Ada Lovelace"', 1),
            ("Lovelace", 1),
            ("The answer is Ada Lovelace.", 1),
            ("Charles Babbage", 0),
            ("It was not Ada Lovelace but Charles Babbage.", 0),
            ("Ada", 0),
            ("Grace Hopper wrote it.", 0),
            ("", 0),
            ("I'm sorry, I can't answer that.", 0),
            ("not stated", 0),
            ("Ada Lovelace or Charles Babbage", None),
        ),
    ),
    Case(
        EXPANSION,
        (
            ("World Health Organization", 1),
            ("WHO stands for World Health Organization.", 1),
            ("The World Health Organization", 1),
            ("World Health Organisation", 1),
            ("world health organization (WHO)", 1),
            ("World Heritage Organization", 0),
            ("World Trade Organization", 0),
        ),
    ),
    Case(
        ARTICLE,
        (
            ("제12조", 1),
            ("제12조입니다.", 1),
            ("제 12 조", 1),
            ("제12조(목적)", 1),
            ("제12조에서 정하고 있습니다.", 1),
            ("제1조", 0),
            ("제12조의2", 0),
            ("제21조", 0),
            ("제112조", 0),
        ),
    ),
    Case(
        KO_NAME,
        (
            ("김민수 대표", 1),
            ("김민수 대표입니다.", 1),
            ("김민수", 1),
            ("김민수가 발표했습니다.", 1),
            ("김민수 대표가 발표했다.", 1),
            ("박민수 대표", 0),
            ("김민지 대표입니다.", 0),
            ("김민수 대표가 아니라 이영희 이사입니다.", 0),
            ("나와 있지 않습니다.", 0),
        ),
    ),
    Case(LANGUAGE, (("C", 1), ("C.", 1), ("It is written in C.", 1), ("C++", 0), ("C#", 0), ("Java", 0))),
    Case(CODE, (("ISO 9001", 1), ("ISO 9001 applies.", 1), ("ISO-9001", 1), ("ISO 9002", 0), ("ISO 90011", 0))),
    Case(YES, (("Yes", 1), ("Yes, a deposit is required.", 1), ("yes.", 1), ("No", 0), ("No, it is not.", 0))),
    Case(
        LIST,
        (
            ("Oslo, Bergen and Trondheim", 1),
            ("Bergen, Oslo, Trondheim", 1),
            ("Oslo and Bergen", 0),
            ("Oslo, Bergen and Stavanger", 0),
        ),
    ),
    Case(
        UNSTATED,
        (
            ("not stated", 1),
            ("Not stated.", 1),
            ("The document does not state how many lifts there are.", 1),
            ("It is not mentioned in the passage.", 1),
            ("The passage doesn't say.", 1),
            ("This information is not provided.", 1),
            ("2 lifts", 0),
            ("The hotel has 3 lifts.", 0),
        ),
    ),
    Case(
        KO_UNSTATED,
        (
            ("나와 있지 않음", 1),
            ("나와 있지 않습니다.", 1),
            ("문서에 언급되어 있지 않습니다.", 1),
            ("명시되지 않았습니다.", 1),
            ("제시된 문서만으로는 알 수 없습니다.", 1),
            ("3대", 0),
            ("엘리베이터는 2대입니다.", 0),
        ),
    ),
    Case(
        SENTENCE,
        (
            ("The travel desk books the flight and sends the itinerary to the traveller.", 1),
            ("the travel desk books the flight and sends the itinerary to the traveller", 1),
            ("After that, the travel desk books the flight and sends the itinerary to the traveller.", 1),
            ("The manager signs the form.", 0),
        ),
    ),
)

CASES = (*CHOICE, *NUMERIC, *DATES, *TEXT)
