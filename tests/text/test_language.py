import pytest

from benchwright.text.language import detect_language, other_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The committee decided to keep the rate where it was, and that is what we expected."),
        ("ko", "위원회는 금리를 그대로 두기로 결정했다. API 응답은 JSON 형식이다."),
        ("ja", "委員会は金利を据え置くことを決定した。"),
        ("zh", "委员会决定维持利率不变，市场反应平静。"),
        ("ar", "قررت اللجنة إبقاء سعر الفائدة دون تغيير."),
        ("fa", "کمیته تصمیم گرفت نرخ بهره را تغییر ندهد و گزارش را چاپ کرد."),
        ("ru", "Комитет решил оставить ставку без изменений."),
        ("uk", "Комітет вирішив залишити ставку без змін, і її підтримали."),
        ("de", "Der Ausschuss hat entschieden, den Zinssatz nicht zu ändern."),
        ("fr", "Le comité a décidé de ne pas changer le taux et les marchés sont calmes."),
        ("es", "El comité decidió que la tasa no cambia para los bancos."),
        ("it", "Il comitato ha deciso di non cambiare il tasso per le banche."),
        ("pt", "O comitê decidiu que a taxa não muda para os bancos e é uma surpresa."),
        ("nl", "Het comité heeft besloten om de rente niet te wijzigen."),
        ("el", "Η επιτροπή αποφάσισε να μην αλλάξει το επιτόκιο."),
        ("he", "הוועדה החליטה לא לשנות את הריבית."),
        ("en", "| Product | Price |\n|---|---|\n| Chair | 120 |"),
        ("tr", "Ürün,Fiyat,Adet\nKalem,12,40\nDefter,25,10"),
        ("lt", "| Prekė | Kaina | Kiekis |\n| --- | --- | --- |\n| Pieštukas | 12 | 40 |"),
        ("ms", "Nama,Harga,Kuantiti\nPensel,12,40"),
        ("id", "Nama,Harga,Jumlah,Tanggal\nPensil,12,40"),
        ("de", "Größe, Gewicht, Stückzahl"),
        ("cs", "Název,Cena,Množství\nTužka,12,40"),
        ("ja", "氏名,年齢\n佐藤太郎,30\n三木英子,25"),
        ("zh", "姓名,年齡\n陳大文,30"),
        ("und", "Lorem ipsum dolor sit amet, consectetur adipiscing elit"),
        ("und", "12 345 | 67"),
        ("und", ""),
    ],
)
def test_the_main_language_is_told(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_a_few_foreign_words_do_not_change_the_language() -> None:
    assert detect_language("The word 한국 means Korea, and it is written in the script of the country.") == "en"


def test_another_language_than_asked_is_told_where_it_is_sure() -> None:
    assert other_language("Why is the full penalty charged to customers?", "ko") == "en"
    assert other_language("위약금은 얼마인가?", "en") == "ko"
    assert other_language("위약금은 얼마인가?", "ko") == ""
    assert other_language("Quanto costa Pier Lomond?", "en") == ""
    assert other_language("Why is it charged?", "") == ""
