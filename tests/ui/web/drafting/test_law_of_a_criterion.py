"""A criterion's own words stand by its law, and a heavy case links to the law by which it is handled."""

from __future__ import annotations


def test_a_criterion_and_a_line_stand_by_their_law(drafting):
    browser = drafting.browser("mette")
    browser.get("/law/subsidy")
    assert "Decides when the outcome is “Granted”. The amount is below the limit." in browser.words


def test_a_report_links_to_the_law_by_which_it_is_handled(drafting):
    browser = drafting.browser("mette")
    browser.get("/cases/child_report/U-0")
    assert 'href="/law/child_report#law-1">Barnets lov' in browser.page
    browser.get("/law/child_report")
    assert "Cases of this kind are handled by it." in browser.words
