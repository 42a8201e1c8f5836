from clinic.models import Patient


def by_name():
    return Patient.objects.order_by("name")
