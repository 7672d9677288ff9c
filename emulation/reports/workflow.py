"""The moves of a unit's report, of its bloc's and of the province's as tables."""

from emulation.lib.workflow import Move, Workflow
from emulation.reports.enums import BLOC_WRITABLE
from emulation.reports.enums import BlocReportState as Bloc
from emulation.reports.enums import ProvinceReportState as Province
from emulation.reports.enums import ReportState as Report

REPORT = Workflow(
    [
        Move("begin", (Report.NOT_STARTED,), Report.DRAFT, "Bắt đầu viết"),
        Move("present", (Report.DRAFT, Report.RETURNED), Report.SIGNING, "Trình chỉ huy ký"),
        Move("take_back", (Report.SIGNING,), Report.DRAFT, "Lấy lại để sửa"),
        Move("submit", (Report.SIGNING,), Report.SUBMITTED, "Chỉ huy ký, nộp"),
        Move("return", (Report.SUBMITTED,), Report.RETURNED, "Trả lại để sửa"),
        Move("accept", (Report.SUBMITTED,), Report.ACCEPTED, "Tiếp nhận"),
        Move("reopen", (Report.ACCEPTED, Report.LOCKED), Report.RETURNED, "Mở lại"),
        Move("lock", (Report.SUBMITTED, Report.ACCEPTED), Report.LOCKED, "Khóa khi báo cáo của khối đã ký"),
    ]
)

BLOC_REPORT = Workflow(
    [
        Move("gather", (Bloc.GATHERING, *BLOC_WRITABLE), Bloc.DRAFT, "Tổng hợp từ báo cáo đơn vị"),
        Move("check", BLOC_WRITABLE, Bloc.CHECKED, "Kiểm tra"),
        Move("edit", BLOC_WRITABLE, Bloc.DRAFT, "Sửa"),
        Move("open_signing", (Bloc.CHECKED,), Bloc.SIGNING, "Mở ký"),
        Move("take_back", (Bloc.SIGNING,), Bloc.DRAFT, "Lấy lại để sửa"),
        Move("send", (Bloc.SIGNING,), Bloc.SENT, "Khối trưởng ký, gửi"),
        Move("return", (Bloc.DRAFT, Bloc.CHECKED, Bloc.SENT), Bloc.RETURNED, "Trả lại để sửa"),
    ]
)

PROVINCE_REPORT = Workflow(
    [
        Move("gather", (Province.DRAFT,), Province.DRAFT, "Tổng hợp từ báo cáo của các khối"),
        Move("edit", (Province.DRAFT,), Province.DRAFT, "Sửa"),
        Move("open_signing", (Province.DRAFT,), Province.SIGNING, "Mở ký"),
        Move("take_back", (Province.SIGNING,), Province.DRAFT, "Lấy lại để sửa"),
        Move("sign", (Province.SIGNING,), Province.SIGNED, "Lãnh đạo Công an tỉnh ký"),
        Move("reopen", (Province.SIGNED,), Province.DRAFT, "Mở lại để sửa"),
    ]
)
