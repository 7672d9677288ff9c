"""Makes the office's admin site the one that `django.contrib.admin.site` stands for."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    default_site = "emulation.organisation.admin_site.OfficeAdminSite"
