"""URLs for logging in and for the own account, included by the stage's URLs."""

from django.urls import path

from massline.desk.guard.accounts import (
    account_views,
    invitation_acceptance_views,
    invitation_views,
    login_views,
    vouch_views,
)

urlpatterns = [
    path("login/", login_views.login, name="login"),
    path("login/second/", login_views.second_step, name="second_step"),
    path("login/passkey/", login_views.passkey_login, name="passkey_login"),
    path("login/passkey/options/", login_views.passkey_options, name="passkey_options"),
    path("logout/", login_views.logout, name="logout"),
    path("come-in/<str:secret>/", invitation_acceptance_views.accept_invitation, name="come_in"),
    path("account/", account_views.account, name="account"),
    path("account/again/", login_views.reauthenticate, name="again"),
    path("account/app/", account_views.add_app, name="app"),
    path("account/codes/", account_views.recovery_codes, name="codes"),
    path("account/passkeys/new/", account_views.begin_passkey, name="passkey_new"),
    path("account/passkeys/add/", account_views.add_passkey, name="add_passkey"),
    path("account/factors/remove/", account_views.remove_factor, name="remove_factor"),
    path("account/passphrase/", account_views.passphrase, name="passphrase"),
    path("account/sessions/end/", account_views.end_sessions, name="end_sessions"),
    path("<slug:org>/guard/invitations/<int:pk>/agree/", invitation_views.agree_to_invitation, name="agree"),
    path(
        "<slug:org>/guard/invitations/<int:pk>/back/",
        invitation_views.withdraw_invitation,
        name="take_invitation_back",
    ),
    path("<slug:org>/guard/vouch/", vouch_views.vouch, name="vouch"),
    path("<slug:org>/guard/vouch/code/", vouch_views.show_code, name="show_code"),
    path("<slug:org>/guard/vouch/<int:pk>/", vouch_views.vouch_for, name="vouch_for"),
    path("<slug:org>/guard/second-factor/", invitation_views.require_second_factor, name="ask_factor"),
]
