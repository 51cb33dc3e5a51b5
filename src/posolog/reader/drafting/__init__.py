"""Sentences as read -> parts and lines of a draft protocol, and the flat statements.

    drafting.py  sentence after sentence: where each statement hangs, in which arm, under which choice
    build.py     one administration in the making -> a Give
    counts.py    counts of doses that are a frequency
    strict.py    a Give that one line can say, and the questions left
    forms.py     sentences that are not "agent, amount, days": rests, stays, references, crossovers
    parts.py     parts and lines in the making
    quotes.py    the words of a statement, and findings placed in its block
    assemble.py  parts, objectives and visits -> one Protocol
"""

from posolog.reader.drafting.assemble import assemble
from posolog.reader.drafting.drafting import Drafting

__all__ = ["Drafting", "assemble"]
