from django.urls import path

from massline.square.organisations import views

app_name = "organisations"
urlpatterns = [path(".well-known/massline-audit", views.audit_heads, name="audit_heads")]
