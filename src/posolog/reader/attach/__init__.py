"""One sentence -> its administrations: first which agent each amount belongs to, then (`clauses`) which schedule.

    sentence.py   the steps, from tokens to the drafts of one sentence
    names.py      which spotted names are agents here: synonyms merged, placebos, names inside schedules
    no_dose.py    which amounts are no dose, and which are caps or totals
    rays.py       what tells absorbed doses from amounts of drug
    pairing.py    the fixed order of preference in which an amount looks for its agent
    in_order.py   as many agents as amounts, paired in order
    between.py    what may stand between an agent and its amount
    unlisted.py   capitalised names that no list holds
    doubts.py     the draft of one pair, and whether the pair is doubtful
"""

from posolog.reader.attach.sentence import NOBODY, read_sentence

__all__ = ["NOBODY", "read_sentence"]
