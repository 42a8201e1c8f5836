from rest_framework import serializers

from clinic.models import Clinic, Doctor, Patient, Tag


class ClinicSerializer(serializers.ModelSerializer):
    region = serializers.StringRelatedField(source="region.name")

    class Meta:
        model = Clinic
        fields = ["name", "region"]


class DoctorSerializer(serializers.ModelSerializer):
    clinic = ClinicSerializer()
    license = serializers.CharField(source="license.number")

    class Meta:
        model = Doctor
        fields = ["id", "name", "clinic", "license"]


class PatientSerializer(serializers.ModelSerializer):
    doctor = serializers.StringRelatedField()
    tags = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    visit = serializers.SerializerMethodField()

    class Meta:
        model = Patient
        fields = ["name", "doctor", "tags", "visit"]

    def get_visit(self, patient):
        visit = patient.visits.filter(still_open=True).first()
        return visit and visit.reason


class TaggedSerializer(serializers.Serializer):
    tags = serializers.PrimaryKeyRelatedField(many=True, queryset=Tag.objects.order_by("pk"))
