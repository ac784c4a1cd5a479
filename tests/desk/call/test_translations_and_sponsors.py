"""A second pair of eyes, further languages, and calling together with others."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from massline.desk.call import actions
from massline.desk.call.models import Call
from massline.desk.call.publication_checks import NotPublishable
from massline.desk.call.sponsors import actions as sponsor_actions
from massline.desk.call.sponsors.models import CoSponsor
from massline.desk.call.translations import actions as version_actions
from massline.desk.call.translations.models import CallTranslation
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.audit.models import AuditLine
from massline.desk.people.models import Account, Membership, Organisation
from massline.square.calls.facts import TranslationFacts
from massline.square.calls.models import PublicEvent, PublishedCall
from tests.conftest import at_desk
from tests.desk.call.printed_sheets import ARABIC
from tests.desk.decided_loop import decide, write_call
from tests.parts import field_errors, shows


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


@pytest.fixture
def call(decision: Decision, bea: Account) -> Call:
    return write_call(decision, bea)


def set_second_eyes(call: Call, by: Account) -> None:
    form = {"second_eyes": "on", "legal_number": "030 555 0199", "rights": "Say nothing.\nCall us."}
    assert at_desk(by).post("/riverside/call/how/", form).status_code == 302


def test_where_the_organisation_wants_it_a_second_person_reads_first(
    call: Call, bea: Account, chen: Account
) -> None:
    set_second_eyes(call, bea)
    door, page = at_desk(bea), f"/riverside/call/{call.pk}/"
    shown = door.get(page).content.decode()
    assert shows(shown, "second-reader-needed")
    assert not shows(shown, "publish-call")
    assert shows(door.post(f"{page}publish/", follow=True), "eyes")
    door.post(f"{page}look/")
    assert Call.objects.get().seen_by is None, "who wrote it is no second person"
    assert shows(at_desk(chen).get(page).content.decode(), "have-read")
    at_desk(chen).post(f"{page}look/")
    assert shows(door.get(page).content.decode(), "read-by", "chen")
    actions.change_call(
        call=Call.objects.get(), by=bea, facts=replace(Call.objects.get().facts, ask="Come with two letters")
    )
    assert Call.objects.get().seen_by is None, "other words are read again"
    at_desk(chen).post(f"{page}look/")
    door.post(f"{page}publish/")
    assert PublishedCall.objects.count() == 1


def test_the_second_reader_is_not_the_writer_under_another_name(
    call: Call, riverside: Organisation, bea: Account, chen: Account
) -> None:
    set_second_eyes(call, bea)
    page = f"/riverside/call/{call.pk}/"
    Membership.objects.filter(account=chen).update(let_in_by=bea)
    assert shows(at_desk(chen).post(f"{page}look/", follow=True), "not-vouched-for", "bea", "chen")
    assert Call.objects.get().seen_by is None
    Membership.objects.filter(account=chen).update(let_in_by=Account.objects.get(name="amal"))
    at_desk(chen).post(f"{page}look/")
    assert Call.objects.get().seen_by == chen


def test_wording_stops_a_call_until_somebody_insists(decision: Decision, bea: Account) -> None:
    call = write_call(decision, bea, slogan="Rents must be lowered")
    door, page = at_desk(bea), f"/riverside/call/{call.pk}/"
    assert shows(door.get(page).content.decode(), "publish-anyway")
    assert shows(door.post(f"{page}publish/", follow=True), "who-acts")
    assert not PublishedCall.objects.exists()
    door.post(f"{page}publish/", {"insist": "1"})
    assert PublishedCall.objects.count() == 1


def test_what_is_missing_no_insisting_puts_out(decision: Decision, bea: Account) -> None:
    call = write_call(decision, bea, place="")
    with pytest.raises(NotPublishable):
        actions.publish_call(call=call, by=bea, insist=True)


def test_a_further_language_goes_out_beside_the_first_and_can_be_taken_off(call: Call, bea: Account) -> None:
    actions.publish_call(call=call, by=bea)
    door = at_desk(bea)
    chosen = door.post(f"/riverside/call/{call.pk}/in/", {"language": "ar"})
    address = chosen.headers["Location"]
    assert address == f"/riverside/call/{call.pk}/in/ar/"
    assert door.post(address, {**ARABIC, "slogan": ""}).status_code == 200
    assert door.post(address, ARABIC).status_code == 302
    published = PublishedCall.objects.get()
    assert [one.slogan for one in published.translations.all()] == [ARABIC["slogan"]]
    assert ARABIC["slogan"] in door.get(f"/riverside/call/{call.pk}/").content.decode()
    assert door.get(f"/riverside/call/{call.pk}/in/en/").status_code == 404, (
        "its own language is no further one"
    )
    assert door.get(f"/riverside/call/{call.pk}/in/xx/").status_code == 404
    door.post(f"{address}off/")
    assert not published.translations.exists()
    assert not CallTranslation.objects.exists()


def test_a_moved_place_leaves_no_old_place_in_any_language(call: Call, bea: Account) -> None:
    version_actions.write_translation(call=call, by=bea, facts=TranslationFacts(language="ar", **ARABIC))
    actions.publish_call(call=call, by=bea)
    actions.change_call(call=call, by=bea, facts=replace(call.facts, place="Town Hall"))
    version = PublishedCall.objects.get().translations.get()
    assert version.place == ""
    assert "Town Hall" in version.what_changed
    assert ARABIC["place"] in version.what_changed
    assert CallTranslation.objects.get().behind
    moved = {**ARABIC, "place": "قاعة البلدية"}
    version_actions.write_translation(
        call=Call.objects.get(), by=bea, facts=TranslationFacts(language="ar", **moved)
    )
    told = PublishedCall.objects.get().translations.get().what_changed
    assert "قاعة البلدية" in told
    assert "Town Hall" not in told
    CallTranslation.objects.update(behind=True)
    shown = at_desk(bea).get(f"/riverside/call/{call.pk}/").content.decode()
    assert "needs checking" in shown


def test_a_call_that_moved_online_says_so_whole_where_a_language_names_a_place_later(
    call: Call, bea: Account
) -> None:
    version_actions.write_translation(call=call, by=bea, facts=TranslationFacts(language="ar", **ARABIC))
    actions.publish_call(call=call, by=bea)
    actions.change_call(call=call, by=bea, facts=replace(call.facts, joining="online", place=""))
    told = PublishedCall.objects.get().translations.get().what_changed
    assert told
    version_actions.write_translation(
        call=Call.objects.get(), by=bea, facts=TranslationFacts(language="ar", **ARABIC)
    )
    assert PublishedCall.objects.get().translations.get().what_changed == told


def test_each_language_is_held_to_the_same(call: Call, bea: Account) -> None:
    version_actions.write_translation(
        call=call,
        by=bea,
        facts=TranslationFacts(language="es", slogan="Calor ya", what="Vamos", ask="Firma y comparte"),
    )
    with pytest.raises(NotPublishable) as refusal:
        actions.publish_call(call=call, by=bea)
    assert [(one.missing, one.language) for one in refusal.value.reasons] == [("one ask", "es")]


def test_an_organisation_here_agrees_itself_and_can_step_back(
    call: Call, bea: Account, dina: Account, harbour: Organisation
) -> None:
    actions.publish_call(call=call, by=bea)
    door = at_desk(bea)
    page = door.post(f"/riverside/call/{call.pk}/with/", {"name": "The harbour people", "how": "code"})
    found = re.search(r'where-now num"><bdi>([\w-]+)</bdi>', page.content.decode())
    assert found
    code = found.group(1)
    published = PublishedCall.objects.get()
    assert not published.sponsors.exists(), "nobody is named who has not agreed"
    assert code not in door.get(f"/riverside/call/{call.pk}/with/").content.decode()
    other = at_desk(dina)
    form = {"code": code, "name": "Harbour Blocks United"}
    read = other.post("/harbour/call/with/", form).content.decode()
    assert call.slogan in read
    assert shows(read, "sponsoring")
    assert not published.sponsors.exists()
    assert other.post("/harbour/call/with/", {**form, "agree": "1"}).status_code == 302
    sponsor = published.sponsors.get()
    assert sponsor.name == "Harbour Blocks United"
    assert sponsor.organisation is not None
    assert sponsor.organisation.slug == "harbour"
    assert call.slogan in other.get("/harbour/call/with/").content.decode()
    assert shows(other.post("/harbour/call/with/", {**form, "agree": "1"}), "code")
    stored = CoSponsor.objects.get()
    door.post("/riverside/call/with/back/", {"sponsor": stored.pk})
    assert published.sponsors.exists(), "only they take their own name back"
    other.post("/harbour/call/with/back/", {"sponsor": stored.pk})
    assert not published.sponsors.exists()
    assert AuditLine.objects.filter(organisation=harbour, verb="no longer calls with others").exists()


def test_others_are_named_as_they_told_us(call: Call, bea: Account) -> None:
    door = at_desk(bea)
    door.post(f"/riverside/call/{call.pk}/with/", {"name": "The church of St. Anne", "how": "told"})
    actions.publish_call(call=call, by=bea)
    sponsor = PublishedCall.objects.get().sponsors.get()
    assert (sponsor.name, sponsor.organisation) == ("The church of St. Anne", None)
    door.post(f"/riverside/call/{call.pk}/with/{CoSponsor.objects.get().pk}/off/")
    assert not PublishedCall.objects.get().sponsors.exists()


@pytest.mark.parametrize(
    "name", ["Harbour Tenants", "Harb\u043eur Tenants", "HARBOUR TENANTS\u200b", "harbour"]
)
def test_nobody_is_named_as_an_organisation_of_this_site_that_did_not_agree(
    name: str, call: Call, bea: Account, dina: Account, harbour: Organisation
) -> None:
    address = f"/riverside/call/{call.pk}/with/"
    answer = at_desk(bea).post(address, {"name": name, "how": "told"})
    assert field_errors(answer, "name") == ["uses-this-site"]
    _asked, code = sponsor_actions.invite_sponsor(call=call, name="Somebody", by=bea)
    under_ours = {"code": code, "name": "Riverside Ten\u0430nts", "agree": "1"}
    answer = at_desk(dina).post("/harbour/call/with/", under_ours)
    assert field_errors(answer, "name") == ["name-of-another"]
    assert not CoSponsor.objects.exclude(agreed_on=None).exists()
    assert at_desk(dina).post("/harbour/call/with/", under_ours | {"name": name}).status_code == 302


def test_names_of_co_organisers_are_looked_at_again_where_they_are_kept_and_published(
    call: Call, bea: Account, dina: Account, harbour: Organisation
) -> None:
    """A page is not the only way in, and an organisation may join this site after it was named."""
    with pytest.raises(NotPublishable) as told:
        sponsor_actions.add_named_sponsor(call=call, name="Harbour Tenants", by=bea)
    assert [reason.missing for reason in told.value.reasons] == ["uses-this-site"]
    _asked, code = sponsor_actions.invite_sponsor(call=call, name="Somebody", by=bea)
    with pytest.raises(NotPublishable) as agreed:
        sponsor_actions.agree_to_cosponsor(
            organisation=harbour, code=code, name=call.organisation.name, by=dina
        )
    assert [reason.missing for reason in agreed.value.reasons] == ["name-of-another"]
    own = {"name": call.organisation.name, "how": "told"}
    assert field_errors(at_desk(bea).post(f"/riverside/call/{call.pk}/with/", own), "name") == ["own-name"]
    CoSponsor.objects.create(call=call, name="Harbour Tenants", agreed_on=timezone.localdate())
    with pytest.raises(NotPublishable) as published:
        actions.publish_call(call=call, by=bea)
    assert "sponsor" in [reason.missing for reason in published.value.reasons]


def test_no_code_of_ours_opens_our_own_call(call: Call, bea: Account) -> None:
    _asked, code = sponsor_actions.invite_sponsor(call=call, name="Somebody", by=bea)
    with pytest.raises(NotPublishable):
        sponsor_actions.agree_to_cosponsor(organisation=call.organisation, code=code, name="We", by=bea)
    assert PublicEvent.objects.count() == 0
