from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Region(models.Model):
    name = models.CharField(max_length=50)


class Clinic(models.Model):
    region = models.ForeignKey(Region, on_delete=models.CASCADE)
    name = models.CharField(max_length=50)
    how_to_find = models.TextField(db_column="directions")


class DoctorManager(models.Manager):
    def on_duty(self):
        return self.filter(retired=False)


class Doctor(models.Model):
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="staff")
    name = models.CharField(max_length=50)
    retired = models.BooleanField(default=False)
    biography = models.TextField()
    objects = DoctorManager()

    def __str__(self):
        return "%s, %s" % (self.name, self.clinic.name)


class License(models.Model):
    doctor = models.OneToOneField(Doctor, on_delete=models.CASCADE, related_name="license")
    number = models.CharField(max_length=20)


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Patient(models.Model):
    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE, related_name="patients")
    name = models.CharField(max_length=50)
    tags = models.ManyToManyField(Tag, related_name="patients")
    remarks = GenericRelation("Remark")


class Visit(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="visits")
    still_open = models.BooleanField(db_column="open")
    day = models.DateField()
    reason = models.CharField(max_length=50)

    class Meta:
        ordering = ["-day"]


class Remark(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()
    text = models.CharField(max_length=50)
