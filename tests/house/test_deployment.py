"""What the documentation says about running the system is what the programs do."""

import configparser
import re

import pytest
from django.core.management import get_commands

from tests.house.tree import ROOT, files

SETTINGS = (ROOT / "emulation" / "settings.py").read_text(encoding="utf-8")
DOCUMENTATION = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
READ_BY_THE_WEB_SERVER = {"BIND", "PORT", "WEB_CONCURRENCY"}


def test_every_setting_is_explained_and_every_explained_setting_is_read():
    read = set(re.findall(r"env\.\w+\(\"(\w+)\"", SETTINGS)) | READ_BY_THE_WEB_SERVER
    table = "\n".join(line.split("|")[1] for line in DOCUMENTATION.splitlines() if line.startswith("| `"))
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", table))
    assert explained == read


def test_the_example_names_only_settings_that_are_read():
    example = (ROOT / "deploy" / "emulation.env.example").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"^(\w+)=", example, re.MULTILINE) if f"`{name}`" not in DOCUMENTATION] == []


@pytest.mark.parametrize("timer", [*files("*.timer", under="deploy/systemd")], ids=lambda timer: timer.stem)
def test_timers_start_commands_that_exist(timer):
    unit = configparser.ConfigParser(strict=False)
    unit.read(timer)
    template, command = unit["Timer"]["Unit"].removesuffix(".service").split("@")
    assert (timer.parent / f"{template}@.service").exists()
    assert command in get_commands()
