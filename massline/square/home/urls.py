from django.urls import path

from massline.square.home import news_request_views, views, well_known

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", well_known.site_map, name="site_map"),
    path("favicon.ico", well_known.icon, name="icon"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("-/language/<str:code>/", views.language, name="language"),
    path("-/schemas/<slug:name>.json", views.document_schema, name="schema"),
    path("<slug:org>/", views.show_organisation, name="organisation"),
    path("<slug:org>/face.css", views.face_css, name="face_css"),
    path("<slug:org>/mark.png", views.mark, name="mark"),
    path("<slug:org>/news.atom", views.news, name="news"),
    path("<slug:org>/news.<slug:code>.atom", views.news, name="news_in"),
    path("<slug:org>/tell-me/", news_request_views.request_news, name="tell_me"),
    path("<slug:org>/tell-me/stop/<slug:secret>/", news_request_views.stop_news, name="stop_news"),
    path("<slug:org>/tell-me/<slug:secret>/", news_request_views.show_news_request, name="told"),
    path("<slug:org>/next/", views.whats_next, name="next"),
]
