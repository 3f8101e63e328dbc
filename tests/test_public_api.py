import benchwright


def test_every_public_name_is_there_and_sorted() -> None:
    assert benchwright.__all__ == sorted(benchwright.__all__)
    for name in benchwright.__all__:
        assert getattr(benchwright, name) is not None


def test_public_functions_are_documented() -> None:
    for name in benchwright.__all__:
        assert (getattr(benchwright, name).__doc__ or "").strip(), name
