"""Spotting agents in prose by the formulary's names; the longest name wins, nothing is matched approximately."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress
from unicodedata import combining, normalize

from posolog.formulary import all_nuclides, ambiguous_names, exact_names, find, known_words, name_index

# "Dex10mg", "DNR45mg/m2"
_GLUED = r"[A-Za-z][A-Za-z-]++(?<=[A-Za-z])(?=\d{1,5}(?:\.\d{1,3})?(?:mg|mcg|ug|g|IU|U|u)(?![A-Za-z]))"
_LATIN = "A-Za-zÀ-ÿ0-9"
_TAIL_OF_WORD = rf"[{_LATIN}]*(?:[-+][{_LATIN}]+)*\+?"
# Letters alone come first: most words are that.
_WORD = re.compile(
    rf"""[A-Za-z]++(?![0-9À-ÿ+-])|{_GLUED}
        |[A-Za-zÀ-ÿ]{_TAIL_OF_WORD}
        |\(?\d{{2,3}}m?\)?-?[A-Z][A-Za-z]{{0,9}}-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*
        |[0-9]{_TAIL_OF_WORD}""",
    re.X,
)
_NUCLIDE = re.compile(r"\(?(\d{2,3}m?)\)?-?([A-Z][A-Za-z]{0,9})(?:-(.+))?\Z")
_NUCLIDE_LAST = re.compile(r"([A-Za-z]{1,9})-?(\d{2,3}m?)\Z")
_CODE = re.compile(
    r"(?:[A-Z]{2,6}-?\d{3,8}[A-Z]?|[A-Z]{1,6}-[A-Z]?\d{2,6}[A-Z]?|[A-Z]{2,3}[a-z]?-\d{3,6}|[A-Z]\d{4,6})\Z"
)
# "EBV-CTL", "CD19-CART"
_CELL_PRODUCT = re.compile(r"[A-Z][A-Za-z0-9]{1,9}-(?:CTLs?|TILs?|CARTs?|CAR-?Ts?|NKs?|MSCs?|DCs?)\Z")
_RECOMBINANT = re.compile(r"r(?:h|hu)?(?!RNA|DNA|TMS)[A-Z]{2,5}(?:-\d{1,3}[a-z]?)?\Z")  # "rIL-21", "rhTPO"
_LOOSE_CODE = re.compile(
    r"""(?:
            [A-Z]{1,5}\d{0,3}-[A-Z]{0,2}\d{1,6}[A-Z]?|[A-Z]{1,4}\d{1,6}[A-Z]?|\d{1,2}-[A-Z]{2,4}
            |[A-Z]\d{1,3}[A-Z]{2,4}\d{1,3})\Z""",
    re.X,
)
_NOT_CODES = re.compile(
    r"""(?:
            (?:
                 NCT|ICD|WHO|CTC|HLA|CD|COVID|HIV|HTLV|EORTC|ECOG|FACT|QLQ|SF|PHQ|EQ|KPS|GFR|AUC|CYP|HER|PD|CTLA|MHC
                 |VEGFR|FLT|PSA|CA|MRI|FDG|PET|RT|TNM|AJCC|NCI|RTOG|SWOG|CALGB|GOG|FEV|PS|HPV|EBV|CMV|HSV|HBV|HCV
                 |IFN|TNF|TH|BM|ER|PR|BRCA|KRAS|EGFR|BCR|ABL|IPI|HR|DSM|SNP|APOE|DRB|DQ|GRADE|STAGE|PHASE|ARM|DAY
                 |CYCLE|COHORT|STEP|ASTM|ISO|USP|UK|US|EU|BMI|HBA|FIGO|EQD|DL|VO|INT|MDS|AML|ALL|CML|CLL|NHL|R-CHOP
                 |CHOP|RCHOP|SCT|HSCT|SS|DRG|ISS|EDSS|DAS|ACR|PASI|HAM-D|MADRS|BDI|MMSE|UPDRS)
             -?\d{0,5}[A-Za-z]?
            |NCT\d{5,9}|[A-Z]-?\d{1,2}[A-Za-z]?|\d-[A-Z]{2,4}
            |(?:C\d{1,2}D|T\d[ab]?N|T\d-)\d{0,2})\Z""",
    re.I | re.X,
)
_NOT_AGENTS = frozenset(
    re.findall(
        r"\w+",
        """disease cancer cells cell blood plasma serum water oxygen insulin glucose sodium potassium calcium iron
        albumin creatinine protein placebo control standard alcohol iodine nitrogen carbon platelet platelets marrow
        tissue factor enzyme vaccine bilirubin hemoglobin haemoglobin urea cholesterol estrogen progesterone
        testosterone hormone steroids serotonin tryptophan chloroform""",
    )
)


@dataclass(frozen=True, slots=True)
class Spotted:
    """An agent in the text: `name` as the formulary calls it (or the lower-cased words), `words` as written.

    `known` says that the formulary holds it, `weak` that the word is an agent only beside an amount, `sole` that no
    other agent has been named before a later sentence that names none.
    """

    start: int
    end: int
    name: str
    words: str
    known: bool
    weak: bool = False
    sole: bool = False


def spot(text: str, start: int, end: int) -> list[Spotted]:
    """The agents named in text[start:end], in order, not overlapping."""
    return list(_spotted(text, start, end))


@lru_cache(maxsize=512)
def _spotted(text: str, start: int, end: int) -> tuple[Spotted, ...]:
    words = list(_WORD.finditer(text, start, end))
    found: list[Spotted] = []
    free = 0  # the first word that no agent before it has taken
    for index in compress(range(len(words)), map(_may_begin, map(re.Match.group, words))):
        taken = _taken(text, words, index) if index >= free and _goes_with_next(words, index) else None
        if taken is None:
            continue
        spotted, used = taken
        free = index + used
        if not (spotted.weak and _STUDY.search(text, max(start, spotted.start - 14), spotted.start)):
            found.append(spotted)
    return tuple(found)


def _goes_with_next(words: list[re.Match[str]], index: int) -> bool:
    """Whether the word may be an agent by itself, or together with the next one; a wide gate before the longer work."""
    followers = _followers(words[index].group())
    if followers is None or index + 1 == len(words):
        return followers is None
    following = words[index + 1].group()
    return following[0].isdigit() or key(following) in followers or following.lower() in _elements()


@lru_cache(maxsize=50_000)
def _followers(word: str) -> frozenset[str] | None:
    """How the key behind a word begins that is no agent by itself ("the" study drug); None where it may be one."""
    first = key(word)
    names = [name for heads in (_heads(), _weak_heads()) for name in heads.get(first, (0, {}))[1]]
    if first in names or _lead(word, weak=False)[0] or _lead(word, weak=True)[0] or _nuclide_named(word):
        return None
    if _abbreviated(word) or _alone(word)[0]:
        return None
    names += [key(name) for name in _first_words().get(word.lower(), ())]
    return frozenset(name[len(first) : end] for name in names for end in range(len(first), len(name) + 1))


def _taken(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """The agent that begins with this word and the number of words it has."""
    return (
        _longest(text, words, index, _heads(), weak=False)
        or _exact(words[index])
        or _several_words(text, words, index)
        or _single(words[index])
        or _radioactive(text, words, index)
        or _longest(text, words, index, _weak_heads(), weak=True)
    )


_STUDY = re.compile(r"(?:study|protocol|trial|number|no\.?|identifier)[\s#:]*\Z", re.I)


@lru_cache(maxsize=200_000)
def _may_begin(word: str) -> bool:
    """Whether an agent's name may begin with this word: all others are passed over at once."""
    first = key(word)
    if word[0] == "(" or (not word.isalpha() and not first.isdigit() and _DIGIT.search(word)):
        return True
    if first in _heads() or first in _weak_heads() or word in exact_names():
        return True
    lowered = word.lower()
    if lowered in _other_capitals() or (word.isupper() and 2 <= len(word) <= 4):
        return True
    if lowered in known_words() or "-" in word or lowered in _elements() or lowered in _first_words():
        return True
    if len(lowered) > 6 and f"{lowered}e" in known_words():
        return True
    return len(lowered) > 7 and _stems().search(lowered) is not None


