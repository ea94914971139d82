"""What fibq's own catalogue says of instance types."""

from typing import Any

import yaml

from reading.repository import ROOT

CATALOGUE = ROOT / "Sources" / "InstanceLimits" / "Catalogue" / "catalogue.yaml"
"""What instance types have."""


def instance_type(name: str) -> dict[str, Any]:
    """The catalogue's entry of an instance type."""
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return next(kind for entry in entries for kind in entry["types"] if kind["name"] == name)
