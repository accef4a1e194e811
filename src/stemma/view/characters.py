"""Text of strangers, made safe to look at: characters that aren't seen or reorder others are spelt out."""

import re

# Controls (except tab and line feed), bidi embeddings, overrides and isolates, word joiners, byte order
# marks, lone surrogates, tags: nothing a reader could see, all able to change what is read. Zero-width
# characters are spelt out between letters of scripts that don't join; Arabic, Indic scripts and emoji need
# them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2060-\u2064\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<=[\\u0000-\\u058f])[\u200b-\u200d](?=[\\u0000-\\u058f])"
)
_SPACE = re.compile(r"\s+")


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text cut into (piece, unseen): an unseen character becomes its name, e.g. 'U+202E'.

    Line ends written as CR or CR LF become line feeds: they are seen as such everywhere.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[str, bool]] = []
    done = 0
    for match in _UNSEEN.finditer(text):
        if match.start() > done:
            found.append((text[done : match.start()], False))
        found.append((f"U+{ord(match.group()):04X}", True))
        done = match.end()
    if done < len(text):
        found.append((text[done:], False))
    return found


def plain(text: str) -> str:
    """Return the text with unseen characters spelt out as ⟨U+202E⟩: no terminal obeys them."""
    return "".join(f"⟨{piece}⟩" if unseen else piece for piece, unseen in pieces(text))


def one_line(text: str, limit: int = 200) -> str:
    """Return the text on one line, cut to at most `limit` code points with the full length told."""
    flat = _SPACE.sub(" ", text[: limit * 8]).strip()
    if len(flat) <= limit and len(text) <= limit * 8:
        return flat
    return f"{flat[:limit].rstrip()}… ({len(text):,} characters)"


def opening(text: str, words: int = 12, limit: int = 90) -> str:
    """Return the first words of a text, as a heading: at most `limit` code points, '…' where more follows."""
    parts = text[: limit * 8].split()
    head = " ".join(parts[:words])
    if len(head) > limit:
        head = head[: limit + 1].rsplit(" ", 1)[0][:limit]
    whole = head == " ".join(parts) and len(text) <= limit * 8
    return head if whole else f"{head.rstrip(' ,;:.–-')}…"
