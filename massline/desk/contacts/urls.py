from django.urls import path

from massline.desk.act.contacts import views as lists
from massline.desk.act.growth import views as growing
from massline.desk.contacts import views as contact_views

app_name = "people"
urlpatterns = [
    path("<slug:org>/people/", contact_views.people, name="people"),
    path("<slug:org>/people/sections/add/", contact_views.add_section, name="add_section"),
    path("<slug:org>/people/sections/<int:pk>/", contact_views.change_section, name="change_section"),
    path("<slug:org>/people/lists/", lists.bring, name="bring"),
    path("<slug:org>/people/lists/<int:pk>/take-back/", lists.take_back, name="take_back"),
    path("<slug:org>/people/take-out/", lists.take_out, name="take_out"),
    path("<slug:org>/people/monday/", growing.monday, name="monday"),
    path("<slug:org>/people/ladder/", growing.ladder, name="ladder"),
    path("<slug:org>/people/ladder/<int:pk>/remove/", growing.remove_rung, name="remove_rung"),
    path("<slug:org>/people/mandates/", growing.mandates, name="mandates"),
    path("<slug:org>/people/mandates/<int:pk>/", growing.mandate, name="mandate"),
    path("<slug:org>/people/mandates/<int:pk>/move/", growing.move_mandate, name="move_mandate"),
    path("<slug:org>/people/study/", growing.study, name="study"),
    path("<slug:org>/people/<int:pk>/", growing.person, name="person"),
    path("<slug:org>/people/<int:pk>/welcome/", growing.welcome, name="welcome"),
    path("<slug:org>/people/<int:pk>/vouch/", growing.vouch, name="vouch"),
    path("<slug:org>/people/<int:pk>/teach/", growing.teach, name="teach"),
    path("<slug:org>/people/<int:pk>/part/", growing.give_part, name="give_part"),
]
