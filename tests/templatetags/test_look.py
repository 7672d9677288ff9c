"""The component kit: what is refused shows its reason, numbers and texts reach the page unharmed."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, refuse

HOSTILE = '<b onclick="x">"\'</b>'


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


def draw(source, **context):
    html = Template("{% load look %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_refused_button_is_disabled_and_says_why_in_words():
    html = draw('{% button "Ký giao ước" "primary" url="/ky/" verdict=verdict %}', verdict=refuse("Chỉ chỉ huy đơn vị được ký."))
    assert "/ky/" not in html
    assert "disabled" in html
    reason = re.search(r'aria-describedby="([^"]+)"', html).group(1)
    assert re.search(rf'id="{reason}">.*Chỉ chỉ huy đơn vị được ký\.', html)


def test_two_reasons_on_a_page_have_ids_of_their_own():
    html = draw('{% button "Ký" verdict=verdict %}{% button "Ký" verdict=verdict %}', verdict=refuse("Chưa đến hạn."))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% button "Đọc" url="/x/" verdict=verdict %}', '<a class="k-button k-secondary" href="/x/">Đọc</a>'),
        ('{% button "Lưu" "primary" %}', '<button class="k-button k-primary" type="submit">Lưu</button>'),
        (
            '{% button "Từ chối…" "danger" url="/x/" dialog="d" %}',
            '<a class="k-button k-danger" href="/x/" data-dialog="d">Từ chối…</a>',
        ),
        ('{% button "Đóng" data_close="" %}', '<button class="k-button k-secondary" type="submit" data-close="">Đóng</button>'),
        (
            '{% button "Lên" "quiet" name="n" value=12345 %}',
            '<button class="k-button k-quiet" type="submit" name="n" value="12345">Lên</button>',
        ),
    ],
)
def test_an_allowed_button_is_a_link_or_submits(source, expected):
    assert draw(source, verdict=ALLOWED) == expected


def test_a_button_with_an_act_of_its_own_posts_with_the_token():
    html = draw('{% button "Nhắc" post="/nhac/" %}', csrf_token="ma-thong-hanh")
    assert html.startswith('<form class="k-act" method="post" action="/nhac/"><input type="hidden" name="csrfmiddlewaretoken"')


@pytest.mark.parametrize(
    "source",
    [
        "{% button text %}",
        "{% button text verdict=verdict %}",
        '{% badge "ok" text %}',
        "{% person text text %}",
        "{% facts rows %}",
        "{% crumb text %}{{ text }}{% endcrumb %}",
        "{% card title=text %}{{ text }}{% endcard %}",
        "{% notice text %}{{ text }}{% endnotice %}",
        "{% empty text %}{{ text }}{% endempty %}",
        "{% more text %}{{ text }}{% endmore %}",
        '{% dialog "d" text %}{{ text }}{% enddialog %}',
        "{% redline parts %}",
        '{% verdict_panel "ok" text note=text %}',
        "{% thumb text text url=text %}",
        "{% viewer pages text %}",
    ],
)
def test_what_people_wrote_is_escaped(source):
    context = {
        "text": HOSTILE,
        "verdict": refuse(HOSTILE),
        "rows": [(HOSTILE, HOSTILE)],
        "parts": [("ins", HOSTILE)],
        "pages": [{"picture": HOSTILE, "number": 1}],
    }
    html = draw(source, **context)
    assert "&lt;b onclick=" in html
    assert "<b onclick" not in html


def test_numbers_in_attributes_are_for_machines_and_words_for_people():
    html = draw('{% progress 1200 1500 "đã ký" %}')
    assert '<progress value="1200" max="1500"' in html
    assert words(html) == "1.200/1.500 đã ký"


def test_a_pressing_deadline_says_how_long_is_left():
    with clock.at(clock.now().replace(hour=3, minute=0, second=0, microsecond=0)):
        html = draw('{% deadline at label="Hạn ký" %}', at=clock.now() + timedelta(hours=2, minutes=18))
    assert "k-late" in html
    assert words(html) == "Hạn ký 12 giờ 18 hôm nay, còn 2 giờ 18 phút"


@pytest.mark.parametrize(("days", "expected"), [(6, "còn 6 ngày"), (-5, "trễ 5 ngày")])
def test_a_day_is_counted_in_days(days, expected):
    day = clock.today() + timedelta(days=days)
    html = draw("{% deadline day %}", day=day)
    assert words(html) == f"{day:%d/%m/%Y}, {expected}"
    assert ("k-late" in html) is (days < 0)


def test_a_deadline_that_was_met_is_not_counted_and_none_shows_nothing():
    assert "trễ" not in draw("{% deadline day met=True %}", day=clock.today() - timedelta(days=5))
    assert draw("{% deadline None %}") == ""


def test_the_step_line_names_the_step_of_now_in_one_sentence():
    steps = [("Dự thảo", "14/02", "done"), ("Lấy ý kiến", "28/02", "late"), ("Ký", "06/03", "now"), ("Sơ kết", "30/06", "todo")]
    html = draw("{% step_line steps %}", steps=[dict(zip(("label", "note", "state"), step, strict=True)) for step in steps])
    assert words(html).startswith("bước 3/4: Ký , 06/03")
    assert html.count('aria-current="step"') == 1


def test_a_year_that_is_over_has_no_step_of_now():
    drawn = draw("{% step_line steps %}", steps=[{"label": "Dự thảo", "note": "", "state": "done"}])
    assert "xong 1/1 bước" in drawn
    assert "aria-current" not in drawn


def test_seats_are_counted_and_spoken():
    rows = [
        {"label": "1", "state": "signed", "name": "Công an TP. Đồng Hới"},
        {"label": "CK", "state": "witness", "name": "Lãnh đạo"},
    ]
    spoken = words(draw('{% seats rows "đã ký" %}', rows=rows))
    assert spoken.startswith("1/2 đã ký")
    assert "Công an TP. Đồng Hới, đã ký" in spoken
    assert "Lãnh đạo, chứng kiến, chưa ký" in spoken


def test_facts_without_a_value_are_left_out():
    html = draw("{% facts rows %}", rows=[("Có", 0), ("Trống", ""), ("Không", None)])
    assert words(html) == "Có 0"


def test_a_crumb_is_a_link_or_plain_words():
    assert draw('{% crumb "/khoi/" %}Khối{% endcrumb %}') == '<span class="k-crumb"><a href="/khoi/">Khối</a></span>'
    assert draw("{% crumb %}Năm 2020{% endcrumb %}") == '<span class="k-crumb">Năm 2020</span>'


def test_a_message_takes_the_strip_of_its_level():
    assert "k-late" in draw('{% notice "error" %}x{% endnotice %}')
    assert "k-ok" in draw('{% notice "success" %}x{% endnotice %}')
