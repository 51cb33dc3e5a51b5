"""The examples in the docstrings of the room stats run."""

import doctest
import importlib
import pkgutil

import pytest

import posolog.stats

MODULES = sorted(module.name for module in pkgutil.walk_packages(posolog.stats.__path__, "posolog.stats."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
