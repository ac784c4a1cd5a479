"""What was loaded once is not walked through again while somebody waits for a page."""

import gc

import pytest

from massline.core.garbage_collection import freeze_loaded_objects


def test_what_was_loaded_is_left_out_of_later_collections() -> None:
    before = gc.get_freeze_count()
    try:
        with freeze_loaded_objects():
            assert not gc.isenabled()
            made = [[n] for n in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= before + len(made)
    finally:
        gc.unfreeze()


def test_garbage_is_collected_again_where_loading_fails() -> None:
    try:
        with pytest.raises(ImportError), freeze_loaded_objects():
            raise ImportError("no such room")
        assert gc.isenabled()
    finally:
        gc.unfreeze()
