from django.urls import path

from massline.square.elections import views

app_name = "elections"
urlpatterns = [
    path("<slug:org>/election/<slug:slug>/", views.show_election, name="election"),
    path("<slug:org>/election/<slug:slug>/ballots.csv", views.download_ballots, name="ballots"),
]
