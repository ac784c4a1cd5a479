"""Commands read the files of settings as systemd gives them to the services."""

from massline.cli.install.environment_file import parse_environment, quote_value

LINES = [
    "# a comment that goes on \\",
    "A0=still the comment",
    "  ; another",
    "A1=plain # not a comment",
    "A2 = 'single \"quoted\" \\n'   ",
    'A3="double \'quoted\' \\$ \\" \\\\ \\n"',
    "A4=one\\",
    "two \\",
    "  three   ",
    'A5="over \\',
    'lines"',
    "A6=it\"s \\'bare\\' \\\\",
    "A7='parts' \"joined\" bare",
    "A8=",
    "no setting at all",
    "export A9=neither",
    "1A=neither",
    "A10=kept\\ ",
    "A11=postgresql://d:p%40ss@localhost/desk?sslmode=require",
    'A12="two',
    'lines"',
    "A13=last",
]
READ = {
    "A1": "plain # not a comment",
    "A2": 'single "quoted" \\n',
    "A3": "double 'quoted' $ \" \\ \\n",
    "A4": "onetwo   three",
    "A5": "over lines",
    "A6": "it\"s 'bare' \\",
    "A7": "partsjoinedbare",
    "A8": "",
    "A10": "kept ",
    "A11": "postgresql://d:p%40ss@localhost/desk?sslmode=require",
    "A12": "two\nlines",
    "A13": "last",
}


def test_quotes_backslashes_and_comments_are_read_as_systemd_does() -> None:
    assert parse_environment("\n".join(LINES)) == READ
    assert parse_environment("\r\n".join(["A='1'", "B=2", ""])) == {"A": "1", "B": "2"}


def test_what_is_written_is_read_back() -> None:
    for value in ("plain=1,2", "", "it's", 'a "b" $c `d` \\e', " edges ", "two\nlines", "ends\\"):
        assert parse_environment(f"A={quote_value(value)}\nB=next\n") == {"A": value, "B": "next"}
    assert quote_value("age1x,age1y") == "age1x,age1y"
