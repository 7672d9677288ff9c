"""Change one's own secret, or set one by the one-time link or code that the office issued."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from emulation.lib import codes
from emulation.lib.verdict import Refused
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.domain import attempts, secrets
from emulation.organisation.forms.accounts import ChangeSecretForm, LinkCodeForm, NewSecretForm
from emulation.organisation.middleware import address_of
from emulation.organisation.models import User

CODE_SCOPE, CODE_TRIES, CODE_MINUTES = "link_code", 10, 15


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
@acting()
def password_change(request: ActedRequest) -> HttpResponse:
    """Change the secret; a wrong old one counts toward lock-out, and other sessions end."""
    form = ChangeSecretForm(request.POST or None, user=request.actor.user)
    if request.method == "POST" and form.is_valid():
        try:
            secrets.check(request.actor.user.username, form.cleaned_data["old"], address=request.actor.address)
        except secrets.WrongSecret:
            form.add_error("old", _("Mật khẩu hiện tại không đúng."))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            secrets.set_own(request.actor.user, form.cleaned_data["new"], actor=request.actor)
            update_session_auth_hash(request, User.objects.get(pk=request.actor.user_id))
            messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của đồng chí đã kết thúc."))
            return redirect("home")
    return render(request, "organisation/password_change.html", {"form": form})


@require_http_methods(["GET", "POST"])
@never_cache
def set_secret_code(request: HttpRequest) -> HttpResponse:
    """Type the code from the slip; wrong codes are limited by address."""
    form = LinkCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = codes.read_typed(form.cleaned_data["code"])
        if not attempts.within(CODE_SCOPE, address_of(request), limit=CODE_TRIES, minutes=CODE_MINUTES):
            form.add_error(None, _("Nhập sai mã nhiều lần. Đồng chí chờ %(minutes)d phút.") % {"minutes": CODE_MINUTES})
        elif secrets.live_link(code) is None:
            form.add_error("code", _("Mã không đúng hoặc không còn dùng được."))
        else:
            return redirect("set_secret", code)
    return render(request, "organisation/set_secret_code.html", {"form": form})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def set_secret(request: HttpRequest, token: str) -> HttpResponse:
    """Set a secret of one's own by the link, once; then log in with it."""
    link = secrets.live_link(token)
    if link is None:
        return render(request, "organisation/set_secret_gone.html", status=410)
    form = NewSecretForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        try:
            secrets.use_link(token, form.cleaned_data["new"], address=address_of(request))
        except Refused:
            return render(request, "organisation/set_secret_gone.html", status=410)
        messages.success(request, _("Đã đặt mật khẩu. Đồng chí đăng nhập bằng mật khẩu mới."))
        return redirect("login")
    return render(request, "organisation/set_secret.html", {"form": form, "person": link.user, "expires": link.expires_at})
