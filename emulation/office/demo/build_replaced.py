"""The bloc that signed with pens also has an operating regulation; it was replaced by a new one within the year."""

from datetime import datetime, timedelta

from blocs.domain import discussion, drafts, replacing, signing
from blocs.domain.starting import default_text
from blocs.enums import AdoptionBasis, CheckKind, DocumentKind
from blocs.models import BlocDocument, BlocYear
from emulation.lib import clock
from emulation.office.demo.current_year import AMENDMENT, REPLACE_REASON, BlocStory
from emulation.office.demo.drafting import send_stands, set_details, sign
from emulation.office.demo.stage import CLERK, Stage


def build(stage: Stage, bloc: BlocStory, bloc_year: BlocYear, *, first: datetime, second: datetime) -> None:
    """Signed by the leader for the bloc, then replaced by its amended text, each within a day from these moments."""
    with stage.acting(first, bloc.drafter) as actor:
        text = default_text(bloc_year, DocumentKind.REGULATION)
        document = drafts.start(bloc_year, actor=actor, text=text, kind=DocumentKind.REGULATION)
    _bring_out(stage, bloc, document, first + timedelta(hours=1))
    with stage.acting(second, bloc.drafter) as actor:
        new = replacing.start_replacement(document, actor=actor, reason=REPLACE_REASON)
        clause = new.clauses.order_by("part", "order")[0]
        drafts.save_clause(clause, actor=actor, seen=clause.edits, values={"text": f"{clause.text}\n{AMENDMENT}"})
    _bring_out(stage, bloc, new, second + timedelta(hours=1))


def _bring_out(stage: Stage, bloc: BlocStory, document: BlocDocument, start: datetime) -> None:
    """From the draft to the leader's signature, in one day: everybody agrees at once."""
    moments = [start + timedelta(minutes=10 * step) for step in range(20)]
    with stage.acting(moments[0], bloc.leader) as actor:
        version = discussion.publish(document, actor=actor, deadline=start + timedelta(days=3))
    agreed = [(moments[1 + place], login, opinion, "") for place, (_at, login, opinion, _said) in enumerate(bloc.stands)]
    send_stands(stage, version, agreed)
    with stage.acting(moments[8], bloc.leader) as actor:
        discussion.adopt(version, actor=actor, basis=AdoptionBasis.CONSENSUS, held_on=clock.today())
        set_details(document, actor=actor)
    with stage.acting(moments[9], bloc.deputy) as actor:
        signing.check(version, CheckKind.CONTENT, actor=actor)
    with stage.acting(moments[10], CLERK) as actor:
        signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(moments[11], bloc.leader) as actor:
        signing_round = signing.open_signing(document, actor=actor)
    sign(stage, signing_round, [(moments[12], bloc.leader)])
