"""Every rule, in the order of their codes. A new rule is one file in rules/ and one line below."""

from collections.abc import Mapping
from types import MappingProxyType

from salesrepo.checks.rule import Rule
from salesrepo.checks.rules.sr101_record_shape import SR101
from salesrepo.checks.rules.sr102_path import SR102
from salesrepo.checks.rules.sr103_personal_data import SR103
from salesrepo.checks.rules.sr104_locks_and_pointers import SR104
from salesrepo.checks.rules.sr105_size import SR105
from salesrepo.checks.rules.sr106_waiver import SR106
from salesrepo.checks.rules.sr107_secret import SR107
from salesrepo.checks.rules.sr108_policy_names import SR108
from salesrepo.checks.rules.sr201_claim_taken import SR201
from salesrepo.checks.rules.sr202_claim_territory import SR202
from salesrepo.checks.rules.sr203_claim_terms import SR203
from salesrepo.checks.rules.sr204_identity import SR204
from salesrepo.checks.rules.sr205_claim_waiting import SR205
from salesrepo.checks.rules.sr206_account_facts import SR206
from salesrepo.checks.rules.sr207_activity_day import SR207
from salesrepo.checks.rules.sr208_possible_duplicate import SR208
from salesrepo.checks.rules.sr209_look_alike import SR209
from salesrepo.checks.rules.sr211_territory_overlap import SR211
from salesrepo.checks.rules.sr212_named_twice import SR212
from salesrepo.checks.rules.sr213_outside_group import SR213
from salesrepo.checks.rules.sr214_role_held_twice import SR214
from salesrepo.checks.rules.sr215_unknown_code import SR215
from salesrepo.checks.rules.sr216_wildcard_leaf import SR216
from salesrepo.checks.rules.sr217_territory_gap import SR217
from salesrepo.checks.rules.sr218_unprovable_border import SR218
from salesrepo.checks.rules.sr219_empty_term import SR219
from salesrepo.checks.rules.sr220_holder_not_certified import SR220
from salesrepo.checks.rules.sr221_holder_sells_nothing import SR221
from salesrepo.checks.rules.sr222_redundant_rule import SR222
from salesrepo.checks.rules.sr223_territory_form import SR223
from salesrepo.checks.rules.sr231_claim_limit import SR231
from salesrepo.checks.rules.sr232_cooldown import SR232
from salesrepo.checks.rules.sr233_not_eligible import SR233
from salesrepo.checks.rules.sr234_claim_ending import SR234
from salesrepo.checks.rules.sr235_queue import SR235
from salesrepo.checks.rules.sr236_transfer import SR236
from salesrepo.checks.rules.sr237_dispute import SR237
from salesrepo.checks.rules.sr238_referral import SR238
from salesrepo.checks.rules.sr239_family import SR239
from salesrepo.checks.rules.sr301_won_deal import SR301
from salesrepo.checks.rules.sr302_credits import SR302
from salesrepo.checks.rules.sr303_price_floor import SR303
from salesrepo.checks.rules.sr304_deal_claim import SR304
from salesrepo.checks.rules.sr305_billing_record import SR305
from salesrepo.checks.rules.sr311_stage_evidence import SR311
from salesrepo.checks.rules.sr312_stage_fields import SR312
from salesrepo.checks.rules.sr313_qualification import SR313
from salesrepo.checks.rules.sr321_deal_silent import SR321
from salesrepo.checks.rules.sr322_next_step import SR322
from salesrepo.checks.rules.sr323_close_date import SR323
from salesrepo.checks.rules.sr324_close_date_pushed import SR324
from salesrepo.checks.rules.sr325_stage_age import SR325
from salesrepo.checks.rules.sr326_deal_fields import SR326
from salesrepo.checks.rules.sr327_one_contact import SR327
from salesrepo.checks.rules.sr328_no_authority import SR328
from salesrepo.checks.rules.sr329_ending import SR329
from salesrepo.checks.rules.sr330_orphan import SR330
from salesrepo.checks.rules.sr331_schedule_sum import SR331
from salesrepo.checks.rules.sr332_claim_and_deal import SR332
from salesrepo.checks.rules.sr333_stage_jump import SR333
from salesrepo.checks.rules.sr334_forecast import SR334
from salesrepo.checks.rules.sr335_duplicate_deal import SR335
from salesrepo.checks.rules.sr341_discount_authority import SR341
from salesrepo.checks.rules.sr342_quote_stale import SR342
from salesrepo.checks.rules.sr343_discounts_stacked import SR343
from salesrepo.checks.rules.sr344_not_on_the_list import SR344
from salesrepo.checks.rules.sr345_concession_in_words import SR345
from salesrepo.checks.rules.sr346_fit_denied import SR346
from salesrepo.checks.rules.sr347_fit_evidence import SR347
from salesrepo.checks.rules.sr401_pay_review import SR401
from salesrepo.checks.rules.sr411_adjustment import SR411
from salesrepo.checks.rules.sr412_quotas_and_metrics import SR412
from salesrepo.checks.rules.sr413_node_pay_terms import SR413
from salesrepo.checks.rules.sr421_pay_question import SR421
from salesrepo.checks.rules.sr422_pay_answer import SR422
from salesrepo.checks.rules.sr501_banned_phrase import SR501
from salesrepo.checks.rules.sr502_promise import SR502
from salesrepo.checks.rules.sr503_never_promise import SR503
from salesrepo.checks.rules.sr504_brand_rules import SR504
from salesrepo.checks.rules.sr505_text_brand import SR505
from salesrepo.checks.rules.sr601_authority import SR601
from salesrepo.checks.rules.sr602_protected_path import SR602
from salesrepo.checks.rules.sr603_import import SR603
from salesrepo.checks.rules.sr604_own_terms import SR604
from salesrepo.checks.rules.sr605_plan_unsound import SR605
from salesrepo.checks.rules.sr606_manager_circle import SR606
from salesrepo.checks.rules.sr607_exchange_rate import SR607
from salesrepo.checks.rules.sr608_close import SR608
from salesrepo.checks.rules.sr609_where_pay_lies import SR609

