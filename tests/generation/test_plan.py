from collections import Counter

import numpy as np
import pytest

from benchwright.generation.kinds import KINDS
from benchwright.generation.order import Order, apportion
from benchwright.generation.plan import Plan, make_plan
from benchwright.generation.related import RelatedPair, related_by_terms
from benchwright.generation.shelf import on_topic
from benchwright.records import Document, Passage

FILLER = "The office opens in the morning and every colleague signs the list before work begins on the ground floor. "


def library(documents: int, sections: int) -> tuple[list[Document], list[Passage]]:
    made: list[Document] = []
    passages: list[Passage] = []
    for number in range(documents):
        texts = [
            f"Section {part} of report {number} covers Quillon{number} and Varrow{part} pumps, which Tessel{part} "
            f"makes for Ormond{number}. {FILLER}{FILLER}"
            for part in range(sections)
        ]
        document = Document(
            title=f"Report {number}", text="\n\n".join(texts), path=f"{number}.md", format="markdown", language="en"
        )
        made.append(document)
        start = 0
        for part, text in enumerate(texts):
            passages.append(
                Passage(
                    document_id=document.id, start=start, end=start + len(text), text=text, section=(f"Section {part}",)
                )
            )
            start += len(text) + 2
    return made, passages


def plan(order: Order, documents: int = 6, sections: int = 4) -> Plan:
    made, passages = library(documents, sections)
    return make_plan(order, made, passages, chance=np.random.default_rng(0))


def test_apportion_is_exact_and_proportional() -> None:
    assert apportion(10, {"a": 2, "b": 1, "c": 1}) == {"a": 5, "b": 3, "c": 2}
    assert sum(apportion(7, {"a": 1, "b": 1, "c": 1}).values()) == 7


def test_the_plan_asks_for_exactly_what_was_ordered() -> None:
    made = plan(Order(questions=40, reach={"single": 1}))
    assert made.planned == 40
    assert made.shortfall == ""
    assert max(len(batch.slots) for batch in made.batches) <= made.order.per_call


def test_every_document_gives_one_before_any_gives_two() -> None:
    made = plan(Order(questions=18, reach={"single": 1}))
    per_document = Counter(batch.titles[0] for batch in made.batches)
    assert set(per_document.values()) == {1}


def test_too_large_an_order_falls_short_and_says_so() -> None:
    made = plan(Order(questions=1000, reach={"single": 1}), documents=1, sections=2)
    # Each passage has some fifty words, which is room for two questions.
    assert made.planned == 4
    assert "cannot plan 996 single questions" in made.shortfall


def test_cross_document_sources_come_from_two_documents_and_multi_hop_ones_from_one() -> None:
    made = plan(Order(questions=8, reach={"multi_hop": 1, "cross_document": 1}), sections=6)
    assert made.planned == 8
    for batch in made.batches:
        assert len({source.document_id for source in batch.sources}) == (2 if batch.reach == "cross_document" else 1)
        assert len(batch.sources) == 2


def test_passages_that_share_nothing_rare_are_not_related() -> None:
    texts = ["red apples ripen slowly near orchards", "quantum chips cool under helium pressure"]
    passages = [Passage(document_id=f"d{n}", start=0, end=len(text), text=text) for n, text in enumerate(texts)]
    assert related_by_terms(passages, across_documents=True) == []


def test_neighbouring_passages_are_one_text_cut_in_two() -> None:
    texts = ["Quillon pumps Varrow valves", "Quillon pumps Varrow gauges", "apples", "pears", "plums"]
    passages: list[Passage] = []
    start = 0
    for text in texts:
        passages.append(Passage(document_id="d", start=start, end=start + len(text), text=text))
        start += len(text) + 2
    assert related_by_terms(passages, across_documents=False) == []


def test_a_kind_without_a_form_that_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="true_false"):
        Order(kinds={"true_false": 1}, forms={"open": 1})


