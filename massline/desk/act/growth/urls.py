from django.urls import path

from massline.desk.act.growth import views

urlpatterns = [
    path("<slug:org>/people/monday/", views.show_monday_note, name="monday"),
    path("<slug:org>/people/ladder/", views.ladder, name="ladder"),
    path("<slug:org>/people/ladder/<int:pk>/remove/", views.remove_rung, name="remove_rung"),
    path("<slug:org>/people/mandates/", views.mandates, name="mandates"),
    path("<slug:org>/people/mandates/<int:pk>/", views.mandate, name="mandate"),
    path("<slug:org>/people/mandates/<int:pk>/move/", views.move_mandate, name="move_mandate"),
    path("<slug:org>/people/study/", views.study, name="study"),
    path("<slug:org>/people/<int:pk>/", views.person, name="person"),
    path("<slug:org>/people/<int:pk>/welcome/", views.welcome, name="welcome"),
    path("<slug:org>/people/<int:pk>/vouch/", views.vouch, name="vouch"),
    path("<slug:org>/people/<int:pk>/teach/", views.teach, name="teach"),
    path("<slug:org>/people/<int:pk>/part/", views.give_part, name="give_part"),
]
