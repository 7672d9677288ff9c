"""Lock files say exactly what is installed, and never from where: that is a setting of the machine."""

import json
import re

import pytest

from tests.house.tree import ROOT

REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("file", [*REQUIREMENTS, ROOT / "package-lock.json", ROOT / "package.json"], ids=lambda file: file.name)
def test_no_address_stands_in_a_lock_file(file):
    assert "://" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_every_requirement_is_pinned_and_hashed(file):
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:", line)] == []


def test_both_ways_of_installing_give_the_same_versions():
    run, test = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("run.txt", "test.txt")
    )
    assert {package: version for package, version in run.items() if test.get(package) != version} == {}


def test_every_front_end_package_has_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [path for path, package in packages.items() if path and "integrity" not in package] == []
