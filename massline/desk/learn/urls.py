from django.urls import path

from massline.desk.learn import views
from massline.desk.learn.corrections import views as error_views
from massline.desk.learn.hypotheses import views as hypothesis_views
from massline.desk.learn.lessons import correction_views
from massline.desk.learn.momentum import views as momentum_views
from massline.desk.learn.pictures import views as picture_views
from massline.desk.learn.reviews import agreement_views
from massline.desk.learn.sharing import views as sharing_views
from massline.desk.learn.similar import views as similar_views

app_name = "learn"
urlpatterns = [
    path("<slug:org>/learn/", views.list_reviews, name="reviews"),
    path("<slug:org>/learn/momentum/", momentum_views.show_momentum, name="momentum"),
    path("<slug:org>/learn/pictures/", picture_views.show_pictures, name="pictures"),
    path("<slug:org>/learn/events/<int:event_pk>/", views.hold_review, name="review"),
    path("<slug:org>/learn/events/<int:event_pk>/lessons/", views.keep_lesson, name="keep_lesson"),
    path("<slug:org>/learn/lessons/<int:pk>/", views.show_lesson, name="lesson"),
    path(
        "<slug:org>/learn/lessons/<int:pk>/correct/", correction_views.correct_lesson, name="correct_lesson"
    ),
    path("<slug:org>/learn/lessons/<int:pk>/ask/", views.open_next_round, name="open_next_round"),
    path("<slug:org>/learn/lessons/<int:pk>/tried/", sharing_views.record_trial, name="say_tried"),
    path("<slug:org>/learn/lessons/<int:pk>/file/", sharing_views.download_signed_lesson, name="sign"),
    path("<slug:org>/learn/received/", sharing_views.import_lesson, name="take_in"),
    path("<slug:org>/learn/received/<int:pk>/", sharing_views.show_received_lesson, name="received"),
    path("<slug:org>/learn/received/<int:pk>/trust/", sharing_views.trust_key, name="trust"),
    path(
        "<slug:org>/learn/received/<int:pk>/tried/",
        sharing_views.record_received_trial,
        name="received_tried",
    ),
    path("<slug:org>/learn/give/", sharing_views.share_text, name="give"),
    path("<slug:org>/learn/before/", similar_views.find_similar, name="before"),
    path("<slug:org>/learn/agreed/<int:pk>/done/", agreement_views.finish_agreement, name="agreement_done"),
    path("<slug:org>/learn/corrections/", error_views.list_corrections, name="corrections"),
    path("<slug:org>/learn/corrections/<int:pk>/", error_views.resolve_correction, name="correction"),
    path("<slug:org>/learn/questions/", hypothesis_views.list_hypotheses, name="hypotheses"),
    path("<slug:org>/learn/questions/<int:pk>/", hypothesis_views.show_hypothesis, name="hypothesis"),
    path("<slug:org>/learn/questions/<int:pk>/look/", hypothesis_views.review_hypothesis, name="look_again"),
]