RULES: tuple[Rule, ...] = (
    SR101,
    SR102,
    SR103,
    SR104,
    SR105,
    SR106,
    SR107,
    SR108,
    SR201,
    SR202,
    SR203,
    SR204,
    SR205,
    SR206,
    SR207,
    SR208,
    SR209,
    SR211,
    SR212,
    SR213,
    SR214,
    SR215,
    SR216,
    SR217,
    SR218,
    SR219,
    SR220,
    SR221,
    SR222,
    SR223,
    SR231,
    SR232,
    SR233,
    SR234,
    SR235,
    SR236,
    SR237,
    SR238,
    SR239,
    SR301,
    SR302,
    SR303,
    SR304,
    SR305,
    SR311,
    SR312,
    SR313,
    SR321,
    SR322,
    SR323,
    SR324,
    SR325,
    SR326,
    SR327,
    SR328,
    SR329,
    SR330,
    SR331,
    SR332,
    SR333,
    SR334,
    SR335,
    SR341,
    SR342,
    SR343,
    SR344,
    SR345,
    SR346,
    SR347,
    SR401,
    SR411,
    SR412,
    SR413,
    SR421,
    SR422,
    SR501,
    SR502,
    SR503,
    SR504,
    SR505,
    SR601,
    SR602,
    SR603,
    SR604,
    SR605,
    SR606,
    SR607,
    SR608,
    SR609,
)

ROOMS: Mapping[str, str] = MappingProxyType(
    {
        "1": "Shape of a proposal",
        "2": "Claims, accounts, territories",
        "3": "Deals",
        "4": "Pay",
        "5": "Brand",
        "6": "Who may do what",
    }
)
"""What the rules of each hundred of codes are about, by its digit."""

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "oversell": ("SR501", "SR502", "SR503"),
        "underprice": ("SR303", "SR341", "SR342", "SR343", "SR344", "SR345"),
        "missell": ("SR346", "SR347"),
    }
)
"""The checks that people call by one name, and how the codes in each begin."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {f"T{n:03}": f"SR{210 + n}" for n in range(1, 13)}
    | {f"H{n:02}": f"SR{320 + n}" for n in range(1, 16)}
    | {"P01": "SR303"}
    | {f"P{n:02}": f"SR{339 + n}" for n in range(2, 7)}
    | {f"M{n:02}": f"SR{345 + n}" for n in range(1, 3)}
)
"""How territories (T), hygiene (H), prices (P) and mis-selling (M) number their rules, and the code of each here."""
