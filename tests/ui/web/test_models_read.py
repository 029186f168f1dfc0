"""Models are read beside the first pages; a damaged one is told by the page that needs it, not by the server."""

from __future__ import annotations

from ui.web.models_read import ModelsRead


def test_the_newest_models_are_read_ahead_once(site):
    models = ModelsRead(site.opened.workspace)
    models.read_ahead(site.opened.database, ["subsidy", "a type without a model"]).join()
    assert set(models.kept) == {("subsidy", "1")}


def test_a_damaged_model_does_not_stop_the_server(site):
    file = site.opened.workspace.trained_folder("subsidy", "1") / "model.skops"
    file.write_bytes(file.read_bytes()[:-1])
    models = ModelsRead(site.opened.workspace)
    models.read_ahead(site.opened.database, ["subsidy"]).join()
    assert models.kept == {}
