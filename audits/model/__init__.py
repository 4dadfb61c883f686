"""The nouns, frozen.

    register ─▶ Account ─visit─▶ Probe ⇄ Page ─▶ Observation ─judge─▶ Finding ─compare─▶ Drift ─▶ Case
                └── seeing ──────────────────────────────────┘        └── judging ────────────────┘

accounts        what the register holds
circumstances   what stands beside an account: questions, answers, rests, closings, pictures
occasion        who decides something, when and why
stating         what people state                sighted   where a channel was seen linked, and since when

All times are timezone-aware UTC; `now` and dates arrive from the edge.
"""

from audits.model.accounts import APP_SCOPED, Account, Address, AddressKind, Kind, PlatformId, RegisteredId, surely_its
from audits.model.circumstances import (
    NO_CIRCUMSTANCES,
    Answer,
    Asked,
    Circumstances,
    Closing,
    Picture,
    Rest,
    StepDone,
)
from audits.model.judging import (
    DECIDED,
    NEVER_DECIDED,
    QUOTE,
    STATED_BY,
    TWO_LOOKS,
    Case,
    CaseEvent,
    CaseState,
    Confirmation,
    Drift,
    DriftStage,
    Finding,
    Outcome,
    Pending,
    Severity,
    Standing,
    without_counts,
)
from audits.model.occasion import Occasion
from audits.model.seeing import (
    ACCUSING,
    ALIVE,
    NO_FACTS,
    UNSEEN,
    Activity,
    Batch,
    Existence,
    Facts,
    Identity,
    Marker,
    Observation,
    Own,
    Page,
    Post,
    Precision,
    Probe,
    Reading,
    Route,
    Seen,
    Sighting,
    SightingKind,
    Transport,
    Unseen,
    Visit,
    is_seen,
)
from audits.model.sighted import Look, Sighted, Source
from audits.model.stating import Stated, Statement
