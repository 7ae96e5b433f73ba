"""Northbridge Valves as the story knows it: who asks and answers, who buys what, and what people say."""

from __future__ import annotations

SALES, PLANT, GENERAL, DESK = "C0SALES", "C0PLANT3", "C0GENERAL", "U0DESKBOT"
MARA, TOBIAS, INES = "U0MARA", "U0TOBIAS", "U0INES"
JONAS, PRIYA, OSKAR = "U0JONAS", "U0PRIYA", "U0OSKAR"
HELENA, SAM = "U0HELENA", "U0ADMIN"
LEADERS = "C0LEADERS"
PAIRED = (MARA, TOBIAS, INES, JONAS, PRIYA, OSKAR)
EVERYBODY = (MARA, TOBIAS, INES, JONAS, PRIYA, OSKAR, HELENA, SAM)
REQUESTERS = {MARA: 5, TOBIAS: 4, INES: 3}
PLANNERS = {JONAS: 5, PRIYA: 4, OSKAR: 2}
"""With how often it is them: a few people do most of it."""

CUSTOMERS = {
    "Acme": 6,
    "Harbor Dairy": 6,
    "Northwind": 4,
    "Fabrikam": 3,
    "Wingtip": 3,
    "Contoso": 2,
    "Lakeside Brewing": 2,
    "Tailspin": 1,
    "Adatum": 1,
    "Orchard Juice": 1,
}
ITEMS = {
    "BRK-2040": ("pcs", 20, 9, 85, 6),
    "VLV-88": ("pcs", 5, 10, 640, 6),
    "SEAL-9": ("pcs", 20, 12, 12, 4),
    "GSK-7": ("pcs", 50, 8, 6, 3),
    "FLT-300": ("pcs", 10, 8, 190, 3),
    "PMP-3": ("pcs", 2, 9, 1450, 2),
    "CVR-12": ("pcs", 50, 8, 22, 2),
    "HOSE-16": ("m", 25, 10, 9, 2),
    "KIT-5": ("sets", 4, 8, 310, 1),
}
"""Item: unit, the smallest batch, most batches in one order, price of one, how often it is asked for."""

REASONS = {
    "line_down": 5,
    "customer_ordered_late": 5,
    "forecast_miss": 4,
    "supplier_late": 3,
    "stock_out": 3,
    "quality_reject": 2,
    "penalty": 2,
    "new_business": 2,
}
CAUSED_BY = {
    "line_down": "customer",
    "customer_ordered_late": "customer",
    "forecast_miss": "us",
    "supplier_late": "supplier",
    "stock_out": "us",
    "quality_reject": "us",
}
EXPECTATIONS = {
    "line_down": (
        "Their line stops when the last ones are used up.",
        "Two shifts stand still there. Every day counts.",
    ),
    "customer_ordered_late": ("They forgot to order and say so.", "They know that it is late and ask what we can do."),
    "forecast_miss": ("They need twice of what they told us in spring.",),
    "supplier_late": ("They heard from our driver that castings are late.",),
    "stock_out": ("The web shop showed stock when they ordered.",),
    "quality_reject": ("Half of the last lot leaked at their incoming check.",),
    "penalty": ("Their contract has a penalty from the first late day.",),
    "new_business": ("First order of a new plant of theirs. They compare us with two others.",),
    "own_missed_commitment": (
        "They planned with the date that we gave them last time.",
        "They ask whether this date holds.",
    ),
}
QUESTIONS = {
    "Is revision C fine? B is out of stock.": "Revision C is fine, they use both.",
    "Can the truck take half pallets?": "Yes, half pallets fit their dock.",
    "Do they need the certificate with the goods, or may it follow?": "It may follow by mail within a week.",
    "Which of the two delivery addresses is it?": "The plant, not the warehouse.",
}
CONDITIONS = (
    "Castings for the rest arrive next week.",
    "With Saturday overtime in assembly.",
    "The test bench is booked until then.",
    "If the seals come in tomorrow as confirmed.",
    "",
)
LOOKING = (
    "Let me look at the resin stock.",
    "Checking with assembly.",
    "Four are left from last week, checking the rest.",
    "I ask the foundry.",
)
DECLINES = {
    "The mould is away for repair.": "A substitute: the next larger size, same flange.",
    "The castings are sold out until next month.": "Twenty from the service stock, on the day asked for.",
    "The test bench is full with a customer audit.": "Everything ten days later.",
    "We would have to stop a running order for it.": "",
}
REFUSALS = ("A part does not help them: they install everything on one day.", "That is after their shutdown.")
WITHDRAWALS = ("They found stock at their other site.", "The order was moved to next quarter.", "Asked twice, sorry.")
TALK = (
    (SALES, TOBIAS, "Contoso signed the frame contract. Thank you all!"),
    (GENERAL, SAM, "The network is down for ten minutes at noon, for an update."),
    (PLANT, PRIYA, "Assembly 2 has a new shift plan from Monday."),
    (SALES, MARA, "Does anybody have the new price list for the DN50 bodies?"),
    (SALES, INES, "It is on the team drive, folder Prices."),
    (GENERAL, HELENA, "The audit went well. Cake in the canteen at three."),
    (PLANT, JONAS, "The foundry confirms castings for Thursday."),
    (PLANT, OSKAR, "Two trucks are late, the dock is tight this afternoon."),
    (SALES, TOBIAS, "I am at the fair until Thursday, Mara has my accounts."),
    (GENERAL, PRIYA, "Who lost a blue bicycle helmet? It is at the gate."),
    (PLANT, JONAS, "Cycle count on Friday: please book everything before noon."),
    (SALES, INES, "Harbor Dairy asks for their certificates again. I send them."),
)
