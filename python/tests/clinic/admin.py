from django.contrib import admin

from clinic.models import Doctor


class OpenSite(admin.AdminSite):
    """An admin for everyone: the tests log nobody in."""

    def has_permission(self, request):
        return True


class DoctorAdmin(admin.ModelAdmin):
    list_display = ["name", "place"]

    def place(self, doctor):
        return doctor.clinic.name

    def has_view_permission(self, request, obj=None):
        return True

    has_change_permission = has_add_permission = has_delete_permission = has_module_permission = (
        lambda self, request, obj=None: True
    )


site = OpenSite()
site.register(Doctor, DoctorAdmin)
