"""Sentences as read -> parts and lines of a draft protocol, and the flat statements.

    lines.py            the steps, sentence after sentence
    sheet.py            what has been drafted so far, and the sentence at hand
    owners.py           which part the lines of a block belong to
    parts.py            parts and lines in the making
    arms.py             the arm or choice that words name, treatment given again

    administrations.py  administrations -> lines and statements
    build.py            one administration in the making -> a Give, by the four files below
    days.py             its days
    words.py            its route, infusion, frequency and counts
    counts.py           counts of doses that are a frequency
    caps.py             its caps
    cycles.py           cycles of a statement or a sentence
    strict.py           a Give that one line can say, and the questions left
    flat.py             the flat statement

    special.py          sentences that are not "agent, amount, days", by the three files below
    stays.py            hospital stays and rests
    together.py         agents given with an administration of another one
    references.py       doses left to another document
    tapers.py           tapers

    unread.py           amounts and numbers that no line says
    quotes.py           the words of a statement, and findings placed in its block
    assemble.py         parts, objectives and visits -> one Protocol
"""

from posolog.reader.drafting.assemble import assemble
from posolog.reader.drafting.lines import draft_lines
from posolog.reader.drafting.sheet import Sheet

__all__ = ["Sheet", "assemble", "draft_lines"]
