"""Who is signed in, brought with the positions he holds today: every page wants both, and asks once."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from emulation.lib import clock
from emulation.organisation.models import Position, User


class HolderBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """The person with his positions of today; who holds none is asked for by himself."""
        held = list(Position.objects.on(clock.today()).filter(person=user_id).select_related("person", "unit"))
        if not held:
            return super().get_user(user_id)
        user = held[0].person
        for position in held:
            position.person = user
        user.held_today = held
        return user
