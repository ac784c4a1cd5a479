from django.urls import path

from massline.desk.act.mutual_aid import views

app_name = "programmes"
urlpatterns = [
    path("<slug:org>/act/programmes/", views.programmes, name="programmes"),
    path("<slug:org>/act/programmes/<int:pk>/", views.programme, name="programme"),
    path("<slug:org>/act/programmes/<int:pk>/end/", views.end_programme, name="end"),
    path("<slug:org>/act/programmes/<int:pk>/note/", views.add_aid_post, name="note"),
    path("<slug:org>/act/programmes/<int:pk>/notices/<int:notice_pk>/", views.update_aid_post, name="notice"),
    path("<slug:org>/act/programmes/<int:pk>/sessions/<int:session_pk>/", views.count_session, name="count"),
]
