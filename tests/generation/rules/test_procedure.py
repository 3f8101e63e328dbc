from tests.written import offered, written

from benchwright.generation.rules.procedure import Procedure

STEPS = ["Switch the printer off.", "Press the green lever.", "Remove the empty core.", "Slide the new ribbon in.",
         "Close the cover until it clicks.", "Run the calibration from the menu."]  # fmt: skip


def manual(steps: list[str], *, heading: str = "Replacing the ribbon") -> str:
    return f"# Manual\n\n## {heading}\n\n" + "\n".join(f"{i}. {step}" for i, step in enumerate(steps, 1)) + "\n"


def test_the_key_is_the_step_after_the_named_one() -> None:
    document = written(manual(STEPS), title="Manual")
    questions = offered(Procedure(), document)
    assert len(questions) == 2
    plain = [step.rstrip(".") for step in STEPS]
    for question in questions:
        named = next(i for i, step in enumerate(plain) if f"after “{step}”" in question.text)
        assert question.answer == plain[named + 1]
        assert question.choices == ()
        assert question.citations[0].text == question.answer


def test_a_list_that_is_no_sequence_is_left_alone() -> None:
    assert offered(Procedure(), written(manual(STEPS, heading="Rules of the workshop"), title="Manual")) == []
    nouns = ["Apples and pears", "Bread of the day", "Cheese from Gouda", "Dates and figs", "Eggs, boiled", "Fish soup"]
    assert offered(Procedure(), written(manual(nouns), title="Manual")) == []


def test_too_few_steps_are_left_alone() -> None:
    assert offered(Procedure(), written(manual(STEPS[:4]), title="Manual")) == []


def test_bullets_are_not_steps() -> None:
    text = "# Manual\n\n## Replacing the ribbon\n\n" + "\n".join(f"- {step}" for step in STEPS)
    assert offered(Procedure(), written(text, title="Manual")) == []


def test_a_korean_procedure_is_asked_in_korean() -> None:
    steps = [
        "전원을 끈다.",
        "커버를 연다.",
        "필터를 꺼낸다.",
        "새 필터를 넣는다.",
        "버튼을 3초 누른다.",
        "창문을 닫는다.",
    ]
    text = "# 설명서\n\n## 교체 방법\n\n" + "\n".join(f"{i}) {step}" for i, step in enumerate(steps, 1))
    questions = offered(Procedure(), written(text, title="설명서", language="ko"))
    assert questions
    assert all(q.text.startswith("“설명서”의 “교체 방법” 부분에 나오는 절차에서 “") for q in questions)


def test_a_list_under_a_heading_of_something_else_is_left_alone() -> None:
    text = manual(STEPS, heading="Composition").replace(
        "## Composition\n\n", "## Composition\n\nHolder: X Marketing\n\n"
    )
    assert offered(Procedure(), written(text, title="Manual")) == []


def test_a_line_with_a_colon_announces_a_procedure() -> None:
    text = manual(STEPS, heading="Ribbon").replace("## Ribbon\n\n", "## Ribbon\n\nCarry out the following steps:\n\n")
    assert offered(Procedure(), written(text, title="Manual"))


def test_steps_that_have_names_are_asked_by_their_names() -> None:
    names = ["Open the form", "Enter the order", "Scan the goods", "Inspect the goods", "Book the credit"]
    steps = [f"**{name}**: Details of this stand in [the guide](guide.md)." for name in names]
    questions = offered(Procedure(), written(manual(steps, heading="How to process a return"), title="Manual"))
    assert {question.answer for question in questions} <= set(names[1:])
    assert len(questions) == 2


def test_numbered_orders_of_a_runbook_are_a_procedure_unless_they_are_advice() -> None:
    assert offered(Procedure(), written(manual(STEPS, heading="Composition"), title="Printer Runbook"))
    advice = [*STEPS[:5], "Avoid touching the drum."]
    assert offered(Procedure(), written(manual(advice, heading="Composition"), title="Printer Runbook")) == []


def test_a_procedure_that_is_the_whole_document_is_called_by_its_title() -> None:
    text = "# Fitting a new ribbon\n\n" + "\n".join(f"{i}. {step}" for i, step in enumerate(STEPS, 1)) + "\n"
    questions = offered(Procedure(), written(text, title="Fitting a new ribbon"))
    assert questions
    assert all(q.text.startswith("In the procedure “Fitting a new ribbon”, which step") for q in questions)


def test_long_steps_are_called_by_their_first_sentences() -> None:
    aside = (
        " Mind the spring while you do so, for it is under tension and has hurt more than one careless hand before now."
    )
    aside += " Ask for help where in doubt."
    questions = offered(Procedure(), written(manual([step + aside for step in STEPS]), title="Manual"))
    assert questions
    assert {q.answer for q in questions} <= {step.rstrip(".") for step in STEPS}
    assert all("spring" not in q.text for q in questions)
