"""What the business knows: mapped classes and pure rules. Importing this package maps every table."""

from models.absence import Absence
from models.aftermath import BumpedOrder, Thanks
from models.base import Base
from models.commitment import Commitment
from models.desk import Desk, DeskCalendar, DeskMember, ServiceLevelPolicy
from models.digest import Digest, DigestMute
from models.draft import Draft
from models.expedite_request import ExpediteRequest
from models.heartbeat import Heartbeat
from models.hint_given import HintGiven
from models.home_choice import HomeChoice
from models.inbox import Receipt
from models.nudge import Nudge, OptOut
from models.offer import Offer, OfferLot
from models.order_line import OrderLine
from models.outbox import ChannelPace, OutboxMessage
from models.pair import Pair, PairRound, PairWish
from models.reply_proposal import ReplyProposal
from models.request_clock import RequestClock
from models.request_line import RequestLine
from models.setting_change import SettingChange, WatchedChannel
from models.summit import Agreement, Summit, Topic
from models.tenant import Member, RoleGrant, Tenant
from models.timeline import TimelineEntry
from models.turn_interval import TurnInterval

__all__ = [
    "Absence",
    "Agreement",
    "Base",
    "BumpedOrder",
    "ChannelPace",
    "Commitment",
    "Desk",
    "DeskCalendar",
    "DeskMember",
    "Digest",
    "DigestMute",
    "Draft",
    "ExpediteRequest",
    "Heartbeat",
    "HintGiven",
    "HomeChoice",
    "Member",
    "Nudge",
    "Offer",
    "OfferLot",
    "OptOut",
    "OrderLine",
    "OutboxMessage",
    "Pair",
    "PairRound",
    "PairWish",
    "Receipt",
    "ReplyProposal",
    "RequestClock",
    "RequestLine",
    "RoleGrant",
    "ServiceLevelPolicy",
    "SettingChange",
    "Summit",
    "Tenant",
    "Thanks",
    "TimelineEntry",
    "Topic",
    "TurnInterval",
    "WatchedChannel",
]
