from django.urls import path

from massline.desk.learn import longer_views, passing_views, views

app_name = "learn"
urlpatterns = [
    path("<slug:org>/learn/", views.reviews, name="reviews"),
    path("<slug:org>/learn/events/<int:event_pk>/", views.review, name="review"),
    path("<slug:org>/learn/events/<int:event_pk>/lessons/", views.keep_lesson, name="keep_lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/", views.lesson, name="lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/ask/", views.open_next_round, name="open_next_round"),
    path("<slug:org>/learn/lessons/<int:pk>/tried/", passing_views.say_tried, name="say_tried"),
    path("<slug:org>/learn/lessons/<int:pk>/file/", passing_views.sign, name="sign"),
    path("<slug:org>/learn/received/", passing_views.take_in, name="take_in"),
    path("<slug:org>/learn/received/<int:pk>/", passing_views.foreign, name="received"),
    path("<slug:org>/learn/received/<int:pk>/trust/", passing_views.trust, name="trust"),
    path(
        "<slug:org>/learn/received/<int:pk>/tried/", passing_views.say_received_tried, name="received_tried"
    ),
    path("<slug:org>/learn/give/", passing_views.give, name="give"),
    path("<slug:org>/learn/before/", longer_views.before, name="before"),
    path("<slug:org>/learn/agreed/<int:pk>/done/", longer_views.agreement_done, name="agreement_done"),
    path("<slug:org>/learn/corrections/", longer_views.corrections, name="corrections"),
    path("<slug:org>/learn/corrections/<int:pk>/", longer_views.correction, name="correction"),
    path("<slug:org>/learn/questions/", longer_views.hypotheses, name="hypotheses"),
    path("<slug:org>/learn/questions/<int:pk>/", longer_views.hypothesis, name="hypothesis"),
    path("<slug:org>/learn/questions/<int:pk>/look/", longer_views.look_again, name="look_again"),
]
