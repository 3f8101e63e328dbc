"""How chat models answer in words, each graded by a person."""

from tests.evaluation.answer_forms import Case, asked

FOUNDER = asked("Who founded the choir?", "Ingrid Halvorsen", kind="name")
PLACE = asked("Where is the archive kept?", "St. Olaf's Library", kind="key_value")
KO_FOUNDER = asked("합창단을 만든 사람은 누구입니까?", "윤해진", language="ko", kind="name")
KO_ORGAN = asked("보조금을 주는 기관은 어디입니까?", "한국문화예술위원회", language="ko", kind="name")
KO_METHOD = asked("회비는 어떤 방법으로 냅니까?", "자동이체", language="ko", kind="table_cell")
ACRONYM = asked("What does MRT stand for?", "Marine Rescue Team", kind="acronym")
NOT_STATED = asked("What did the roof cost?", "not stated", kind="not_stated")


SHORT_FORMS = (
    Case(
        FOUNDER,
        (
            ("Ingrid Halvorsen", 1),
            ("Ingrid Halvorsen.", 1),
            ("**Ingrid Halvorsen**", 1),
            ("Halvorsen", 1),
            ("Ms. Halvorsen", 1),
            ("ingrid halvorsen", 1),
            ("It was founded by Ingrid Halvorsen in 1931.", 1),
            ("The choir was founded by Ingrid Halvorsen.", 1),
            ("Answer: Ingrid Halvorsen", 1),
            ('{"answer": "Ingrid Halvorsen"}', 1),
            ("The founder was Ingrid Halvorsen, not Erik Dahl.", 1),
            ("Erik Dahl, not Ingrid Halvorsen, founded it.", 0),
            ("Erik Dahl", 0),
            ("Ingrid", 0),
            ("Ingrid Halvorsen or Erik Dahl", None),
            ("Erik Dahl, Ingrid Halvorsen, Nils Berg, Kari Moe, Per Lund", None),
            ("Erik Dahl Ingrid Halvorsen Nils Berg Kari Moe Per Lund Anna Vik", None),
            ("Possible founders: Erik Dahl; Ingrid Halvorsen; Nils Berg; Kari Moe", None),
            ("1. Erik Dahl\n2. Ingrid Halvorsen\n3. Nils Berg\n4. Kari Moe", None),
            ("I don't know who founded the choir.", 0),
            ("I'm sorry, I can't answer that.", 0),
            ("", 0),
        ),
    ),
    Case(
        PLACE,
        (
            ("St. Olaf's Library", 1),
            ("St Olaf's Library", 1),
            ("St. Olaf’s Library.", 1),
            ("At St. Olaf's Library", 1),
            ("It is kept in St. Olaf's Library.", 1),
            ("St. Mary's Library", 0),
            ("The library", 0),
        ),
    ),
    Case(
        KO_FOUNDER,
        (
            ("윤해진", 1),
            ("윤해진입니다.", 1),
            ("윤해진 씨입니다.", 1),
            ("윤해진 지휘자가 만들었습니다.", 1),
            ("합창단을 만든 사람은 윤해진이다.", 1),
            ("합창단은 1998년에 윤해진에 의해 만들어졌습니다.", 1),
            ("정답: 윤해진", 1),
            ("문서에 따르면 **윤해진**이 합창단을 만들었습니다.", 1),
            ("윤해진이라고 합니다.", 1),
            ("윤해진이 아니라 서민호입니다.", 0),
            ("서민호입니다.", 0),
            ("서민호가 아니라 윤해진입니다.", 1),
            ("윤해진 또는 서민호", None),
            ("윤해진, 서민호, 강도윤, 임하늘, 노을", None),
            ("후보: 서민호 / 윤해진 / 강도윤", None),
            ("알 수 없습니다.", 0),
            ("잘 모르겠습니다.", 0),
        ),
    ),
    Case(
        KO_ORGAN,
        (
            ("한국문화예술위원회", 1),
            ("한국문화예술위원회입니다.", 1),
            ("한국 문화예술 위원회", 1),
            ("보조금은 한국문화예술위원회에서 줍니다.", 1),
            ("보조금을 주는 기관은 한국문화예술위원회(아르코)입니다.", 1),
            ("문화예술위원회", None),
            ("문화체육관광부", 0),
            ("한국문화예술교육진흥원", 0),
        ),
    ),
    Case(
        KO_METHOD,
        (
            ("자동이체", 1),
            ("자동 이체", 1),
            ("자동이체로 냅니다.", 1),
            ("회비는 매달 자동이체 방식으로 납부합니다.", 1),
            ("현금이 아니라 자동이체입니다.", 1),
            ("현금", 0),
            ("자동이체가 아니라 현금입니다.", 0),
            ("현금, 카드, 자동이체, 무통장 입금, 상품권", None),
        ),
    ),
    Case(
        ACRONYM,
        (
            ("Marine Rescue Team", 1),
            ("MRT stands for Marine Rescue Team.", 1),
            ("“Marine Rescue Team”", 1),
            ("marine rescue team (MRT)", 1),
            ("Marine Rescue Teams", 1),
            ("Marine Response Team", 0),
            ("Mass Rapid Transit", 0),
        ),
    ),
    Case(
        NOT_STATED,
        (
            ("Not stated.", 1),
            ("The document does not state what the roof cost.", 1),
            ("The passage doesn't mention the cost of the roof.", 1),
            ("This information is not provided.", 1),
            ("There is no information about it.", 1),
            ("$12,000", 0),
            ("The roof cost $12,000.", 0),
        ),
    ),
)
