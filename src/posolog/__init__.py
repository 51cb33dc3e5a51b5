"""Trial protocols you can run.

posolog reads a trial's treatment as it is written, in a protocol or in its registry record, and
runs it: patient calendars, dose sheets, gates and follow-up all come from the one protocol file, and
every number can be traced to the words it came from. What a text does not say, or says in two ways,
becomes a finding for a person to settle; nothing is guessed.
"""

__version__ = "0.1.0"
