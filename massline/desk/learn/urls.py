from django.urls import path

from massline.desk.learn import views
from massline.desk.learn.follow_up import views as follow_up_views
from massline.desk.learn.sharing import views as sharing_views

app_name = "learn"
urlpatterns = [
    path("<slug:org>/learn/", views.reviews, name="reviews"),
    path("<slug:org>/learn/events/<int:event_pk>/", views.review, name="review"),
    path("<slug:org>/learn/events/<int:event_pk>/lessons/", views.keep_lesson, name="keep_lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/", views.lesson, name="lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/ask/", views.open_next_round, name="open_next_round"),
    path("<slug:org>/learn/lessons/<int:pk>/tried/", sharing_views.say_tried, name="say_tried"),
    path("<slug:org>/learn/lessons/<int:pk>/file/", sharing_views.sign, name="sign"),
    path("<slug:org>/learn/received/", sharing_views.take_in, name="take_in"),
    path("<slug:org>/learn/received/<int:pk>/", sharing_views.foreign, name="received"),
    path("<slug:org>/learn/received/<int:pk>/trust/", sharing_views.trust, name="trust"),
    path(
        "<slug:org>/learn/received/<int:pk>/tried/", sharing_views.say_received_tried, name="received_tried"
    ),
    path("<slug:org>/learn/give/", sharing_views.give, name="give"),
    path("<slug:org>/learn/before/", follow_up_views.before, name="before"),
    path("<slug:org>/learn/agreed/<int:pk>/done/", follow_up_views.agreement_done, name="agreement_done"),
    path("<slug:org>/learn/corrections/", follow_up_views.corrections, name="corrections"),
    path("<slug:org>/learn/corrections/<int:pk>/", follow_up_views.correction, name="correction"),
    path("<slug:org>/learn/questions/", follow_up_views.hypotheses, name="hypotheses"),
    path("<slug:org>/learn/questions/<int:pk>/", follow_up_views.hypothesis, name="hypothesis"),
    path("<slug:org>/learn/questions/<int:pk>/look/", follow_up_views.look_again, name="look_again"),
]
