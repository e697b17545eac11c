"""How is money counted, cut, rounded, read and shown? Whole minor units and exact ratios; never a float or a Decimal.

Importing this costs next to nothing: it lies on the path of `sr log`.
"""

import re
from math import gcd
from types import MappingProxyType

from salesrepo.errors import RefusedError

Ratio = tuple[int, int]  # an exact number: numerator over a denominator above zero, in lowest terms

_CODES = (  # ISO 4217 by decimals; metals, test codes and units of account are not money
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW "
        "CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
        "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
        "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
        "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG "
        "YER ZAR ZMW ZWG",
    ),
    (2, "ANG BGN HRK SLL ZWL"),  # withdrawn since 2023: old records stay readable
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
)
_DECIMALS = MappingProxyType({code: decimals for decimals, codes in _CODES for code in codes.split()})
_POWERS = (1, 10, 100, 1000, 10_000)

AMOUNT_REGEX = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?"
PERCENT_REGEX = r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,6})?%"
SUM_REGEX = r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,4})?"  # what amounts add up to, and become in other currencies
RATIO_REGEX = r"-?(?:0|[1-9][0-9]{0,299})(?:/[1-9][0-9]{0,299})?"


def decimals_of(currency: str) -> int:
    """How many decimals a currency has (ISO 4217: JPY 0, EUR 2, KWD 3). Raises RefusedError for no currency."""
    decimals = _DECIMALS.get(currency)
    if decimals is None:
        raise RefusedError(
            f"{currency} is no ISO 4217 currency that money can be kept in.", hint="Use a code such as EUR or USD."
        )
    return decimals


def parse_amount(text: str, currency: str) -> int:
    """The minor units of "1054.00". Raises RefusedError where it is no amount, or finer than the currency can pay."""
    return _minor(text, currency, AMOUNT_REGEX)


def parse_sum(text: str, currency: str) -> int:
    """The minor units of what `show_amount` wrote, however many there are. Raises RefusedError as `parse_amount`."""
    return _minor(text, currency, SUM_REGEX)


def _minor(text: str, currency: str, regex: str) -> int:
    decimals = decimals_of(currency)
    if re.fullmatch(regex, text, re.ASCII) is None:
        raise RefusedError(f"{text!r} is not an amount.", hint='Write it with a point and no commas: "1054.00".')
    whole, _, part = text.partition(".")
    if len(part) > decimals:
        raise RefusedError(
            f"{text} {currency} has {len(part)} decimals, and {currency} has {decimals}.",
            hint=f"Write at most {decimals} decimals." if decimals else "Write a whole number.",
        )
    return int(whole + part.ljust(decimals, "0"))


def show_amount(minor: int, currency: str) -> str:
    """Minor units as records write them: "-1054.00", with the currency's own decimals."""
    return _show(minor, decimals_of(currency), "")


def group_amount(minor: int, currency: str) -> str:
    """Minor units as people read them: "-1,054.00"."""
    return _show(minor, decimals_of(currency), ",")


def name_amount(minor: int, currency: str) -> str:
    """Minor units with their currency as people read them: "-1,054.00 EUR"."""
    return f"{group_amount(minor, currency)} {currency}"


def _show(minor: int, decimals: int, group: str) -> str:
    if not decimals:
        return f"{minor:,}" if group else str(minor)
    whole, part = divmod(abs(minor), _POWERS[decimals])
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole:,}.{part:0{decimals}}" if group else f"{sign}{whole}.{part:0{decimals}}"


def round_half_away(numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator / denominator (above zero); a half goes away from zero (DESIGN rule 9)."""
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def cut(amount: int, starts: Ratio, ends: Ratio) -> int:
    """The part of an amount between two shares of it, so that parts which fill the whole sum to the amount exactly.

    round(amount x ends) - round(amount x starts): the cumulative rule of DESIGN 9.
    """
    return round_half_away(amount * ends[0], ends[1]) - round_half_away(amount * starts[0], starts[1])


def ratio(numerator: int, denominator: int = 1) -> Ratio:
    """The ratio in lowest terms; `denominator` is above zero."""
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def add(left: Ratio, right: Ratio) -> Ratio:
    """The exact sum of two ratios."""
    return ratio(left[0] * right[1] + right[0] * left[1], left[1] * right[1])


def parse_percent(text: str) -> Ratio:
    """The exact ratio of "12.5%". Raises RefusedError where it is no percentage."""
    if re.fullmatch(PERCENT_REGEX, text, re.ASCII) is None:
        raise RefusedError(f"{text!r} is not a percentage.", hint="Write it such as 12.5%.")
    whole, _, part = text[:-1].partition(".")
    return ratio(int(whole + part), 100 * 10 ** len(part))


def show_percent(share: Ratio) -> str:
    """A ratio as a percentage where at most six decimals say it exactly ("12.5%"), else as a fraction ("1/3")."""
    millionths, rest = divmod(share[0] * 100_000_000, share[1])
    if rest:
        return show_ratio(share)
    sign = "-" if millionths < 0 else ""
    whole, part = divmod(abs(millionths), 1_000_000)
    decimals = f".{part:06}".rstrip("0") if part else ""
    return f"{sign}{whole}{decimals}%"


def show_ratio(value: Ratio) -> str:
    """A ratio as text: "9750", or "263159/2000"."""
    return str(value[0]) if value[1] == 1 else f"{value[0]}/{value[1]}"


def parse_ratio(text: str) -> Ratio:
    """The ratio that `show_ratio` wrote. Raises RefusedError for anything else."""
    if re.fullmatch(RATIO_REGEX, text, re.ASCII) is None:
        raise RefusedError(f"{text!r} is not a fraction.", hint="Write it such as 9750 or 263159/2000.")
    over, _, under = text.partition("/")
    return ratio(int(over), int(under or "1"))
