"""Acts on a document in force: start what is to replace it, revoke it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs import policies
from blocs.domain import ending, replacing
from blocs.forms.discussion import ReasonForm
from blocs.forms.ending import RevokeForm
from blocs.models import BlocDocument
from blocs.views.documents import find
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def replace(request: ActedRequest, pk: int) -> HttpResponse:
    """Start the document that is to replace this one, with a reason."""
    document = find(request, pk)
    enforce(policies.may_replace(document, request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = replacing.start_replacement(document, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã mở dự thảo thay thế từ văn bản đang có hiệu lực; đồng chí sửa rồi công bố."))
        return redirect("draft", new.pk)
    words = _(
        "Dự thảo mới lấy nội dung của văn bản này. Văn bản này còn hiệu lực cho đến khi văn bản mới được ký đủ hoặc ban hành; "
        "từ đó trang xác minh của văn bản này nêu lý do dưới đây."
    )
    return _page(request, document, form, title=_("Soạn văn bản thay thế"), words=words, button=_("Soạn văn bản thay thế"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def revoke(request: ActedRequest, pk: int) -> HttpResponse:
    """Revoke the document by a decision, with a reason; says what that means."""
    document = find(request, pk)
    enforce(policies.may_revoke(document, request.actor))
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ending.revoke(document, actor=request.actor, **form.cleaned_data)
        messages.warning(request, _("Đã thu hồi văn bản; những người đã ký và các đơn vị đã được báo."))
        return redirect("document", pk)
    return _page(request, document, form, title=_("Thu hồi văn bản"), words=ending.consequences(), button=_("Thu hồi văn bản"))


def _page(request: ActedRequest, document: BlocDocument, form: Any, *, title: str, words: str, button: str) -> HttpResponse:
    context = {"document": document, "bloc": document.bloc_year, "form": form, "title": title, "words": words, "button": button}
    return render(request, "blocs/reason.html", context, status=422 if form.errors else 200)
