"""The page on which an organiser asks to be told on this device, and ends it; and the script that shows notices."""

from importlib.resources import files

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.messages.models import DeliveryState
from massline.desk.act.push import actions
from massline.desk.act.push.forms import DeviceForm
from massline.desk.act.push.models import PushDevice, PushNotice
from massline.desk.act.push.server_identity import public_key
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def devices(request: DeskRequest, org: str) -> HttpResponse:
    """Show one's own devices and what became of recent notices; a POST adds this browser."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_device(
            organisation=organisation,
            account=request.user,
            subscription=form.subscription,
            kinds=form.cleaned_data["kinds"],
        )
        messages.success(
            request, _("This device will be told. Nothing else changes."), extra_tags="device-added"
        )
        return redirect("push:devices", org)
    labels = dict(DeliveryState.choices)
    counts = PushNotice.objects.filter(organisation=organisation).values("state").annotate(n=Count("pk"))
    page = {
        "form": form,
        "devices": PushDevice.objects.filter(organisation=organisation, account=request.user),
        "counts": [
            (labels[row["state"]], row["n"]) for row in counts.order_by("state") if row["state"] in labels
        ],
        "public_key": public_key(),
    }
    return render(request, "push/devices.html", page, status=422 if form.errors else 200)


@require_POST
def end(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """End the notices to one of one's own devices."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    device = get_object_or_404(PushDevice, pk=pk, organisation=organisation, account=request.user)
    actions.end_device(device, by=request.user)
    messages.success(request, _("That device is not told any more."), extra_tags="device-ended")
    return redirect("push:devices", org)


@require_safe
def worker(request: DeskRequest, org: str) -> HttpResponse:
    """The script that shows a notice; its scope begins at this address."""
    access_organisation(request, org, need=Role.ORGANISER)
    script = files("massline.web").joinpath("static/massline/push_worker.js").read_text()
    return HttpResponse(script, content_type="text/javascript")
