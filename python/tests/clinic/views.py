from django.db.models import Prefetch
from django.http import JsonResponse
from django.views.generic import ListView
from rest_framework import generics, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response

from clinic import queries
from clinic.models import Clinic, Doctor, Patient, Remark, Visit
from clinic.serializers import DoctorSerializer, PatientSerializer, TaggedSerializer


class DoctorViewSet(viewsets.ModelViewSet):
    serializer_class = DoctorSerializer
    queryset = Doctor.objects.on_duty().order_by("pk")


class PatientList(generics.ListAPIView):
    serializer_class = PatientSerializer

    def get_queryset(self):
        return (
            Patient.objects.filter(doctor__retired=False)
            .order_by("pk")
        )


@api_view(["GET"])
def listed(request):
    return Response(PatientSerializer(queries.by_name(), many=True).data)


def counts(request):
    return JsonResponse({clinic.name: clinic.staff.count() for clinic in Clinic.objects.order_by("pk")})


def deferred(request):
    doctors = Doctor.objects.order_by("pk").only("name")
    return JsonResponse({doctor.name: doctor.biography for doctor in doctors})


class Board(ListView):
    queryset = Patient.objects.order_by("pk")
    paginate_by = 15
    template_name = "board.html"


def export(request):
    lines = []
    for patient in Patient.objects.order_by("pk").iterator():
        lines.append([patient.name] + [tag.name for tag in patient.tags.all()])
    return JsonResponse(lines, safe=False)


def remarks(request):
    about = [remark.about.name for remark in Remark.objects.order_by("pk")]
    own = [[remark.text for remark in patient.remarks.all()] for patient in Patient.objects.order_by("pk")]
    return JsonResponse([about, own], safe=False)


def joined(request):
    names = [[doctor.name, doctor.clinic.region.name] for doctor in Doctor.objects.select_related("clinic")]
    return JsonResponse(names, safe=False)


def replica(request):
    patients = Patient.objects.using("replica").order_by("pk")
    return JsonResponse([patient.doctor.name for patient in patients], safe=False)


def eager(request):
    patients = (
        Patient.objects.select_related("doctor__clinic__region")
        .prefetch_related("tags", Prefetch("visits", queryset=Visit.objects.filter(still_open=True), to_attr="open_visits"))
        .order_by("pk")
    )
    return JsonResponse(
        [
            [patient.doctor.clinic.region.name, [tag.name for tag in patient.tags.all()], len(patient.open_visits)]
            for patient in patients
        ],
        safe=False,
    )


@api_view(["POST"])
def tagged(request):
    serializer = TaggedSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    return Response({"tags": len(serializer.validated_data["tags"])})
