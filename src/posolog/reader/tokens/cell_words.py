"""The words of counted cells and of areas under the curve as patterns."""

from __future__ import annotations

import re

from posolog.reader.tokens.amount_words import MORE, SLASH
from posolog.reader.tokens.numbers import NUMBER

CELL_WORDS = (
    r"(?:(?!/|(?:to|or|and)\s\d|\d+(?:\.\d+)?[xX*])[A-Za-z0-9+*/-]{1,20}\s){0,5}?(?:[A-Za-z0-9+]{1,12}-)?(?:"
    r"cells?|lymphocytes?|leu[ck]ocytes?|MNCs?|TNCs?|CTLs?|h?MSCs?|DCs?|TILs?|PBMCs?|PBSCs?)"
)
# "2 x 10^6/kg CD34+ cells": what is counted, behind the body weight.
CELLS_AFTER = (
    r"(?:(?!(?:on|and|or|at|in|for|with|by|via|to|as|from|days?|was|is)\b)[A-Za-z0-9+-]{1,16}\s){0,3}?"
    r"(?:[A-Za-z0-9+]{1,12}-)?(?:"
    r"cells?|lymphocytes?|leu[ck]ocytes?|MNCs?|TNCs?|CTLs?|h?MSCs?|DCs?|TILs?|PBMCs?|PBSCs?)(?![A-Za-z])"
)
CELLS = re.compile(
    rf"""(?<![\w.])(?P<more>{MORE}\s?)?(?:(?P<low>{NUMBER})\s?(?:-|–|to)\s?)?(?P<first>{NUMBER})\s?[xX×*]\s?10\s?
        (?:exp\s?|\^|\*\*|[Ee]\+?)?\s?\(?(?P<power>\d{{1,2}}|m(?=\sCD\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})\)?\s?(?P<noun>
            (?!IU\b|UI\b|U\b){CELL_WORDS}(?![A-Za-z])
            |(?:T|B|NK|CAR|TNC|MNC|CD\d{{1,3}})[A-Za-z0-9+-]{{0,8}}(?=\s?/\s?kg)
            |(?P<iu>IU|UI|U|units)(?![A-Za-z]))?
        (?P<per>(?:{SLASH}(?:kg|m2|m²|m\^2|kilogram|m(?=\s|[,;.)]|$))(?![A-Za-z])(?:\s(?:body\sweight|BW)\b)?)?)
        (?:\s(?:of\s)?(?P<after>{CELLS_AFTER}))?(?!\s?/\s?(?:[LlmMuµ]|d(?!ose)|mm))""",
    re.X,
)
AUC = re.compile(
    rf"""\b(?:AUC|[Aa]rea[\s-]under[\s-](?:the\s)?(?:concentration[\s-]time\s)?[Cc]urve(?:\s?\(AUC\))?)\s?
        (?:\((?:area\ under[^)]{{0,20}}curve)\)\s?)?(?:of\s|=\s?|x\s?|-(?=\d))?(?P<first>{NUMBER})(?P<rest>
            (?:\s?(?:-|–|to|or|,|and)\s?{NUMBER}(?!\s?(?:mg|g\b|-?hours?|h\b))){{0,5}})
        (?:\s?mg\s?/\s?ml\s?(?:[x*.·/]\s?|per\s)?min(?:utes?)?)?(?![\d-])""",
    re.I | re.X,
)
