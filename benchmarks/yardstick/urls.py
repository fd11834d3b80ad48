from django.urls import path

from benchmarks.yardstick import views

urlpatterns = [path("page/", views.page), path("save/", views.save)]
