from django.urls import path, register_converter

from massline.desk.sumup import claim_views, views
from massline.desk.sumup.analyses import views as exposure_views
from massline.desk.sumup.claims import reidentification_views
from massline.desk.sumup.drafts import views as draft_views
from massline.desk.sumup.questions import views as answer_views
from massline.desk.sumup.questions.url_converter import QuestionName
from massline.desk.sumup.quote_placement import views as slip_views
from massline.desk.sumup.representation import views as representation_views

register_converter(QuestionName, "question")

app_name = "sumup"
urlpatterns = [
    path("<slug:org>/sum-up/", views.sum_ups, name="sum_ups"),
    path("<slug:org>/sum-up/answers/", answer_views.answers, name="answers"),
    path("<slug:org>/sum-up/answers/<question:key>/", answer_views.answer, name="answer"),
    path(
        "<slug:org>/sum-up/answers/<question:key>/analysis/",
        exposure_views.edit_analysis,
        name="write_exposure",
    ),
    path("<slug:org>/sum-up/analyses/<int:pk>/", exposure_views.show_analysis, name="exposure"),
    path(
        "<slug:org>/sum-up/analyses/<int:pk>/publish/",
        exposure_views.publish_reviewed_analysis,
        name="publish_exposure",
    ),
    path("<slug:org>/sum-up/begin/<int:round_pk>/", views.begin_sum_up, name="begin"),
    path("<slug:org>/sum-up/<int:pk>/", views.sum_up, name="sum_up"),
    path("<slug:org>/sum-up/<int:pk>/words/", claim_views.show_all_words, name="words"),
    path("<slug:org>/sum-up/<int:pk>/slips/place/", slip_views.cite_source_under_claim, name="place_slip"),
    path("<slug:org>/sum-up/<int:pk>/slips/back/", slip_views.take_slip_back, name="take_slip_back"),
    path("<slug:org>/sum-up/<int:pk>/slips/new/", slip_views.start_claim, name="start_claim"),
    path("<slug:org>/sum-up/<int:pk>/about/", views.describe_sum_up, name="describe"),
    path("<slug:org>/sum-up/<int:pk>/estimates/", views.renew_estimates, name="renew"),
    path(
        "<slug:org>/sum-up/<int:pk>/recognised/",
        reidentification_views.check_reidentification,
        name="recognised",
    ),
    path("<slug:org>/sum-up/<int:pk>/left-out/", representation_views.show_left_out, name="left_out"),
    path("<slug:org>/sum-up/<int:pk>/draft/", draft_views.draft, name="draft"),
    path("<slug:org>/sum-up/<int:pk>/claims/", claim_views.add_claim, name="add_claim"),
    path("<slug:org>/sum-up/<int:pk>/claims/<int:claim>/", claim_views.claim, name="claim"),
    path("<slug:org>/sum-up/<int:pk>/claims/<int:claim>/move/", claim_views.move_claim, name="move_claim"),
    path(
        "<slug:org>/sum-up/<int:pk>/claims/<int:claim>/remove/", claim_views.remove_claim, name="remove_claim"
    ),
    path("<slug:org>/sum-up/<int:pk>/taken-out/<int:taken>/", claim_views.restore_claim, name="put_back"),
    path("<slug:org>/sum-up/<int:pk>/sign/", views.sign_sum_up, name="sign"),
    path("<slug:org>/sum-up/<int:pk>/publish/", views.publish_sum_up, name="publish"),
]
