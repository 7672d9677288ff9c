"""What a browser would send: the values of a page's form as they stand in it."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    """Reads the fields of one form; what waits in a <template> is not part of it."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside, self.templates = form_id, not form_id, 0
        self.data: dict[str, str | list[str]] = {}
        self.select: str | None = None
        self.first_option: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form_id:
            self.inside = given.get("id") == self.form_id
        self.templates += tag == "template"
        if not self.inside or self.templates or "disabled" in given:
            return
        if tag == "input" and given.get("name") and given.get("type") not in {"submit", "button"}:
            is_box = given.get("type") in {"checkbox", "radio"}
            if not is_box or "checked" in given:
                self._put(given["name"], given.get("value", "on" if is_box else ""))
        elif tag == "select":
            self.select, self.first_option = given["name"], None
        elif tag == "option" and self.select:
            self.first_option = given.get("value", "") if self.first_option is None else self.first_option
            if "selected" in given:
                self._put(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.area, self.text = given["name"], ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "select" and self.select:
            if self.select not in self.data and self.first_option is not None:
                self.data[self.select] = self.first_option
            self.select = None
        elif tag == "textarea" and self.area:
            self.data[self.area] = self.text.removeprefix("\n")
            self.area = None
        elif tag == "form" and self.form_id:
            self.inside = False

    def _put(self, name: str, value: str) -> None:
        if name in self.data:
            before = self.data[name]
            self.data[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            self.data[name] = value


def submitted(response, form_id: str = "") -> dict[str, str | list[str]]:
    """The fields of the page's form with this id (of all forms without one), as a browser would send them untouched."""
    reader = _Reader(form_id)
    reader.feed(response.content.decode())
    return reader.data
