from django.urls import path

from massline.desk.decide.views import assessments, deciding, demands, forces, line, principles, slogans

app_name = "decide"
urlpatterns = [
    path("<slug:org>/decide/", deciding.decide, name="decide"),
    path("<slug:org>/decide/principles/", principles.principles, name="principles"),
    path("<slug:org>/decide/principles/<int:pk>/vote/", principles.vote, name="vote_principle"),
    path("<slug:org>/decide/principles/<int:pk>/count/", principles.count, name="count_principle"),
    path("<slug:org>/decide/principles/<int:pk>/retire/", principles.retire, name="retire_principle"),
    path("<slug:org>/decide/demands/", demands.make_demand, name="make_demand"),
    path("<slug:org>/decide/demands/<int:pk>/", demands.demand, name="demand"),
    path("<slug:org>/decide/demands/<int:pk>/statement/", demands.choose_statement, name="choose_statement"),
    path("<slug:org>/decide/further/", demands.further, name="further"),
    path("<slug:org>/decide/line/", line.line, name="line"),
    path("<slug:org>/decide/line/<int:pk>/", line.one_line, name="one_line"),
    path("<slug:org>/decide/slogans/", slogans.slogans, name="slogans"),
    path("<slug:org>/decide/slogans/<int:pk>/", slogans.slogan, name="slogan"),
    path("<slug:org>/decide/forces/", forces.forces, name="forces"),
    path("<slug:org>/decide/forces/<int:pk>/", forces.force, name="force"),
    path("<slug:org>/decide/forces/<int:pk>/change/", forces.change, name="change_force"),
    path("<slug:org>/decide/time/", assessments.assessments, name="assessments"),
    path("<slug:org>/decide/time/<int:pk>/", assessments.assessment, name="assessment"),
    path("<slug:org>/decide/time/<int:pk>/forecast/", assessments.forecast, name="forecast"),
    path("<slug:org>/decide/time/<int:pk>/<slug:criterion>/", assessments.point, name="point"),
    path("<slug:org>/decide/forecasts/<int:pk>/", assessments.settle, name="settle"),
    path("<slug:org>/decide/record/", deciding.record, name="record"),
    path("<slug:org>/decide/decisions/<int:pk>/", deciding.decision, name="decision"),
]
