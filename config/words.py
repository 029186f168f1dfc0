"""Numbers, kroner, days and times as a reader of one language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from config.bilingual import Language
from config.columns import Kind
from config.fields import Field

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_EPOCH = date(1970, 1, 1)
_LARGEST = Decimal("1e18")  # beyond, separators help nobody
_NEAR_DAYS = 183  # beyond half a year a day without its year may be taken for another
Number = int | float | Decimal


class Words:
    """Everyday forms of one language.

    Example:
        >>> da, en = Words("da"), Words("en")
        >>> da.number(1234.5), en.number(1234.5), da.kroner(Decimal("1234.56")), en.kroner(1234)
        ('1.234,5', '1,234.5', '1.234,56 kr.', 'DKK 1,234')
        >>> da.day(date(2026, 11, 24)), en.day(date(2026, 11, 24))
        ('24. november 2026', '24 November 2026')
        >>> da.listed(["a", "b", "c"]), en.yes_no(True), da.value("number", 65, "percent"), en.spelled(3)
        ('a, b og c', 'Yes', '65 procent', 'three')
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = "da_DK" if language == "da" else "en_GB"

    def number(self, value: Number, decimals: int | None = None) -> str:
        """With separators; `decimals` fixes their number, else at most two and no trailing zeros."""
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            return self.nothing
        if abs(exact) >= _LARGEST:
            return f"{exact:.3E}"
        places = 2 if decimals is None else decimals
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        rounded = Decimal(0) if rounded == 0 else rounded
        pattern = "#,##0." + ("#" * places if decimals is None else "0" * places) if places else "#,##0"
        return format_decimal(rounded, format=pattern, locale=self._locale)

    def kroner(self, value: Number) -> str:
        """An amount in Danish kroner; øre are written where there are any."""
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        amount = self.number(exact, 0 if exact == exact.to_integral_value() else 2)
        return f"{amount} kr." if self.language == "da" else f"DKK {amount}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share from 0 to 1 as so many per cent."""
        return f"{self.number(share * 100, decimals)} {'procent' if self.language == 'da' else 'per cent'}"

    def of_100(self, share: float) -> str:
        """A share from 0 to 1 as so many of 100."""
        return f"{self.number(share * 100, 0)} {'af' if self.language == 'da' else 'of'} 100"

    def day(self, day: date) -> str:
        """A day written out."""
        local = _local(day).date() if isinstance(day, datetime) else day
        return _in_words(local, "d. MMMM y" if self.language == "da" else "d MMMM y", self._locale)

    def month(self, day: date) -> str:
        """The month of a day.

        Example:
            >>> Words("da").month(date(2026, 11, 24)), Words("en").month(date(2026, 11, 24))
            ('november 2026', 'November 2026')
        """
        return _in_words(day, "MMMM y", self._locale)

    def short_day(self, day: date, today: date, *, weekday: bool = False) -> str:
        """A day in a list: no year where it is near, and its weekday where that helps.

        Example:
            >>> Words("da").short_day(date(2026, 11, 27), date(2026, 11, 24), weekday=True)
            'Fre. 27. nov.'
            >>> Words("en").short_day(date(2025, 11, 27), date(2026, 11, 24))
            '27 Nov 2025'
        """
        pattern = "d. MMM" if self.language == "da" else "d MMM"
        if abs((day - today).days) > _NEAR_DAYS:
            pattern += " y"
        said = _in_words(day, f"EEE {pattern}" if weekday else pattern, self._locale)
        return f"{said[:1].upper()}{said[1:]}"

    def time(self, moment: datetime) -> str:
        """The time of day in Denmark; a naive moment is taken as it stands."""
        return _local(moment).strftime("%H.%M" if self.language == "da" else "%H:%M")

    def moment(self, moment: datetime) -> str:
        """Day and time of day."""
        between = " kl. " if self.language == "da" else " at "
        return f"{self.day(moment)}{between}{self.time(moment)}"

    def listed(self, words: Sequence[str]) -> str:
        """Words in a row with a final `og` or `and`."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {'og' if self.language == 'da' else 'and'} {words[-1]}"

    def either(self, words: Sequence[str]) -> str:
        """Words of which one is meant, with a final `eller` or `or`."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {'eller' if self.language == 'da' else 'or'} {words[-1]}"

    def spelled(self, number: int) -> str:
        """A whole number from 1 to 9 in words, as in running text; others in digits."""
        words = _SPELLED[self.language]
        return words[number - 1] if 1 <= number <= len(words) else self.number(number)

    def yes_no(self, answer: bool) -> str:
        """Ja/Nej, Yes/No."""
        return ("Ja" if answer else "Nej") if self.language == "da" else ("Yes" if answer else "No")

    @property
    def nothing(self) -> str:
        """What is shown for a value that is not there."""
        return "ikke oplyst" if self.language == "da" else "not given"

    def fact(self, field: Field, value: float | str | None) -> str:
        """A fact as its case type says it to people: `value` is what `Column.value` gives."""
        said = field.said(value, self.language) if isinstance(value, str) else value
        return self.value(field.type, said, field.unit)

    def value(self, kind: Kind, value: float | str | None, unit: str | None = None) -> str:
        """A fact of a `Column` as a person reads it: `value` is what `Column.value` gives."""
        if value is None:
            return self.nothing
        if isinstance(value, str):
            return value
        if kind == "boolean":
            return self.yes_no(value == 1.0)
        if kind == "date":
            return self._day_number(value)
        if unit is not None and unit.split("/")[0].strip().upper() in ("DKK", "KR", "KR."):
            return self.kroner(value) + _per(unit, self.language)
        return f"{self.number(value)} {self.unit(unit)}" if unit else self.number(value)

    def unit(self, unit: str) -> str:
        """A unit of a case type file as a reader says it; one that is not known here stands as it is written."""
        return _UNITS[unit][self.language == "en"] if unit in _UNITS else unit

    def _day_number(self, days: float) -> str:
        try:
            return self.day(_EPOCH + timedelta(days=int(days // 1)))
        except OverflowError:
            return self.nothing


_SPELLED: dict[Language, tuple[str, ...]] = {
    "da": ("én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"),
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_UNITS = {"percent": ("procent", "per cent"), "years": ("år", "years")}
_PERIODS = {
    "month": (" om måneden", " a month"),
    "year": (" om året", " a year"),
    "week": (" om ugen", " a week"),
    "day": (" om dagen", " a day"),
}


@lru_cache(maxsize=4096)
def _in_words(day: date, pattern: str, locale: str) -> str:
    """A day by a pattern of CLDR; a list says the same few days over and over."""
    return format_date(day, pattern, locale=locale)


def _per(unit: str, language: Language) -> str:
    period = unit.partition("/")[2].strip()
    return _PERIODS[period][language == "en"] if period in _PERIODS else (f"/{period}" if period else "")


def _local(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(DANISH_TIME)
