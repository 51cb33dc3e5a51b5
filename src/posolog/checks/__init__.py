"""What a person should settle before a protocol is run: protocol -> findings, one small function per code.

>>> from posolog.protocol.model import Protocol
>>> check(Protocol("empty"))
()
"""

from __future__ import annotations

from posolog.checks.registry import CHECKS, check

__all__ = ["CHECKS", "check"]