@cache
def _elements() -> frozenset[str]:
    """Symbols and names of the radionuclides' elements ("I 131", "iodine I 131")."""
    names = {re.sub(r"\d+m?", "", word) for word in _nuclides()}
    return frozenset(names)


@lru_cache(maxsize=50_000)
def key(words: str) -> str:
    """Names compare without case, accents, hyphens, spaces and trade marks."""
    plain = "".join(char for char in normalize("NFKD", words.lower()) if not combining(char))
    return re.sub(r"[^a-z0-9+]", "", plain)


Heads = dict[str, tuple[int, dict[str, str]]]


def _add(heads: Heads, name: str, canonical: str) -> None:
    parts = _WORD.findall(name)
    if parts:
        most, table = heads.setdefault(key(parts[0]), (0, {}))
        table.setdefault(key(name), canonical)
        heads[key(parts[0])] = (max(most, len(parts)), table)


@cache
def _listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The generic names of the data file: (agents, weak)."""
    text = files("posolog.reader").joinpath("data/agents.txt").read_text("utf-8")
    strong, weak = text.split("[agents]")[1].split("[weak]")
    return tuple(strong.split("\n")), tuple(weak.split("\n"))


@cache
def _heads() -> Heads:
    """First word's key -> (most words, whole key -> canonical name)."""
    heads: Heads = {}
    for name, canonical in name_index().items():
        _add(heads, name, canonical)
    for name in (*ambiguous_names(), *_listed()[0]):
        _add(heads, name, name)
    for name, canonical in [(name, name_index().get(name, name)) for name in (*name_index(), *_listed()[0])]:
        if " " in name:  # "total-body irradiation"
            _add(heads, name.replace(" ", "-", 1), canonical)
    return heads


