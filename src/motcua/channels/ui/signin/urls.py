"""The addresses of signing in; mounted at the root by ``config.urls``."""

from django.urls import path

from motcua.channels.ui.signin import citizens, officers, sessions

app_name = "signin"
urlpatterns = [
    path("dang-nhap/", citizens.choose, name="choose"),
    path("dang-nhap/<slug:provider>/", citizens.start, name="start"),
    path("dang-nhap/<slug:provider>/xong/", citizens.finish, name="finish"),
    path("dang-xuat/", sessions.sign_out, name="sign_out"),
    path("thay-mat/", citizens.acting_for, name="acting_for"),
    path("thay-mat/chon/", citizens.act_for, name="act_for"),
    path("thay-mat/con/", citizens.child, name="child"),
    path("phien/", sessions.sessions, name="sessions"),
    path("phien/ket-thuc/", sessions.end, name="end_sessions"),
    path("can-bo/dang-nhap/", officers.sign_in, name="officer"),
    path("can-bo/ma/", officers.code, name="code"),
    path("can-bo/chuc-danh/", officers.position, name="position"),
    path("can-bo/kich-hoat/", officers.activate, name="activate"),
    path("can-bo/kich-hoat/thiet-lap/", officers.enrol, name="enrol"),
    path("can-bo/mat-khau/", sessions.password, name="password"),
]
