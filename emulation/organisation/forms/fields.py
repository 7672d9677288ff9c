"""The base of all forms: typed text arrives in composed form, dates day first, numbers with a decimal comma."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emulation.lib import vietnamese

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class NfcMixin(forms.BaseForm):
    """Normalises every text of the submitted data (not secrets, which are normalised where they are checked).

    A long text is never cut off by the browser, which says nothing: the field's own check does.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and hasattr(data, "copy"):
            data = data.copy()
            for name in list(data):
                values = data.getlist(name) if hasattr(data, "getlist") else [data[name]]
                clean = [vietnamese.nfc(value) if isinstance(value, str) else value for value in values]
                if hasattr(data, "setlist"):
                    data.setlist(name, clean)
                else:
                    data[name] = clean[0]
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)


class NfcForm(NfcMixin, forms.Form):
    """A plain form."""


class NfcModelForm(NfcMixin, forms.ModelForm):
    """A form whose fields come from a model; it never saves: verbs do."""


class VietnameseDecimalField(forms.DecimalField):
    """A number typed as 1.234,5 or plainly 1234,5; when both signs occur, the later one stands before the decimals."""

    default_error_messages = {"invalid": _("Nhập số, dùng dấu phẩy cho phần thập phân, ví dụ 12,5.")}
    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs derive it from IntegerField
        if value in self.empty_values:
            return None
        text = str(value).replace(" ", "").replace("\u00a0", "")
        if "." in text and text.rfind(".") > text.rfind(",") > 0:  # 1,234.5 from another program
            text = text.replace(",", "")
        elif "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif text.count(".") > 1 or (text.count(".") == 1 and len(text.rsplit(".", 1)[1]) == 3):
            text = text.replace(".", "")
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not number.is_finite():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            plain = f"{value:f}"
            return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
        return value


class DayField(forms.DateField):
    """A date typed dd/mm/yyyy."""

    default_error_messages = {"invalid": _("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 04/03/2020.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"])
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """A day before or after these is a slip of the hand; at the edges of all calendars no clock can tell what time it is."""
        day = super().to_python(value)
        if day and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MomentField(forms.DateTimeField):
    """A date with a time of day, typed dd/mm/yyyy hh:mm."""

    default_error_messages = {"invalid": _("Nhập ngày giờ theo dạng ngày/tháng/năm giờ:phút, ví dụ 04/03/2020 17:00.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(format="%d/%m/%Y %H:%M", attrs={"placeholder": "dd/mm/yyyy hh:mm", "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """The same edges as of a day."""
        moment = super().to_python(value)
        if moment and not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment
