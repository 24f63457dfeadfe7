# mypy: ignore-errors
import pathlib
from datetime import date

import numpy
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY, ETERNITY
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = Entity("person", "persons", "A person", "")
NEVER = date(2999, 12, 31)


class Sex(Enum):
    M = "Male"
    F = "Female"


class Fitness(Enum):
    A = "Fit"
    B = "Fit with minor limits"
    V = "Limited"
    G = "Temporarily unfit"
    D = "Unfit"


class birth_date(Variable):
    value_type = date
    entity = Person
    definition_period = ETERNITY
    label = "Date of birth"


class sex(Variable):
    value_type = Enum
    possible_values = Sex
    default_value = Sex.F
    entity = Person
    definition_period = ETERNITY
    label = "Sex"


class citizen(Variable):
    value_type = bool
    entity = Person
    definition_period = ETERNITY
    label = "Is a citizen"


class in_reserve(Variable):
    value_type = bool
    entity = Person
    definition_period = ETERNITY
    label = "Is in the reserve"


class student(Variable):
    value_type = bool
    entity = Person
    definition_period = ETERNITY
    label = "Has a student deferral"


class fitness(Variable):
    value_type = Enum
    possible_values = Fitness
    default_value = Fitness.A
    entity = Person
    definition_period = ETERNITY
    label = "Fitness category"


class summons_served_on(Variable):
    value_type = date
    default_value = NEVER
    entity = Person
    definition_period = ETERNITY
    label = "Day the summons was served"


class reported_on(Variable):
    value_type = date
    default_value = NEVER
    entity = Person
    definition_period = ETERNITY
    label = "Day of reporting"


class age(Variable):
    value_type = int
    entity = Person
    definition_period = DAY
    label = "Age in completed years"

    def formula(person, period):
        birth = person("birth_date", period)
        years = birth.astype("datetime64[Y]")
        months = birth.astype("datetime64[M]")
        month = (months - years).astype(int) + 1
        day = (birth - months).astype(int) + 1
        on = period.start
        passed = (month < on.month) + (month == on.month) * (day <= on.day)
        return on.year - (years.astype(int) + 1970) - ~passed


class liable(Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "Liable for conscription"
    reference = "https://law.example/conscription"

    def formula(person, period, parameters):
        rules = parameters(period).conscription
        years = person("age", period)
        category = person("fitness", period)
        unfit = (category == Fitness.V) + (category == Fitness.D)
        return (person("citizen", period) * (person("sex", period) == Sex.M) * (years >= rules.minimum_age)
                * (years < rules.upper_age) * ~person("in_reserve", period) * ~unfit * ~person("student", period))


class not_reported(Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "Has not reported"

    def formula(person, period):
        return person("reported_on", period) > numpy.datetime64(period.start.date)


class exit_ban(Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "May not leave the country"
    reference = "https://law.example/exit-ban"

    def formula(person, period):
        return (person("summons_served_on", period) <= numpy.datetime64(period.start.date)) * person("not_reported", period)


class full_restrictions(Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "All restrictions apply"
    reference = "https://law.example/full-restrictions"

    def formula(person, period, parameters):
        days = parameters(period).conscription.days_to_full_restrictions
        start = person("summons_served_on", period) + numpy.timedelta64(days, "D")
        return (start <= numpy.datetime64(period.start.date)) * person("not_reported", period)


class System(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Person])
        self.add_variables(birth_date, sex, citizen, in_reserve, student, fitness, summons_served_on, reported_on,
                           age, liable, not_reported, exit_ban, full_restrictions)
        self.load_parameters(str(pathlib.Path(__file__).parent / "parameters"))
