"""Raw text -> blocks -> sentences -> typed tokens with spans. Bounded patterns only: cost is linear in the text.

    blocks.py    registry wrapping unfolded through a span map; paragraphs and list items
    sentences.py the sentences of a block
    cues.py      whether one of many wordings stands in a sentence
    daywords.py  day sets as registries write them: "D-13", "days 1-4 and 11 to 14"
    bare.py      schedules in few words: "40 mg once daily 2 weeks", days of the week
    values.py    what a matched stretch says: numbers, frequencies, counts, cycles, routes
"""
