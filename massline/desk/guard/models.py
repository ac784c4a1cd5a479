"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.audit.models import AuditHead, AuditLine, HeadLeaf
from massline.desk.guard.backup.models import BackupEvent, BackupRun
from massline.desk.guard.keys.models import (
    AcceptedRisk,
    AccountKey,
    HolderSeal,
    OrganisationKey,
    PaperSet,
    PaperSheet,
    RecoverySeal,
    Unlock,
)
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal, LegalHold
from massline.desk.guard.second_person.models import Vouch

__all__ = [
    "AcceptedRisk",
    "AccountKey",
    "AuditHead",
    "AuditLine",
    "BackupEvent",
    "BackupRun",
    "DualControlAct",
    "DualControlProposal",
    "HeadLeaf",
    "HolderSeal",
    "Invitation",
    "LegalHold",
    "OrganisationKey",
    "PaperSet",
    "PaperSheet",
    "RecoverySeal",
    "Unlock",
    "Vouch",
]
