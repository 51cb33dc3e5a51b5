"""The words of a text that may name agents, and how names compare."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

# "Dex10mg", "DNR45mg/m2"
_GLUED = r"[A-Za-z][A-Za-z-]++(?<=[A-Za-z])(?=\d{1,5}(?:\.\d{1,3})?(?:mg|mcg|ug|g|IU|U|u)(?![A-Za-z]))"
_LATIN = "A-Za-zÀ-ÿ0-9"
_TAIL_OF_WORD = rf"[{_LATIN}]*(?:[-+][{_LATIN}]+)*\+?"
# Letters alone come first: most words are that.
WORD = re.compile(
    rf"""[A-Za-z]++(?![0-9À-ÿ+-])|{_GLUED}
        |[A-Za-zÀ-ÿ]{_TAIL_OF_WORD}
        |\(?\d{{2,3}}m?\)?-?[A-Z][A-Za-z]{{0,9}}-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*
        |[0-9]{_TAIL_OF_WORD}""",
    re.X,
)


@lru_cache(maxsize=50_000)
def key(words: str) -> str:
    """Names compare without case, accents, hyphens, spaces and trade marks."""
    plain = "".join(char for char in normalize("NFKD", words.lower()) if not combining(char))
    return re.sub(r"[^a-z0-9+]", "", plain)
