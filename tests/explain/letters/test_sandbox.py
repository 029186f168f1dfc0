"""What a municipality types into a letter's text is never run: it gets words, conditions and lists, in limits."""

from __future__ import annotations

import pytest

from config.errors import InputError, Place
from explain.letters.sandbox import LetterToRender, Limits, Part, Wanted, render, render_one

HERE = Place("da.yaml", 7)
VALUES = {
    "name": "Jonas",
    "sum": {"said": "0 kr.", "counts": False},
    "rows": [{"label": "A"}],
    "case": {"id": "7"},
}
TIGHT = Limits(seconds_a_text=0.3, characters=2_000, seconds_at_most=10.0)


def rendered(text: str, values: object = VALUES) -> str:
    return render_one(LetterToRender([Part(values, [Wanted(text, HERE)])]), TIGHT)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kære {{ name }}", "Kære Jonas"),
        ("{{ case.id }}", "7"),
        ("{% if sum %}noget{% else %}intet{% endif %}: {{ sum }}", "intet: 0 kr."),
        ("{% for row in rows %}{{ row.label }}{% endfor %}", "A"),
        ("<b>{{ name }}</b>", "<b>Jonas</b>"),
    ],
)
def test_placeholders_conditions_and_lists_work(text, said):
    assert rendered(text) == said


@pytest.mark.parametrize(
    "attack",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ name.upper() }}",
        "{{ name | upper }}",
        "{{ range(3) }}",
        "{{ lipsum.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends '/etc/passwd' %}",
        "{{ rows }}",
        "{{ rows.append }}",
        "{{ nothing_of_the_kind }}",
        "{{ name",
        "{% for x in rows %}",
        "{{ '%s' % name.__class__ }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{% for x in rows %}{{ loop.__class__ }}{% endfor %}",
        "{% set x = name.__class__ %}{{ x }}",
        "{{ (1).__class__ }}",
    ],
)
def test_nothing_else_is_reached_and_one_sentence_says_where(attack):
    with pytest.raises(InputError) as refused:
        rendered(attack)
    assert refused.value.place == HERE
    assert "\n" not in refused.value.sentence
    assert refused.value.sentence.startswith("this text ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{% for a in rows %}" * 9 + "{% endfor %}" * 9, "processor time"),
        ("{{ 9 ** (9 ** 9) }}", "processor time"),
        ("{{ 'x' * 999999999 }}", "memory"),
        ("{% for a in rows %}" * 3 + "x" + "{% endfor %}" * 3, "longer than 2000 characters"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "brackets"),
    ],
)
def test_what_takes_too_long_or_grows_too_large_ends_soon(text, why):
    many = {"rows": [{"label": str(number)} for number in range(40)]}
    with pytest.raises(InputError, match=why):
        rendered(text, many)


def test_a_bad_letter_leaves_its_neighbours_alone():
    def letter(text: str) -> LetterToRender:
        return LetterToRender([Part(VALUES, [Wanted("Hej {{ name }}", HERE), Wanted(text, HERE)])])

    bad = "{{ 9 ** (9 ** 9) }}"
    made = render([letter("1"), letter(bad), letter("2"), letter("{{ gone }}"), letter(bad), letter("3")], TIGHT)
    assert [one for one in made if isinstance(one, list)] == [
        ["Hej Jonas", "1"],
        ["Hej Jonas", "2"],
        ["Hej Jonas", "3"],
    ]
    assert [position for position, one in enumerate(made) if isinstance(one, InputError)] == [1, 3, 4]


def test_a_value_is_never_read_as_a_text():
    assert rendered("{{ name }}", {"name": "{{ 7 * 7 }} {% for %}"}) == "{{ 7 * 7 }} {% for %}"


def test_what_a_text_comes_to_is_known_to_the_next_one():
    own = Part({"sum": "630 kr."}, [Wanted("Du får {{ sum }}", HERE, name="result")])
    general = Part({"name": "Jonas"}, [Wanted("{{ result }}, {{ name }}", HERE)])
    assert render_one(LetterToRender([own, general])) == ["Du får 630 kr.", "Du får 630 kr., Jonas"]
