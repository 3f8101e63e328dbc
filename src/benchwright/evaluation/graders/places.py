"""Compares Korean places and schools with and without their kind: 대전 and 대전광역시, 한빛고 and 한빛고등학교."""

import re

from benchwright.evaluation.graders.claims import claimed
from benchwright.evaluation.graders.normalise import normalised, stems

_KINDS = (
    ("특별자치도", "도"),
    ("특별자치시", "시"),
    ("광역시", "시"),
    ("특별시", "시"),
    ("도", "도"),
    ("시", "시"),
    ("군", "군"),
    ("구", "구"),
)
"""How an official name ends, and how one says it."""
LEAST_NAME = 2
_ASKS_PLACE = re.compile(r"어디|도시|지역|지명|어느\s?[시도군구곳]|\bwhere\b|\bcity\b", re.IGNORECASE)
_PLACE = re.compile(rf"(?P<name>[가-힣]{{{LEAST_NAME},4}}?)(?P<kind>{'|'.join(kind for kind, _ in _KINDS)})")
_NAME = re.compile(rf"[가-힣]{{{LEAST_NAME},4}}")


def mark_place(text: str, reference: str, asked: str) -> tuple[float | None, str] | None:
    """Mark a place told alone, by its name and kind; `None` where this tells nothing."""
    said_at_once = normalised(claimed(text))
    if any(_short_school(form) == _short_school(reference) != form for form in stems(said_at_once)):
        return 1.0, "the school by its short name, or its whole one"
    if not _ASKS_PLACE.search(asked) or not (_NAME.fullmatch(reference) or _PLACE.fullmatch(reference)):
        return None
    wanted = _read(reference)
    for form in stems(said_at_once):
        said = _PLACE.fullmatch(form) or _NAME.fullmatch(form)
        if said is None:
            continue
        name, kind = _read(form)
        if name == wanted[0] and (kind == wanted[1] or "" in (kind, wanted[1])) and form != reference:
            return 1.0, "the place, with or without its kind"
    return None


def _short_school(name: str) -> str:
    found = re.fullmatch(r"([가-힣]{2,8}[초중고대])(?:등?학교)?", name)
    return found[1] if found else name


def _read(place: str) -> tuple[str, str]:
    """Name and kind as one says them: 대전광역시 is a 시."""
    found = _PLACE.fullmatch(place)
    return (found["name"], dict(_KINDS)[found["kind"]]) if found else (place, "")
