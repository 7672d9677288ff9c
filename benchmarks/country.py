"""Rows of many provinces in bulk, past the verbs and their triggers: units, blocs, adopted criteria sets, campaigns, sheets, cells."""

import csv
import io
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from django.db import connection, transaction

from benchmarks.computing import value_of
from blocs.enums import DocumentKind, DocumentState, SeatRole
from blocs.models import Bloc, BlocDocument, BlocYear, Seat, Version, Year
from emulation.lib import clock
from emulation.office.demo.papers_2020 import criteria_2020
from emulation.organisation.actors import Actor
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Unit, UnitName
from scoring.domain.reading import setting_values, write_rows
from scoring.enums import Layer, Phase, SetState, SheetState
from scoring.models import Campaign, CampaignPhase, CriteriaSet, Sheet
from tests import builders

SINCE = date(2015, 1, 1)
REASON = "Theo hồ sơ kiểm tra."
# Cells as COPY reads them; what is not named has its value below.
COLUMNS = "sheet_id, key, state, value, points, reason, edits, changed_at, changed_label"


class Country:
    """Provinces that are loaded one after the other; the first one has a clerk who can log in."""

    def __init__(self) -> None:
        self.cells = 0
        self.offices: list[Unit] = []
        self._chance = random.Random(2020)
        self._text = criteria_2020()
        self._author = builders.person()
        self._year = Year.objects.get_or_create(number=clock.today().year)[0]

    def clerk(self) -> Actor:
        """Somebody of the first province's standing office."""
        return builders.staff(self.offices[0])

    @transaction.atomic
    def load(self, blocs: int, units: int) -> list[Campaign]:
        """A province with so many blocs, in which so many units sit: each bloc has ratified nothing yet, everything is in."""
        province = self._units(UnitKind.PROVINCE, [f"Công an tỉnh {len(self.offices) + 1}"], None)[0]
        office = self._units(UnitKind.DEPARTMENT, [f"Phòng PX03 {len(self.offices) + 1}"], province, is_emulation_office=True)[0]
        self.offices.append(office)
        members = self._units(UnitKind.COMMUNE, [f"Công an xã {number}" for number in range(units)], province)
        return [self._bloc(number, office, members[number::blocs]) for number in range(blocs)]

    def _units(self, kind: str, names: Sequence[str], parent: Unit | None, *, is_emulation_office: bool = False) -> list[Unit]:
        rows = [Unit(kind=kind, parent=parent, is_emulation_office=is_emulation_office, valid_from=SINCE) for _name in names]
        made = Unit.objects.bulk_create(rows)
        UnitName.objects.bulk_create(
            UnitName(unit=unit, name=name, short_name=name[-60:], name_key=name.lower(), valid_from=SINCE)
            for unit, name in zip(made, names, strict=True)
        )
        return made

    def _bloc(self, number: int, office: Unit, members: Sequence[Unit]) -> Campaign:
        seats = [
            Seat(unit=unit, order=order, role=_role(order), deputy_number=_deputy(order)) for order, unit in enumerate(members, 1)
        ]
        bloc_year = BlocYear.objects.create(
            bloc=Bloc.objects.create(standing_office=office),
            year=self._year,
            name=f"Công an các xã cụm {number + 1}",
            decision_number="1/QĐ",
            decision_date=SINCE,
            leader_seat_id=seats[0].pk,
        )
        for seat in seats:
            seat.bloc_year = bloc_year
        Seat.objects.bulk_create(seats)
        criteria_set = self._criteria(bloc_year)
        campaign = Campaign.objects.create(
            bloc_year=bloc_year, criteria_set=criteria_set, phase=Phase.RATIFY, opened_by=self._author
        )
        CampaignPhase.objects.bulk_create(
            CampaignPhase(campaign=campaign, phase=phase) for phase in Phase if phase != Phase.PUBLISHED
        )
        self._score(campaign, members)
        return campaign

    def _criteria(self, bloc_year: BlocYear) -> CriteriaSet:
        document = BlocDocument.objects.create(
            bloc_year=bloc_year, kind=DocumentKind.SCORING, title="Quy định tiêu chí", state=DocumentState.ADOPTED
        )
        text = self._text
        version = Version.objects.create(
            document=document,
            number=1,
            content="{}",
            content_sha256="0" * 64,
            deadline=clock.now(),
            published_by=self._author,
            published_at=clock.now(),
        )
        made = CriteriaSet.objects.create(
            document=document, version=version, state=SetState.ADOPTED, content_sha256=text.sha256, **setting_values(text)
        )
        write_rows(made, text.criteria)
        made.is_sealed = True
        made.save(update_fields=["is_sealed"])
        return made

    def _score(self, campaign: Campaign, members: Sequence[Unit]) -> None:
        leader, deputy = members[0], members[1]
        rows = [
            Sheet(
                campaign=campaign,
                unit=unit,
                layer=layer,
                scorer=unit if layer == Layer.SELF else (deputy if unit == leader else leader),
                state=SheetState.LOCKED,
                submitted_at=clock.now(),
            )
            for unit in members
            for layer in (Layer.SELF, Layer.CONSOLIDATED)
        ]
        made = Sheet.objects.bulk_create(rows)
        lines = io.StringIO()
        writer = csv.writer(lines)
        for cell in self._lines(made):
            writer.writerow(cell)
            self.cells += 1
        lines.seek(0)
        with connection.cursor() as cursor:
            # What the triggers ask of every cell is what this loader makes true; asking 1.6 million times takes minutes.
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            cursor.copy_expert(f"COPY scoring_entry ({COLUMNS}) FROM STDIN WITH (FORMAT csv, NULL 'none')", lines)
            cursor.execute("SET LOCAL session_replication_role = 'origin'")

    def _lines(self, sheets: Sequence[Sheet]) -> Iterator[list[object]]:
        moment = clock.now().isoformat()
        for sheet in sheets:
            reason = "" if sheet.layer == Layer.SELF else REASON
            for leaf in self._text.leaves:
                value = json.dumps(value_of(leaf, self._chance))
                yield [sheet.pk, uuid.UUID(leaf.key), "entered", value, "none", reason, 1, moment, "PX03"]


def _role(order: int) -> str:
    return {1: SeatRole.LEADER, 2: SeatRole.DEPUTY}.get(order, SeatRole.MEMBER)


def _deputy(order: int) -> int | None:
    return 1 if order == 2 else None
