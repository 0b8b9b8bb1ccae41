"""Stands in for the platform's helper."""


def update_module_store_settings(module_store_setting, doc_store_settings=None, module_store_options=None, **_):
    """Tells every store where its documents are."""
    for store in module_store_setting["default"]["OPTIONS"]["stores"]:
        store.setdefault("DOC_STORE_CONFIG", {}).update(doc_store_settings or {})
        store.setdefault("OPTIONS", {}).update(module_store_options or {})
