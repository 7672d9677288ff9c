from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='event',
            field=models.CharField(choices=[('signed_in', 'Đăng nhập'), ('locked_out', 'Khóa tạm vì sai mật khẩu'), ('unlocked', 'Mở khóa tài khoản'), ('secret_changed', 'Đổi mật khẩu'), ('link_issued', 'Cấp liên kết đặt mật khẩu'), ('user_created', 'Tạo tài khoản'), ('user_changed', 'Sửa tài khoản'), ('unit_created', 'Lập đơn vị'), ('unit_changed', 'Sửa đơn vị'), ('position_given', 'Giao chức vụ'), ('position_changed', 'Sửa chức vụ'), ('mandate_recorded', 'Ghi căn cứ ký thay'), ('mandate_ended', 'Kết thúc căn cứ ký thay'), ('year_changed', 'Sửa năm thi đua'), ('bloc_formed', 'Lập khối'), ('bloc_changed', 'Sửa khối'), ('library_changed', 'Sửa thư viện điều khoản'), ('draft_started', 'Bắt đầu dự thảo'), ('draft_changed', 'Sửa dự thảo'), ('version_published', 'Công bố bản dự thảo'), ('stand_prepared', 'Soạn ý kiến của đơn vị'), ('stand_sent', 'Gửi ý kiến của đơn vị'), ('remark_raised', 'Góp ý dự thảo'), ('remark_replied', 'Trao đổi về ý kiến góp ý'), ('remark_answered', 'Trả lời ý kiến góp ý'), ('remark_withdrawn', 'Rút ý kiến góp ý'), ('stands_reminded', 'Nhắc các đơn vị chưa gửi ý kiến'), ('covenant_adopted', 'Thông qua văn bản'), ('document_attached', 'Ban hành kèm theo biên bản'), ('covenant_checked', 'Kiểm tra văn bản'), ('covenant_replaced', 'Thay thế văn bản'), ('covenant_revoked', 'Thu hồi văn bản'), ('conference_planned', 'Chuẩn bị hội nghị'), ('conference_changed', 'Sửa hội nghị'), ('conference_invited', 'Gửi giấy mời hội nghị'), ('conference_called_off', 'Hủy hội nghị'), ('conference_held', 'Ghi nhận hội nghị đã họp'), ('conference_closed', 'Kết thúc hội nghị'), ('conference_reopened', 'Mở lại kết quả hội nghị'), ('attendance_recorded', 'Ghi thành phần dự hội nghị'), ('decision_recorded', 'Ghi kết quả biểu quyết'), ('directive_recorded', 'Ghi nội dung chỉ đạo'), ('directive_reported', 'Báo kết quả thực hiện chỉ đạo'), ('photo_changed', 'Thêm, gỡ ảnh hội nghị'), ('minutes_drafted', 'Lập dự thảo biên bản'), ('minutes_changed', 'Sửa dự thảo biên bản'), ('round_opened', 'Mở ký'), ('group_opened', 'Mở sớm lượt ký kế tiếp'), ('signed', 'Ký'), ('signing_refused', 'Từ chối ký'), ('refusal_withdrawn', 'Rút lại từ chối ký'), ('scan_taken_in', 'Tải bản chụp đã ký giấy'), ('paper_recorded', 'Ghi nhận đã ký giấy'), ('paper_confirmed', 'Xác nhận đã ký giấy'), ('paper_declined', 'Trả lại bản ghi ký giấy'), ('round_completed', 'Ký đủ'), ('round_voided', 'Hủy vòng ký, mở lại dự thảo'), ('authority_created', 'Lập đơn vị cấp chứng thư'), ('file_verified', 'Xác minh tệp')], max_length=40, verbose_name='sự kiện'),
        ),
    ]
