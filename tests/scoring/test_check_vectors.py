"""The command by which an office proves the engine with its own worked examples."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scoring.rules import TYPES, vectors

FILE = Path(__file__).parent / "vectors.json"


def run(file):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_vectors", str(file), stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue()
    return out.getvalue(), err.getvalue()


def written(tmp_path, cases):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    return file


def test_all_worked_examples_hold():
    said, wrong = run(FILE)
    assert wrong == ""
    assert "leaf 64, total 6, rank 4, consolidate 6" in said


def test_every_rule_type_has_an_example():
    cases = json.loads(FILE.read_text(encoding="utf-8"))
    assert {case["rule"]["type"] for case in cases["leaf"]} == set(TYPES)


WRONG = {
    "leaf": {"name": "tính sai", "rule": {"type": "yes_no", "max": "5"}, "value": {"yes": True}, "expect": "4.00"},
    "total": {
        "name": "tổng sai",
        "groups": {"I": {"kind": "base"}},
        "scores": [["I", "1.00", "2"]],
        "rule": {},
        "expect": "2.00",
    },
    "rank": {"name": "hạng sai", "rows": [{"unit": "A", "total": "1"}], "expect": {"A": [2, False]}},
    "consolidate": {"scores": ["8.00"], "method": "mean", "expect": "9.00"},
}


@pytest.mark.parametrize("section", WRONG)
def test_each_mismatch_is_printed_and_the_command_fails(tmp_path, section):
    said, wrong = run(written(tmp_path, {section: [WRONG[section]]}))
    assert said.startswith("1 ví dụ sai khác")
    assert f"{section} “{WRONG[section].get('name', 1)}”" in wrong
    assert "tính ra" in wrong


@pytest.mark.parametrize(
    "case",
    [
        {"rule": {"type": "unheard_of"}, "value": {}, "expect": "1.00"},
        {"rule": {"type": "yes_no", "max": "5"}, "value": {"yes": "có"}, "expect": "5.00"},
        {"rule": {"type": "yes_no", "max": "5"}},
        "not a case",
    ],
)
def test_a_case_that_cannot_be_run_is_a_mismatch(case):
    assert [row.section for row in vectors.check({"leaf": [case]})] == ["leaf"]


def test_an_unknown_method_is_a_mismatch():
    case = {"scores": ["8.00"], "method": "mode", "expect": "8.00"}
    assert [row.name for row in vectors.check({"consolidate": [case]})] == ["1"]


def test_a_number_with_decimals_stays_exact(tmp_path):
    file = tmp_path / "cases.json"
    text = '{"leaf": [{"rule": {"type": "percent", "max": 5}, "value": {"target": 800, "actual": 633.0}, "expect": "3.96"}]}'
    file.write_text(text, encoding="utf-8")
    assert run(file) == (run(file)[0], "")


def test_what_else_stands_in_the_file_is_named(tmp_path):
    cases = {"consolidate": [{"scores": ["8.00"], "method": "mean", "expect": "8.00"}], "ballot": [{"yes": 8}], "note": "x"}
    said, wrong = run(written(tmp_path, cases))
    assert (said.splitlines()[0], wrong) == ("Không chạy: ballot", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "không có ví dụ nào"),
        ("[]", "cần một đối tượng"),
        ('{"leaf": {}}', "cần một đối tượng"),
        ("{", "không phải tệp JSON"),
    ],
)
def test_a_file_that_says_nothing_is_refused(tmp_path, content, reason):
    file = tmp_path / "cases.json"
    file.write_text(content, encoding="utf-8")
    assert reason in run(file)[0]


def test_a_missing_file_is_refused(tmp_path):
    assert "Không đọc được tệp" in run(tmp_path / "none.json")[0]
