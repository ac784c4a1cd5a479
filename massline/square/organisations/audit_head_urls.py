from django.urls import path

from massline.square.organisations import audit_head_views

app_name = "organisations"
urlpatterns = [path(".well-known/massline-audit", audit_head_views.audit_heads, name="audit_heads")]
