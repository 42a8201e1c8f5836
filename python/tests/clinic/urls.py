from django.urls import include, path
from rest_framework.routers import SimpleRouter

from clinic import views
from clinic.admin import site

router = SimpleRouter()
router.register("doctors", views.DoctorViewSet)

urlpatterns = [
    path("", include(router.urls)),
    path("patients", views.PatientList.as_view()),
    path("listed", views.listed),
    path("counts", views.counts),
    path("deferred", views.deferred),
    path("board", views.Board.as_view()),
    path("export", views.export),
    path("remarks", views.remarks),
    path("joined", views.joined),
    path("replica", views.replica),
    path("eager", views.eager),
    path("tagged", views.tagged),
    path("admin/", site.urls),
]
