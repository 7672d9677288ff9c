"""The board of obligations: one bloc for who presides over it, every bloc of the year for the office and provincial leaders."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blocs.models import BlocYear
from blocs.views.documents import bloc_of
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import board_policies as policies
from emulation.reports.domain.matrix import Matrix, Row, matrix

FILTERS = ("", "tre", "con")


@require_safe
@acting("board")
def obligations(request: ActedRequest) -> HttpResponse:
    """Every unit of a year that the actor watches over."""
    enforce(policies.may_watch_province(request.actor))
    known = list(BlocYear.objects.visible_to(request.actor).order_by("name").values_list("pk", "year", "name"))
    years = sorted({year for _pk, year, _name in known}, reverse=True)
    year = next((row for row in years if str(row) == request.GET.get("nam")), None)
    year = year or next((row for row in years if row <= clock.today().year), 0)
    of_year = [(pk, name) for pk, row, name in known if row == year]
    bloc = next((pk for pk, _name in of_year if str(pk) == request.GET.get("khoi")), None)
    blocs = list(BlocYear.objects.filter(pk__in=[bloc] if bloc else [pk for pk, _name in of_year]).full())
    context = {
        "year": year,
        "years": [{"label": str(row), "url": f"?nam={row}", "active": row == year} for row in years],
        "choices": [{"pk": pk, "name": name, "chosen": pk == bloc} for pk, name in of_year],
        "many": bloc is None and len(blocs) > 1,
        "chosen": bloc,
    }
    rest = f"&nam={year}" + (f"&khoi={bloc}" if bloc else "")
    return render(request, "reports/obligations.html", context | _table(request, matrix(blocs), rest))


@require_safe
@acting("blocs")
def bloc_obligations(request: ActedRequest, pk: int) -> HttpResponse:
    """Every unit of one bloc."""
    bloc_year = bloc_of(request, pk)
    enforce(policies.may_watch_bloc(bloc_year, request.actor))
    return render(request, "reports/obligations.html", {"bloc": bloc_year} | _table(request, matrix([bloc_year]), ""))


def _table(request: ActedRequest, found: Matrix, rest: str) -> dict[str, Any]:
    chosen = request.GET.get("loc", "")
    words = {"": _("Tất cả"), "tre": _("Có việc trễ"), "con": _("Còn việc")}
    return {
        "columns": found.columns,
        "rows": _drawn([row for row in found.rows if _matches(row, chosen)]),
        "units": len(found.rows),
        "late": sum(row.late for row in found.rows),
        "filters": [
            {
                "label": words[code],
                "url": f"?loc={code}{rest}",
                "active": code == chosen,
                "count": sum(_matches(row, code) for row in found.rows),
            }
            for code in FILTERS
        ],
    }


def _drawn(rows: Sequence[Row]) -> list[tuple[Row, SafeString]]:
    """Each row with its cells; most are alike, and each kind is drawn once."""
    template = get_template("reports/obligation.html")
    alike = {cell: template.render({"cell": cell}) for cell in {cell for row in rows for cell in row.cells}}
    return [(row, format_html_join("", "{}", ([alike[cell]] for cell in row.cells))) for row in rows]


def _matches(row: Row, code: str) -> bool:
    return {"tre": row.late > 0, "con": row.done < row.asked}.get(code, True)
