"""Tables of counts: what is read, and what is refused with its line."""

import pytest

from safeconduct.population.tally import MAX_BYTES, TableError, read_tally

GOOD = "region,men,deaths\nNorth,1000,3\nSouth,2000,0\n"


def test_a_table_is_read():
    tally = read_tally(GOOD.encode(), source="who counted")
    assert [(row.region, row.men, row.deaths) for row in tally.rows] == [("North", 1000, 3), ("South", 2000, 0)]
    assert (tally.men, tally.deaths, tally.rate) == (3000, 3, 0.001)
    assert (tally.source, tally.packaged, tally.made) == ("who counted", False, False)


@pytest.mark.parametrize("table", [
    "men_16_to_61,Region,other,confirmed_deaths\n1000,North,x,3\n2000,South,y,0\n",
    "\ufeffregion,men,deaths\r\nNorth,1000,3\r\n\r\nSouth, 2000 ,0\r\n",
    "counted_until,region,men,deaths\n2023,North,1000,3\n2023,South,2000,0\n",
])  # fmt: skip
def test_the_same_table_may_be_written_in_other_ways(table):
    assert read_tally(table.encode()).rows == read_tally(GOOD.encode()).rows


#   table                                                  code     line
REFUSED = [
    ("",                                                   "TAB01", 0),
    ("region,men,deaths\n",                                "TAB04", 0),
    ("region,men,deaths\nNorth,1000,0\n",                  "TAB04", 0),
    ("region,men\nNorth,1000\n",                           "TAB02", 1),
    ("region,men,deaths,confirmed_deaths\nNorth,9,1,1\n",  "TAB02", 1),
    ("region,men,deaths\nNorth,1000\n",                    "TAB03", 2),
    ("region,men,deaths\n,1000,1\n",                       "TAB03", 2),
    ("region,men,deaths\n=1+1,1000,1\n",                   "TAB03", 2),
    ("region,men,deaths\nNo\u001brth,1000,1\n",            "TAB03", 2),
    ("region,men,deaths\n" + "N" * 81 + ",1000,1\n",       "TAB03", 2),
    ("region,men,deaths\nNorth,0,0\n",                     "TAB03", 2),
    ("region,men,deaths\nNorth,5,6\n",                     "TAB03", 2),
    ("region,men,deaths\nNorth,1 000,6\n",                 "TAB03", 2),
    ("region,men,deaths\nNorth,1000,-6\n",                 "TAB03", 2),
    ("region,men,deaths\nNorth,1000,٣\n",                  "TAB03", 2),
    ("region,men,deaths\nNorth,99999999999,1\n",           "TAB03", 2),
    ("region,men,deaths\nNorth,1000,1\n\nNORTH,9,1\n",     "TAB03", 4),
    ('region,men,deaths\n"North,1000,1\n',                 "TAB01", 0),
    ("region,men,deaths,counted_until\nN,9,1,2023-04-11\nS,9,1,2023-11-30\n", "TAB05", 1),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "line"), REFUSED)
def test_a_table_that_cannot_be_used_is_refused(table, code, line):
    with pytest.raises(TableError) as caught:
        read_tally(table.encode())
    assert (caught.value.code, caught.value.place.line if caught.value.place else 0) == (code, line)


@pytest.mark.parametrize("content", [
    b"region,men,deaths\nN\xff,9,1\n",
    b"x" * (MAX_BYTES + 1),
    b"region,men,deaths\n" + b"N,9,1\n" * 20_001,
])  # fmt: skip
def test_bytes_that_are_no_table_are_refused(content):
    with pytest.raises(TableError) as caught:
        read_tally(content)
    assert caught.value.code == "TAB01"
