from django.urls import path

from massline.desk.sumup import views

app_name = "sumup"
urlpatterns = [
    path("<slug:org>/sum-up/", views.sum_ups, name="sum_ups"),
    path("<slug:org>/sum-up/begin/<int:round_pk>/", views.begin, name="begin"),
    path("<slug:org>/sum-up/<int:pk>/", views.sum_up, name="sum_up"),
    path("<slug:org>/sum-up/<int:pk>/about/", views.describe, name="describe"),
    path("<slug:org>/sum-up/<int:pk>/claims/", views.add_claim, name="add_claim"),
    path("<slug:org>/sum-up/<int:pk>/claims/<int:claim>/", views.claim, name="claim"),
    path("<slug:org>/sum-up/<int:pk>/claims/<int:claim>/move/", views.move_claim, name="move_claim"),
    path("<slug:org>/sum-up/<int:pk>/claims/<int:claim>/remove/", views.remove_claim, name="remove_claim"),
    path("<slug:org>/sum-up/<int:pk>/sign/", views.sign, name="sign"),
    path("<slug:org>/sum-up/<int:pk>/publish/", views.publish, name="publish"),
]
