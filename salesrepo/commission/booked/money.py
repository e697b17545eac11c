"""How are the parts of a line written that say when and in which currency it is money: conversions, releases, draws?"""

from salesrepo.domain.kinds.ledger_batch import BookedDraw, BookedFx, BookedRelease, BookedShare, BookedTaking
from salesrepo.domain.money import parse_ratio, parse_sum, show_amount, show_ratio
from salesrepo.domain.statement import DrawPart, FxPart, ReleasePart, SharePart, TakenPart


def book_fx(part: FxPart) -> BookedFx:
    """A conversion."""
    amount = show_amount(part.amount, part.into)
    rate = show_ratio(part.rate)
    return BookedFx(out_of=part.out_of, into=part.into, rate=rate, day=part.day, source=part.source, amount=amount)


def read_fx(part: BookedFx) -> FxPart:
    """The conversion that was written."""
    amount = parse_sum(part.amount, part.into)
    return FxPart(part.out_of, part.into, parse_ratio(part.rate), part.day, part.source, amount)


def book_release(part: ReleasePart, money: str) -> BookedRelease:
    """A release."""
    of = show_amount(part.of, money)
    return BookedRelease(of=of, before=show_ratio(part.before), after=show_ratio(part.after), by=part.by)


def read_release(part: BookedRelease, money: str) -> ReleasePart:
    """The release that was written."""
    return ReleasePart(parse_sum(part.of, money), parse_ratio(part.before), parse_ratio(part.after), part.by)


def book_taking(part: TakenPart, money: str) -> BookedTaking:
    """What was taken back."""
    of, before = show_amount(part.of, money), show_amount(part.before, money)
    stood = None if part.stood is None else show_amount(part.stood, money)
    return BookedTaking(rule=part.rule, of=of, share=show_ratio(part.share), before=before, stood=stood)


def read_taking(part: BookedTaking, money: str) -> TakenPart:
    """What was written to be taken back."""
    of, before = parse_sum(part.of, money), parse_sum(part.before, money)
    stood = None if part.stood is None else parse_sum(part.stood, money)
    return TakenPart(part.rule, of, parse_ratio(part.share), before, stood)


def book_draw(part: DrawPart, money: str) -> BookedDraw:
    """A draw."""
    compared, amount, before, after = (
        show_amount(value, money) for value in (part.compared, part.amount, part.before, part.after)
    )
    return BookedDraw(name=part.name, compared=compared, amount=amount, before=before, after=after)


def read_draw(part: BookedDraw, money: str) -> DrawPart:
    """The draw that was written."""
    compared, amount, before, after = (
        parse_sum(text, money) for text in (part.compared, part.amount, part.before, part.after)
    )
    return DrawPart(part.name, compared, amount, before, after)


def book_share(part: SharePart, money: str) -> BookedShare:
    """A member's share."""
    of = show_amount(part.of, money)
    return BookedShare(team=part.team, of=of, starts=show_ratio(part.starts), ends=show_ratio(part.ends))


def read_share(part: BookedShare, money: str) -> SharePart:
    """The share that was written."""
    return SharePart(part.team, parse_sum(part.of, money), parse_ratio(part.starts), parse_ratio(part.ends))
