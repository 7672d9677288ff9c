"""The admin of units, people, bases for signing and the audit trail."""

from emulation.organisation.admin import audit, mandates, people, units

__all__ = ["audit", "mandates", "people", "units"]
