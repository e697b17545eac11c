"""Every rule, in the order of their codes. A new rule is one file in rules/ and one line below."""

from salesrepo.checks.rule import Rule
from salesrepo.checks.rules.sr101_record_shape import SR101
from salesrepo.checks.rules.sr102_path import SR102
from salesrepo.checks.rules.sr103_personal_data import SR103
from salesrepo.checks.rules.sr104_locks_and_pointers import SR104
from salesrepo.checks.rules.sr105_size import SR105
from salesrepo.checks.rules.sr201_claim_taken import SR201
from salesrepo.checks.rules.sr202_claim_territory import SR202
from salesrepo.checks.rules.sr203_claim_terms import SR203
from salesrepo.checks.rules.sr204_identity import SR204
from salesrepo.checks.rules.sr205_claim_waiting import SR205
from salesrepo.checks.rules.sr206_account_facts import SR206
from salesrepo.checks.rules.sr207_activity_day import SR207
from salesrepo.checks.rules.sr211_territory_overlap import SR211
from salesrepo.checks.rules.sr212_territory_form import SR212
from salesrepo.checks.rules.sr301_won_deal import SR301
from salesrepo.checks.rules.sr302_credits import SR302
from salesrepo.checks.rules.sr303_price_floor import SR303
from salesrepo.checks.rules.sr304_deal_claim import SR304
from salesrepo.checks.rules.sr401_pay_review import SR401
from salesrepo.checks.rules.sr501_banned_phrase import SR501
from salesrepo.checks.rules.sr502_promise import SR502
from salesrepo.checks.rules.sr601_authority import SR601
from salesrepo.checks.rules.sr602_protected_path import SR602
from salesrepo.checks.rules.sr603_import import SR603
from salesrepo.checks.rules.sr604_own_terms import SR604

RULES: tuple[Rule, ...] = (
    SR101,
    SR102,
    SR103,
    SR104,
    SR105,
    SR201,
    SR202,
    SR203,
    SR204,
    SR205,
    SR206,
    SR207,
    SR211,
    SR212,
    SR301,
    SR302,
    SR303,
    SR304,
    SR401,
    SR501,
    SR502,
    SR601,
    SR602,
    SR603,
    SR604,
)
