import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blocs', '0004_drafting_together'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('basis', 'conference'), _negated=True), ('abstained', None), ('against', None), ('rule', ''), ('votes_for', None)), models.Q(('abstained__isnull', False), ('against__isnull', False), ('basis', 'conference'), ('votes_for__isnull', False), ('present', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('against')), '+', models.F('abstained')))), _connector='OR'), name='adoption_votes_add_up'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'conference'), _negated=True), models.Q(('rule', 'all'), ('votes_for', models.F('present'))), models.Q(('rule', 'two_thirds'), ('votes_for__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('present'), '*', models.Value(2)), '-', django.db.models.expressions.CombinedExpression(models.F('votes_for'), '*', models.Value(2))))), models.Q(('rule', 'majority'), ('votes_for__gt', django.db.models.expressions.CombinedExpression(models.F('present'), '-', models.F('votes_for')))), _connector='OR'), name='adoption_rule_holds'),
        ),
    ]
