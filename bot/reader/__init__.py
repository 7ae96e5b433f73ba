"""Reads what people type into facts that prefill a form. Nothing read here is ever stored unconfirmed. Pure."""

from bot.reader.command import Prefill, read_command
from bot.reader.command_dates import DateFound, find_date
from bot.reader.dates import DateRead, find_dates
from bot.reader.quantities import (
    QuantityMissing,
    QuantityNotPositive,
    QuantityRefused,
    QuantityTooFine,
    QuantityTooLarge,
    QuantityUnreadable,
    parse_quantity,
)

__all__ = [
    "DateFound",
    "DateRead",
    "Prefill",
    "QuantityMissing",
    "QuantityNotPositive",
    "QuantityRefused",
    "QuantityTooFine",
    "QuantityTooLarge",
    "QuantityUnreadable",
    "find_date",
    "find_dates",
    "parse_quantity",
    "read_command",
]
