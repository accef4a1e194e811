import unicodedata

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from made import found, pages, prose, spans

from stemma.reuse.collate import blocks

A, B, SHARED = prose("a"), prose("b"), prose("shared", 60)


def test_a_shared_passage_has_exact_ends_on_both_sides():
    table = pages((f"{A} {SHARED} {B}", "a.example"), (f"{prose('c')} {SHARED} {prose('d')}", "b.example"))
    assert spans(table, found(table), 0) == spans(table, found(table), 1) == [SHARED.rstrip(".")]
    row = found(table).passages.to_pylist()[0]
    assert row["matched_tokens"] == 60
    assert row["identity"] == 1.0
    assert row["kind"] == "copy"
    assert row["page_a"] < row["page_b"]


@given(
    st.text(st.characters(exclude_categories=("Cs", "L", "N", "M")), max_size=30),
    st.sampled_from(["NFC", "NFD"]),
    st.data(),
)
@examples(max_examples=25)
def test_what_is_claimed_to_be_shared_reads_the_same_on_both_sides(signs, form, data):
    words = SHARED.split()
    copy = [data.draw(st.sampled_from([w, w, w, w.upper(), w + signs])) for w in words]
    other = unicodedata.normalize(form, f"{signs}{prose('x', 20)} {' '.join(copy)}\n{prose('y', 20)}")
    table = pages((f"{A} {SHARED}", "a.example"), (other, "b.example"))
    row = found(table).passages.to_pylist()[0]
    text = dict(zip(table["page_id"].to_pylist(), table["text"].to_pylist(), strict=True))
    a, b = (text[row[f"page_{s}"]][row[f"{s}_start"] : row[f"{s}_stop"]] for s in "ab")
    same = sum(len([w for w in a[x:y].split() if any(c.isalnum() for c in w)]) for x, y, _, _ in blocks(a, b))
    assert same >= 0.9 * row["matched_tokens"]
    assert row["matched_tokens"] >= 55


def test_edited_words_and_an_inserted_sentence_stay_one_passage():
    words = SHARED.split()
    edited = [*words[:20], "entirely", "new", "words", *words[20:30], "changed", *words[31:]]
    table = pages((SHARED, "a.example"), (f"{A} {' '.join(edited)}", "b.example"))
    assert len(found(table).passages) == 1
    assert found(table).passages["matched_tokens"].to_pylist() == [59]


@pytest.mark.parametrize(
    ("shared", "tail"),
    [
        (
            "東京都知事選挙の立候補者説明会が開かれ新人や現職の陣営が参加した。選挙管理委員会が手続きを説明した。",
            "別の記事はここから始まる",
        ),
        (
            "Мер міста повідомив що міст через річку закриють на три тижні через ремонт опор та набережної що повідомляють у міській раді сьогодні",
            "інша новина дня",
        ),
        ("أعلنت بلدية المدينة أن الجسر القديم سيغلق لمدة ثلاثة أسابيع بسبب أعمال الترميم في الأعمدة", "خبر آخر"),
        ("เทศบาลเมืองประกาศปิดสะพานเก่าเป็นเวลาสามสัปดาห์เพื่อซ่อมแซมเสาและราวสะพานทั้งหมด", "ข่าวอื่น"),
    ],
)
def test_scripts_with_and_without_spaces(shared, tail):
    table = pages((f"{shared}\n{tail}", "a.example"), (A + "\n" + shared, "b.example"))
    (span,) = spans(table, found(table), 0)
    assert span.rstrip("。") == shared.rstrip("。")


def test_words_in_quotation_marks_on_both_sides_are_a_quotation():
    quote = prose("quote", 30)
    table = pages((f'{A} He said: "{quote}" {B}', "a.example"), (f"{prose('c')} “{quote}” she heard", "b.example"))
    assert found(table).passages["kind"].to_pylist() == ["quotation"]
    assert found(table).families.num_rows == 0


def test_two_quotations_with_other_narration_between_them_stay_a_quotation():
    one, two = prose("one", 25), prose("two", 25)
    table = pages(
        (f'"{one}" {prose("n", 15)} "{two}"', "a.example"), (f"“{one}” {prose('m', 15)} “{two}”", "b.example")
    )
    assert set(found(table).passages["kind"].to_pylist()) == {"quotation"}


def test_quoted_words_told_without_marks_are_a_copy():
    table = pages((f'{A} "{SHARED}"', "a.example"), (f"{B} {SHARED}", "b.example"))
    assert found(table).passages["kind"].to_pylist() == ["copy"]


def test_nothing_shared_is_nothing_found():
    result = found(pages((A, "a.example"), (B, "b.example"), ("", "c.example"), ("one", "d.example")))
    assert [result.passages.num_rows, result.furniture.num_rows, result.families.num_rows] == [0, 0, 0]


def test_no_pages_at_all():
    assert found(pages()).passages.num_rows == 0


def test_tables_of_numbers_are_no_passage():
    numbers = " ".join(str(n * 37 % 1000) for n in range(12))
    table = pages((f"{A} {numbers}", "a.example"), (f"{B} {numbers}", "b.example"))
    assert found(table).passages.num_rows == 0


def test_captures_of_one_document_share_nothing_with_each_other():
    url = "https://a.example/story"
    table = pages(
        {"text": f"{A} {SHARED}", "outlet": "a.example", "url": url},
        {"text": f"{B} {SHARED}", "outlet": "a.example", "url": url + "?utm_source=feed"},
        {"text": SHARED + " " + prose("c"), "outlet": "b.example"},
    )
    result = found(table)
    assert result.passages.num_rows == 2
    assert result.families.num_rows == 3
    assert len(set(result.families["family_id"].to_pylist())) == 1
