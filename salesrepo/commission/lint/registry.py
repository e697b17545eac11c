"""Which warnings about plans are there? A new one is its file and one line below."""

from salesrepo.commission.lint.pl01_all_up_front import PL01
from salesrepo.commission.lint.pl02_many_components import PL02
from salesrepo.commission.lint.pl03_row_not_reached import PL03
from salesrepo.commission.lint.pl04_silent_start import PL04
from salesrepo.commission.lint.pl05_falling_rate import PL05
from salesrepo.commission.lint.pl06_late_lines import PL06
from salesrepo.commission.lint.pl07_endless_residual import PL07
from salesrepo.commission.lint.pl08_referred import PL08
from salesrepo.commission.lint.pl09_draw_above_target import PL09
from salesrepo.commission.lint.pl10_tied_prizes import PL10
from salesrepo.commission.lint.pl11_says_number import PL11
from salesrepo.commission.lint.pl12_target_missed import PL12
from salesrepo.commission.lint.pl13_paid_twice import PL13
from salesrepo.commission.lint.warning import PlanWarning

WARNINGS: tuple[PlanWarning, ...] = (
    PL01,
    PL02,
    PL03,
    PL04,
    PL05,
    PL06,
    PL07,
    PL08,
    PL09,
    PL10,
    PL11,
    PL12,
    PL13,
)
