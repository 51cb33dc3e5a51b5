"""What can be typed: the words, options and help of every command, by subject.

A command imports its work from `posolog.cli.work` only when it runs, so that `--help` is instant.
"""
