"""The vocabulary of posolog: quantities, days, events, guards, reasons, findings. Standard library only."""
