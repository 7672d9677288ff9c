"""A joint activity with a photograph, for the walk over all addresses."""

import io

from PIL import Image

from emulation.lib import clock
from emulation.reports.domain import activities, activity_photos
from tests.builders import BlocCast


def keys(bloc: BlocCast) -> dict[str, dict[str, object]]:
    """Real keys of an activity that a member of this bloc hosted, and of its photograph."""
    member = bloc.members[0]
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today(), "host": member.unit, "people": 20}
    made = activities.enter(bloc.bloc_year, actor=member, values=values)
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(stream, "JPEG")
    photo = activity_photos.add(made, actor=member, data=stream.getvalue(), caption="Trao quà")
    return {"activity": {"pk": made.pk}, "activity photo": {"pk": made.pk, "photo_pk": photo.pk}}
