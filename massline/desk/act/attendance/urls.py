from django.urls import path

from massline.desk.act.attendance import contact_erasure_views, contact_merge_views, paper_link_views

urlpatterns = [
    path("<slug:org>/people/<int:pk>/delete/", contact_erasure_views.erase, name="erase"),
    path("<slug:org>/people/<int:pk>/merge/", contact_merge_views.merge, name="merge"),
    path("<slug:org>/people/<int:pk>/link/", paper_link_views.paper_link, name="paper_link"),
]
