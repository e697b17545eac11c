"""How does a plan pay that never converts (`pay_in: deal`)?

Every currency runs and is settled by itself, so only percentages may stand in such a plan: an amount of money would be
one of the plan's currency.
"""

from salesrepo.commission.version import PlanVersion, ReadyComponent


def in_currency_of(version: PlanVersion, currency: str) -> PlanVersion:
    """The version as it pays for deals in a currency."""
    if version.currency == currency:
        return version
    measures = {
        name: measure._replace(unit=currency) if measure.unit else measure for name, measure in version.measures.items()
    }

    def turned(component: ReadyComponent) -> ReadyComponent:
        return component._replace(measure=measures[component.measure.name])

    return version._replace(
        currency=currency, measures=measures, components=tuple(turned(part) for part in version.components)
    )
