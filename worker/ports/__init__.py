"""What the steps need of the world, and nothing about how it is done; one file a concern.

    attesting     AttestationStore
    changed_rules ChangedRules
    deciding      DecisionStore
    guarding      GuardStore
    holding       HoldStore
    keys          KeyStore
    linked        LinkedStore
    night         Store, ControlStore, Asker, Clock
    organisation  OrganisationStore
    pages         PageStore
    pictures      PictureStore
    recipients    RecipientStore
    refused       RefusedStore
    register      RegisterStore
    reporting     ReportStore
    resting       RestStore, ClosingStore
    ruling        RulesStore
    short_links   ShortLinkStore
    sightings     SightingStore
    telling       Correspondence, Outbox, Links, Post
    triage        TriageStore, ListStore, SourceStore
    walks         WalkStore, SiteAsker

`worker/wiring` is the only place where these meet their adapters.
"""

from __future__ import annotations

from worker.ports.keys import KeyStore
from worker.ports.night import (
    Asker,
    Clock,
    Compared,
    ControlStore,
    Lease,
    NoDatabase,
    NoRoom,
    OnlyRead,
    Run,
    RunCounts,
    RunKind,
    RunState,
    Seen,
    SlotState,
    Store,
    StoreUnavailable,
    TimelineEntry,
)
from worker.ports.organisation import OrganisationStore
from worker.ports.pages import KeptPage, PageStore
from worker.ports.recipients import RecipientStore
from worker.ports.register import RegisterMoved, RegisterStore
from worker.ports.reporting import HeldChange, NightSeen, ReportStore
