"""Signs that stand for letters: printers' ligatures, HTML entities and tags, accents apart, bytes misread."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection

from posolog.evidence.model import Repair

_TAG = re.compile(r"</?(?:sup|sub|i|b|em|strong|scp)>", re.I)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SOFT = re.compile("\u00ad")
_MISREAD = re.compile("[ÃÂâ][\u0080-\u00bf\u2018-\u2026€™œžŸ]{1,2}")
_ACCENT = {"¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "˚": "\u030a"}
_APART = re.compile("(?P<letter>[A-Za-z])(?P<accent>[¨´ˆ˜¸˚])")
_COMBINING = re.compile("[A-Za-z][\u0300-\u036f]+")


def mend_characters(words: str, mend: Callable[[Repair], None]) -> str:
    """The words with plain letters; each change is passed to `mend` as a repair of field "words"."""
    if words.isascii() and "&" not in words and "<" not in words:
        return words
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], str], ...] = (
        (_TAG, lambda m: "", "a tag of a web page"),
        (_ENTITY, lambda m: html.unescape(m[0]), "an entity of a web page"),
        (_LIGATURE, lambda m: unicodedata.normalize("NFKC", m[0]), "one printed sign for several letters"),
        (_SOFT, lambda m: "", "a hyphen that only prints at the end of a line"),
        (_MISREAD, _reread, "bytes of UTF-8 read as another encoding"),
        (_COMBINING, lambda m: unicodedata.normalize("NFC", m[0]), "letter and accent as one character"),
        (_APART, lambda m: unicodedata.normalize("NFC", m["letter"] + _ACCENT[m["accent"]]), "an accent set apart"),
    )
    for pattern, change, why in rules:
        for match in reversed(list(pattern.finditer(words))):
            after = change(match)
            if after != match[0]:
                words = words[: match.start()] + after + words[match.end() :]
                mend(Repair("words", match[0], after, "REF-CHARACTERS", why))
    return words


_BREAK = re.compile(r"(?P<left>[^\W_]+)-[ \t]*\n[ \t]*(?P<right>[^\W_]+)")


def mend_line_breaks(words: str, known: Collection[str], mend: Callable[[Repair], None]) -> str:
    """The words with hyphens at line ends settled: "leukae-", "mia" is one word, "anti-", "CD22" keeps its hyphen.

    `known`: words of the whole list in small letters. Where neither form stands elsewhere, the hyphen stays.
    """
    for match in reversed(list(_BREAK.finditer(words))):
        left, right = match["left"], match["right"]
        joined = right.islower() and (left + right).casefold() in known
        after = left + right if joined else f"{left}-{right}"
        why = "a word broken at the end of a line" if joined else "a hyphen at the end of a line, kept"
        words = words[: match.start()] + after + words[match.end() :]
        mend(Repair("words", match[0], after, "REF-HYPHEN", why))
    return words


def _reread(match: re.Match[str]) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return match[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return match[0]
