"""docs/invariants.md: sixteen invariants, and everything that is said to keep them is there."""

import ast
import re

import pytest
from django.apps import apps
from django.core.management import get_commands

from emulation.records import triggers
from tests.house.tree import ROOT

TABLE = ROOT / "docs" / "invariants.md"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+) \|$", re.MULTILINE)


def rows():
    return {
        int(number): re.findall(r"`([^`]+)`", keepers) for number, _sentence, keepers in ROW.findall(TABLE.read_text("utf-8"))
    }


def constraints():
    """Names of all constraints and triggers that the models declare."""
    named = {constraint.name for model in apps.get_models() for constraint in model._meta.constraints}
    return named | {trigger.name for trigger in triggers.declared()}


def unique_columns():
    return {
        f"{model.__name__}.{field.name}" for model in apps.get_models() for field in model._meta.concrete_fields if field.unique
    }


def is_test(name):
    """Whether "tests/x.py::TestClass::test_name" names a test that there is."""
    path, *parts = name.split("::")
    if not parts or not (ROOT / path).is_file():
        return False
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    for part in parts:
        found = next((node for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == part), None)
        if found is None:
            return False
        body = found.body
    return parts[-1].startswith("test_")


def is_there(keeper):
    if keeper.startswith("tests/"):
        return is_test(keeper)
    if keeper.startswith("manage.py "):
        return keeper.removeprefix("manage.py ") in get_commands()
    return keeper in (unique_columns() if "." in keeper else constraints())


def test_there_are_sixteen():
    assert list(rows()) == list(range(1, 17))


@pytest.mark.parametrize("number", range(1, 17))
def test_what_keeps_an_invariant_is_there(number):
    keepers = rows()[number]
    assert any(keeper.startswith("tests/") for keeper in keepers)
    assert [keeper for keeper in keepers if not is_there(keeper)] == []


@pytest.mark.parametrize(
    "keeper", ["no_such_constraint", "Slot.state", "manage.py nothing", "tests/house/test_invariants.py::test_x", "tests/x.py"]
)
def test_what_is_not_there_is_noticed(keeper):
    assert not is_there(keeper)