def test_statements_are_asked_of_one_source_since_half_of_the_guesses_at_them_are_right() -> None:
    made = plan(Order(questions=28, kinds={"factual": 3, "true_false": 1}, forms={"choice": 1}), sections=6)
    assert {batch.reach for batch in made.batches for slot in batch.slots if slot.kind == "true_false"} == {"single"}


def test_kinds_come_in_their_exact_proportion_and_unanswerable_ones_from_one_passage() -> None:
    made = plan(Order(questions=28, kinds={"factual": 2, "unanswerable": 2}, forms={"short": 1}), sections=6)
    slots = [(batch.reach, slot.kind) for batch in made.batches for slot in batch.slots]
    assert Counter(kind for _, kind in slots) == {"factual": 14, "unanswerable": 14}
    assert {reach for reach, kind in slots if kind == "unanswerable"} == {"single"}


def test_a_small_order_still_asks_of_many_documents() -> None:
    made = plan(Order(questions=6, reach={"single": 1}))
    assert len({batch.titles[0] for batch in made.batches}) == 6


def test_forms_come_in_their_proportion_even_where_every_kind_is_asked_once() -> None:
    made = plan(Order(questions=14, kinds=dict.fromkeys(KINDS, 1.0), forms={"choice": 2, "short": 1, "open": 1}))
    forms = Counter(slot.form for batch in made.batches for slot in batch.slots)
    assert abs(forms["choice"] - 7) <= 1
    assert min(forms["short"], forms["open"]) >= 3


def test_a_numeric_question_is_asked_where_there_are_figures() -> None:
    plain = "The kiosk sells tea and every guest signs the list before the bell rings over the quiet harbour wall. " * 3
    figures = "The kiosk sells 40 cups of tea and every guest pays 3 euros before the bell rings over the harbour. " * 3
    documents = [
        Document(title=f"T{place}", text=text, path="a.md", format="markdown", language="en")
        for place, text in enumerate((plain, figures, f"{plain} again"))
    ]
    passages = [Passage(document_id=d.id, start=0, end=len(d.text), text=d.text) for d in documents]
    order = Order(questions=3, kinds={"numeric": 1, "factual": 2}, forms={"short": 1}, reach={"single": 1})
    for seed in range(8):
        made = make_plan(order, documents, passages, chance=np.random.default_rng(seed))
        (asked,) = [batch for batch in made.batches if any(slot.kind == "numeric" for slot in batch.slots)]
        assert asked.titles == ("T1",)


def test_an_option_that_says_not_stated_is_wrong_three_times_for_each_time_it_is_right() -> None:
    made = plan(Order(questions=28, kinds={"factual": 6, "unanswerable": 1}, forms={"choice": 1}), sections=6)
    slots = [slot for batch in made.batches for slot in batch.slots]
    assert sum(slot.has_decoy for slot in slots) == 3 * sum(slot.kind == "unanswerable" for slot in slots)
    short = plan(Order(questions=28, kinds={"factual": 6, "unanswerable": 1}, forms={"choice": 1, "short": 1}))
    assert not any(slot.has_decoy for batch in short.batches for slot in batch.slots)


def test_a_topic_is_asked_where_it_is_named() -> None:
    made, passages = library(3, 4)
    titles = {document.id: document.title for document in made}
    assert {passages[at].section[0] for at in on_topic("the Varrow2 rules", passages, titles)} == {"Section 2"}
    assert on_topic("refunds of tickets", passages, titles) == []


def test_figures_and_korean_verbs_relate_nothing() -> None:
    first = "설정 값은 3으로 되어 있으며 기능을 다시 시작하지 않는다. 이 경우 로그를 확인할 수 있다."
    second = "정수기는 매달 3번 점검하지 않습니다. 점검 날짜는 고객이 확인할 수 있습니다."
    fill = [f"Filler {number} about nothing in particular {number}." for number in range(8)]
    passages = [
        Passage(document_id=f"d{place}", start=0, end=len(text), text=text)
        for place, text in enumerate([first, second, *fill])
    ]
    pairs = related_by_terms(passages, across_documents=True)
    assert (0, 1) not in {(pair.first, pair.second) for pair in pairs}


