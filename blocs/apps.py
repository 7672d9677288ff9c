"""Set-up of the blocs app: what can be signed registers as a kind of document, and what keeps bytes says so."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocsConfig(AppConfig):
    name = "blocs"
    verbose_name = _("Khối thi đua")

    def ready(self) -> None:
        from blocs.domain import annexes, dues, photos
        from blocs.domain.minutes_kind import MinutesKind
        from blocs.domain.signing_kind import KINDS, BlocDocumentKind
        from emulation.inbox import dues as due
        from emulation.records.domain import documents
        from emulation.signing import kinds

        for kind in KINDS:
            kinds.register(BlocDocumentKind(kind))
        kinds.register(MinutesKind())
        kinds.register_enclosures(annexes.of_digest)
        documents.also_kept(photos.kept)
        due.register(dues.dues)
