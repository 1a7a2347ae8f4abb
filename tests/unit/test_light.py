"""What stands in for `typing`, `contextlib` and `functools` at a start does what they do."""

from __future__ import annotations

import collections
import contextlib
import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from gztrack.light import NamedTuple, cached_property, contextmanager, lru_cache, suppress, wraps


class Place(NamedTuple):
    """A place.

    Attributes:
        name: What it is called.
    """

    name: str
    code: int = 7
    tags: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """For people."""
        return f"{self.name} ({self.code})"

    def moved(self, code: int) -> Place:
        """Elsewhere."""
        return self._replace(code=code)


class Nothing(NamedTuple):
    """No field."""


class Child(Place):
    """A subclass, as of any tuple."""


Twin: Any = collections.namedtuple("Twin", ("name", "code", "tags"), defaults=(7, ()))


def test_a_named_tuple_is_made_and_read_as_that_of_the_standard_library() -> None:
    made = Place("a", tags=("x",))
    assert tuple(made) == ("a", 7, ("x",)) == tuple(Twin("a", tags=("x",)))
    assert (made.name, made.code, made.tags, made.shown) == ("a", 7, ("x",), "a (7)")
    assert repr(made) == repr(Twin("a", tags=("x",))).replace("Twin", "Place")
    assert made._asdict() == Twin("a", tags=("x",))._asdict()
    assert Place._make(["b", 1, ()]) == ("b", 1, ())
    assert Place("a", tags=("x",)).moved(9) == ("a", 9, ("x",))
    assert (Place._fields, Place._field_defaults) == (Twin._fields, Twin._field_defaults)
    assert str(Place.__doc__).startswith("A place.")
    assert (type(Place), type(made), isinstance(made, tuple)) == (type, Place, True)
    assert hash(made) == hash(tuple(made))


def test_it_is_copied_pickled_and_matched() -> None:
    made = Place("a", 1)
    assert pickle.loads(pickle.dumps(made)) == copy.copy(made) == copy.deepcopy(made) == made
    assert type(pickle.loads(pickle.dumps(made))) is Place
    match made:
        case Place(name, code=code):
            assert (name, code) == ("a", 1)


def test_a_child_and_one_without_fields_are_made_too() -> None:
    assert type(Child("a")) is Child
    moved = Child("a").moved(2)
    assert (moved, type(moved)) == (("a", 2, ()), Child)
    assert (Nothing(), repr(Nothing())) == ((), "Nothing()")


@pytest.mark.parametrize(
    "make",
    [
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3, 4),
        lambda kind: kind(1, nope=2),
        lambda kind: kind(1, name=2),
        lambda kind: kind._make([1]),
    ],
)
def test_what_it_refuses_is_what_the_standard_library_refuses(make: object) -> None:
    for kind in (Place, Twin):
        with pytest.raises(TypeError):
            make(kind)  # type: ignore[operator]
    with pytest.raises(ValueError, match="nope"):
        Place("a")._replace(nope=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Place("a").name = "b"  # type: ignore[misc]


@pytest.mark.parametrize("body", [{"a": "int", "b": "int"}, {"_replace": "int"}])
def test_a_class_that_could_not_work_is_refused(body: dict[str, str]) -> None:
    space: dict[str, object] = {"__annotations__": body, "a": 1, "__module__": __name__}
    if "_replace" in body:
        space["_replace"] = 1
    with pytest.raises(TypeError):
        type(NamedTuple.__mro_entries__(())[0])("Bad", NamedTuple.__mro_entries__(()), space)  # type: ignore[attr-defined]


SEEN: list[str] = []


def _managed(swallow: bool) -> Iterator[int]:
    SEEN.append("in")
    try:
        yield 1
    except KeyError:
        if not swallow:
            raise
        SEEN.append("swallowed")
    finally:
        SEEN.append("out")


@pytest.mark.parametrize("manager", [contextmanager, contextlib.contextmanager])
@pytest.mark.parametrize(
    ("error", "swallow", "left"),
    [
        (None, False, None),
        (KeyError, True, None),
        (KeyError, False, KeyError),
        (ValueError, True, ValueError),
        (StopIteration, False, StopIteration),
    ],
)
def test_a_context_manager_lets_in_and_out_as_contextlib_s(
    manager: object, error: type[Exception] | None, swallow: bool, left: type[Exception] | None
) -> None:
    SEEN.clear()
    made = manager(_managed)  # type: ignore[operator]
    raised: BaseException | None = None
    try:
        with made(swallow) as found:
            assert found == 1
            if error:
                raise error("x")
    except (KeyError, ValueError, StopIteration) as caught:
        raised = caught
    assert type(raised) is (left or type(None))
    assert (SEEN[0], SEEN[-1]) == ("in", "out")
    assert raised is None or (raised.__traceback__ is not None and raised.__cause__ is None)


def test_a_context_manager_raises_what_its_generator_makes_of_an_error() -> None:
    @contextmanager
    def worded() -> Iterator[None]:
        try:
            yield
        except KeyError as error:
            raise ValueError("worded") from error

    with pytest.raises(ValueError, match="worded"), worded():
        raise KeyError


def test_suppress_lets_only_its_own_errors_go() -> None:
    with suppress(KeyError, ValueError):
        raise KeyError
    with pytest.raises(TypeError), suppress(KeyError):
        raise TypeError


def test_what_is_reckoned_once_stays() -> None:
    class Counted:
        calls = 0

        @cached_property
        def value(self) -> int:
            """Counted."""
            self.calls += 1
            return self.calls

    one = Counted()
    assert (one.value, one.value, one.calls) == (1, 1, 1)
    assert Counted().value == 1


def test_a_function_remembers_its_last_answers() -> None:
    asked: list[int] = []

    @lru_cache(maxsize=2)
    def double(number: int) -> int:
        """Twice."""
        asked.append(number)
        return 2 * number

    assert [double(n) for n in (1, 1, 2, 3, 1)] == [2, 2, 4, 6, 2]
    assert asked == [1, 2, 3, 1]
    assert double.__doc__ == "Twice."


def test_a_wrapper_is_named_after_what_it_wraps() -> None:
    def inner() -> None:
        """What it does."""

    @wraps(inner)
    def outer() -> None: ...

    assert (outer.__name__, outer.__doc__, outer.__wrapped__) == ("inner", "What it does.", inner)
