import django.db.models.deletion
import django.db.models.expressions
import emulation.lib.clock
import uuid
from django.conf import settings
from django.db import migrations, models


def count_votes(apps, schema_editor):
    """Who was present at a conference agreed: that is how its adoption was recorded before votes were. The row is otherwise as written."""
    on_table = " ON blocs_adoption" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS blocs_adoption_no_update{on_table}")  # made anew after every migration
    adoptions = apps.get_model("blocs", "Adoption").objects.filter(basis="conference")
    adoptions.update(votes_for=models.F("present"), against=0, abstained=0, rule="all")


class Migration(migrations.Migration):

    dependencies = [
        ('blocs', '0003_documents'),
        ('organisation', '0001_initial'),
        ('records', '0002_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='số')),
                ('place', models.CharField(choices=[('whole', 'Toàn văn bản'), ('clause', 'Nội dung'), ('indicator', 'Chỉ tiêu')], max_length=10, verbose_name='góp ý về')),
                ('key', models.UUIDField(null=True)),
                ('quoted_number', models.CharField(blank=True, max_length=20)),
                ('quoted_heading', models.CharField(blank=True, max_length=300)),
                ('quoted_text', models.TextField(blank=True)),
                ('text', models.TextField(verbose_name='nội dung góp ý')),
                ('proposed', models.TextField(blank=True, verbose_name='câu chữ đề xuất')),
                ('author_label', models.CharField(max_length=300)),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('state', models.CharField(choices=[('open', 'Chờ trả lời'), ('accepted', 'Tiếp thu'), ('rejected', 'Không tiếp thu'), ('parked', 'Để lại hội nghị'), ('withdrawn', 'Đơn vị đã rút')], default='open', max_length=10, verbose_name='trạng thái')),
                ('answer', models.TextField(blank=True, verbose_name='trả lời')),
                ('answered_label', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('entered_text', models.TextField(blank=True)),
                ('entered_version', models.PositiveSmallIntegerField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='blocs.blocdocument', verbose_name='văn bản')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='blocs.version', verbose_name='bản dự thảo')),
            ],
            options={
                'verbose_name': 'ý kiến góp ý',
                'verbose_name_plural': 'ý kiến góp ý',
                'ordering': ['document', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RemarkAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=150)),
                ('media_type', models.CharField(max_length=80)),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='blocs.remark')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.revision')),
            ],
            options={
                'verbose_name': 'tệp kèm góp ý',
                'verbose_name_plural': 'tệp kèm góp ý',
                'ordering': ['remark', 'order'],
            },
        ),
        migrations.CreateModel(
            name='RemarkReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author_label', models.CharField(max_length=300)),
                ('text', models.TextField(verbose_name='nội dung')),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='blocs.remark')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'trao đổi về góp ý',
                'verbose_name_plural': 'trao đổi về góp ý',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='remark_one_per_number'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', None), ('place', 'whole')), models.Q(models.Q(('place', 'whole'), _negated=True), ('key__isnull', False)), _connector='OR'), name='remark_place_has_its_key'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('proposed', ''), ('place', 'clause'), _connector='OR'), name='remark_proposes_wording_for_a_clause'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something', violation_error_message='Ghi nội dung góp ý.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='remark_closed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='remark_rejected_with_reason', violation_error_message='Nêu lý do không tiếp thu.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'accepted'), models.Q(('entered_text', ''), ('entered_version', None)), _connector='OR'), name='remark_enters_when_accepted'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('at')), _connector='OR'), name='remark_answered_after_it_was_made'),
        ),
        migrations.AddConstraint(
            model_name='remarkattachment',
            constraint=models.UniqueConstraint(fields=('remark', 'order'), name='attachment_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='remarkattachment',
            constraint=models.CheckConstraint(condition=models.Q(('order__gte', 1), ('order__lte', 5)), name='attachment_at_most_five'),
        ),
        migrations.AddConstraint(
            model_name='remarkreply',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reply_says_something'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='to_check',
            field=models.BooleanField(default=False, editable=False, verbose_name='giữ từ năm trước, chưa rà'),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('label', models.CharField(max_length=300)),
                ('units', models.JSONField()),
            ],
            options={
                'verbose_name': 'lần nhắc',
                'verbose_name_plural': 'lần nhắc',
            },
        ),
        migrations.AddField(
            model_name='adoption',
            name='abstained',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='adoption',
            name='against',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='adoption',
            name='rule',
            field=models.CharField(blank=True, choices=[('all', 'Tất cả đơn vị có mặt đồng ý'), ('two_thirds', 'Từ hai phần ba số đơn vị có mặt đồng ý'), ('majority', 'Quá nửa số đơn vị có mặt đồng ý')], max_length=12),
        ),
        migrations.AddField(
            model_name='adoption',
            name='votes_for',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stand',
            name='carried_from',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='version',
            name='carried',
            field=models.JSONField(default=dict),
        ),
        migrations.AddConstraint(
            model_name='stand',
            constraint=models.CheckConstraint(condition=models.Q(('carried_from', None), ('sent_at__isnull', False), _connector='OR'), name='stand_carried_was_sent'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='blocs.version'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('version', 'on'), name='reminder_once_a_day'),
        ),
        migrations.CreateModel(
            name='Conference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('signing', 'Hội nghị ký giao ước'), ('interim', 'Hội nghị sơ kết'), ('final', 'Hội nghị tổng kết')], default='signing', max_length=10, verbose_name='loại')),
                ('state', models.CharField(choices=[('planned', 'Đang chuẩn bị'), ('held', 'Đã họp, đang ghi kết quả'), ('closed', 'Đã kết thúc')], default='planned', max_length=10, verbose_name='trạng thái')),
                ('title', models.CharField(max_length=250, verbose_name='tên hội nghị')),
                ('starts_at', models.DateTimeField(verbose_name='thời gian')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='kết thúc lúc')),
                ('venue', models.CharField(max_length=200, verbose_name='địa điểm')),
                ('locality', models.CharField(blank=True, max_length=60, verbose_name='địa danh')),
                ('presiding_leader', models.CharField(blank=True, max_length=150, verbose_name='lãnh đạo dự và chỉ đạo')),
                ('invitation_number', models.CharField(blank=True, max_length=40, verbose_name='số giấy mời')),
                ('invitation_note', models.TextField(blank=True, verbose_name='đề nghị các đơn vị chuẩn bị')),
                ('invited_at', models.DateTimeField(editable=False, null=True, verbose_name='gửi giấy mời lúc')),
                ('edits', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=emulation.lib.clock.now, editable=False)),
                ('closed_at', models.DateTimeField(editable=False, null=True)),
                ('bloc_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conferences', to='blocs.blocyear', verbose_name='khối')),
                ('chair_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị chủ trì')),
                ('host_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị đăng cai')),
                ('secretary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.position', verbose_name='thư ký')),
            ],
            options={
                'verbose_name': 'hội nghị',
                'verbose_name_plural': 'hội nghị',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('body', models.CharField(blank=True, max_length=150, verbose_name='cơ quan khác')),
                ('representative', models.CharField(blank=True, max_length=200, verbose_name='người dự')),
                ('role', models.CharField(choices=[('chair', 'Chủ trì'), ('secretary', 'Thư ký'), ('delegate', 'Đại biểu'), ('guest', 'Khách mời')], default='delegate', max_length=10, verbose_name='vai trò')),
                ('is_present', models.BooleanField(blank=True, null=True, verbose_name='có mặt')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do vắng')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='blocs.conference', verbose_name='hội nghị')),
            ],
            options={
                'verbose_name': 'người dự',
                'verbose_name_plural': 'thành phần dự',
                'ordering': ['conference', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('title', models.CharField(max_length=300, verbose_name='nội dung')),
                ('presenter', models.CharField(blank=True, max_length=150, verbose_name='người thực hiện')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số phút')),
                ('edits', models.PositiveIntegerField(default=0, editable=False)),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='blocs.conference', verbose_name='hội nghị')),
            ],
            options={
                'verbose_name': 'nội dung chương trình',
                'verbose_name_plural': 'chương trình',
                'ordering': ['conference', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Directive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('text', models.TextField(max_length=2000, verbose_name='nội dung chỉ đạo')),
                ('due', models.DateField(blank=True, null=True, verbose_name='thời hạn')),
                ('edits', models.PositiveIntegerField(default=0, editable=False)),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives', to='blocs.conference', verbose_name='hội nghị')),
            ],
            options={
                'verbose_name': 'nội dung chỉ đạo',
                'verbose_name_plural': 'nội dung chỉ đạo',
                'ordering': ['conference', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DirectiveTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.TextField(blank=True, max_length=4000, verbose_name='kết quả thực hiện')),
                ('done_at', models.DateTimeField(null=True, verbose_name='xong lúc')),
                ('done_label', models.CharField(blank=True, max_length=300)),
                ('directive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='blocs.directive', verbose_name='chỉ đạo')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị thực hiện')),
            ],
            options={
                'verbose_name': 'việc theo chỉ đạo',
                'verbose_name_plural': 'việc theo chỉ đạo',
                'ordering': ['directive', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('signing', 'Đang ký'), ('signed', 'Đã ký')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='số, ký hiệu')),
                ('text', models.TextField(max_length=60000, verbose_name='nội dung')),
                ('recipients', models.TextField(blank=True, max_length=4000, verbose_name='nơi nhận')),
                ('edits', models.PositiveIntegerField(default=0, editable=False)),
                ('drafted_at', models.DateTimeField(default=emulation.lib.clock.now, editable=False)),
                ('changed_at', models.DateTimeField(default=emulation.lib.clock.now, editable=False)),
                ('signed_at', models.DateTimeField(editable=False, null=True)),
                ('conference', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='blocs.conference', verbose_name='hội nghị')),
            ],
            options={
                'verbose_name': 'biên bản hội nghị',
                'verbose_name_plural': 'biên bản hội nghị',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('small_sha256', models.CharField(max_length=64)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('caption', models.CharField(blank=True, max_length=200, verbose_name='chú thích')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='blocs.conference', verbose_name='hội nghị')),
            ],
            options={
                'verbose_name': 'ảnh hội nghị',
                'verbose_name_plural': 'ảnh hội nghị',
                'ordering': ['conference', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TableItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('title', models.CharField(max_length=300, verbose_name='tên tài liệu')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='table', to='blocs.conference', verbose_name='hội nghị')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blocs.blocdocument', verbose_name='văn bản của khối')),
            ],
            options={
                'verbose_name': 'tài liệu hội nghị',
                'verbose_name_plural': 'tài liệu hội nghị',
                'ordering': ['conference', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('text', models.TextField(max_length=2000, verbose_name='nội dung biểu quyết')),
                ('rule', models.CharField(choices=[('all', 'Tất cả đơn vị có mặt đồng ý'), ('two_thirds', 'Từ hai phần ba số đơn vị có mặt đồng ý'), ('majority', 'Quá nửa số đơn vị có mặt đồng ý')], default='majority', max_length=12, verbose_name='nguyên tắc thông qua')),
                ('present', models.PositiveSmallIntegerField(verbose_name='số đơn vị có mặt')),
                ('total', models.PositiveSmallIntegerField(verbose_name='tổng số đơn vị')),
                ('votes_for', models.PositiveSmallIntegerField(verbose_name='đồng ý')),
                ('against', models.PositiveSmallIntegerField(default=0, verbose_name='không đồng ý')),
                ('abstained', models.PositiveSmallIntegerField(default=0, verbose_name='không biểu quyết')),
                ('reservations', models.TextField(blank=True, max_length=2000, verbose_name='ý kiến bảo lưu')),
                ('edits', models.PositiveIntegerField(default=0, editable=False)),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='blocs.conference', verbose_name='hội nghị')),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='blocs.tableitem', verbose_name='về tài liệu')),
            ],
            options={
                'verbose_name': 'nội dung biểu quyết',
                'verbose_name_plural': 'nội dung biểu quyết',
                'ordering': ['conference', 'order', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('bloc_year', 'kind'), name='conference_one_of_a_kind_planned', violation_error_message='Khối đang chuẩn bị một hội nghị cùng loại: mở hội nghị đó để sửa.'),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gt', models.F('starts_at')), _connector='OR'), name='conference_ends_after_it_begins', violation_error_message='Giờ kết thúc phải sau giờ bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('ended_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='conference_closed_has_its_end'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit', None), _negated=True), models.Q(('body', ''), _negated=True), models.Q(('representative', ''), _negated=True), _connector='OR'), name='attendance_of_somebody', violation_error_message='Ghi tên cơ quan hoặc người dự.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_present', False), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='attendance_absent_with_reason', violation_error_message='Ghi lý do vắng mặt.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', None), models.Q(('minutes__gte', 1), ('minutes__lte', 600)), _connector='OR'), name='agenda_minutes_in_range', violation_error_message='Thời lượng từ 1 đến 600 phút.'),
        ),
        migrations.AddConstraint(
            model_name='directivetask',
            constraint=models.UniqueConstraint(fields=('directive', 'unit'), name='directive_task_one_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='directivetask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False), models.Q(('report', ''), _negated=True)), _connector='OR'), name='directive_task_done_with_report', violation_error_message='Ghi kết quả thực hiện.'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_at', None)), _connector='OR'), name='minutes_signed_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(fields=('conference', 'sha256'), name='photo_once', violation_error_message='Ảnh này đã có.'),
        ),
        migrations.AddConstraint(
            model_name='tableitem',
            constraint=models.UniqueConstraint(fields=('conference', 'document'), name='table_item_document_once', violation_error_message='Văn bản này đã có trong danh mục tài liệu.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('present__gte', 1), ('present__lte', models.F('total'))), name='decision_present_within_total', violation_error_message='Số đơn vị có mặt từ 1 đến tổng số đơn vị của khối.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('present', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('against')), '+', models.F('abstained')))), name='decision_votes_add_up', violation_error_message='Số đồng ý, không đồng ý và không biểu quyết cộng lại phải bằng số đơn vị có mặt.'),
        ),
        migrations.RemoveConstraint(
            model_name='blocdocument',
            name='document_frozen_with_date_and_place',
        ),
        migrations.AlterField(
            model_name='blocdocument',
            name='movement',
            field=models.CharField(blank=True, default='Vì An ninh Tổ quốc', max_length=120, verbose_name='phong trào'),
        ),
        migrations.AlterField(
            model_name='blocdocument',
            name='number',
            field=models.CharField(blank=True, help_text='Để trống nếu không đánh số; giao ước không thuộc 29 loại văn bản hành chính.', max_length=40, verbose_name='số, ký hiệu'),
        ),
        migrations.AlterField(
            model_name='blocdocument',
            name='state',
            field=models.CharField(choices=[('draft', 'Đang soạn'), ('discussion', 'Lấy ý kiến'), ('adopted', 'Đã thông qua'), ('signing', 'Đang ký'), ('signed', 'Đã ký'), ('attached', 'Ban hành kèm biên bản')], default='draft', max_length=12, verbose_name='trạng thái'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discussion', 'adopted', 'attached']), models.Q(('date__isnull', False), models.Q(('place', ''), _negated=True)), _connector='OR'), name='document_frozen_with_date_and_place'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'covenant'), ('state', 'attached'), _negated=True), name='document_covenant_is_never_attached'),
        ),
        migrations.CreateModel(
            name='LibraryClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('body', 'Nội dung giao ước'), ('implementation', 'Tổ chức thực hiện')], default='body', max_length=15, verbose_name='phần')),
                ('kind', models.CharField(choices=[('section', 'Mục lớn (I, II…)'), ('clause', 'Nội dung (1, 2…)')], default='clause', max_length=10, verbose_name='loại')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='thứ tự')),
                ('heading', models.CharField(blank=True, max_length=300, verbose_name='tiêu đề')),
                ('text', models.TextField(blank=True, help_text='Có thể để chỗ trống: {năm}, {năm trước}, {khối}, {đơn vị khối trưởng}, {đơn vị khối phó}, {ngày ký}.', verbose_name='nội dung')),
                ('is_retired', models.BooleanField(default=False, verbose_name='không dùng nữa')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='cơ quan thường trực')),
            ],
            options={
                'verbose_name': 'điều khoản mẫu',
                'verbose_name_plural': 'điều khoản mẫu',
                'ordering': ['part', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('heading', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='library_clause_says_something', violation_error_message='Điều khoản phải có tiêu đề hoặc nội dung.')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='blocdocument',
            name='document_one_per_bloc_year_and_kind',
        ),
        migrations.RemoveConstraint(
            model_name='blocdocument',
            name='document_signed_has_its_time',
        ),
        migrations.RemoveConstraint(
            model_name='blocdocument',
            name='document_frozen_with_date_and_place',
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='end_decision',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='quyết định thu hồi'),
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='end_reason',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do hết hiệu lực'),
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='ended_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='hết hiệu lực lúc'),
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='replace_reason',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='lý do thay thế'),
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='replaces',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='blocs.blocdocument', verbose_name='thay thế cho'),
        ),
        migrations.AlterField(
            model_name='blocdocument',
            name='state',
            field=models.CharField(choices=[('draft', 'Đang soạn'), ('discussion', 'Lấy ý kiến'), ('adopted', 'Đã thông qua'), ('signing', 'Đang ký'), ('signed', 'Đã ký'), ('attached', 'Ban hành kèm biên bản'), ('replaced', 'Đã được thay thế'), ('revoked', 'Đã bị thu hồi')], default='draft', max_length=12, verbose_name='trạng thái'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('signed', 'attached'))), fields=('bloc_year', 'kind'), name='document_one_in_force', violation_error_message='Khối đã có văn bản loại này của năm đang có hiệu lực.'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('signed', 'attached', 'replaced', 'revoked')), _negated=True), fields=('bloc_year', 'kind'), name='document_one_at_work', violation_error_message='Khối đang soạn văn bản loại này của năm.'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('state', 'signed')), ('state__in', ('replaced', 'revoked')), models.Q(models.Q(('state__in', ['signed', 'replaced', 'revoked']), _negated=True), ('signed_at', None)), _connector='OR'), name='document_signed_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replace_reason', ''), ('replaces', None)), models.Q(('replaces__isnull', False), models.Q(('replace_reason', ''), _negated=True)), _connector='OR'), name='document_replaces_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('replaced', 'revoked')), models.Q(('end_reason', ''), _negated=True)), models.Q(models.Q(('state__in', ('replaced', 'revoked')), _negated=True), ('end_reason', ''), ('ended_at', None)), _connector='OR'), name='document_ended_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), models.Q(('end_decision', ''), _negated=True)), models.Q(models.Q(('state', 'revoked'), _negated=True), ('end_decision', '')), _connector='OR'), name='document_revoked_by_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discussion', 'adopted', 'attached']), models.Q(('signed_at', None), ('state__in', ('replaced', 'revoked'))), models.Q(('date__isnull', False), models.Q(('place', ''), _negated=True)), _connector='OR'), name='document_frozen_with_date_and_place'),
        ),
        migrations.AddField(
            model_name='adoption',
            name='conference',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='blocs.conference'),
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='annex',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annexed', to='records.revision'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(('basis', 'conference'), ('conference', None), _connector='OR'), name='adoption_conference_where_one_agreed'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'attached'), _negated=True), ('annex__isnull', False), _connector='OR'), name='document_attached_has_its_bytes'),
        ),
        migrations.RunPython(count_votes, migrations.RunPython.noop),
    ]
