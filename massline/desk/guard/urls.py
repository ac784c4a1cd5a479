from django.urls import path

from massline.desk.guard import branding_views, member_views, views
from massline.desk.guard.accounts.urls import urlpatterns as accounts
from massline.desk.guard.keys import (
    joint_paper_recovery_views,
    joint_sheet_creation_views,
    paper_recovery_views,
)
from massline.desk.guard.retention import views as retention_views

app_name = "guard"
urlpatterns = [
    *accounts,
    path("found/", views.found_organisation, name="found"),
    path("<slug:org>/guard/", views.guard, name="guard"),
    path("<slug:org>/guard/members/", member_views.members, name="members"),
    path("<slug:org>/guard/contacts/", views.contacts, name="contacts"),
    path("<slug:org>/guard/record/", views.record, name="record"),
    path("<slug:org>/guard/unlock/", views.unlock_vault, name="unlock"),
    path("<slug:org>/guard/lock/", views.lock_vault, name="lock"),
    path("<slug:org>/guard/face/", branding_views.edit_branding, name="face"),
    path("<slug:org>/guard/face.css", branding_views.face_css, name="face_css"),
    path("<slug:org>/guard/mark.png", branding_views.mark, name="mark"),
    path("<slug:org>/guard/country/", views.set_country, name="set_country"),
    path("<slug:org>/guard/threshold/", views.set_threshold, name="set_threshold"),
    path("<slug:org>/guard/invite/", member_views.invite_member, name="invite"),
    path("<slug:org>/guard/members/<int:pk>/holder/", member_views.make_holder, name="make_holder"),
    path("<slug:org>/guard/members/<int:pk>/word/", member_views.allow_founding, name="give_word"),
    path("<slug:org>/guard/members/<int:pk>/remove/", member_views.remove_member, name="remove"),
    path("<slug:org>/guard/keeping/", retention_views.show_retention, name="keeping"),
    path("<slug:org>/guard/keeping/propose/", retention_views.propose_act, name="propose"),
    path("<slug:org>/guard/keeping/contacts/", retention_views.keep_contacts, name="keep_contacts"),
    path("<slug:org>/guard/keeping/<int:pk>/confirm/", retention_views.confirm_proposal, name="second"),
    path("<slug:org>/guard/keeping/<int:pk>/withdraw/", retention_views.withdraw_proposal, name="withdraw"),
    path("<slug:org>/guard/paper/", paper_recovery_views.paper, name="paper"),
    path("<slug:org>/guard/paper/offline/", paper_recovery_views.offline, name="paper_offline"),
    path("<slug:org>/guard/paper/risk/", joint_sheet_creation_views.accept_risk, name="accept_risk"),
    path("<slug:org>/guard/paper/sheet/", joint_sheet_creation_views.test_sheet, name="test_sheet"),
    path("<slug:org>/guard/paper/together/", joint_sheet_creation_views.together, name="together"),
    path("<slug:org>/guard/paper/together/start/", joint_sheet_creation_views.start, name="start_sheets"),
    path("<slug:org>/guard/paper/together/join/", joint_sheet_creation_views.join, name="join_sheets"),
    path("<slug:org>/guard/paper/together/words/", joint_sheet_creation_views.show_words, name="show_words"),
    path("<slug:org>/guard/paper/together/prove/", joint_sheet_creation_views.prove, name="prove_sheet"),
    path("<slug:org>/guard/paper/open/", joint_paper_recovery_views.open_together, name="open_together"),
    path("<slug:org>/guard/paper/open/words/", joint_paper_recovery_views.add_words, name="add_words"),
    path("<slug:org>/guard/paper/trust/", paper_recovery_views.trust_paper, name="trust_paper"),
    path("<slug:org>/guard/paper/prove/", paper_recovery_views.prove_paper, name="prove_paper"),
    path("<slug:org>/guard/paper/take-back/", paper_recovery_views.recover_key, name="take_back"),
]
