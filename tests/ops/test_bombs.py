"""Small files that unpack to much: refused in words, and memory stays under a stated figure.

Each runs in a process of its own, so that its peak of memory (RSS) is its own too.
"""

import subprocess
import sys

import pytest

# What reading any upload may add to a process, in megabytes; docs/run.md says the same.
MOST_MEGABYTES = 100

BOMBS = {
    "four million lines in a zip of 8 KB": """
content = zipped("words.csv", b"words\\n" + b"a\\n" * 4_000_000)
assert len(content) < 20_000
refused(UnusableFile, lambda: read_table(unpack_upload([("words.zip", content)])["table.csv"]))
""",
    "two million empty cells in an XLSX of 12 KB": """
content = workbook(b"<row>" + b"<c/>" * 2_000_000 + b"</row>")
assert len(content) < 20_000
refused(UnreadableTable, lambda: read_list(content))
""",
    "a million rows in an XLSX": """
content = workbook(b"<row/>" * 1_000_000)
refused(UnreadableTable, lambda: read_list(content))
""",
    "a hundred thousand styles in an XLSX": """
content = workbook(b"<row><c><v>1</v></c></row>", styles=b"<xf/>" * 3_000_000)
refused(UnreadableTable, lambda: read_list(content))
""",
    "entities that expand in an XLSX": """
bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
content = workbook(b"<row><c><v>&b;</v></c></row>", head=bomb)
refused(UnreadableTable, lambda: read_list(content))
""",
    "a zip in a zip": """
inner = zipped("words.csv", b"0" * 30_000_000)
content = zipped("words.csv", inner + b"0" * 30_000_000)
refused(UnusableFile, lambda: unpack_upload([("words.zip", content)]))
""",
    "a gzip in a gzip": """
content = gzip.compress(gzip.compress(b"0" * 60_000_000))
refused(UnusableFile, lambda: unpack_upload([("words.csv.gz", content)]))
""",
    "fifteen million columns": """
refused(UnusableFile, lambda: unpack_upload([("words.zip", zipped("words.csv", b"," * 15_000_000))]))
refused(UnreadableItems, lambda: read_events(b"day" + b"," * 15_000_000))
refused(UnreadableTable, lambda: read_list(b"name" + b"," * 2_000_000))
""",
    "a million empty lines in a list": """
refused(UnreadableTable, lambda: read_list(b"name,mail\\n" * 2 + b",\\n" * 1_000_000))
""",
}

HEAD = """
import gc, gzip, io, zipfile
import django
django.setup()
from massline.desk.contacts.imports.list_reader import UnreadableTable, read_table as read_list
from massline.desk.listen.import_export.upload_reader import UnusableFile, unpack_upload
from massline.desk.listen.import_export.column_mapping import read_table
from massline.desk.listen.watches.event_table import read_events
from massline.desk.listen.watches.feed_items import UnreadableItems
import openpyxl

def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        with packed.open(name, "w") as file:
            for start in range(0, len(content), 65536):
                file.write(content[start:start + 65536])
    return out.getvalue()

def workbook(rows, *, styles=b"", head=b""):
    plain = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "name"
    book.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = head + part.replace(b"<sheetData>", b"<sheetData>" + rows)
            if name == "xl/styles.xml" and styles:
                part = part.replace(b"<cellXfs", b"<cellXfs>" + styles + b"</cellXfs><x")
            packed.writestr(name, part)
    return out.getvalue()

def memory(name):
    return int(open("/proc/self/status").read().partition(name)[2].split()[0]) / 1024

most = [0.0]

def refused(expected, read):
    # Making the bomb takes memory too: only what reading it adds is measured.
    gc.collect()
    open("/proc/self/clear_refs", "w").write("5")
    before = memory("VmRSS:")
    try:
        read()
    except expected:
        most.append(memory("VmHWM:") - before)
        return
    raise AssertionError("it was taken")
"""


@pytest.mark.parametrize("kind", BOMBS)
def test_a_small_file_that_unpacks_to_much_is_refused_in_little_memory(kind: str, tmp_path: object) -> None:
    script = f"{HEAD}\n{BOMBS[kind]}\nprint(max(most))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "DJANGO_SETTINGS_MODULE": "massline.settings",
            "MASSLINE_DATA": str(tmp_path),
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < MOST_MEGABYTES, f"{float(done.stdout):.0f} MB"
