"""The case types as the simulator lives them, one file each."""

from __future__ import annotations

from ui.demo.simulator.types.assistive_devices import ASSISTIVE_DEVICES
from ui.demo.simulator.types.child_report import CHILD_REPORT
from ui.demo.simulator.types.daycare_subsidy import DAYCARE_SUBSIDY
from ui.demo.simulator.types.dental_aid import DENTAL_AID
from ui.demo.simulator.types.health_supplement import HEALTH_SUPPLEMENT
from ui.demo.simulator.types.rent_deposit_loan import RENT_DEPOSIT_LOAN

KINDS = (
    DAYCARE_SUBSIDY,
    HEALTH_SUPPLEMENT,
    DENTAL_AID,
    RENT_DEPOSIT_LOAN,
    ASSISTIVE_DEVICES,
    CHILD_REPORT,
)
