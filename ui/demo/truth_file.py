"""What was true all along, beside the workspace: no page reads it, and whoever doubts the engine can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ui.demo.running import Running
from ui.demo.simulator.simulate import World
from ui.demo.simulator.truth import area_under_roc

FILE = Path("demo") / "truth.json"
TOLD = {
    "da": "Det, der er kendt ved modtagelsen, siger noget om, hvor krævende sagen bliver.",
    "en": "What is known at intake says something about how complex the case becomes.",
}
UNTOLD = {
    "da": "Intet, der er kendt ved modtagelsen, siger noget om, hvor krævende sagen bliver. Besøget i hjemmet"
    " afgør det. Ingen model kan vide det, og der skal ikke laves udkast.",
    "en": "Nothing known at intake says how complex the case becomes. The visit at home decides. No model can"
    " know, and nothing should be drafted.",
}
HEAVY = {
    "da": "Sagstypen er tung: ingen indsats måles, og intet forudsiges.",
    "en": "The case type is heavy: no effort is measured, and nothing is predicted.",
}


def write_truth(root: Path, world: World, types: dict[str, Running]) -> None:
    """Write the truth about every case type."""
    told = {name: truth_of(running) for name, running in types.items()}
    document = {"seed": world.seed, "drift": {"case_type": "dental_aid", "from": world.drifts_from.isoformat()}}
    document |= {
        "proxy": {"case_type": "daycare_subsidy", "field": "postal_district", "for": "origin_country_group"}
    }
    document |= {"case_types": told}
    (root / FILE).write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def truth_of(running: Running) -> dict[str, Any]:
    """One case type: how well anybody could tell complex cases from simple ones, and what the drafted ones were.

    `oracle_auc` knows all that the simulator knows, `intake_auc` what anybody could know at intake; both are
    averages over all that could have happened with these cases.
    """
    cases = running.cases
    if cases.kind.is_heavy:
        return {"cases": len(cases), "oracle_auc": None, "intake_auc": None, "note": HEAVY}
    is_complex, intake = cases.is_complex, area_under_roc(cases.at_intake, cases.known)
    drafted = running.was_drafted
    return {
        "cases": len(cases),
        "complex_share": float(is_complex.mean()),
        "oracle_auc": area_under_roc(cases.known, cases.known),
        "intake_auc": intake,
        "told_at_intake": bool(np.ptp(cases.at_intake) > 0),
        "drafted": int(drafted.sum()),
        "drafted_truly_complex_share": float(is_complex[drafted].mean()) if drafted.any() else None,
        "note": TOLD if np.ptp(cases.at_intake) > 0 else UNTOLD,
    }
