from django.urls import path

from massline.desk.decide.assessments import views as assessment_views
from massline.desk.decide.decisions import views as decision_views
from massline.desk.decide.demands import views as demand_views
from massline.desk.decide.elections import views as election_views
from massline.desk.decide.forces import views as force_views
from massline.desk.decide.line import views as line_views
from massline.desk.decide.motions import views as motion_views
from massline.desk.decide.phone_votes import views as hall_views
from massline.desk.decide.plans import views as plan_views
from massline.desk.decide.points_of_unity import views as unity_views
from massline.desk.decide.principles import views as principle_views
from massline.desk.decide.promises import views as promise_views
from massline.desk.decide.slogans import views as slogan_views

app_name = "decide"
urlpatterns = [
    path("<slug:org>/decide/", decision_views.show_overview, name="decide"),
    path("<slug:org>/decide/principles/", principle_views.list_principles, name="principles"),
    path(
        "<slug:org>/decide/principles/<int:pk>/vote/",
        principle_views.vote_on_principle,
        name="vote_principle",
    ),
    path(
        "<slug:org>/decide/principles/<int:pk>/count/",
        principle_views.count_principle,
        name="count_principle",
    ),
    path(
        "<slug:org>/decide/principles/<int:pk>/retire/",
        principle_views.retire_principle,
        name="retire_principle",
    ),
    path("<slug:org>/decide/demands/", demand_views.make_demand, name="make_demand"),
    path("<slug:org>/decide/demands/<int:pk>/", demand_views.show_demand, name="demand"),
    path(
        "<slug:org>/decide/demands/<int:pk>/statement/",
        demand_views.choose_statement,
        name="choose_statement",
    ),
    path("<slug:org>/decide/further/", demand_views.compare_demands, name="further"),
    path("<slug:org>/decide/line/", line_views.show_newest_line, name="line"),
    path("<slug:org>/decide/line/<int:pk>/", line_views.show_line, name="one_line"),
    path("<slug:org>/decide/slogans/", slogan_views.list_slogans, name="slogans"),
    path("<slug:org>/decide/slogans/<int:pk>/", slogan_views.show_slogan, name="slogan"),
    path("<slug:org>/decide/forces/", force_views.list_forces, name="forces"),
    path("<slug:org>/decide/forces/<int:pk>/", force_views.show_force, name="force"),
    path("<slug:org>/decide/forces/<int:pk>/change/", force_views.change_force, name="change_force"),
    path("<slug:org>/decide/moves/<int:pk>/answer/", force_views.answer_offer, name="answer_offer"),
    path("<slug:org>/decide/promises/", promise_views.list_promises, name="promises"),
    path("<slug:org>/decide/promises/<int:pk>/", promise_views.show_promise, name="promise"),
    path("<slug:org>/decide/demands/<int:pk>/outcome/", promise_views.record_outcome, name="demand_outcome"),
    path("<slug:org>/decide/time/", assessment_views.list_assessments, name="assessments"),
    path("<slug:org>/decide/time/<int:pk>/", assessment_views.show_assessment, name="assessment"),
    path(
        "<slug:org>/decide/time/<int:pk>/numbers/",
        assessment_views.accept_or_overrule_readings,
        name="judge_readings",
    ),
    path("<slug:org>/decide/time/<int:pk>/forecast/", assessment_views.add_forecast, name="forecast"),
    path("<slug:org>/decide/points/<int:pk>/", assessment_views.weigh_point, name="point"),
    path("<slug:org>/decide/forecasts/<int:pk>/", assessment_views.settle_forecast, name="settle"),
    path("<slug:org>/decide/plans/", plan_views.list_plans, name="plans"),
    path("<slug:org>/decide/decisions/<int:pk>/plan/", plan_views.make_plan, name="make_plan"),
    path("<slug:org>/decide/plans/<int:pk>/", plan_views.show_plan, name="plan"),
    path("<slug:org>/decide/plans/<int:pk>/mobilise/", plan_views.add_mobilisation, name="mobilise"),
    path("<slug:org>/decide/plans/<int:pk>/ready/", plan_views.set_readiness, name="ready"),
    path(
        "<slug:org>/decide/mobilisations/<int:pk>/remove/",
        plan_views.remove_mobilisation,
        name="remove_mobilisation",
    ),
    path("<slug:org>/decide/motions/", motion_views.list_motions, name="motions"),
    path("<slug:org>/decide/motions/<int:pk>/", motion_views.show_motion, name="motion"),
    path("<slug:org>/decide/motions/<int:pk>/hall/", motion_views.ask_motion_by_phone, name="ask_hall"),
    path("<slug:org>/decide/halls/", hall_views.open_phone_vote, name="open_hall"),
    path("<slug:org>/decide/halls/<int:pk>/", hall_views.show_phone_vote, name="hall"),
    path("<slug:org>/decide/motions/<int:pk>/vote/", motion_views.vote_on_motion, name="vote_on_motion"),
    path("<slug:org>/decide/motions/<int:pk>/amend/", motion_views.put_amendment, name="amend"),
    path("<slug:org>/decide/amendments/<int:pk>/", motion_views.settle_amendment, name="settle_amendment"),
    path("<slug:org>/decide/motions/<int:pk>/speakers/", motion_views.add_speaker, name="add_speaker"),
    path("<slug:org>/decide/speakers/<int:pk>/", motion_views.update_speaker, name="move_speaker"),
    path("<slug:org>/decide/motions/<int:pk>/close/", motion_views.close_motion, name="close_motion"),
    path("<slug:org>/decide/motions/<int:pk>/screen/", motion_views.show_screen, name="screen"),
    path("<slug:org>/decide/motions/<int:pk>/minute/", motion_views.show_minute, name="minute"),
    path("<slug:org>/decide/elections/", election_views.list_elections, name="elections"),
    path("<slug:org>/decide/elections/<int:pk>/", election_views.show_election, name="election"),
    path(
        "<slug:org>/decide/elections/<int:pk>/publish/",
        election_views.publish_election,
        name="publish_election",
    ),
    path("<slug:org>/decide/elections/<int:pk>/cards/", election_views.print_cards, name="election_cards"),
    path("<slug:org>/decide/elections/<int:pk>/papers/", election_views.print_papers, name="election_papers"),
    path("<slug:org>/decide/elections/<int:pk>/piles/", election_views.type_in_batch, name="type_in_pile"),
    path("<slug:org>/decide/elections/piles/<int:pk>/", election_views.check_batch, name="check_pile"),
    path("<slug:org>/decide/elections/<int:pk>/end/", election_views.end_election, name="end_election"),
    path("<slug:org>/decide/elections/<int:pk>/count/", election_views.count_election, name="count_election"),
    path("<slug:org>/decide/unity/", unity_views.list_texts, name="unity"),
    path("<slug:org>/decide/unity/join/", unity_views.join_text, name="join_unity"),
    path("<slug:org>/decide/unity/take-in/", unity_views.import_text, name="take_in_unity"),
    path("<slug:org>/decide/unity/<int:pk>/", unity_views.show_text, name="unity_text"),
    path("<slug:org>/decide/unity/<int:pk>/invite/", unity_views.invite_party, name="invite_to_unity"),
    path(
        "<slug:org>/decide/unity/<int:pk>/sentences/<int:sentence>/",
        unity_views.reword_sentence,
        name="reword",
    ),
    path("<slug:org>/decide/unity/<int:pk>/endorse/", unity_views.endorse_or_leave, name="endorse"),
    path("<slug:org>/decide/unity/<int:pk>/publish/", unity_views.publish_text, name="publish_unity"),
    path(
        "<slug:org>/decide/decisions/<int:pk>/take-up/",
        decision_views.take_up_again,
        name="take_up_again",
    ),
    path(
        "<slug:org>/decide/decisions/<int:pk>/publish/",
        decision_views.publish_decision,
        name="publish_decision",
    ),
    path("<slug:org>/decide/record/", decision_views.record_decision, name="record"),
    path("<slug:org>/decide/decisions/<int:pk>/", decision_views.show_decision, name="decision"),
]
