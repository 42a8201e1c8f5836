"""Fills an empty database: 12 clinics, each with a doctor and two patients, in 12 regions."""

import datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from clinic.models import Clinic, Doctor, License, Patient, Region, Remark, Tag, Visit  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
if not Region.objects.exists():
    tags = [Tag.objects.create(name="tag %s" % name) for name in "abcdefgh"]
    for i in range(12):
        region = Region.objects.create(name="region number %d" % i)
        clinic = Clinic.objects.create(region=region, name="clinic number %d" % i, how_to_find="turn left, %d times " % i * 40)
        doctor = Doctor.objects.create(clinic=clinic, name="doctor number %d" % i, biography="born in 19%02d " % i * 40)
        License.objects.create(doctor=doctor, number="license-%06d" % i)
        for k in range(2):
            patient = Patient.objects.create(doctor=doctor, name="patient number %d" % (2 * i + k))
            patient.tags.set(tags[k : k + 3])
            Remark.objects.create(about=patient, text="remark on %d" % patient.pk)
            for day in range(3):
                Visit.objects.create(
                    patient=patient, still_open=day != 1, day=datetime.date(2024, 5, 1 + day), reason="reason %d of %d" % (day, patient.pk)
                )
