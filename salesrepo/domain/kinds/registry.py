"""Every record kind, in reading order. A new kind is one file here and one line below."""

from typing import Any

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.also_excluded import ALSO_EXCLUDED
from salesrepo.domain.kinds.brand_examples import BRAND_EXAMPLES
from salesrepo.domain.kinds.brand_index import BRAND_INDEX
from salesrepo.domain.kinds.brand_style import BRAND_STYLE
from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.dispute import DECISION, STATEMENT
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.kinds.export_batch import EXPORT_BATCH
from salesrepo.domain.kinds.fx import FX_RATES
from salesrepo.domain.kinds.guide import GUIDE
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.ledger_batch import BY_DEAL, LEDGER_BATCH
from salesrepo.domain.kinds.main_pin import MAIN_PIN
from salesrepo.domain.kinds.metric import METRIC
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.outbound import OUTBOUND
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION
from salesrepo.domain.kinds.pay_terms import PAY_TERMS
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY
from salesrepo.domain.kinds.policy_pay import PAY_POLICY
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.policy_waivers import WAIVERS_POLICY
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.kinds.profile import PROFILE
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.kinds.quota import QUOTA
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.request import REQUEST
from salesrepo.domain.kinds.schema_file import SCHEMA_FILE
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.kinds.story import STORY
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.domain.kinds.transfer import TRANSFER
from salesrepo.domain.kinds.user import USER
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.record import Kind

KINDS: tuple[Kind[Any], ...] = (
    SETTINGS,
    CLAIMS_POLICY,
    CREDITS_POLICY,
    PAY_POLICY,
    PIPELINE_POLICY,
    PRICING_POLICY,
    ROLES_POLICY,
    TERRITORY_POLICY,
    WAIVERS_POLICY,
    REQUEST,
    NODE,
    CERT,
    USER,
    PROFILE,
    ACTIVITY,
    HOLD,
    DEAL_HOLD,
    TAKING,
    NAMED_ACCOUNT,
    TERRITORY,
    ALIAS,
    NEAR,
    ACCOUNT,
    CLAIM,
    EXCLUSION,
    ALSO_EXCLUDED,
    PLACE_IN_QUEUE,
    WAIT,
    REFERRED_LEAD,
    TRANSFER,
    DECISION,
    STATEMENT,
    PAY_QUESTION,
    PAY_ANSWER,
    DEAL,
    PAYMENT,
    CLOSE,
    FX_RATES,
    PRODUCT,
    PLAN,
    PAY_TERMS,
    QUOTA,
    METRIC,
    ADJUSTMENT,
    EXPORT_BATCH,
    MAIN_PIN,
    BRAND_INDEX,
    BRAND_STYLE,
    BRAND_EXAMPLES,
    PROMISES,
    GUIDE,
    PLAYBOOK,
    STORY,
    OUTBOUND,
    SCHEMA_FILE,
)

LEDGER_KINDS: tuple[Kind[Any], ...] = (LEDGER_BATCH, BY_DEAL)
"""The kinds of the ledger branch; none of them lies on main."""
