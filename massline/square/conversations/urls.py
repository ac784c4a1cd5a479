from django.urls import path

from massline.square.conversations import views
from massline.square.conversations.access_codes import views as access_code_views
from massline.square.conversations.phone_votes import views as hall_views
from massline.square.conversations.read_aloud import views as read_aloud_views
from massline.square.conversations.results import views as result_views

app_name = "conversations"
urlpatterns = [
    path("<slug:org>/c/<slug:slug>/", views.show_conversation, name="conversation"),
    path("<slug:org>/c/<slug:slug>/vote/", views.vote, name="vote"),
    path("<slug:org>/c/<slug:slug>/words/", views.words, name="words"),
    path("<slug:org>/c/<slug:slug>/section/", views.choose_section, name="section"),
    path(
        "<slug:org>/c/<slug:slug>/aloud/<int:number>.wav", read_aloud_views.read_statement, name="read_aloud"
    ),
    path("<slug:org>/c/<slug:slug>/answers/", views.answers, name="answers"),
    path("<slug:org>/hall/<slug:slug>/", hall_views.show_phone_vote, name="hall"),
    path("<slug:org>/hall/<slug:slug>/vote/", hall_views.vote, name="hall_vote"),
    path("in/<int:pk>/", access_code_views.short, name="short"),
    path("<slug:org>/c/<slug:slug>/in/", access_code_views.way_in, name="way_in"),
    path("<slug:org>/c/<slug:slug>/in/<str:code>/", access_code_views.way_in, name="way_in_by"),
    path("<slug:org>/c/<slug:slug>/stand/", result_views.stand, name="stand"),
    path("<slug:org>/c/<slug:slug>/results/", result_views.results, name="results"),
    path("<slug:org>/c/<slug:slug>/results/all/", result_views.every_statement, name="every_statement"),
]
