from django.urls import path

from massline.desk.call import views
from massline.desk.call.materials import design_views, public_page_views
from massline.desk.call.materials import views as material_views
from massline.desk.call.sponsors import views as sponsor_views
from massline.desk.call.translations import views as version_views
from massline.desk.call.urgent_calls import views as urgency_views

app_name = "call"
urlpatterns = [
    path("<slug:org>/call/", views.calls, name="calls"),
    path("<slug:org>/call/how/", views.how, name="how"),
    path("<slug:org>/call/with/", sponsor_views.stand_with, name="stand_with"),
    path("<slug:org>/call/with/back/", sponsor_views.step_back, name="step_back"),
    path("<slug:org>/call/from/<int:decision_pk>/", views.compose_call, name="compose"),
    path("<slug:org>/call/<int:pk>/", views.call, name="call"),
    path("<slug:org>/call/<int:pk>/change/", views.change_call, name="change"),
    path("<slug:org>/call/<int:pk>/look/", views.review_call, name="look_over"),
    path("<slug:org>/call/<int:pk>/publish/", views.publish_call, name="publish"),
    path("<slug:org>/call/<int:pk>/urgent/", urgency_views.ask_urgently, name="urgent"),
    path("<slug:org>/call/<int:pk>/second/", urgency_views.second_urgent, name="second"),
    path("<slug:org>/call/<int:pk>/urgent/back/", urgency_views.withdraw_request, name="take_urgent_back"),
    path("<slug:org>/call/<int:pk>/owed/<int:debt>/", urgency_views.settle_debt, name="debt"),
    path("<slug:org>/call/<int:pk>/cancel/", views.cancel_call, name="cancel"),
    path("<slug:org>/call/<int:pk>/in/", version_views.add_language, name="add_language"),
    path("<slug:org>/call/<int:pk>/in/<slug:code>/", version_views.version, name="version"),
    path("<slug:org>/call/<int:pk>/in/<slug:code>/off/", version_views.remove_version, name="remove_version"),
    path("<slug:org>/call/<int:pk>/with/", sponsor_views.with_us, name="with_us"),
    path("<slug:org>/call/<int:pk>/with/<int:sponsor>/off/", sponsor_views.drop_sponsor, name="drop_sponsor"),
    path("<slug:org>/call/<int:pk>/kit/", material_views.kit, name="kit"),
    path("<slug:org>/call/<int:pk>/<slug:sheet>.pdf", material_views.material, name="material"),
    path("<slug:org>/call/<int:pk>/calendar.ics", material_views.calendar_file, name="calendar"),
    path("<slug:org>/listen/<int:pk>/kit/", public_page_views.round_kit, name="round_kit"),
    path(
        "<slug:org>/listen/<int:pk>/kit/<slug:sheet>.pdf",
        public_page_views.round_material,
        name="round_material",
    ),
    path("<slug:org>/sum-up/<int:pk>/kit/", public_page_views.report_kit, name="report_kit"),
    path(
        "<slug:org>/sum-up/<int:pk>/kit/<slug:sheet>.pdf",
        public_page_views.report_material,
        name="report_material",
    ),
    path("<slug:org>/kit/<slug:kind>/<int:pk>/", design_views.design, name="design"),
    path(
        "<slug:org>/kit/<slug:kind>/<int:pk>/<slug:design>.png", design_views.preview, name="design_preview"
    ),
]
