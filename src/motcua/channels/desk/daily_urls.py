"""The addresses of the day's work: home, lists, the queue, the counter, people, the one search box."""

from django.urls import path

from motcua.channels.desk import counter, counter_checking, counter_draft, home, lists, people, reception, scanning

urlpatterns = [
    path("", home.home, name="home"),
    path("thong-bao/", home.notices_page, name="notices"),
    path("thong-bao/da-doc/", home.notices_read, name="notices_read"),
    path("tim/", scanning.find, name="find"),
    path("quet/", scanning.scan, name="scan"),
    path("ho-so/", lists.dossiers_page, name="dossiers"),
    path("ho-so/tai-ve/", lists.export, name="export"),
    path("da-tiep-nhan/", lists.received_page, name="received"),
    path("tiep-nhan/", reception.queue, name="reception"),
    path("tiep-nhan/<uuid:dossier_id>/", reception.one, name="reception_one"),
    path("tiep-nhan/<uuid:dossier_id>/nhan/", reception.receive, name="reception_receive"),
    path("tiep-nhan/<uuid:dossier_id>/da-nhan/", reception.received_one, name="received_one"),
    path("tiep-nhan/<uuid:dossier_id>/giay-hen/", reception.give_receipt, name="give_receipt"),
    path("tiep-nhan/<uuid:dossier_id>/dung-lai/", reception.reuse, name="reception_reuse"),
    path("tiep-nhan/<uuid:dossier_id>/hoan-thien/", reception.ask_completion, name="reception_complete"),
    path("tiep-nhan/<uuid:dossier_id>/tu-choi/", reception.refuse, name="reception_refuse"),
    path("tiep-nhan/<uuid:dossier_id>/khong-tham-quyen/", reception.not_competent, name="reception_not_competent"),
    path("quay/", counter.counter, name="counter"),
    path("quay/nguoi/", counter.register, name="counter_register"),
    path("quay/dai-dien/", counter.represent, name="counter_represent"),
    path("quay/lap/", counter.start, name="counter_start"),
    path("quay/<uuid:dossier_id>/", counter_draft.draft, name="counter_draft"),
    path("quay/<uuid:dossier_id>/nhap/", counter_draft.save, name="counter_save"),
    path("quay/<uuid:dossier_id>/huy/", counter_draft.discard, name="counter_discard"),
    path("quay/<uuid:dossier_id>/doi-chieu/", counter_checking.check, name="counter_check"),
    path("nguoi/", people.search, name="people"),
    path("nguoi/<uuid:party_id>/", people.person, name="person"),
]
