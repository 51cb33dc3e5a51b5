"""Administration statements in a flat, stable form. The same attached facts give the draft protocol and these.

    administration.py  one agent, its amount, its schedule, its words
    flat.py            what was read -> administrations
    doubts.py          doubts that come from an agent's other statements
    plain.py           administrations as plain data
"""

from posolog.reader.statements.administration import Administration, Cap, Dose
from posolog.reader.statements.flat import statements
from posolog.reader.statements.plain import as_json, uncertain_share

__all__ = ["Administration", "Cap", "Dose", "as_json", "statements", "uncertain_share"]
