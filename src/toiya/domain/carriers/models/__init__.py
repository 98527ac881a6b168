"""Services, contracts and ranges of numbers; labels as wishes; files that go to carriers and come back."""

from toiya.domain.carriers.models.abroad import Reach
from toiya.domain.carriers.models.contracts import Contract, NumberRange, Service, ServiceTerms, Way
from toiya.domain.carriers.models.files import Answer, AnswerRow, CarrierFile, FileEntry
from toiya.domain.carriers.models.journeys import CarrierScan, Journey, State
from toiya.domain.carriers.models.labels import Label, LabelPrint, LabelVoid

__all__ = [
    "Answer",
    "AnswerRow",
    "CarrierFile",
    "CarrierScan",
    "Contract",
    "FileEntry",
    "Journey",
    "Label",
    "LabelPrint",
    "LabelVoid",
    "NumberRange",
    "Reach",
    "Service",
    "ServiceTerms",
    "State",
    "Way",
]
