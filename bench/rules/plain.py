# mypy: ignore-errors
from datetime import date, timedelta


def age_on(birth, on):
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def evaluate(p, on):
    upper = 30 if on >= date(2024, 1, 1) else 27
    liable = (p["citizen"] and p["sex"] == "M" and 18 <= age_on(p["birth_date"], on) < upper
              and not p["in_reserve"] and p["fitness"] not in ("V", "D") and not p["student"])
    served, reported = p["summons_served_on"], p["reported_on"]
    not_reported = reported is None or reported > on
    exit_ban = served is not None and served <= on and not_reported
    full = served is not None and served + timedelta(days=20) <= on and not_reported
    return liable, exit_ban, full
