"""What is said of a file that goes out unsigned with a signed document: the same five answers and one headline.

The file carries no signature. What vouches for it is the signed document that names its digest, its carrier; until that one is
complete, nothing here is in force.
"""

from django.utils.translation import gettext as _

from emulation.signing.domain import answers
from emulation.signing.domain.answers import Answer, Answers, Complete, Holds, Intact, Signers
from emulation.signing.domain.headlines import Headline, Tone
from emulation.signing.enums import RoundState, Standing
from emulation.signing.kinds import Enclosure

ENCLOSED = "enclosed"


def answers_of(found: Enclosure) -> Answers:
    """The answers about a file that has the very bytes that went out."""
    return Answers(
        file=Answer(ENCLOSED, _("%(title)s của %(of)s, ban hành kèm theo %(carrier)s.") % _said(found)),
        intact=Answer(Intact.INTACT, _("Nguyên vẹn. Không có nội dung nào bị sửa, thêm hoặc bớt.")),
        signers=Answer(
            Signers.NONE, _("Văn bản này không ký riêng; chữ ký ở %(carrier)s, trong đó có mã băm của tệp này.") % _said(found)
        )
        if found.carrier
        else Answer(Signers.NONE, _("Văn bản này không ký riêng.")),
        complete=_complete(found),
        standing=_standing(found),
    )


def headline_of(found: Enclosure, given: Answers) -> Headline:
    """For a file that has the very bytes that went out."""
    said = {**_said(found), "day": answers.day_of(found.standing_since)}
    note = _("%(title)s của %(of)s.") % said
    if given.standing.code == Holds.REPLACED:
        sentence = _("Tệp này ban hành kèm theo %(carrier)s, không bị thay đổi, nhưng đã được thay thế từ ngày %(day)s.")
        return Headline("replaced", Tone.WAIT, "file-time", sentence % said, note)
    if given.standing.code == Holds.REVOKED:
        sentence = _("Tệp này ban hành kèm theo %(carrier)s, không bị thay đổi, nhưng đã bị thu hồi từ ngày %(day)s.")
        return Headline("revoked", Tone.LATE, "file-alert", sentence % said, note)
    if given.standing.code == Holds.NOT_YET:
        sentence = _("Tệp này ban hành kèm theo %(carrier)s, không bị thay đổi, nhưng biên bản chưa ký đủ, chưa có hiệu lực.")
        return Headline("unfinished", Tone.WAIT, "file-time", sentence % said, note)
    sentence = _("Tệp này ban hành kèm theo %(carrier)s đã ký đủ, không bị thay đổi, đang có hiệu lực.")
    return Headline("valid", Tone.OK, "file-check", sentence % said, note)


def _said(found: Enclosure) -> dict[str, str]:
    day = f"{found.issued_on:%d/%m/%Y}"
    return {"title": found.title, "of": found.body_name, "carrier": _("biên bản hội nghị ngày %(day)s") % {"day": day}}


def _is_signed(found: Enclosure) -> bool:
    return found.carrier is not None and found.carrier.state == RoundState.COMPLETED


def _complete(found: Enclosure) -> Answer:
    if _is_signed(found):
        return Answer(Complete.COMPLETE, _("Đủ: biên bản mà văn bản này kèm theo đã ký đủ."))
    return Answer(Complete.INCOMPLETE, _("Chưa: biên bản mà văn bản này kèm theo chưa ký đủ."))


def _standing(found: Enclosure) -> Answer:
    said = {"day": answers.day_of(found.standing_since), "reason": found.standing_reason}
    if found.standing == Standing.REPLACED:
        return Answer(Holds.REPLACED, _("Không. Đã được thay thế từ ngày %(day)s: %(reason)s") % said)
    if found.standing == Standing.REVOKED:
        return Answer(Holds.REVOKED, _("Không. Đã bị thu hồi từ ngày %(day)s: %(reason)s") % said)
    if not _is_signed(found):
        return Answer(Holds.NOT_YET, _("Chưa có hiệu lực: biên bản hội nghị chưa ký đủ."))
    return Answer(Holds.IN_FORCE, _("Đang có hiệu lực. Chưa bị hủy, thay thế hoặc thu hồi."))