@cache
def _weak_heads() -> Heads:
    heads: Heads = {}
    for name in _listed()[1]:
        _add(heads, name, name)
    return heads


def is_weak_name(words: str) -> bool:
    """Whether a list holds the words as an agent that counts beside an amount alone ("calcium")."""
    first = _WORD.findall(words)
    if len(first) > 1 and words.lower() in known_words():
        return True
    return bool(first) and key(words) in _weak_heads().get(key(first[0]), (0, {}))[1]


def is_abbreviation(words: str) -> bool:
    """Whether a list holds the words as an agent's abbreviation that counts beside an amount alone ("IDA", "dex")."""
    return bool(_abbreviated(words))


def _longest(
    text: str, words: list[re.Match[str]], index: int, heads: Heads, *, weak: bool
) -> tuple[Spotted, int] | None:
    prefix, first_key = _lead(words[index].group(), weak=weak)
    entry = heads.get(first_key)
    if entry is None:
        return None
    most, table = entry
    best: tuple[Spotted, int] | None = None
    joined, at = first_key, words[index].start()
    for count, last in enumerate(words[index : index + most], 1):
        joined += key(last.group()) if count > 1 else ""
        if canonical := table.get(joined):
            span = text[at : last.end()]
            plausible = _plausible(span, first_key if count == 1 else "") or span in _SHORT_WORDS
            if plausible and ". " not in span and ";" not in span:
                best = Spotted(at, last.end(), prefix + canonical, span, not weak, weak), count
        if count < most and not _goes_on(joined, table):
            break
    return best


def _goes_on(joined: str, table: dict[str, str]) -> bool:
    """Whether a longer name begins with these words."""
    for name in table:  # noqa: SIM110  (a plain loop is quicker)
        if len(name) > len(joined) and name.startswith(joined):
            return True
    return False


@lru_cache(maxsize=50_000)
def _lead(word: str, *, weak: bool) -> tuple[str, str]:
    """The nuclide that a name's first word begins with ("177Lu-" or "") and the key of the rest."""
    first_key = key(word)
    nuclide = _NUCLIDE.match(word) if word[0] in "(0123456789" else None
    if nuclide and nuclide[3] and first_key not in (_weak_heads() if weak else _heads()):
        return f"{nuclide[1]}{nuclide[2]}-", key(nuclide[3])
    return "", first_key


_SHORT_WORDS = frozenset(["zinc", "iron"])  # short, and written so when they are given


def _plausible(words: str, single_key: str) -> bool:
    """Short names count only when written as an abbreviation (Flu, MMF), never as an ordinary word."""
    return (
        not single_key
        or len(single_key) > 4
        or words[:1].isupper()
        or any(char.isdigit() or char.isupper() for char in words)
    )


