"""What looking at profile pictures needs of the world."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from audits.model import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """The profile picture an account was last seen to show; `sub_brand` where that very picture is approved."""

    account_id: int
    picture: Picture
    thumbnail: bytes = field(repr=False)  # PNG, to be shown to a person
    seen_at: datetime
    sub_brand: str | None = None


class Depicted(NamedTuple):
    """A picture as it is kept: a fingerprint to compare by, and a small copy (PNG) to show."""

    fingerprint: str
    thumbnail: bytes


class Depict(Protocol):
    """Reads a picture from its bytes; None where they are no picture that can be read."""

    def __call__(self, body: bytes) -> Depicted | None: ...


class PictureStore(Protocol):
    """Every method is one transaction."""

    def pictures_of(self, account_ids: Collection[int]) -> Mapping[int, Picture]: ...
    def kept_pictures(self) -> Sequence[KeptPicture]:
        """Every account's picture, those of accounts that have left the register left out."""
        ...

    def keep_picture(self, kept: KeptPicture) -> None: ...
    def approve_picture(self, fingerprint: str, sub_brand: str, by: str, now: datetime) -> None:
        """Approve a picture for a sub-brand; approving it again replaces the approval."""
        ...

    def withdraw_picture(self, fingerprint: str, now: datetime, by: str = "") -> bool: ...
