"""The covenant becomes one of four kinds of document; no row changes but for its new kind."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("blocs", "0002_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("covenant", "covenant_one_per_bloc_year"),
        migrations.RemoveConstraint("covenant", "covenant_signed_has_its_time"),
        migrations.RemoveConstraint("covenant", "covenant_frozen_with_date_and_place"),
        migrations.RemoveConstraint("clause", "clause_key_once"),
        migrations.RemoveConstraint("indicator", "indicator_key_once"),
        migrations.RemoveConstraint("titleregistration", "registration_once"),
        migrations.RemoveConstraint("version", "version_one_per_number"),
        migrations.RenameModel("Covenant", "BlocDocument"),
        migrations.RenameField("clause", "covenant", "document"),
        migrations.RenameField("indicator", "covenant", "document"),
        migrations.RenameField("titleregistration", "covenant", "document"),
        migrations.RenameField("version", "covenant", "document"),
        migrations.AlterModelOptions(
            name='blocdocument',
            options={'ordering': ['-bloc_year__year_id', 'bloc_year__name', 'pk'], 'verbose_name': 'văn bản', 'verbose_name_plural': 'văn bản'},
        ),
        migrations.AlterModelOptions(
            name='clause',
            options={'ordering': ['part', 'order', 'pk'], 'verbose_name': 'nội dung văn bản', 'verbose_name_plural': 'nội dung văn bản'},
        ),
        migrations.AlterModelOptions(
            name='version',
            options={'ordering': ['document', 'number'], 'verbose_name': 'bản dự thảo', 'verbose_name_plural': 'bản dự thảo'},
        ),
        migrations.AddField(
            model_name='blocdocument',
            name='kind',
            field=models.CharField(choices=[('covenant', 'Giao ước thi đua'), ('scoring_regulation', 'Quy định tiêu chí chấm điểm'), ('report_outline', 'Đề cương báo cáo sơ kết, tổng kết'), ('operating_regulation', 'Quy chế hoạt động của khối')], default='covenant', max_length=20, verbose_name='loại văn bản'),
        ),
        migrations.AlterField(
            model_name='blocdocument',
            name='bloc_year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='blocs.blocyear', verbose_name='khối'),
        ),
        migrations.AlterField(
            model_name='clause',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='blocs.blocdocument', verbose_name='văn bản'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='blocs.blocdocument', verbose_name='văn bản'),
        ),
        migrations.AlterField(
            model_name='titleregistration',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='blocs.blocdocument', verbose_name='văn bản'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.UniqueConstraint(fields=('bloc_year', 'kind'), name='document_one_per_bloc_year_and_kind', violation_error_message='Khối đã có văn bản loại này của năm.'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_at', None)), _connector='OR'), name='document_signed_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='blocdocument',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discussion', 'adopted']), models.Q(('date__isnull', False), models.Q(('place', ''), _negated=True)), _connector='OR'), name='document_frozen_with_date_and_place'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('document', 'key'), name='clause_key_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('document', 'key'), name='indicator_key_once'),
        ),
        migrations.AddConstraint(
            model_name='titleregistration',
            constraint=models.UniqueConstraint(fields=('document', 'unit', 'title'), name='registration_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='version_one_per_number'),
        ),
    ]
