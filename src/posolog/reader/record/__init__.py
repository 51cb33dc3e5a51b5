"""A registry record -> one draft protocol: every field is read by itself, and every quote names its field.

    reading.py  the steps, in order
    parts.py    the parts of all fields as the parts of one draft
    frame.py    what the record's own form says: allocation, endpoints, eligibility
    doses.py    two fields that give an agent on the same days in different amounts
    counts.py   stated counts against listed items; one cut-off stated in two ways
"""

from posolog.reader.record.reading import RecordRead, read_record

__all__ = ["RecordRead", "read_record"]
