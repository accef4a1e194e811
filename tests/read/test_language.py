import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from stemma.read.language import languages

TEXTS = {
    "en": "Rain fell on the valley for eleven hours, and the river rose by half a metre before noon.",
    "de": "Elf Stunden lang fiel Regen auf das Tal, und der Fluss stieg bis zum Mittag um einen halben Meter.",
    "fr": "La pluie est tombée sur la vallée pendant onze heures et la rivière est montée d'un demi-mètre.",
    "es": "La lluvia cayó sobre el valle durante once horas y el río subió medio metro antes del mediodía.",
    "ru": "Одиннадцать часов над долиной шёл дождь, и к полудню вода в реке поднялась на полметра.",
    "ja": "谷には十一時間にわたって雨が降り続き、川の水位は正午までに五十センチ上昇しました。",
    "ar": "هطل المطر على الوادي إحدى عشرة ساعة وارتفع النهر نصف متر قبل الظهر.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_sentence_is_told(language):
    assert languages([TEXTS[language]], 300, 20) == [language]


@pytest.mark.parametrize(
    "text", ["", "Rain fell.", "12 345 678 901 234 567 890 123", "... --- ... --- ... --- ... ---"]
)
def test_too_few_letters_are_no_language(text):
    assert languages([text], 300, 20) == [None]


def test_as_many_letters_as_asked_for_are_enough():
    assert languages(["Der Regen fällt"], 300, 13) == ["de"]
    assert languages(["Der Regen fällt"], 300, 14) == [None]


def test_only_the_beginning_is_looked_at():
    assert languages([TEXTS["de"] * 4 + TEXTS["en"] * 40], 300, 20) == ["de"]


def test_capitals_do_not_change_the_language():
    assert languages([TEXTS["de"].upper()], 300, 20) == ["de"]


def test_many_texts_at_once_are_judged_as_one_by_one():
    known = LanguageIdentifier.from_model_file(MODEL_FILE)
    texts = [text[begin : begin + 90] for text in TEXTS.values() for begin in range(0, 20, 2)] + ["", "12", "ok"]
    alone = [known.classify(text)[0] for text in texts[:-3]] + [None] * 3
    assert languages(texts, 300, 20) == alone
    assert len(texts) > 50


def test_no_texts_have_no_languages():
    assert languages([], 300, 20) == []
