"""Who may work on criteria sets: one function a verb. The set belongs to its document, so most questions are the document's."""

from django.utils.translation import gettext as _

from blocs import policies as documents
from blocs.enums import DocumentKind
from blocs.models import BlocDocument
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from scoring.models import CriteriaSet, ReportOutline


def may_start_criteria(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Who edits the draft of a scoring regulation starts its criteria set, one at a time."""
    if document.kind != DocumentKind.SCORING:
        return refuse(_("Bộ tiêu chí đi kèm quy định tiêu chí chấm điểm."))
    if not (verdict := documents.may_edit(document, actor)):
        return verdict
    if document.criteria_sets.working().exists():
        return refuse(_("Quy định này đã có bộ tiêu chí đang soạn."))
    return ALLOWED


def may_edit_criteria(criteria_set: CriteriaSet, actor: Actor | None) -> Verdict:
    """Who edits the draft of the regulation edits its working set; an adopted set never changes."""
    if not criteria_set.is_working:
        return refuse(_("Bộ tiêu chí đã thông qua, không sửa được; muốn đổi phải đưa quy định về lấy ý kiến."))
    return documents.may_edit(criteria_set.document, actor)


def may_copy_criteria(source: CriteriaSet, actor: Actor | None) -> Verdict:
    """An adopted set that one may see, and a working set that one may edit."""
    if source.is_working:
        return may_edit_criteria(source, actor)
    if CriteriaSet.objects.visible_to(actor).filter(pk=source.pk).exists():
        return ALLOWED
    return refuse(_("Đồng chí không xem được bộ tiêu chí này."))


def may_start_outline(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Who edits the draft of a report outline gives it its sections and figures, once."""
    if not (verdict := may_edit_outline(document, actor)):
        return verdict
    if ReportOutline.objects.filter(document=document).exists():
        return refuse(_("Đề cương này đã có khung báo cáo."))
    return ALLOWED


def may_edit_outline(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Who edits the draft of a report outline edits its sections and figures."""
    if document.kind != DocumentKind.OUTLINE:
        return refuse(_("Khung báo cáo đi kèm đề cương báo cáo."))
    return documents.may_edit(document, actor)
