import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
        ('records', '0002_events'),
        ('signing', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('pending', 'Chờ xác nhận'), ('confirmed', 'Đã xác nhận'), ('declined', 'Bị trả lại'), ('void', 'Đã hủy')], default='pending', max_length=10, verbose_name='trạng thái')),
                ('signed_on', models.DateField(verbose_name='ngày ký trên giấy')),
                ('no_code_reason', models.CharField(blank=True, max_length=500, verbose_name='lý do không đọc được mã QR')),
                ('recorded_label', models.CharField(max_length=300, verbose_name='người ghi')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('decided_label', models.CharField(blank=True, max_length=300, verbose_name='người xác nhận')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='xác nhận lúc')),
                ('decline_reason', models.CharField(blank=True, max_length=500, verbose_name='lý do trả lại')),
            ],
            options={
                'verbose_name': 'bản ghi ký giấy',
                'verbose_name_plural': 'bản ghi ký giấy',
                'ordering': ['round', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signer_name', models.CharField(max_length=120)),
                ('signer_rank', models.CharField(max_length=40)),
                ('signer_title', models.CharField(max_length=120)),
                ('capacity', models.CharField(choices=[('own', 'Cấp trưởng'), ('kt', 'KT. (ký thay)'), ('tuq', 'TUQ. (thừa ủy quyền)'), ('tl', 'TL. (thừa lệnh)'), ('q', 'Q. (quyền)')], max_length=5)),
            ],
            options={
                'verbose_name': 'người đã ký giấy',
                'verbose_name_plural': 'người đã ký giấy',
                'ordering': ['record', 'slot'],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('page_count', models.PositiveSmallIntegerField(verbose_name='số trang')),
                ('has_code', models.BooleanField(verbose_name='có mã QR của văn bản')),
                ('uploaded_at', models.DateTimeField(verbose_name='tải lên lúc')),
            ],
            options={
                'verbose_name': 'bản chụp',
                'verbose_name_plural': 'bản chụp',
                'ordering': ['round', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ScanFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('media_type', models.CharField(max_length=10)),
                ('pages', models.JSONField()),
            ],
            options={
                'verbose_name': 'tệp của bản chụp',
                'verbose_name_plural': 'tệp của bản chụp',
                'ordering': ['scan', 'order'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='slot',
            name='slot_signed_with_everything',
        ),
        migrations.AddField(
            model_name='signinground',
            name='is_demonstration',
            field=models.BooleanField(default=False, verbose_name='mẫu'),
        ),
        migrations.AddField(
            model_name='signinground',
            name='method',
            field=models.CharField(choices=[('electronic', 'Ký điện tử, từng chỉ huy ký trên hệ thống'), ('paper', 'Ký trên giấy, in ra ký tay rồi đưa bản chụp lên')], default='electronic', editable=False, max_length=10, verbose_name='cách ký'),
        ),
        migrations.AddField(
            model_name='signinground',
            name='originals',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='số bản gốc'),
        ),
        migrations.AddField(
            model_name='slot',
            name='method',
            field=models.CharField(choices=[('electronic', 'Ký điện tử, từng chỉ huy ký trên hệ thống'), ('paper', 'Ký trên giấy, in ra ký tay rồi đưa bản chụp lên')], default='electronic', editable=False, max_length=10),
        ),
        migrations.AlterField(
            model_name='signinground',
            name='authority',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='signing.authority'),
        ),
        migrations.AlterField(
            model_name='slot',
            name='height_pt',
            field=models.FloatField(default=0),
        ),
        migrations.AlterField(
            model_name='slot',
            name='page',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='slot',
            name='width_pt',
            field=models.FloatField(default=0),
        ),
        migrations.AddConstraint(
            model_name='signinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authority__isnull', False), ('method', 'electronic'), ('originals', None)), models.Q(('authority', None), ('method', 'paper'), ('originals__gte', 1)), _connector='OR'), name='round_method_has_what_it_needs'),
        ),
        migrations.AddField(
            model_name='paperrecord',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paperrecord',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paperrecord',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_records', to='signing.signinground'),
        ),
        migrations.AddField(
            model_name='slot',
            name='paper_record',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='signing.paperrecord'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), models.Q(('capacity', ''), _negated=True), ('signed_at__isnull', False), ('signer__isnull', False), models.Q(models.Q(('act__isnull', False), ('certificate_sha256__isnull', False), ('method', 'electronic'), ('paper_record', None), ('revision__isnull', False)), models.Q(('act', None), ('certificate_sha256', None), ('method', 'paper'), ('paper_record__isnull', False), ('revision', None)), _connector='OR')), models.Q(('act', None), ('paper_record', None), ('revision', None), ('signed_at', None), ('signer', None), ('state__in', ['waiting', 'ready', 'refused'])), ('state', 'void'), _connector='OR'), name='slot_signed_with_everything'),
        ),
        migrations.AddField(
            model_name='papertick',
            name='mandate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.mandate'),
        ),
        migrations.AddField(
            model_name='papertick',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='signing.paperrecord'),
        ),
        migrations.AddField(
            model_name='papertick',
            name='signer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='papertick',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.slot'),
        ),
        migrations.AddField(
            model_name='scan',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='signing.signinground'),
        ),
        migrations.AddField(
            model_name='scan',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paperrecord',
            name='scan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='signing.scan'),
        ),
        migrations.AddField(
            model_name='scanfile',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='records.revision'),
        ),
        migrations.AddField(
            model_name='scanfile',
            name='scan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='signing.scan'),
        ),
        migrations.AddConstraint(
            model_name='papertick',
            constraint=models.UniqueConstraint(fields=('record', 'slot'), name='paper_tick_one_per_slot'),
        ),
        migrations.AddConstraint(
            model_name='papertick',
            constraint=models.UniqueConstraint(fields=('record', 'signer'), name='paper_tick_one_per_person'),
        ),
        migrations.AddConstraint(
            model_name='papertick',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('capacity', 'own'), ('mandate', None)), models.Q(('mandate__isnull', False), models.Q(('capacity', 'own'), _negated=True)), _connector='OR'), name='paper_tick_on_behalf_needs_a_basis'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='scan_one_per_number'),
        ),
        migrations.AddConstraint(
            model_name='paperrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('round',), name='paper_record_one_pending'),
        ),
        migrations.AddConstraint(
            model_name='paperrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('round',), name='paper_record_one_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='paperrecord',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='paper_record_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='paperrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state__in', ['pending', 'void'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decline_reason', ''), ('state', 'confirmed')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'declined'), models.Q(('decline_reason', ''), _negated=True)), _connector='OR'), name='paper_record_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='scanfile',
            constraint=models.UniqueConstraint(fields=('scan', 'order'), name='scan_file_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='scanfile',
            constraint=models.UniqueConstraint(fields=('scan', 'revision'), name='scan_file_once'),
        ),
        migrations.AlterField(
            model_name='slot',
            name='role',
            field=models.CharField(choices=[('leader', 'Khối trưởng'), ('deputy', 'Khối phó'), ('member', 'Thành viên'), ('witness', 'Chứng kiến'), ('secretary', 'Thư ký'), ('chair', 'Chủ trì')], max_length=10, verbose_name='vai trò'),
        ),
        migrations.AddField(
            model_name='signinground',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.signinground'),
        ),
        migrations.AddConstraint(
            model_name='signinground',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), ('standing', 'replaced'), _connector='OR'), name='round_successor_of_a_replaced_one'),
        ),
    ]
