"""Compares Korean place names with and without what kind of place they are: 대전, 대전시 and 대전광역시 are one."""

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
_PLACE = re.compile(rf"(?P<name>[가-힣]{{{LEAST_NAME},4}}?)(?P<kind>{'|'.join(kind for kind, _ in _KINDS)})")
_NAME = re.compile(rf"[가-힣]{{{LEAST_NAME},4}}")


def mark_place(text: str, reference: str) -> tuple[float | None, str] | None:
    """Mark a place told alone, by its name and kind; `None` where this tells nothing."""
    if not _NAME.fullmatch(reference) and not _PLACE.fullmatch(reference):
        return None
    wanted = _read(reference)
    for form in stems(normalised(claimed(text))):
        said = _PLACE.fullmatch(form) or _NAME.fullmatch(form)
        if said is None:
            continue
        name, kind = _read(form)
        if name == wanted[0] and (kind == wanted[1] or "" in (kind, wanted[1])) and form != reference:
            return 1.0, "the place, with or without its kind"
    return None


def _read(place: str) -> tuple[str, str]:
    """Name and kind as one says them: 대전광역시 is a 시."""
    found = _PLACE.fullmatch(place)
    return (found["name"], dict(_KINDS)[found["kind"]]) if found else (place, "")
