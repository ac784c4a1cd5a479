"""Short lists in the encodings that spreadsheets of many countries save in."""

import pytest

from massline.tables.encoding import decode

LISTS = [
    ("cp1252", "Española,NM,City Hall"),
    ("cp1252", "Vorname;Nachname\nJörg;Müßig\nZoë;Engström"),
    ("cp1252", "Die Türen müssen schließen;gut"),
    ("cp1252", "Zeitpunkt;stört Sie am meisten: Lärm"),
    ("cp1252", "prénom;déjà;garçon"),
    ("cp1252", "It’s cold – “still”"),
    ("cp1252", "São João;não"),
    ("cp1252", "naïve,1"),
    ("cp1250", "Imię;Nazwisko\nŁukasz;Wójcik\nŻaneta;Dąbrowska"),
    ("cp1250", "Příjmení;Jméno\nDvořák;Jiří"),
    ("cp1251", "Имя;Почта\nИван;Согласен"),
    ("koi8_r", "Имя;Почта\nИван;Согласен"),
    ("cp1256", "الاسم;البريد\nأميرة;نعم"),
    ("cp1254", "İsim;Soyisim\nAyşe;Öz\nÇağrı;Güneş"),
    ("cp1253", "Όνομα;Ηλ. ταχυδρομείο"),
    ("cp1255", "שם;אימייל\nדוד;כן"),
    ("cp1257", "Vārds;Uzvārds\nJānis;Bērziņš"),
    ("mac_roman", "Jörg;Müßig;Türen"),
    ("mac_roman", "José;Peña"),
    ("mac_roman", "Zoë;Engström"),
    ("cp850", "Jörg;Müßig;Türen müssen"),
    ("shift_jis", "名前,メール\n山田太郎,yamada@example.org"),
    ("gb18030", "姓名,邮箱\n张伟,zhang@example.org"),
    ("big5", "姓名,電郵\n陳大文,chan@example.org"),
    ("euc_kr", "이름,메일\n김철수,kim@example.org"),
    ("utf-16-le", "name;mail\nJörg"),
    ("utf-16", "Name\tMail\nZoë\tz@example.org"),
    ("utf-8", "Jörg;Müßig"),
    ("utf-8-sig", "Name;Mail"),
]


@pytest.mark.parametrize(("encoding", "text"), LISTS)
def test_letters_come_out_as_they_were_saved(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_an_encoding_that_was_guessed_is_said_to_be_and_one_that_was_chosen_holds() -> None:
    raw = "Müller".encode("cp1252")
    assert not decode(raw).sure
    assert decode(raw, encoding="cp1250").text == raw.decode("cp1250")
    assert decode("Müller".encode()).sure
    broken = decode("Müller, Öz, Ayşe; Jörg ".encode() + b"\xff")
    assert (broken.encoding, broken.sure) == ("utf-8", False)
