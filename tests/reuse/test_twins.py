from made import found, pages, prose

BODY = prose("body", 60)


def test_every_pair_of_a_few_twins_is_written_out():
    table = pages(*((BODY if n % 2 else BODY.upper(), f"o{n}.example") for n in range(4)))
    result = found(table)
    assert result.passages.num_rows == 6
    assert result.passages["thinned"].to_pylist() == [False] * 6
    assert result.families.num_rows == 4
    assert len(set(result.families["body_id"].to_pylist())) == 1


def test_many_twins_are_linked_through_one_and_say_so():
    table = pages(*((BODY, f"o{n}.example") for n in range(30)))
    result = found(table, twins_written_out=10)
    assert result.passages.num_rows == 29
    assert result.passages["thinned"].to_pylist() == [True] * 29
    assert result.families.num_rows == 30
    assert len(set(result.families["family_id"].to_pylist())) == 1


def test_twins_share_what_their_representative_shares():
    part = " ".join(BODY.split()[:40])
    table = pages((BODY, "a.example"), (BODY, "b.example"), (f"{prose('other')} {part}", "c.example"))
    result = found(table)
    assert result.passages.num_rows == 3
    assert result.families.num_rows == 3


def test_spans_of_twins_are_each_page_s_own():
    spaced = "  ".join(BODY.split())
    table = pages((BODY, "a.example"), (spaced, "b.example"))
    row = found(table).passages.to_pylist()[0]
    lengths = {row["a_stop"] - row["a_start"], row["b_stop"] - row["b_start"]}
    assert lengths == {len(BODY.rstrip(".")), len(spaced.rstrip("."))}


def test_more_twins_than_the_shingle_cap_are_still_found():
    table = pages(*((BODY, f"o{n}.example") for n in range(80)))
    assert found(table).families.num_rows == 80