def test_dates_and_spans_relate_nothing_and_a_subject_named_in_both_titles_does() -> None:
    texts = {
        "Ferry report": "Profit fell in March and September; the annual dinner of six costs ten per cent more.",
        "Mill lease": "Rent is due in March and September; within six months the annual bill rises by ten per cent.",
        "Harrow pony show: entries": "Entries close a week before judging, and stallions need a licence to be shown.",
        "Harrow pony society rules": "Stallions without a licence may not cover mares; every owner needs consent.",
        "Garden club notes": "Roses are pruned late and dahlias lifted before frost arrives in the valley.",
        "Bakery handbook": "Dough rests overnight, ovens are swept daily and flour is sieved twice by hand.",
        "Clock repair": "Springs are oiled, hands are set and the pendulum is weighed on brass scales.",
    }
    passages = [
        Passage(document_id=name, start=0, end=len(text), text=text, section=(name,)) for name, text in texts.items()
    ]
    names = list(texts)
    pairs = related_by_terms(passages, across_documents=True)
    assert [{names[pair.first], names[pair.second]} for pair in pairs] == [
        {"Harrow pony show: entries", "Harrow pony society rules"}
    ]


def test_a_short_korean_answer_and_the_article_behind_it_are_related() -> None:
    article = (
        "제27조 직원은 연수를 신청할 때 추천서와 계획서를 서약 기한 안에 내고 승인을 받아야 한다. 위원회가 정한다."
    )
    answer = "승인이 없으면 추천서를 다시 받아야 하나요? 서약 기한이 지나지 않았다면 같은 추천서를 쓸 수 있습니다 네."
    other = "구내식당은 평일 점심에만 문을 열고, 외부 손님은 안내 창구에서 식권을 산 다음 줄을 서서 자리를 고른다."
    made = [
        Document(title=f"문서 {number}", text=text, path=f"{number}.md", format="markdown", language="ko")
        for number, text in enumerate([article, answer, other])
    ]
    passages = [Passage(document_id=each.id, start=0, end=len(each.text), text=each.text) for each in made]
    planned = make_plan(
        Order(questions=1, reach={"cross_document": 1}), made, passages, chance=np.random.default_rng(0)
    )
    (batch,) = planned.batches
    assert set(batch.titles) == {"문서 0", "문서 1"}


def test_a_passage_of_one_sentence_is_asked_about_last() -> None:
    made, passages = library(2, 2)
    thin = "Guests sign the list at the gate before they walk down to the quiet pier behind the old customs house. " * 2
    first = Document(title="Thin", text=thin, path="t.md", format="markdown", language="en")
    passages = [Passage(document_id=first.id, start=0, end=len(thin), text=thin), *passages]
    for seed in range(5):
        order = Order(questions=4, reach={"single": 1})
        planned = make_plan(order, [first, *made], passages, chance=np.random.default_rng(seed))
        assert "Thin" not in {batch.titles[0] for batch in planned.batches}


def test_each_part_of_an_order_gets_its_count_and_its_own_sources() -> None:
    order = Order.model_validate(
        {
            "parts": [
                {"questions": 7, "kinds": "true_false", "difficulty": "easy"},
                {"questions": 5, "forms": "open", "difficulty": "hard", "reach": "single"},
                {"questions": 4, "forms": "choice", "options": 6, "reach": "multi_hop", "topics": "Varrow1 pumps"},
            ]
        }
    )
    made = plan(order, sections=6)
    of_part = {number: [batch for batch in made.batches if batch.part == number] for number in order.numbered}
    slots = {number: [slot for batch in batches for slot in batch.slots] for number, batches in of_part.items()}
    assert {number: len(each) for number, each in slots.items()} == {1: 7, 2: 5, 3: 4}
    assert {(slot.kind, slot.difficulty) for slot in slots[1]} == {("true_false", "easy")}
    assert {(slot.form, slot.difficulty) for slot in slots[2]} == {("open", "hard")}
    assert all("part:3" in batch.tags and batch.reach == "multi_hop" for batch in of_part[3])
    taken = [batch.sources for number in (1, 2) for batch in of_part[number]]
    assert len(set(taken)) == len(taken)
    assert "part 2, 5 hard single open: 5 questions" in "\n".join(made.lines())


