"""Numbers of reports in templates: `{{ figure.plan|figure }}`, `{{ figure.percent|share }}`, `{{ figure.growth|change }}`."""

from django import template

from emulation.reports import numbers

register = template.Library()
register.filter("figure", numbers.figure)
register.filter("share", numbers.share)
register.filter("change", numbers.change)
