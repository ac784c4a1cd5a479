from django.urls import path

from massline.square.reports import views

app_name = "reports"
urlpatterns = [
    path("<slug:org>/answers/", views.answers, name="answers"),
    path("<slug:org>/said/<slug:slug>/", views.show_report, name="report"),
    path("<slug:org>/said/<slug:slug>/sheet.pdf", views.sheet, name="sheet"),
    path("<slug:org>/said/<slug:slug>/heard/<uuid:claim>/", views.heard, name="heard"),
]
