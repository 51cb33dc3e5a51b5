"""What each command does once its words are read: one file a subject, results printed or written by `output`."""