def _exact(word: re.Match[str]) -> tuple[Spotted, int] | None:
    """An abbreviation that counts only beside an amount, with its capitals ("IDA", "MP") or without ("dex")."""
    written = word.group()
    name = _abbreviated(written)
    return (Spotted(word.start(), word.end(), name, written, False, True), 1) if name else None


@lru_cache(maxsize=50_000)
def _abbreviated(written: str) -> str:
    """The agent that an abbreviation stands for, the abbreviation itself where it has two meanings, or ""."""
    names = exact_names().get(written) or (_other_capitals().get(written.lower()) if len(written) > 2 else None)
    if names:
        return names[0] if len(names) == 1 else written
    if 2 <= len(written) <= 4 and written.islower() and written.isalpha():
        return _heads().get(written, (0, {}))[1].get(written, "")
    return ""


@cache
def _other_capitals() -> dict[str, tuple[str, ...]]:
    """ "tac", "Tac" for "TAC": abbreviations of three letters or more, in small letters; no English words."""
    return {written.lower(): names for written, names in exact_names().items() if written.lower() not in _ENGLISH}


_ENGLISH = frozenset("bus gem ten met pan sal mito rif oral pac ben cyt sir eve intron tabloid sel epi dec".split())


_STUDY_AGENT = re.compile(r"(?:study|trial|investigational|the)\s[a-z]+\Z")


def is_study_agent(agent: Spotted) -> bool:
    """ "study drug", "investigational product": stands for the agent that the trial is about."""
    return agent.weak and _STUDY_AGENT.match(agent.name.lower()) is not None


@cache
def _first_words() -> dict[str, list[str]]:
    """The open vocabulary's names of several words ("sebelipase alfa") by their first."""
    found: dict[str, list[str]] = {}
    for name in known_words():
        if " " in name:
            found.setdefault(name.split(" ", 1)[0], []).append(name)
    return found


_INN_LAST = frozenset(
    "alfa alpha beta gamma pegol vedotin gluconate carboxymaltose isomaltoside laherparepvec teserine".split()
)


_SALT = re.compile(r"sodium|potassium|calcium|hydrochloride|[a-z]+ate")  # "tinzaparin sodium", "goserelin acetate"


def _several_words(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """A name of two to four words that the open vocabulary holds. Many are acids, oils or germs: then weak."""
    first = words[index]
    if first.group().lower() not in _first_words():
        return None
    for count in range(min(4, len(words) - index), 1, -1):
        last = words[index + count - 1]
        said = text[first.start() : last.end()]
        if said.lower() in known_words():
            if inner := _within(text, words[index + 1 : index + count]):
                return Spotted(first.start(), last.end(), inner.name, said, inner.known), count
            closing = last.group().lower()
            salt = count == 2 and _alone(first.group())[0] and _SALT.fullmatch(closing)
            weak = closing not in _INN_LAST and not salt
            return Spotted(first.start(), last.end(), said.lower(), said, False, weak), count
    return None


def _within(text: str, words: list[re.Match[str]]) -> Spotted | None:
    """A listed agent that these words end with: "rabbit antithymocyte globulin"."""
    for at in range(len(words)):
        taken = _longest(text, words, at, _heads(), weak=False)
        if taken is not None and at + taken[1] == len(words):
            return taken[0]
    return None


_HYPHENS = re.compile(r"[A-Za-z]{4,}(?:-[A-Za-z]{4,})+\Z")
_DIGIT = re.compile(r"\d")


def _single(word: re.Match[str]) -> tuple[Spotted, int] | None:
    """An agent the formulary does not hold, by its one word."""
    name, weak = _alone(word.group())
    return (Spotted(word.start(), word.end(), name, word.group(), False, weak), 1) if name else None


@lru_cache(maxsize=50_000)
def _alone(written: str) -> tuple[str, bool]:
    """The name of a known word or a company code, and whether it is weak; "" for any other word."""
    lowered = written.lower()
    if len(lowered) > 4 and lowered in known_words() and lowered not in _NOT_AGENTS:
        return lowered, False
    if len(lowered) > 6 and written.isalpha() and f"{lowered}e" in known_words() and lowered not in _NOT_AGENTS:
        return f"{lowered}e", False  # "bendamustin", "mycophenolat": names as other languages write them
    if _CELL_PRODUCT.match(written):
        return written, False
    if _RECOMBINANT.match(written):
        return written, True
    if _DIGIT.search(written):
        if _CODE.match(written) and not _NOT_CODES.match(written):
            return written, False
        if _LOOSE_CODE.match(written) and not _NOT_CODES.match(written):
            return written, True
    elif _HYPHENS.match(written) and key(written) in known_words():  # broken at a line's end: "dexa-methasone"
        return key(written), False
    elif len(lowered) > 7 and _stems().search(lowered):
        return lowered, False
    return "", False


def is_code(written: str) -> bool:
    """A company's code ("XY-1234")."""
    if _CELL_PRODUCT.match(written):
        return True
    return _DIGIT.search(written) is not None and _CODE.match(written) is not None and not _NOT_CODES.match(written)


@cache
def _stems() -> re.Pattern[str]:
    """Endings of international nonproprietary names that no ordinary English word has."""
    return re.compile(
        r"""(?:
                [aeiou](?:zu|xi|mu|li|ki|tu)mab
                |[a-z]{3}(?:
                     tinib|zomib|rubicin|citabine|arabine|fosfamide|[^o]platin|fungin|conazole|ciclovir|setron
                     |poetin|gatran|xaban|gliptin|gliflozin|sartan|statin|prazole|cept|limus|grastim|parib|ciclib
                     |lisib|degib|denib|clax|leucel|vedotin|parin|taxel|tecan|mustine|afil|triptan|oxacin|cillin
                     |mycin|sulfan))\Z""",
        re.X,
    )


@cache
def _nuclides() -> frozenset[str]:
    """ "90y", "90yttrium": mass number and symbol or element of the radionuclides."""
    rows = [(re.match(r"\d+m?", one.name), one) for one in all_nuclides()]
    return frozenset(
        word for mass, one in rows if mass for word in (one.name.lower(), mass.group() + one.element.lower())
    )


_LETTERS = re.compile(r"[A-Z]{2,4}")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d\Z)\d{3,7}")
_MASS = re.compile(r"\d{2,3}m?")
_TAIL = re.compile(r"\.[A-Z][a-z]\b")


