from django.urls import path

from massline.desk.act.growth import ladder_views, mandate_views, monday_note_views, person_views

urlpatterns = [
    path("<slug:org>/people/monday/", monday_note_views.show_monday_note, name="monday"),
    path("<slug:org>/people/ladder/", ladder_views.ladder, name="ladder"),
    path("<slug:org>/people/ladder/<int:pk>/remove/", ladder_views.remove_rung, name="remove_rung"),
    path("<slug:org>/people/mandates/", mandate_views.mandates, name="mandates"),
    path("<slug:org>/people/mandates/<int:pk>/", mandate_views.mandate, name="mandate"),
    path("<slug:org>/people/mandates/<int:pk>/move/", mandate_views.move_mandate, name="move_mandate"),
    path("<slug:org>/people/study/", ladder_views.study, name="study"),
    path("<slug:org>/people/<int:pk>/", person_views.person, name="person"),
    path("<slug:org>/people/<int:pk>/welcome/", person_views.welcome, name="welcome"),
    path("<slug:org>/people/<int:pk>/vouch/", person_views.vouch, name="vouch"),
    path("<slug:org>/people/<int:pk>/teach/", person_views.teach, name="teach"),
    path("<slug:org>/people/<int:pk>/part/", person_views.give_part, name="give_part"),
]
