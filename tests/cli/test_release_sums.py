"""Nothing of a release is installed that is not what was released."""

import hashlib
import subprocess
from pathlib import Path

import click
import pytest

from massline.cli.install.release_sums import check_release


def test_a_wheel_or_lock_that_is_not_the_released_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel, lock, sums = make_release(tmp_path)
    check_release(wheel, lock, None)
    assert "was not checked (--signers)" in capsys.readouterr().out
    for file in (wheel, lock):
        was = file.read_bytes()
        file.write_bytes(b"something else")
        with pytest.raises(click.ClickException, match="is not what"):
            check_release(wheel, lock, None)
        file.write_bytes(was)
    sums.write_text("\n".join(sums.read_text().splitlines()[:1]))
    with pytest.raises(click.ClickException, match="is not what"):
        check_release(wheel, lock, None)
    sums.unlink()
    check_release(wheel, lock, None)
    assert "was not checked" in capsys.readouterr().out


def test_with_signers_the_sums_must_be_signed_by_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel, lock, sums = make_release(tmp_path)
    signers = tmp_path / "signers"
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    signers.write_text(f"release {key.with_suffix('.pub').read_text()}")
    with pytest.raises(click.ClickException, match="There is no"):
        check_release(wheel, lock, signers)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "massline", "-f", key, sums], check=True)
    check_release(wheel, lock, signers)
    assert "signature is good" in capsys.readouterr().out
    sums.write_text(sums.read_text() + "\n")
    with pytest.raises(click.ClickException, match="not signed"):
        check_release(wheel, lock, signers)


def make_release(folder: Path) -> tuple[Path, Path, Path]:
    wheel, lock = folder / "massline-0.2.0-py3-none-any.whl", folder / "requirements.lock"
    wheel.write_bytes(b"wheel")
    lock.write_bytes(b"lock")
    sums = folder / "SHA256SUMS"
    sums.write_text(
        "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in (wheel, lock))
    )
    return wheel, lock, sums
