"""The collector is put off inside a burst and comes back after the last one."""

import gc

import pytest

from emulation.lib import garbage


def test_collection_is_off_inside_and_on_afterwards():
    assert gc.isenabled()
    with garbage.put_off():
        assert not gc.isenabled()
        with garbage.put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_a_mistake():
    with pytest.raises(RuntimeError), garbage.put_off():
        raise RuntimeError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with garbage.put_off():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
