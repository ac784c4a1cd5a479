from django.urls import path

from massline.square.conversations import results_views, views, way_views

app_name = "conversations"
urlpatterns = [
    path("<slug:org>/c/<slug:slug>/", views.conversation, name="conversation"),
    path("<slug:org>/c/<slug:slug>/vote/", views.vote, name="vote"),
    path("<slug:org>/c/<slug:slug>/words/", views.words, name="words"),
    path("<slug:org>/c/<slug:slug>/section/", views.section, name="section"),
    path("<slug:org>/c/<slug:slug>/answers/", views.answers, name="answers"),
    path("in/<int:pk>/", way_views.short, name="short"),
    path("<slug:org>/c/<slug:slug>/in/", way_views.way_in, name="way_in"),
    path("<slug:org>/c/<slug:slug>/in/<str:code>/", way_views.way_in, name="way_in_by"),
    path("<slug:org>/c/<slug:slug>/stand/", results_views.stand, name="stand"),
    path("<slug:org>/c/<slug:slug>/results/", results_views.results, name="results"),
    path("<slug:org>/c/<slug:slug>/results/all/", results_views.every_statement, name="every_statement"),
]
