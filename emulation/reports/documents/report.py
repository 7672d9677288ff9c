"""A report as printed (báo cáo, Decree 30/2020, Appendix III): head, title, to whom, sections with tables, recipients, signature.

Wide tables and the units of a bloc side by side stand in an annex on pages that lie on their side.
"""

from django.template.loader import render_to_string
from django.utils import translation

from emulation.pdf.frame import DocumentFrame
from emulation.reports.documents.printed import printed
from emulation.reports.texts import ReportText


def report_html(text: ReportText, frame: DocumentFrame) -> str:
    """The HTML of a report for `emulation.pdf.render.render`; always Vietnamese."""
    with translation.override("vi"):
        return render_to_string("documents/report.html", printed(text, frame))
