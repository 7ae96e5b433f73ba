"""Reads what people type into facts that prefill a form. Nothing read here is ever stored unconfirmed. Pure."""

from bot.reader.command import Prefill, read_command
from bot.reader.command_dates import DateFound, find_date
from bot.reader.dates import DateRead, find_dates
from bot.reader.messages import MessageFields, MessageReading, Reason, read_fields, read_message
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
    "MessageFields",
    "MessageReading",
    "Prefill",
    "QuantityMissing",
    "QuantityNotPositive",
    "QuantityRefused",
    "QuantityTooFine",
    "QuantityTooLarge",
    "QuantityUnreadable",
    "Reason",
    "find_date",
    "find_dates",
    "parse_quantity",
    "read_command",
    "read_fields",
    "read_message",
]
