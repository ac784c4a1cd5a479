from django.urls import path

from massline.desk.act.phone_lists import share_views, views

app_name = "lists"
urlpatterns = [
    path("<slug:org>/act/lists/", views.lists, name="lists"),
    path("<slug:org>/act/lists/call/<int:call>/", views.make_for_call, name="for_call"),
    path("<slug:org>/act/lists/event/<int:event>/", views.make_for_event, name="for_event"),
    path("<slug:org>/act/lists/<int:pk>/", views.show_list, name="list"),
    path("<slug:org>/act/lists/<int:pk>/mine/", share_views.my_share, name="mine"),
    path("<slug:org>/act/lists/<int:pk>/take-over/", share_views.take_over, name="take_over"),
]