def _radioactive(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """ "131I", "I-131", "iodine I 131", "177-Lu-DOTA-cG250": the mass number is no dose."""
    first = words[index]
    written = first.group()
    if name := _nuclide_named(written):
        opened = written[0] == "(" and ")" not in written
        return Spotted(first.start() + opened, first.end(), name, written[opened:], False), 1
    following = [word.group() for word in words[index + 1 : index + 3]]
    if not any(word[0].isdigit() for word in following):
        return None
    if following and following[0][0].isdigit() and _company(written):
        number, gap = words[index + 1], text[first.end() : words[index + 1].start()]
        if gap == " " and _NUMBER.fullmatch(following[0]):
            tail = _TAIL.match(text, number.end())
            end = tail.end() if tail else number.end()
            return Spotted(first.start(), end, text[first.start() : end], text[first.start() : end], False, True), 2
    for count in range(len(following), 0, -1):
        symbol, mass = (written, *following)[count - 1 : count + 1]
        if mass[0].isdigit() and _MASS.fullmatch(mass) and (mass + symbol).lower() in _nuclides():
            last = words[index + count]
            if text[words[index + count - 1].end() : last.start()] in (" ", "-"):
                said = text[first.start() : last.end()]
                return Spotted(first.start(), last.end(), said, said, False), count + 1
    return None


@lru_cache(maxsize=50_000)
def _nuclide_named(written: str) -> str:
    """The word without brackets where it begins with a nuclide ("131I-MIBG") or is one ("I-131"), else ""."""
    match = _NUCLIDE.match(written)
    if match and (match[1] + match[2]).lower() in _nuclides():
        return written.strip("()")
    match = _NUCLIDE_LAST.match(written)
    return written if match and (match[2] + match[1]).lower() in _nuclides() else ""


@lru_cache(maxsize=50_000)
def _company(written: str) -> bool:
    """Letters that may open a company's code ("BAY 43")."""
    return _LETTERS.fullmatch(written) is not None and not _NOT_CODES.match(written)


def agent_class(name: str) -> str:
    """The formulary's class of the agent ("anthracycline"), "" when it is not one agent of the formulary."""
    match = find(name)
    return match.agents[0].agent_class if len(match.agents) == 1 else ""
