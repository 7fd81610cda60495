"""The addresses of a dossier and of every act on it; ``choice`` is any choice of a task, routed by its effect."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.channels.desk import acts_money, acts_routes, casework, files, ledger

of_dossier: list[URLPattern] = [
    path("", casework.dossier, name="dossier"),
    path("han/", ledger.ledger, name="ledger"),
    path("phien-ban/", acts_routes.version, name="version"),
    path("viec/<uuid:task_id>/chon/<str:key>/", acts_routes.choice, name="choice"),
    path("viec/<uuid:task_id>/<slug:name>/", acts_routes.on_task, name="on-task"),
    path("ky/<uuid:request_id>/", acts_routes.signing_on_its_way, name="signing"),
    path("in/<uuid:paper_id>/", acts_money.reprint, name="reprint"),
    path("bien-lai/<uuid:receipt_id>/", acts_money.fee_receipt, name="fee-receipt"),
    path("lam/<slug:name>/", acts_routes.on_dossier, name="on-dossier"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/<uuid:dossier_id>/", include(of_dossier)),
    path("tep/<uuid:file_id>/", files.file, name="file"),
]
