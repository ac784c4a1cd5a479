"""At the desk and off-line: the whole way of the key to paper and back."""

from click.testing import CliRunner

from massline.cli.recovery_sheets import recovery as command
from massline.desk.guard.keys import contact_storage_conditions, key_holders
from massline.desk.guard.keys.models import HolderSeal, RecoverySeal
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.parts import shows


def off_line(*words: str, typed: str = "") -> str:
    answer = CliRunner().invoke(command, list(words), input=typed)
    assert answer.exit_code == 0, answer.output
    return answer.output


def sheets_of(printed: str) -> list[str]:
    sheets = []
    for block in printed.split("\nSheet ")[1:]:
        sheets.append(" ".join(line.split()[1] for line in block.splitlines()[1:] if line.strip()))
    return sheets


def between(page: str, start: str) -> str:
    return start + page.split(start)[1].split("<")[0].split("\n")[0].strip()


def test_the_key_goes_to_paper_is_proven_and_comes_back(harbour: Organisation, dina: Account) -> None:
    assert [one.missing for one in contact_storage_conditions.missing_safeguards(harbour)] == [
        "second holder",
        "paper",
    ]
    printed = off_line("make")
    public, sheets = between(printed, "massline-recovery:"), sheets_of(printed)
    door = unlocked(dina, harbour)
    door.post("/harbour/guard/paper/trust/", {"public": public})
    page = door.get("/harbour/guard/paper/offline/").content.decode()
    question = between(page, "massline-question:")
    said = off_line("prove", typed=f"{question}\n{sheets[0]}\n{sheets[2]}\n\n")
    door.post("/harbour/guard/paper/prove/", {"answer": said.split("desk: ")[1].strip()})
    assert RecoverySeal.objects.get(key__organisation=harbour).proven_on is not None

    fay = Account.objects.create_user("fay", PASSPHRASE)
    key_holders.ensure_account_key(fay, PASSPHRASE)
    Membership.objects.create(account=fay, organisation=harbour, role=2)
    HolderSeal.objects.filter(account=dina).delete()
    sealed = between(at_desk(fay).get("/harbour/guard/paper/offline/").content.decode(), "massline-seal:")
    handed = off_line("open", typed=f"{sealed}\n{sheets[1]}\n{sheets[2]}\n\n")
    text, phrase = between(handed, "massline-handover:"), handed.strip().splitlines()[-1].strip()
    answer = at_desk(fay).post("/harbour/guard/paper/take-back/", {"text": text, "phrase": phrase})
    assert answer.status_code == 302
    assert shows(unlocked(fay, harbour).get("/harbour/guard/").content.decode(), "vault-open")


def test_a_wrong_answer_proves_nothing_and_says_so(harbour: Organisation, dina: Account) -> None:
    door = unlocked(dina, harbour)
    door.post("/harbour/guard/paper/trust/", {"public": between(off_line("make"), "massline-recovery:")})
    page = door.post("/harbour/guard/paper/prove/", {"answer": "aaaaaaaaaaaaaaaa"}).content.decode()
    assert shows(page, "wrong-answer")
    assert RecoverySeal.objects.get(key__organisation=harbour).proven_on is None


def test_a_line_cut_short_is_refused_and_stays_in_the_form(harbour: Organisation, dina: Account) -> None:
    cut = between(off_line("make"), "massline-recovery:")[:-4]
    page = unlocked(dina, harbour).post("/harbour/guard/paper/trust/", {"public": cut}).content.decode()
    assert "cut or changed on the way" in page
    assert cut in page
    assert not RecoverySeal.objects.exists()


def test_sealing_to_paper_needs_the_open_vault(harbour: Organisation, dina: Account) -> None:
    answer = at_desk(dina).post("/harbour/guard/paper/trust/", {"public": "x"})
    assert answer.headers["Location"].startswith("/harbour/guard/unlock/")


def test_too_few_sheets_open_nothing(harbour: Organisation) -> None:
    sheets = sheets_of(off_line("make"))
    answer = CliRunner().invoke(command, ["prove"], input=f"massline-question:aa\n{sheets[0]}\n\n")
    assert answer.exit_code == 1
    assert "2 different sheets are needed, 1 were given" in answer.output


def test_bea_is_handed_the_key_and_chen_is_shown_out(
    riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    key_holders.ensure_account_key(bea, PASSPHRASE)
    door = unlocked(amal, riverside)
    member = {one.account_id: one.pk for one in Membership.objects.all()}
    door.post(f"/riverside/guard/members/{member[bea.pk]}/holder/")
    assert shows(unlocked(bea, riverside).get("/riverside/guard/").content.decode(), "vault-open")
    chens = at_desk(chen)
    assert chens.get("/riverside/").status_code == 200
    door.post(f"/riverside/guard/members/{member[chen.pk]}/remove/")
    # The account of somebody whose last membership ended is closed: the door asks who is there.
    assert chens.get("/riverside/")["Location"].startswith("/login/")


def test_an_organiser_may_not_show_anybody_out(riverside: Organisation, bea: Account, chen: Account) -> None:
    member = Membership.objects.get(account=chen)
    assert at_desk(bea).post(f"/riverside/guard/members/{member.pk}/remove/").status_code == 404
    assert at_desk(chen).get("/riverside/").status_code == 200


def test_riverside_is_safe(riverside: Organisation) -> None:
    assert contact_storage_conditions.missing_safeguards(riverside) == []


def test_who_has_no_key_of_their_own_gets_one_by_logging_in(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    door, member = unlocked(amal, riverside), Membership.objects.get(account=chen)
    door.post(f"/riverside/guard/members/{member.pk}/holder/")
    assert "They must log in once" in door.get("/riverside/guard/members/").content.decode()
    DoorClient("desk").post("/login/", {"name": "chen", "passphrase": PASSPHRASE})
    door.post(f"/riverside/guard/members/{member.pk}/holder/")
    assert shows(unlocked(chen, riverside).get("/riverside/guard/").content.decode(), "vault-open")
