"""Which words of a text are agents: by the formulary's names, by its own lists, by the text's own introductions.

    spot.py         the steps: which agent begins at a word; the longest name wins
    spotted.py      an agent as it stands in a text
    words.py        words that may name agents, and how names compare
    lists.py        the names of the formulary and of the data file
    listed.py       names that a list holds
    single.py       agents that no list holds, by one word
    codes.py        companies' codes, cell products, and what looks like one
    radioactive.py  nuclides, whose mass number is no dose
    own_names.py    names that a text itself says are agents: "the study drug XY-12"
    defined.py      names that a text gives its agents: "lenalidomide (LEN)"
    principal.py    the agent that a text as a whole is about
"""

from posolog.reader.agents.codes import is_code
from posolog.reader.agents.defined import defined_in, with_defined
from posolog.reader.agents.listed import is_abbreviation
from posolog.reader.agents.lists import agent_class, is_weak_name
from posolog.reader.agents.principal import principal, subject_of
from posolog.reader.agents.spot import spot
from posolog.reader.agents.spotted import Spotted, is_study_agent
from posolog.reader.agents.words import key

__all__ = [
    "Spotted",
    "agent_class",
    "defined_in",
    "is_abbreviation",
    "is_code",
    "is_study_agent",
    "is_weak_name",
    "key",
    "principal",
    "spot",
    "subject_of",
    "with_defined",
]
