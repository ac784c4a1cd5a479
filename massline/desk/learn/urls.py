from django.urls import path

from massline.desk.learn import views

app_name = "learn"
urlpatterns = [
    path("<slug:org>/learn/", views.reviews, name="reviews"),
    path("<slug:org>/learn/events/<int:event_pk>/", views.review, name="review"),
    path("<slug:org>/learn/events/<int:event_pk>/lessons/", views.keep_lesson, name="keep_lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/", views.lesson, name="lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/ask/", views.open_next_round, name="open_next_round"),
]
