"""Bars in letters: as long as the drawn ones, with the plan where it stands."""

import pytest
from django.utils.safestring import SafeString

from emulation.reports.documents.charts import Bar


@pytest.mark.parametrize(
    ("length", "plan_at", "blocks"),
    [
        (0, 0, ""),
        (2, 0, "▏"),
        (100, 0, "█" * 10),
        (0, 130, "░" * 13 + "│"),
        (65, 130, "█" * 6 + "░" * 7 + "│"),
        (130, 130, "█" * 13 + "│"),
        (198, 130, "█" * 13 + "│" + "█" * 7),
    ],
)
def test_a_bar_in_letters(length, plan_at, blocks):
    assert Bar("Công an xã", SafeString(""), "", length, plan_at).blocks == blocks
