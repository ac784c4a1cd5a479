from django.urls import path

from massline.desk.act.attendance import paper_link_views, person_erasure_views, person_merge_views

urlpatterns = [
    path("<slug:org>/people/<int:pk>/delete/", person_erasure_views.erase, name="erase"),
    path("<slug:org>/people/<int:pk>/merge/", person_merge_views.merge, name="merge"),
    path("<slug:org>/people/<int:pk>/link/", paper_link_views.paper_link, name="paper_link"),
]
