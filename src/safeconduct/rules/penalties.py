"""What a court may impose, for one provision and for a group of alternatives."""

from safeconduct.rules.finding import PenaltyFound
from safeconduct.rules.tree import Penalty


def penalty_found(penalty: Penalty, basis: str) -> PenaltyFound:
    """What a court may impose under one provision; `basis` names its act and article."""
    return PenaltyFound(
        least_months=penalty.least_months,
        most_months=penalty.most_months,
        alternatives=penalty.alternatives,
        basis=basis,
    )


def penalties_together(parts: list[tuple[str, Penalty]]) -> PenaltyFound:
    """Whichever of the alternatives it is: the least of the least, the most of the most."""
    least = [penalty.least_months for _, penalty in parts if penalty.least_months is not None]
    most = [penalty.most_months for _, penalty in parts if penalty.most_months is not None]
    other = tuple(dict.fromkeys(text for _, penalty in parts for text in penalty.alternatives))
    return PenaltyFound(
        least_months=min(least) if least else None,
        most_months=max(most) if most else None,
        alternatives=other,
        basis=" or ".join(name for name, _ in parts),
    )
