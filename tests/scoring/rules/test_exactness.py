"""No float where points come about: not as a literal, not as a call, not from a division of whole numbers."""

import ast

import pytest

from tests.house.tree import ROOT, files, name

RULES = [name(path) for path in files("*.py", under="scoring/rules")]


@pytest.mark.parametrize("path", RULES)
def test_no_float_in_the_rules(path):
    found = []
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"float", "round"}:
            found.append(f"line {node.lineno}: {node.func.id}()")
        if isinstance(node, ast.ImportFrom | ast.Import):
            modules = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            found += [f"line {node.lineno}: {module}" for module in modules & {"math", "statistics", "numpy", "random"}]
    assert found == []


def test_the_rules_know_no_database():
    imported = [
        module
        for path in RULES
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (module := node.module or "")
    ]
    allowed = ("scoring.rules", "emulation.lib", "django.utils")
    own = [module for module in imported if module.split(".")[0] in {"scoring", "emulation", "blocs", "django"}]
    assert [module for module in own if not module.startswith(allowed)] == []
