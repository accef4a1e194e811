"""Twins: pages with the same tokens are aligned once, through the one with the least number, then written out.

Classes are written out pair by pair up to a limit; beyond it one passage stands for all and is marked `thinned`.
"""

#: The representative of each class of twins. `pages` has page_no, document_no, outlet_no and body_no (-1: no token).
REPRESENTATIVES = """
SELECT p.* FROM pages p
JOIN (SELECT body_no, min(page_no) AS page_no FROM pages WHERE body_no >= 0 GROUP BY body_no) r ON p.page_no = r.page_no
"""

#: Passages between twins themselves, whole body to whole body. `sizes` is weigh.SIZES of the representatives.
#: To its representative each twin is always linked; to the others while the class has at most {most} pages.
WITHIN = """
WITH classes AS (SELECT body_no, min(page_no) AS head, count(*) AS members FROM pages WHERE body_no >= 0
                 GROUP BY body_no HAVING count(*) > 1)
SELECT x.page_no AS a, 0 AS a_first, s.tokens AS a_last, y.page_no AS b, 0 AS b_first, s.tokens AS b_last,
       s.tokens AS matched_tokens, s.chars AS matched_chars, s.quoted AS quoted_tokens,
       s.bits AS surprise, c.members > {most} AS thinned
FROM classes c JOIN pages x ON x.body_no = c.body_no JOIN pages y ON y.body_no = c.body_no
JOIN sizes s ON s.page_no = c.head
WHERE x.page_no < y.page_no AND (c.members <= {most} OR x.page_no = c.head)
  AND s.tokens >= {min_tokens} AND s.bits >= {min_bits}
"""

#: Passages between representatives, given to their twins too, while both classes have at most {most} pages together.
BETWEEN = """
WITH members AS (SELECT body_no, count(*) AS members FROM pages GROUP BY body_no),
     bodies AS (SELECT p.page_no, p.body_no, m.members FROM pages p JOIN members m ON p.body_no = m.body_no)
SELECT x.page_no AS a, r.a_first, r.a_last, y.page_no AS b, r.b_first, r.b_last,
       r.matched_tokens, r.matched_chars, r.quoted_tokens, r.surprise, ra.members + rb.members > {most} AS thinned
FROM aligned r JOIN bodies ra ON r.a = ra.page_no JOIN bodies rb ON r.b = rb.page_no
JOIN pages x ON x.body_no = ra.body_no JOIN pages y ON y.body_no = rb.body_no
WHERE ra.members + rb.members <= {most} OR (x.page_no = r.a AND y.page_no = r.b)
"""

#: Captures of one document are revisions of one witness: what they share is no finding.
ACROSS_DOCUMENTS = """
SELECT t.* FROM ({rows}) t JOIN pages x ON t.a = x.page_no JOIN pages y ON t.b = y.page_no
WHERE x.document_no <> y.document_no
"""


def expansion(most: int, min_tokens: int, min_bits: float) -> str:
    """Return the SQL that writes aligned pairs of representatives out for their twins."""
    limits = {"most": int(most), "min_tokens": int(min_tokens), "min_bits": float(min_bits)}
    parts = (WITHIN.format(**limits), BETWEEN.format(**limits))
    rows = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in parts)  # noqa: S608  (numbers only)
    return ACROSS_DOCUMENTS.format(rows=rows)
