"""A registry record -> one draft protocol: every field is read by itself, and every quote names its field.

    reading.py  the steps, in order
    fields.py   one prose field, as it was read
    frame.py    what the record's own form says: allocation, endpoints, eligibility
    parts.py    the parts of all fields as the parts of one draft, by the files below
    joining.py  what has been joined so far
    arms.py     arms that the prose names, as arm groups of the record
    anchors.py  where days count from
    same.py     lines of two fields that say the same
    undosed.py  interventions of which no field states a dose
    doses.py    two fields that give an agent on the same days in different amounts
    counts.py   stated counts against listed items; one cut-off stated in two ways
"""

from posolog.reader.record.reading import RecordRead, read_record

__all__ = ["RecordRead", "read_record"]
