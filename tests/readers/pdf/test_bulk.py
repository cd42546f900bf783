"""Calls by the thousand: what they write comes back in columns, in order, and nothing of the calls before."""

from ctypes import CFUNCTYPE, c_double, c_float, c_int, c_void_p

from extractor.readers.pdf.bulk import CHUNK, columns, matrices


@CFUNCTYPE(c_int, c_int, c_void_p, c_void_p)
def _squares(number: int, first: int, second: int) -> int:
    if number % 5 == 4:  # as pdfium where it has nothing to say
        return 0
    c_double.from_address(first).value = number
    c_double.from_address(second).value = number * number
    return 1


@CFUNCTYPE(c_int, c_int, c_void_p)
def _matrix(number: int, address: int) -> int:
    for place in range(6):
        c_float.from_address(address + 4 * place).value = 10 * number + place
    return 1


def test_columns() -> None:
    assert columns(_squares, "d", 2, 4, range(4)) == [[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 4.0, 9.0]]


def test_no_calls_give_empty_columns() -> None:
    assert columns(_squares, "d", 2, 0, range(0)) == [[], []]


def test_what_is_not_written_is_zero_and_not_the_number_of_a_call_before() -> None:
    columns(_squares, "d", 2, 4, [7, 7, 7, 7])
    assert columns(_squares, "d", 2, 3, [1, 4, 3]) == [[1.0, 0.0, 3.0], [1.0, 0.0, 9.0]]


def test_more_calls_than_the_buffer_holds() -> None:
    count = 2 * CHUNK + 3
    numbers, _ = columns(_squares, "d", 2, count, range(count))
    assert numbers == [0.0 if number % 5 == 4 else float(number) for number in range(count)]


def test_third_and_fourth_number_of_matrices() -> None:
    assert matrices(_matrix, 3, range(3)) == ([2.0, 12.0, 22.0], [3.0, 13.0, 23.0])


def test_more_matrices_than_the_buffer_holds() -> None:
    thirds, fourths = matrices(_matrix, CHUNK, range(CHUNK))
    assert (len(thirds), thirds[-1], fourths[-1]) == (CHUNK, 10.0 * (CHUNK - 1) + 2, 10.0 * (CHUNK - 1) + 3)
