from made import found, pages, prose, spans

FOOTER = prose("footer", 25)


def outlet(count, footer=FOOTER, name="a.example"):
    return [(f"{prose(f'{name} {n}', 60)} {footer}", name) for n in range(count)]


def test_text_on_an_outlet_s_pages_is_furniture_not_a_passage():
    table = pages(*outlet(5))
    result = found(table)
    assert result.passages.num_rows == 0
    assert result.furniture.num_rows == 5
    row = result.furniture.to_pylist()[0]
    assert (row["kind"], row["pages"], row["outlets"]) == ("outlet", 5, 1)
    text = dict(zip(table["page_id"].to_pylist(), table["text"].to_pylist(), strict=True))[row["page_id"]]
    assert text[row["start"] : row["stop"]] in FOOTER
    assert row["stop"] - row["start"] > 0.8 * len(FOOTER)


def test_the_same_text_on_three_pages_is_not_yet_furniture():
    assert found(pages(*outlet(3))).furniture.num_rows == 0


def test_a_passage_ends_where_furniture_begins():
    shared = prose("shared", 50)
    table = pages(*outlet(5), (f"{shared} {FOOTER}", "a.example"), (f"{shared} {prose('z')}", "b.example"))
    assert [s.rstrip(".") for s in spans(table, found(table), 5)] == [shared.rstrip(".")]


def test_revisions_of_one_story_are_not_furniture():
    story = prose("story", 120)
    table = pages(*((f"{story} {prose(f'update {n}', 15)}", "a.example") for n in range(5)))
    result = found(table)
    assert result.furniture.num_rows == 0
    assert len(set(result.families["family_id"].to_pylist())) == 1


def test_a_footer_is_found_on_a_page_that_has_little_else():
    table = pages(*outlet(5), (f"{prose('teaser', 8)} {FOOTER}", "a.example"))
    assert table["page_id"][5].as_py() in found(table).furniture["page_id"].to_pylist()


def test_a_footer_of_another_outlet_is_that_outlet_s():
    table = pages(*outlet(5), (f"{prose('x')} {FOOTER}", "b.example"))
    assert table["page_id"][5].as_py() not in found(table).furniture["page_id"].to_pylist()
