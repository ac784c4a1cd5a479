"""Mutants that are not counted, held to the code they name."""

import importlib

from drills.equivalent_mutants import EQUAL
from drills.mutation_operators import mutants_of
from drills.mutation_tests import TARGETS


def test_every_equivalent_mutant_is_still_one_of_its_modules() -> None:
    names = {
        mutant.name
        for subject in TARGETS.values()
        for module in subject.modules
        for mutant in mutants_of(importlib.import_module(module))
    }
    assert set(EQUAL) <= names, sorted(set(EQUAL) - names)
