"""Every sentence of the interface has its English; a sentence without one would show in Vietnamese on an English page."""

import shutil
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

CATALOGUE = "emulation/locale/en/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """The committed catalogue, brought up to date in a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("blocs", "deploy", "emulation", "scoring", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run([sys.executable, copy / "deploy" / "messages.py"], check=True, capture_output=True)
    return copy / CATALOGUE


def sentences(catalogue, *options):
    """The source sentences of a catalogue, those that match the options of msgattrib."""
    done = subprocess.run(
        ["msgattrib", "--no-wrap", "--no-obsolete", *options, catalogue], check=True, capture_output=True, text=True
    )
    return {line for line in done.stdout.splitlines() if line.startswith("msgid ") and line != 'msgid ""'}


@pytest.mark.parametrize("lack", ["--untranslated", "--only-fuzzy"])
def test_every_sentence_is_translated(gathered, lack):
    assert sentences(gathered, lack) == set()


def test_no_translation_is_left_over(gathered):
    assert sentences(ROOT / CATALOGUE) - sentences(gathered) == set()
