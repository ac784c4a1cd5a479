"""Commands read the files of settings as systemd gives them to the services."""

from massline.cli.install.environment_file import parse_environment

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
