"""Citizens who do not exist: names of many origins, birth dates that fit, and numbers that nobody can have.

The day of a CPR number is the day of birth plus 60, which no person's has, and no telephone begins with 00.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Days

NAMES = resources.files("ui.demo.simulator") / "names"
ORIGINS = ("danmark", "vestlig", "ikke_vestlig")
ORIGIN_SHARES = (0.78, 0.08, 0.14)
DISTRICTS = ("9998_by", "9998_havn", "9998_land", "9997_nord")
LIVES_IN = {
    "danmark": (0.40, 0.20, 0.32, 0.08),
    "vestlig": (0.38, 0.34, 0.18, 0.10),
    "ikke_vestlig": (0.16, 0.14, 0.04, 0.66),
}
"""Where people live goes with where they come from: the district stands in for an origin that no model may see."""

CULTURES = {
    "danmark": (("dansk",), (1.0,)),
    "vestlig": (("polsk", "rumænsk", "tysk", "svensk", "islandsk"), (0.36, 0.27, 0.19, 0.13, 0.05)),
    "ikke_vestlig": (
        ("arabisk", "tyrkisk", "somalisk", "ukrainsk", "iransk", "bosnisk", "vietnamesisk", "eritreisk"),
        (0.29, 0.22, 0.11, 0.11, 0.09, 0.08, 0.06, 0.04),
    ),
}
"""Whose first and last names go together."""

GENERATIONS = ((1972, "early"), (2005, "late"), (9999, "young"))
"""Danish first names have their time; each line holds for those born before the year."""

TWO_LAST_NAMES = 0.3
WITH_FLOOR = {"9998_by": 0.5, "9998_havn": 0.4, "9998_land": 0.0, "9997_nord": 0.6}
HIGHEST_NUMBER = {"9998_by": 96, "9998_havn": 44, "9998_land": 61, "9997_nord": 118}
PROTECTED_SHARE = 0.012
ON_PAPER_SHARE = {True: 0.22, False: 0.05}
"""How many get letters on paper, by whether they are over 67."""


@dataclass(frozen=True)
class Citizens:
    """`n` invented citizens; every array is (n,)."""

    refs: NDArray[np.object_]
    names: NDArray[np.object_]
    cprs: NDArray[np.object_]
    streets: NDArray[np.object_]
    towns: NDArray[np.object_]
    phones: NDArray[np.object_]
    protected_address: NDArray[np.bool_]
    digital_post: NDArray[np.bool_]
    born: Days
    origins: NDArray[np.object_]
    districts: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.refs)

    def take(self, rows: NDArray[np.intp]) -> Citizens:
        """The citizens at `rows`."""
        return Citizens(**{name: values[rows] for name, values in vars(self).items()})

    def ages_on(self, days: Days) -> NDArray[np.int64]:
        """Shape (n,): each one's age in whole years on the day beside it."""
        years = days.astype("datetime64[Y]").astype(int) - self.born.astype("datetime64[Y]").astype(int)
        had_birthday = _month_and_day(days) >= _month_and_day(self.born)
        return np.asarray(years - ~had_birthday)


def invent(random: np.random.Generator, n: int, *, ages: tuple[int, int], today: date, prefix: str) -> Citizens:
    """`n` citizens who today are between the two ages; `prefix` begins their reference numbers."""
    years = random.triangular(ages[0], ages[0] + (ages[1] - ages[0]) * 0.4, ages[1], n)
    born = np.datetime64(today) - np.floor(years * 365.25 + random.uniform(0, 360, n)).astype("timedelta64[D]")
    female = random.random(n) < 0.56
    origins = random.choice(np.array(ORIGINS, dtype=object), n, p=ORIGIN_SHARES)
    districts = np.empty(n, dtype=object)
    for origin, shares in LIVES_IN.items():
        here = origins == origin
        districts[here] = random.choice(np.array(DISTRICTS, dtype=object), int(here.sum()), p=shares)
    birth_years = born.astype("datetime64[Y]").astype(int) + 1970
    is_old = years >= 67
    letters = [_name(random, *one) for one in zip(female, origins, birth_years, strict=True)]
    return Citizens(
        refs=np.array([f"{prefix}-{number:05d}" for number in range(1, n + 1)], dtype=object),
        names=np.array(letters, dtype=object),
        cprs=np.array([_cpr(random, *one) for one in zip(born.tolist(), female, strict=True)], dtype=object),
        streets=np.array([_street(random, district) for district in districts], dtype=object),
        towns=np.array(
            ["9997 Egeby N" if one == "9997_nord" else "9998 Egeby" for one in districts], dtype=object
        ),
        phones=np.array([_phone(number) for number in random.integers(0, 1_000_000, n)], dtype=object),
        protected_address=random.random(n) < PROTECTED_SHARE,
        digital_post=random.random(n) >= np.where(is_old, ON_PAPER_SHARE[True], ON_PAPER_SHARE[False]),
        born=born,
        origins=origins,
        districts=districts,
    )


def _month_and_day(days: Days) -> NDArray[np.int64]:
    month = days.astype("datetime64[M]")
    return np.asarray((month.astype(int) % 12) * 32 + (days - month.astype("datetime64[D]")).astype(int))


def _name(random: np.random.Generator, female: bool, origin: str, birth_year: int) -> str:
    cultures, shares = CULTURES[origin]
    culture = cultures[int(random.choice(len(cultures), p=shares))]
    generation = next(name for before, name in GENERATIONS if birth_year < before) if culture == "dansk" else "any"
    first = _one_of(random, _words("first_names", ("f" if female else "m", culture, generation)))
    lasts = _words("last_names", (culture,))
    last = _common_one_of(random, lasts)
    if culture == "dansk" and random.random() < TWO_LAST_NAMES:
        middle = _one_of(random, lasts)
        last = last if middle == last else f"{middle} {last}"
    return f"{first} {last}"


def _cpr(random: np.random.Generator, born: date, female: bool) -> str:
    """A number that is nobody's: day + 60; the seventh digit fits the century and the last one the sex."""
    seventh = int(random.integers(0, 4)) if born.year < 2000 else int(random.integers(4, 8))
    last = 2 * int(random.integers(0, 5)) + (not female)
    return f"{born.day + 60:02d}{born.month:02d}{born.year % 100:02d}-{seventh}{random.integers(0, 100):02d}{last}"


def _phone(number: int) -> str:
    digits = f"{number:06d}"
    return f"00 {digits[:2]} {digits[2:4]} {digits[4:]}"


def _street(random: np.random.Generator, district: str) -> str:
    """A street and number; nobody lives on the second floor of a farm."""
    number = str(1 + int(random.integers(HIGHEST_NUMBER[district])))
    if random.random() < WITH_FLOOR[district]:
        floor = _one_of(random, ["st.", "1.", "1.", "2.", "2.", "3."])
        number = f"{number}, {floor} {_one_of(random, ['tv', 'tv', 'th', 'th', 'mf'])}"
    elif random.random() < 0.12:
        number += _one_of(random, ["A", "A", "B", "B", "C"])
    return f"{_one_of(random, _words('streets', (district,)))} {number}"


def _one_of(random: np.random.Generator, words: list[str]) -> str:
    return words[int(random.integers(len(words)))]


def _common_one_of(random: np.random.Generator, words: list[str]) -> str:
    """One of a list that begins with the commonest."""
    return words[int(len(words) * random.random() ** 2)]


@cache
def _words(file: str, key: tuple[str, ...]) -> list[str]:
    """The words of a list whose other columns are `key`."""
    with (NAMES / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return [word for word, *rest in rows if tuple(rest) == key]
