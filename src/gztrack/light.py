"""Named tuples, context managers and a few decorators without the modules that a start would pay dearly for.

`typing`, `contextlib`, `functools` and what they bring along cost more than logging a reading does. To a type
checker these are theirs; when the program runs they are made here, and do what gztrack needs of them.

A `NamedTuple` comes from the same class statement, with the same constructor, ``_replace``, ``_asdict``,
``_make``, ``_fields`` and ``__match_args__``. Annotations are never evaluated. The constructor, a compiled
function as in `collections.namedtuple`, is made when the first instance is: most kinds of tuple are not
used in a run.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import contextmanager as contextmanager
    from contextlib import suppress as suppress
    from functools import cached_property as cached_property
    from functools import lru_cache as lru_cache
    from functools import wraps as wraps
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    _OWN = ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_replace", "_asdict", "_make")

    class _Kind(type):
        """Makes the class of a named tuple from the fields that are annotated in its body."""

        def __new__(mcs, name, _bases, body):
            return type(name, (tuple,), _completed(name, body))  # an ordinary class, as its children are

    def _completed(name, body):
        """The body of the class: its own, with the fields as descriptors and what every tuple can do.

        Raises:
            TypeError: A field without a default follows one with a default, or a name is taken.
        """
        fields = tuple(body.get("__annotations__", ()))
        defaults = {each: body[each] for each in fields if each in body}
        if tuple(defaults) != fields[len(fields) - len(defaults) :]:
            raise TypeError(f"{name}: a field without a default follows one with a default")
        for taken in _OWN:
            if taken in body:
                raise TypeError(f"{name}: a named tuple has its own {taken}")
        made = {each: _tuplegetter(place, f"Field {place}") for place, each in enumerate(fields)}
        return {
            **body,
            **made,
            "__slots__": (),
            "__match_args__": fields,
            "_fields": fields,
            "_field_defaults": defaults,
            "__new__": _first,
            "__repr__": _repr,
            "__getnewargs__": _plain,
            "_asdict": _asdict,
            "_replace": _replace,
            "_make": classmethod(_make),
        }

    def _first(cls, *values, **named):
        """Make the constructor, put it in this one's place, and have it make the first instance."""
        owner = next(each for each in cls.__mro__ if "_fields" in each.__dict__)
        names = "".join(f", {each}" for each in owner._fields)
        space = {"__builtins__": {}, "_make": tuple.__new__, "__name__": f"namedtuple_{owner.__name__}"}
        made = eval(f"lambda _cls{names}: _make(_cls, ({names[2:]},))" if names else _NONE, space)
        made.__defaults__ = tuple(owner._field_defaults.values())
        made.__name__ = made.__qualname__ = "__new__"
        owner.__new__ = made
        return made(cls, *values, **named)

    _NONE = "lambda _cls: _make(_cls)"

    def _repr(self):
        values = ", ".join(f"{each}={value!r}" for each, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({values})"

    def _plain(self):
        return tuple(self)

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _make(cls, values):
        found = tuple.__new__(cls, values)
        if len(found) != len(cls._fields):
            raise TypeError(f"expected {len(cls._fields)} values, got {len(found)}")
        return found

    def _replace(self, /, **changes):
        found = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"no such field: {', '.join(changes)}")
        return found

    _Root = type.__new__(_Kind, "_Root", (), {})

    class _Start:
        """What stands in the bases of a class statement: makes the metaclass take over."""

        def __mro_entries__(self, bases):
            return (_Root,)

    NamedTuple = _Start()

    class suppress:  # noqa: N801
        """Leaves what is done in it undone from where one of the errors comes."""

        def __init__(self, *errors):
            self._errors = errors

        def __enter__(self):
            return None

        def __exit__(self, kind, error, trace):
            return kind is not None and issubclass(kind, self._errors)

    class _Held:
        """The context of a generator that yields once."""

        def __init__(self, running):
            self._running = running

        def __enter__(self):
            return next(self._running)

        def __exit__(self, kind, error, trace):
            if kind is None:
                next(self._running, None)
                return False
            try:
                self._running.throw(error)
            except StopIteration:
                return True  # it has dealt with the error
            except BaseException as raised:
                # A generator may not let a StopIteration out: it comes wrapped in another error.
                if raised is error or (isinstance(error, StopIteration) and raised.__cause__ is error):
                    error.__traceback__ = trace  # without the generator's own part in it
                    return False
                raise
            raise RuntimeError("a context manager yielded twice")

    def contextmanager(function):
        """What a generator does before and after its only ``yield``, for a ``with`` statement."""

        def held(*values, **named):
            return _Held(function(*values, **named))

        held.__wrapped__, held.__doc__, held.__name__ = function, function.__doc__, function.__name__
        return held

    def wraps(wrapped):
        """Name the function that stands for another one after it."""

        def named(wrapper):
            for name in ("__module__", "__name__", "__qualname__", "__doc__"):
                setattr(wrapper, name, getattr(wrapped, name))
            wrapper.__wrapped__ = wrapped
            return wrapper

        return named

    class cached_property:  # noqa: N801
        """What is reckoned of an object once, and then is an attribute of it."""

        def __init__(self, function):
            self._function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner, name):
            self._name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            found = instance.__dict__[self._name] = self._function(instance)
            return found

    try:
        from _functools import _lru_cache_wrapper
    except ImportError:
        from functools import lru_cache
    else:

        def lru_cache(*, maxsize):
            """Remember the last answers of a function, as that of `functools` does."""
            return lambda function: wraps(function)(_lru_cache_wrapper(function, maxsize, False, None))


@contextmanager
def uncollected() -> Iterator[None]:
    """The garbage collector off: looking for garbage triples the time of making a million objects that are none."""
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
