import hostile_run

from benchwright.reports.coverage import coverage


def test_a_section_that_nothing_cites_is_named(report):
    assert all("안내" in names for _, names in report.coverage.silent_sections)
    assert not any("Prices" in names for _, names in report.coverage.silent_sections)


def test_forms_conditions_and_languages_that_are_missing_are_said(report):
    gaps = " ".join(report.coverage.gaps)
    assert "(form `open`)" in gaps
    assert "`retrieval`" in gaps
    assert "No language other than English" in gaps
    assert "two documents" in gaps
    assert "written by rule" in gaps


def test_few_documents_are_a_gap_and_many_are_not(report):
    few = coverage(hostile_run.benchmark(documents=2), ["closed"])
    assert any(gap.startswith("Only 2 documents") for gap in few.gaps)
    assert not any(gap.startswith("Only") for gap in report.coverage.gaps)


def test_a_document_without_questions_is_named():
    whole = hostile_run.benchmark(documents=6)
    lost = whole.documents[0].id
    rest = tuple(question for question in whole.questions if lost not in question.document_ids)
    found = coverage(whole.model_copy(update={"questions": rest}), ["closed"])
    assert any(gap.startswith("No question stands on 1 of 6 documents") for gap in found.gaps)
    assert found.empty_cells >= len(found.kinds)


def test_questions_without_a_source_are_counted():
    whole = hostile_run.benchmark(documents=2, each=2)
    bare = tuple(question.model_copy(update={"citations": ()}) for question in whole.questions)
    found = coverage(whole.model_copy(update={"questions": bare, "documents": (), "passages": ()}), ["closed"])
    assert any(gap.startswith("4 of 4 questions cite no source") for gap in found.gaps)
    assert found.documents == ()


def test_a_document_without_headings_has_no_silent_section(report):
    bare = [document.model_copy(update={"headings": ()}) for document in report.benchmark.documents]
    found = coverage(report.benchmark.model_copy(update={"documents": tuple(bare)}), ("passage",))
    assert (found.sections, found.silent_sections) == (0, ())
