import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from benchwright.records import canonical_json

TEXT = st.text(alphabet='aéé각가ÅÅ\u0301\u0338<"é ', max_size=8)
VALUE = st.recursive(TEXT | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=12)


@given(VALUE)
def test_canonical_json_is_normalised_in_every_part(value: object) -> None:
    def normalised(part: object) -> object:
        if isinstance(part, str):
            return unicodedata.normalize("NFC", part)
        if isinstance(part, dict):
            return {normalised(key): normalised(item) for key, item in part.items()}
        return [normalised(item) for item in part] if isinstance(part, list) else part

    expected = json.dumps(normalised(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical_json(value) == expected


def test_two_ways_to_write_one_letter_are_one_text() -> None:
    assert canonical_json({"text": "cafe\u0301"}) == canonical_json({"text": "caf\u00e9"})
