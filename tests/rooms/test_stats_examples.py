"""The examples in the docstrings of the room stats run."""

import doctest
import importlib
import pkgutil

import pytest

import posolog.stats

MODULES = sorted(module.name for module in pkgutil.iter_modules(posolog.stats.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"posolog.stats.{name}")).failed == 0
