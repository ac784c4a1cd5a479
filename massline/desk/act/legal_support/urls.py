from django.urls import path

from massline.desk.act.legal_support import card_views, views

app_name = "legal"
urlpatterns = [
    path("<slug:org>/act/legal/", views.show_legal_support, name="desk"),
    path("<slug:org>/act/legal/cards/", card_views.new_card, name="new_card"),
    path("<slug:org>/act/legal/cards/<int:pk>/", card_views.card, name="card"),
    path("<slug:org>/act/legal/cards/<int:pk>/card.pdf", card_views.card_pdf, name="printed"),
    path("<slug:org>/act/legal/hotline/", views.open_slot, name="open_slot"),
    path("<slug:org>/act/legal/hotline/<int:pk>/", views.take_slot, name="take_slot"),
    path("<slug:org>/act/legal/observe/<int:pk>/", views.post_observer, name="observe"),
    path("<slug:org>/act/legal/custody/", views.log_custody, name="log"),
    path("<slug:org>/act/legal/custody/<int:pk>/", views.update_custody, name="held"),
    path("<slug:org>/act/legal/street/<int:pk>/", views.check_report, name="check"),
    path("<slug:org>/act/legal/street/<int:pk>/show/", views.toggle_publication, name="show"),
]
