"""Raw text -> blocks -> sentences -> typed tokens with spans. Bounded patterns only: cost is linear in the text.

    blocks.py          registry wrapping unfolded through a span map; paragraphs and list items
    sentences.py       the sentences of a block
    cues.py            whether one of many wordings stands in a sentence

    token.py           a typed stretch of a sentence
    amounts.py         the amounts of a sentence, by the files below
    amount.py          an amount with a unit: one value, a range, levels, a bound
    cells.py           counts of cells, and units with a power of ten
    curves.py          areas under the curve
    units.py           units and denominators as written
    amount_words.py    the words of amounts as patterns
    cell_words.py      the words of cells and areas as patterns
    numbers.py         numbers as written

    schedule.py        all else that a statement may hold, by the files below
    matches.py         where the forms of time, count, route and cap match
    kinds/             their words as patterns
    values.py          what a matched stretch says
    daywords.py        day sets as registries write them: "D-13", "days 1-4 and 11 to 14"
    day_lists.py       what looks like a day number and is none
    bare.py            schedules in few words: "40 mg once daily 2 weeks", days of the week
"""
