from django.urls import path

from massline.square.reports import views

app_name = "reports"
urlpatterns = [
    path("<slug:org>/answers/", views.answers, name="answers"),
    path("<slug:org>/answers/sheet.pdf", views.answers_sheet, name="answers_sheet"),
    path("<slug:org>/won/", views.show_wins, name="won"),
    path("<slug:org>/said/<slug:slug>/", views.show_report, name="report"),
    path("<slug:org>/said/<slug:slug>/sheet.pdf", views.sheet, name="sheet"),
    path("<slug:org>/said/<slug:slug>/words/<uuid:claim>/", views.say_instead, name="say_instead"),
    path("<slug:org>/said/<slug:slug>/heard/<uuid:claim>/", views.record_heard_answer, name="heard"),
]
