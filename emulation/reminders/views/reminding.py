"""How one wants to be reminded; when the office wants it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reminders import policies
from emulation.reminders.domain import choices, days
from emulation.reminders.forms.reminding import ChoiceForm, DaysForm
from emulation.reminders.models import ALL_YEARS

FIELDS = ("by_mail", "email", "frequency", "language")


@require_http_methods(["GET", "HEAD", "POST"])
@acting()
def reminders(request: ActedRequest) -> HttpResponse:
    """The person's own wishes."""
    choice = choices.of(request.actor.user)
    form = ChoiceForm(request.POST or None, initial={name: getattr(choice, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        choices.choose(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Đã lưu cách nhận nhắc việc."))
        return redirect("reminders")
    return _page(request, form=form)


@require_POST
@acting()
def reminder_days(request: ActedRequest) -> HttpResponse:
    """The standing office says how many days before and after."""
    enforce(policies.may_set_days(request.actor))
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _page(request, days_form=form, status=422)
    days.set_days(form.cleaned_data["days"], actor=request.actor, year=form.cleaned_data["year"] or ALL_YEARS)
    messages.success(request, _("Đã đặt các ngày nhắc."))
    return redirect("reminders")


def _page(
    request: ActedRequest, *, form: ChoiceForm | None = None, days_form: DaysForm | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    choice = choices.of(actor.user)
    context = {
        "form": form or ChoiceForm(initial={name: getattr(choice, name) for name in FIELDS}),
        "may_set": policies.may_set_days(actor),
        "days_form": days_form,
        "rows": days.of_office(actor.unit_id) if actor.is_office else [],
    }
    if actor.is_office and days_form is None:
        context["days_form"] = DaysForm(initial={"days": days.spelled(days.chosen(actor.unit_id or 0))})
    return render(request, "reminders/reminders.html", context, status=status)
