from django.urls import path

from massline.desk.contacts import contact_correction_views
from massline.desk.contacts import views as contact_views
from massline.desk.contacts.exports import views as export_views
from massline.desk.contacts.imports import views as import_views

urlpatterns = [
    path("<slug:org>/people/", contact_views.people, name="people"),
    path("<slug:org>/people/sections/add/", contact_views.add_section, name="add_section"),
    path("<slug:org>/people/sections/<int:pk>/", contact_views.change_section, name="change_section"),
    path("<slug:org>/people/<int:pk>/correct/", contact_correction_views.correct, name="correct"),
    path("<slug:org>/people/lists/", import_views.import_list, name="bring"),
    path("<slug:org>/people/lists/<int:pk>/take-back/", import_views.undo_import, name="take_back"),
    path("<slug:org>/people/take-out/", export_views.export_contacts, name="take_out"),
]
