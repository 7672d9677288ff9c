"""The people around anything of a bloc, for casts of documents, campaigns and what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulation.organisation.actors import Actor

if TYPE_CHECKING:
    from tests.builders import BlocCast


class InBloc:
    """Who stands around something of a bloc."""

    bloc: BlocCast

    @property
    def office(self) -> Actor:
        return self.bloc.office

    @property
    def leader(self) -> Actor:
        return self.bloc.leader

    @property
    def deputy(self) -> Actor:
        return self.bloc.deputies[0]

    @property
    def members(self) -> list[Actor]:
        return self.bloc.members

    @property
    def commanders(self) -> list[Actor]:
        return self.bloc.commanders
