"""A missing library is named, and nothing is imported to find out."""

from safeconduct.population.installed import missing


def test_all_libraries_of_the_extra_are_there():
    assert missing() is None


def test_the_first_missing_library_is_named():
    assert missing(("json", "no_such_library", "csv")) == "no_such_library"


def test_a_missing_part_of_a_missing_package_is_missing():
    assert missing(("no_such_package.part",)) == "no_such_package.part"
