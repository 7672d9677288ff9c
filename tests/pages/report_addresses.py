"""What every address of reports, of joint activities and of boards answers to every role; see addresses.py."""

from tests.pages.answers import SEEN, SIGNED_IN, Row, only

ACTIVITIES = [
    Row("activities", answers={**SIGNED_IN, **dict.fromkeys(("member", "clerk", "deputy", "leader"), 302)}),
    Row("bloc_activities", "empty", "bloc"),
    Row("activity_new", "empty", "bloc", {**SEEN, "director": 403}),
    Row("activity", "empty", "activity"),
    Row("activity_edit", "empty", "activity", only("member", "clerk", "leader", "office", status=200)),
    Row("activity_remove", "empty", "activity", only("member", "clerk", "leader", "office"), {}),
    Row("activity_photo_add", "empty", "activity", only("member", "clerk", "leader", "office", status=422), {"caption": "Ảnh"}),
    Row("activity_photo_remove", "empty", "activity photo", only("member", "clerk", "leader", "office"), {}),
    Row("activity_photo", "empty", "activity photo", more={"size": "nho"}),
]
