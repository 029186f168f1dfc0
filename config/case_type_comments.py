"""The words that stand above each block of a case type file, in Danish and in English."""

from __future__ import annotations

from collections.abc import Mapping

_FIELDS_DA = (
    "Oplysningerne. `source` (hvor den kommer fra) og `basis` (hvorfor kommunen må have den) skal skrives før "
    "drift; `collected_with: consent`: hentes først efter borgerens ja; `model_use`: om modellen må se den, "
    "personen ser den altid; `protected: true` holder den helt ude af modellen og reglerne; `can_change`: må "
    "nævnes som det, der kunne være anderledes."
)
_FIELDS_EN = (
    "The facts. `source` (where it comes from) and `basis` (why the municipality may hold it) are to be written "
    "before going live; `collected_with: consent`: fetched only after the citizen's yes; `model_use`: whether the "
    "model may see it, the person always does; `protected: true` keeps it out of the model and the routes; "
    "`can_change`: may be named as what could have been different."
)

HEADS: Mapping[str, tuple[str, str]] = {
    "name": ("Hvad sagstypen hedder.", "What the case type is called."),
    "asks_for": (
        "Hvad borgeren søger om, øverst på sagens side; `{{ navn }}` er en oplysning.",
        "What the citizen asks for, at the top of a case's page; `{{ name }}` is a fact.",
    ),
    "legal_basis": (
        "Loven bag sagstypen. null: mangler, og skal skrives før drift.",
        "The law behind the case type. null: missing, to be written before it goes live.",
    ),
    "status": (
        "trial: lær, mål og øv; intet når borgeren. Drift (live) sættes af en dataansvarlig med `stafet live`.",
        "trial: learn, measure and practise; nothing reaches a citizen. A steward sets live, with `stafet live`.",
    ),
    "model_basis": (
        "Hjemlen til at lade en model vurdere disse sager. null: mangler, og skal skrives før drift.",
        "The law for letting a model assess these cases. null: missing, to be written before it goes live.",
    ),
    "weight": (
        "light: maskinen må støtte. heavy: ingen vurdering, intet udkast fra maskinen, fuld støtte til personen.",
        "light: the machine may support. heavy: no score and no draft from it, full support to the person.",
    ),
    "kle": ("KLE-emnet, hvis I bruger det.", "The KLE topic, if you use it."),
    "log": ("Kolonnerne i jeres log.", "The columns of your log."),
    "fields": (_FIELDS_DA, _FIELDS_EN),
    "complexity": (
        "Hvad afdelingen kalder en krævende sag, inden for så mange dage fra ankomsten.",
        "What the department calls a complex case, within so many days of arrival.",
    ),
    "amounts": (
        "Daterede beløb; `example: true` skal bekræftes.",
        "Dated amounts; `example: true` is to be confirmed.",
    ),
    "tables": ("Trappeskalaer.", "Stepped scales."),
    "calculation": ("Beregningen, linje for linje.", "The calculation, line by line."),
    "pays": (
        "Den linje, der er beløbet, når der bevilges.",
        "The line that is the sum when something is granted.",
    ),
    "criteria": (
        "Det objektive: den første linje, der sikkert passer, afgør. Hver linje har sin lov.",
        "The objective part: the first line that surely holds decides. Each line has its law.",
    ),
    "outcomes": ("Hvad en sag kan ende med.", "What a case can end with."),
    "assessed_as": (
        "Hvad en sag uden afgørelse kan vurderes som.",
        "What a case without a decision can be assessed as.",
    ),
    "untested_by_machine": (
        "Hvad loven overlader til et skøn; er noget af det åbent, afgør kriterierne ikke sagen.",
        "What the law leaves to judgment; with any of it open, the criteria do not decide.",
    ),
    "letters": (
        "Egne ord i breve uden afgørelse; `{{ navn }}` er en oplysning, et beløb eller en linje.",
        "Own words in letters without a decision; `{{ name }}` is a fact, an amount or a line.",
    ),
    "appeal": ("Hvordan der klages. null: mangler.", "How a decision is appealed. null: missing."),
    "deadlines": ("Frister.", "Deadlines."),
    "retention": ("Hvor længe sagen gemmes. null: mangler.", "How long a case is kept. null: missing."),
    "checklist": ("Tjekliste for den, der behandler sagen.", "Checklist for the person who handles the case."),
    "tests": ("Prøver på grænserne, kørt af `stafet check`.", "Boundary cases, run by `stafet check`."),
}
LEFT_OUT = (
    "Udeladt, for at modellen ikke lærer af det. Vil I alligevel bruge en kolonne, så skriv den under `fields`.",
    "Left out, so that the model does not learn from it. To use a column after all, write it under `fields`:",
)
