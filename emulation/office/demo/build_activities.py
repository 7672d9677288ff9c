"""Joint activities of the demonstration: each entered by its host on the day after, with its photographs."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta

from blocs.models import BlocYear
from emulation.lib import clock
from emulation.office.demo.joint_activities import Story
from emulation.office.demo.placeholder_photo import placeholder_photo
from emulation.office.demo.stage import Stage
from emulation.reports.domain import activities, activity_photos

_TOLD_ELSEWHERE = ("host", "units", "photos")


def build(stage: Stage, bloc_year: BlocYear, stories: Sequence[Story], *, entered: datetime | None = None) -> None:
    """Enter these activities, all at one moment if one is named."""
    for story in stories:
        day_after = (story.held_to or story.held_on) + timedelta(days=1)
        moment = entered or datetime.combine(day_after, time(9), tzinfo=clock.local(clock.now()).tzinfo)
        with stage.acting(moment, f"{story.host}.canbo") as actor:
            values = {name: value for name, value in asdict(story).items() if name not in _TOLD_ELSEWHERE}
            units = {stage.units[key].pk for key in story.units}
            activity = activities.enter(bloc_year, actor=actor, values={**values, "host": stage.units[story.host]}, units=units)
            for caption in story.photos:
                data = placeholder_photo(story.kind, f"{story.title}, {caption}")
                activity_photos.add(activity, actor=actor, data=data, caption=f"{caption} (hình minh họa)")
