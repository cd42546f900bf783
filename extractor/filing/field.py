"""A field: the value, the text as printed, the marks that stand with it, and where all that is on the page."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from extractor.layout.location import Location, location_from_dict

T = TypeVar("T")


def _place(value: Any) -> Any:
    return location_from_dict(value) if isinstance(value, dict) else value


# A location is a tuple for speed; in JSON it is an object with named members.
At = Annotated[
    Any,
    BeforeValidator(_place),
    PlainSerializer(lambda place: place.as_dict(), return_type=dict[str, Any]),
]


class Frozen(BaseModel):
    """Base of the filing's models: immutable, and strict about unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Field(Frozen, Generic[T]):
    """One value of the filing.

    `value` is None where the page shows none or shows something that cannot be read (then `printed` keeps it and an
    issue says so). `footnotes` are ids such as `F1`, in printed order; a field may have footnotes and no value.
    """

    value: T | None = None
    printed: str = ""
    footnotes: tuple[str, ...] = ()
    at: tuple[At, ...] = ()

    @property
    def places(self) -> tuple[Location, ...]:
        """`at`, typed."""
        return self.at

    def __bool__(self) -> bool:
        """Whether the page shows anything for this field."""
        return self.value is not None or bool(self.footnotes) or bool(self.printed)


def type_of(field: type[Field[Any]]) -> type:
    """What a field's value is where it has one: `type_of(Field[date])` is date."""
    of, *_ = get_args(field.model_fields["value"].annotation)
    if not isinstance(of, type):
        raise TypeError(f"{field.__name__} says nothing of its value")
    return of
