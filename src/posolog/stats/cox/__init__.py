"""Cox's regression, what follows from a fit, and its forms by cause and with weights."""

from posolog.stats.cox.regression import NAN, Cox, cox

__all__ = ["NAN", "Cox", "cox"]