def test_what_a_part_cannot_be_given_is_said_of_that_part() -> None:
    order = Order.model_validate(
        {"parts": [{"questions": 2, "kinds": "factual", "reach": "single"}, {"questions": 99}]}
    )
    made = plan(order, documents=1, sections=2)
    assert "of part 2, 99: " in made.shortfall
    assert "part 1" not in made.shortfall
    assert sum(len(batch.slots) for batch in made.batches if batch.part == 1) == 2


def test_parts_take_from_the_order_what_they_leave_out() -> None:
    order = Order.model_validate(
        {"options": 6, "topics": "returns", "parts": [{"questions": 3}, {"questions": 2, "options": 3}]}
    )
    assert order.questions == 5
    assert [(part.options, part.topics) for part in order.parts] == [(6, "returns"), (3, "returns")]
    assert [part.questions for part in order.of_size(50).parts] == [30, 20]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"parts": [{"kinds": "factual"}]}, "how many"),
        ({"questions": 4, "parts": [{"questions": 3}]}, "add up to 3"),
        ({"kinds": "true_false", "reach": "multi_hop"}, "one passage"),
        ({"parts": [{"questions": 3, "colour": "red"}]}, "colour"),
    ],
)
def test_an_order_that_contradicts_itself_is_refused(written: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Order.model_validate(written)


def test_forms_come_as_ordered_where_no_kinds_are_named() -> None:
    made = plan(Order(questions=30, forms={"open": 20, "short": 10}, reach={"single": 1}), documents=12)
    assert Counter(slot.form for batch in made.batches for slot in batch.slots) == {"open": 20, "short": 10}


def test_questions_about_figures_are_planned_only_where_there_are_figures() -> None:
    made, passages = library(2, 2)
    plain = "The kiosk sells tea and every guest signs the list before the bell rings over the quiet harbour wall. " * 3
    words = Document(title="Words", text=plain, path="w.md", format="markdown", language="en")
    passages = [Passage(document_id=words.id, start=0, end=len(plain), text=plain), *passages]
    order = Order(questions=6, kinds={"numeric": 1}, forms={"short": 1}, reach={"single": 1})
    planned = make_plan(order, [words, *made], passages, chance=np.random.default_rng(0))
    assert "Words" not in {batch.titles[0] for batch in planned.batches}


class Listed:
    """Knows the listed pairs, strongest first."""

    def __init__(self, pairs: list[RelatedPair]) -> None:
        self.listed = pairs

    def pairs(self, *, across_documents: bool) -> list[RelatedPair]:
        return [] if across_documents else self.listed


def test_documents_take_turns_in_pairs_too() -> None:
    documents, passages = library(2, 6)
    strong = [RelatedPair(0, 2, 0.9), RelatedPair(1, 3, 0.8), RelatedPair(2, 4, 0.7)]
    weak = [RelatedPair(6, 8, 0.2), RelatedPair(7, 9, 0.1)]
    order = Order(questions=4, reach={"multi_hop": 1}, per_call=1)
    chance = np.random.default_rng(0)
    made = make_plan(order, documents, passages, chance=chance, related=lambda _: Listed([*strong, *weak]))
    first, second = (document.id for document in documents)
    assert [batch.sources[0].document_id for batch in made.batches] == [first, second, first, second]
