"""Models of scoring."""

from scoring.models.criteria import CriteriaSet, Criterion

__all__ = ["CriteriaSet", "Criterion"]
