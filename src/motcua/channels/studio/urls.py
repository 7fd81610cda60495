"""The addresses of the room; ``config.urls`` mounts them at ``/quan-tri/``."""

from django.urls import path

from motcua.channels.studio import editions, home, looking, officers, organisation, processes, systems

app_name = "studio"
urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", editions.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", editions.edition, name="procedure"),
    path("thu-tuc/<str:code>/<int:number>/", editions.edition, name="edition"),
    path("thu-tuc/<str:code>/<int:number>/bieu-mau/", editions.form, name="form"),
    path("quy-trinh/", processes.processes, name="processes"),
    path("quy-trinh/<uuid:version_id>/", processes.process, name="process"),
    path("quy-trinh/<uuid:version_id>/bpmn/", processes.bpmn, name="bpmn"),
    path("giay-to/", looking.papers, name="papers"),
    path("giay-to/<slug:kind>/xem-truoc.pdf", looking.paper, name="paper"),
    path("trang-thai/", looking.status_catalogue, name="statuses"),
    path("lich/", looking.calendars, name="calendars"),
    path("lich/<uuid:calendar_id>/<int:year>/", looking.calendar, name="calendar"),
    path("to-chuc/", organisation.agencies, name="agencies"),
    path("to-chuc/<uuid:agency_id>/", organisation.agency, name="agency"),
    path("can-bo/", officers.officers, name="officers"),
    path("can-bo/danh-sach.csv", officers.officers_file, name="officers_file"),
    path("can-bo/them/", officers.new, name="new_officer"),
    path("can-bo/<uuid:officer_id>/", officers.officer, name="officer"),
    path("can-bo/<uuid:officer_id>/khoa/", officers.lock, name="lock"),
    path("can-bo/<uuid:officer_id>/mo-khoa/", officers.unlock, name="unlock"),
    path("can-bo/<uuid:officer_id>/moi-lai/", officers.invite, name="invite"),
    path("can-bo/<uuid:officer_id>/giao-chuc-danh/", officers.appoint, name="appoint"),
    path("can-bo/<uuid:officer_id>/thoi-chuc-danh/", officers.relieve, name="relieve"),
    path("can-bo/<uuid:officer_id>/phien/ket-thuc/", officers.end_sessions, name="end_sessions"),
    path("quyen/", organisation.rights, name="rights"),
    path("he-thong/", systems.systems, name="systems"),
    path("he-thong/su-kien/xu-ly-lai/", systems.release, name="release"),
    path("he-thong/ban-tin/<uuid:message_id>/gui-lai/", systems.retry, name="retry"),
    path("he-thong/ban-tin/<uuid:message_id>/bo-qua/", systems.skip, name="skip"),
    path("he-thong/<slug:name>/", systems.system, name="system"),
]
