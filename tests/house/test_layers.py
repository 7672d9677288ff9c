"""Models follow the same layers as imports. The import linter does not see a foreign key that is written as a string."""

import tomllib

from django.apps import apps
from django.conf import settings

from tests.house.tree import ROOT


def ranks() -> dict[str, int]:
    """The package of each app and its layer, counted from the top, as pyproject.toml lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if "containers" not in contract)
    return {package.strip(): rank for rank, layer in enumerate(layers) for package in layer.split("|")}


def test_no_foreign_key_points_upward():
    rank = ranks()
    upward = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            here, there = (apps.get_app_config(side._meta.app_label).name for side in (model, field.related_model))
            is_person = field.related_model._meta.label == settings.AUTH_USER_MODEL
            if here in rank and there in rank and rank[there] < rank[here] and not is_person:
                upward.append(f"{model._meta.label}.{field.name} -> {there}")
    assert upward == []


def test_every_app_of_ours_has_its_layer():
    ours = {app.name for app in apps.get_app_configs() if app.path.startswith(str(ROOT)) and ".venv" not in app.path}
    assert ours - set(ranks()) - {"emulation"} == set()
