"""The bloc's days are those of its first covenant: a replacement begun later in the year is not late from its first minute."""

from datetime import timedelta

import pytest

from blocs.domain import progress, todo
from blocs.enums import DocumentState
from emulation.lib import clock
from tests import builders, endings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def pass_days(made):
    """The days by which the bloc was to draft and to sign are over."""
    row = made.row.bloc_year
    row.draft_due, row.sign_due = clock.today() - timedelta(days=20), clock.today() - timedelta(days=3)
    row.save(update_fields=["draft_due", "sign_due"])


def drafting(made):
    actor = builders.again(made.leader)
    (task,) = [task for task in todo.tasks(todo.overview(actor), actor) if task.kind == todo.DRAFT]
    return task


def states(made):
    row = made.row
    return [step["state"] for step in progress.steps(row.bloc_year, row, None, None)]


def test_a_first_draft_is_late_after_the_day():
    made = builders.document(DocumentState.DRAFT)
    pass_days(made)
    assert drafting(made).due == made.row.bloc_year.draft_due
    assert progress.LATE in states(made)


def test_what_is_to_replace_a_covenant_has_no_such_day():
    made = builders.document(DocumentState.SIGNED)
    pass_days(made)
    new = endings.replacement(made)
    assert drafting(new).due is None
    assert progress.LATE not in states(new)
