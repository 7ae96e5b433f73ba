"""The phrases of :mod:`bot.reader.cues`, by what they are about."""

from __future__ import annotations

OF_WISHES = {
    "speed": (
        "earlier|sooner|faster|quicker|quickly|quickest|ahead of|ahead|early|bring .. forward|move .. forward|forward to"
        "|pull .. forward|pulled forward|brought forward|pull in|pull .. in|pulling in|pull-in|pulled in|pull up"
        "|pull .. up|move up|move .. up|moved up|bump|bumped|bump .. up|expedit*|accelerat*|rush|speed up|fast track"
        "|fast-track*|prioriti*|priority|jump|queue|front of the line|in front of|top of the list|goes to the top"
        "|comes first|advance|prepon*|hot shot|hot-shot|hotshot|overnight|next day|next-day|air freight|by air|courier"
        "|shave|squeeze .. in|squeeze|sneak|slide .. in|slip .. in|tuck|express|less than .. weeks|bring in|bring .. in"
        "|hurry|as soon as|asap|urgent*|escalat*|hot order|hot one|improve|better date|better than|beat|sharpen"
        "|upgrade|premium|swap|put .. on|first thing|fast lane|faster path|quick turn|skip the line|cut the|cut .. weeks"
        "|bring up|hop on|ride with|catch the|make .. truck|make .. load|make .. run|up the list|bump up|step on it"
    ),
    "soon": "sooner|soonest|how soon|how fast|how quickly|how early|earliest|fastest|quickest|best date|best you can"
    "|any earlier|any sooner|any faster|a bit earlier|week earlier|weeks earlier|day earlier|days earlier|week sooner"
    "|before then|ahead of schedule|in time|on time for|already in|already on|still this week|still today",
    "ask": (
        "can we|can you|can u|can i|can someone|can somebody|can anyone|can ops|can production|can planning|could we"
        "|could you|could u|could i|could someone|could somebody|could the|could they|can the|can it|can they|can he"
        "|can she|would you|would it|any chance|any way|anyway to|any shot|any hope|any joy|any possibility|is there .. way"
        "|is there .. chance|a way to|there way|chance to|chance of|chance that|possib*|feasib*|doable|do-able|realistic*"
        "|manageable|what would it take|what will it take|would have to|what can we|what can you|what could|do anything"
        "|anything we can|anything you can|something we can|see if|see whether|see about|see what|check if|check whether"
        "|check the|please check|look whether|look at|look into|have a look|another look|a hand|favor|favour|help|may i"
        "|may we|might we|might be|the odds|in the cards|wiggle|any room|room for|slack|any play|ideas|options|support"
        "|shoot for|magic|miracle|able to|is it ok|are we able|do we have|do you have|is there any|is there anything"
        "|anything in|anyone have|who can|who could|who do i|who's got|how about|what about|can do|can or not|can help"
        "|would love|would appreciate|grateful|appreciate if|appreciate it if|mind checking|do you see|do you think"
        "|would overtime|if we|if i get|if you can|if possible|if we can|if something frees|what stops|what breaks"
        "|yay or nay|yes or no|crazy|insane|should we|is .. doable|consider|imagine|path|arrange|manage|make it happen"
        "|make .. happen|swing|work for us|find a way|find another|more in there|one more try|keep .. in mind|any earlier"
        "|what's the best|what is the best|whats the|still something|could .. cope|can .. cope|capacity to|can .. take"
    ),
    "want": (
        "need|needs|needed|needing|want|wants|wanted|would like|'d like|like to|they'd|he'd|she'd|wish|wishes|hope|hopes"
        "|hoping|asks for|ask for|asks|asking for|is asking|are asking|asked if|asked whether|asking if|asking whether"
        "|asking me|have asked|has asked|request|requests|requested|requesting|require|requires|required|would take"
        "|could use|could do with|must have|has to have|is after|are after|now after|looking for|desperate|short on"
        "|short of|have to have|req|req'd|required|demand|wanna|insist*|begging|pleading|dying for|would be happy with"
        "|be thrilled|prefer|calling for"
    ),
    "goods_need": "need <qty>|needs <qty>|needs the <qty>|need the <qty>|needs their <qty>|want <qty>|wants <qty>"
    "|wants their <qty>|get <qty>|need <num>|needs <num>|wants <num>|want <num>|get <name>|get the <qty>|the <qty>"
    "|their <qty>|for <qty>|for <name>|<name> needs|<name> need|<name> wants|<name> want|<name> is asking|<name> are asking"
    "|<name> asks|<name> ask|<name> asked|<name> would|<name> have asked|<name> has asked|<name> their|<name> is|<name> are"
    "|<qty> of|<qty> for|customer needs|customer wants|customer asks|customer asked|customer is asking|they need|they want"
    "|they'd want|they'd like|he needs|she needs|he wants|she wants|he'd need",
    "more": (
        "more|extra|additional|another <qty>|another <num>|another|on top of|on top|top up|increas*|doubl*|triple|add"
        "|allocat*|quota|capped|cap|surplus|spare|overage|over and above|over the|over forecast|upped|up from|raise|rise"
        "|increment|instead of <qty>|instead of <num>|instead of the <qty>|instead of the <num>|rather than <num>|<num> to"
        "|<qty> to|from <num> to|from <qty> to|greedy|anything left|any left|still free|stretch|go over|release more"
        "|full <num>|all <num>|all <qty>|the other <num>|other <num>|the rest|remaining|go from"
    ),
    "crisis": (
        "line down|line is down|is down|are down|down hard|goes down|go down|down to|out of|run out|runs out|ran out"
        "|running out|be out|be dry|sold out|sold through|sell out|stands still|standing still|stand still|sits without"
        "|stops|stop line|stopping|will stop|stopped|idle|empty|empties|shutdown|shuts|shut down|shut a|no more|without"
        "|penalt*|liquidated|damages|lose|losing|angry|screaming|yelling|breakdown|broke|broken|broke down|failed|fails"
        "|leak|leaking|stuck|waiting|cannot wait|can't wait|won't wait|not wait|days of|hours of|days left|emergency|dead"
        "|trouble|shortage|crew|standing around|stood down|opening|opens|open on|launch|reopen*|storm|heat wave|heatwave"
        "|stock out|stockout|stock is nil|is nil|zero|at zero|no stock|starving|outage|audit|sails|contract|dumping|dump"
        "|going dark|go dark|buys from|across the street|competitor|lawsuit|heat|patients|surgery|harvest|wedding|on stands"
        "|cancel when|goes otherwise|hounding|chasing me|nervous|cross|furious|threaten*|pickle|situation|parked|short"
    ),
    "too_late": "too late|too long|won't work|doesn't work|does not work|not work|not acceptable|unacceptable|not ok"
    "|is not ok|tough sell|not good|kills|kills me|impossible|won't help|doesn't help|not happy|no good|big problems"
    "|not going to fly|late for|won't cut it|can't be|isn't waiting|seriously|something better|a better|any better|do better",
    "promise": (
        "promised|promise|confirmed|committed|acknowledged|ack|ack'd|acks|currently|current|scheduled|sched|due|showing"
        "|shows|show|says|original|originally|quoted|quoting|planned|booked|our date|on the schedule|on screen|slated|lead"
        "|lead time|lt|on order|in the system|given us|gave us|offered|was <date>|at <date>|have <date>|is <date>"
        "|isn't till|not till|slot|wks|weeks"
    ),
    "contrast": (
        "instead of <date>|rather than <date>|not <date>|and not <date>|in place of <date>|instead of|rather than"
        "|in place of|before <date>|ahead of <date>|than <date>|was <date>|from <date> to <date>|<date> to <date>"
        "|<date> not <date>|now <date>|by <date>|until <date>|before the <date>|by the <date>|on <date>|is <date>"
        "|for <date>|<date> instead|<date> if|<date> doable|<date> possible|want <date>|need <date>|<date> please"
    ),
    "opinion": (
        "what do you think|what do we think|thoughts|ideas|your opinion|please advise|kindly advise|advise|please suggest"
        "|suggest|what can i|what should i|what do i|what do we tell|what to tell|how do i answer|how do we answer|yes no"
        "|what is possible|what do you mean|what do we reckon|please comment|please revert|guys how|over to you|any wiggle"
        "|team please|please check|check feasibility|can we support|how do you see|who can look|can we do|can she|can he"
    ),
}

OF_MOOD = {
    "demand": (
        "must|have to|has to|you need to|you have to|you people|i want|i expect|i need you|make it so|make the call"
        "|no excuse|no excuses|not negotiable|figure it out|fix it|understood|immediately|don't care|or i'm|or else"
        "|stop what|drop what|better be|will deliver|will be there|no discussion|no debate|no more|not a discussion|not asking"
        "|period|organise it|change it|ops will|i gave my word|find a way|do not tell|don't tell|going to find|goes out"
    ),
    "no_need": (
        "no rush|no hurry|not urgent|nothing urgent|no urgency|isn't urgent|not so urgent|whenever|take your time|no need"
        "|don't need|do not need|does not need|doesn't need|not need|is fine|are fine|fine with|fine as|ok with|good with"
        "|as planned|as promised|as confirmed|as agreed|original date|leave it|leave them|keep it|keep the|stays|unchanged"
        "|nothing to do|no action|low priority|low pri|no pressure|pressing|in a hurry|no hurry|plenty|regular|normal"
        "|standard|usual|no special|suits|suits them|any time|anytime|sometime|eventually|at some point|is ok|relax|sufficient"
        "|perfect|don't pull|must not|not be faster|not bothered|withdrew|no longer|not any more|anymore|any more|can ride"
        "|can go with|works|nothing needs|nobody scrambles|when you get|when someone has|when you have"
    ),
    "done": (
        "shipped|left|arrived|delivered|received|went out|got their|got it|got the|landed|loaded|picked up|on the truck"
        "|on the way|in transit|done|made it|made the|signed|finished|completed|complete now|staged|released|has been"
        "|have been|was|were|already|yesterday|last night|this morning|has received|is arrived|despatched|dispatched"
        "|moved <name>|we moved|we pulled|we beat|ran last|taken care|in the system now|cut and|boxed|boxing|has them|have them"
        "|has it|they have it|is through|are through|is on the|came in|turned out|turns out"
    ),
    "closed": (
        "agreed|agreement|accepted|accepts|settled|closed|closing|solved|withdrawn|answered|refused|turned down|declined"
        "|decided|changed his mind|changed her mind|changed their mind|further action|for the record|done deal|clarified"
        "|sorted|handled|resolved|covered|documenting|told him|told her|told them|said no|explained|understand"
        "|understands|we're good|so we're|carry on|ignore|no worries|all good|all fine|nothing open|square|is informed"
        "|gave up|what it is|they know|customer knows|he knows|happy with|is happy|are happy|relieved"
    ),
    "thank": (
        "thanks for|thanks everybody|thanks everyone|thank you for|thanks to|thank you all|thank you to|big thank|huge thanks"
        "|many thanks|shoutout|shout out|kudos|props|appreciate the|appreciate y'all|appreciated|legend|legends|you guys rock"
        "|saved|great job|well done|merci|much obliged|grateful for|cheers for|nice one|good job|over the moon|impressed|hero"
        "|heroes|moved mountains|thank you|congrat*|can't thank|amazing work|rock"
    ),
    "report": (
        "otif|kpi|report|reports|summary|ytd|average|avg|median|%|backlog|survey|scorecard|trend|month close|figures"
        "|fill rate|reasons|premium freight|s&op|last month|last quarter|last week|last year|weekly|evaluation|results"
        "|target|open|rejected|best month|requested|accepted|countered|year to date|attached"
    ),
    "status": (
        "any update|update on|tracking|status|where is|where's|where are|did the|did we|did they|has the|have we|have they"
        "|still on|still good|still solid|still stands|still safe|still showing|confirm|outcome|when does|when do|when will"
        "|what date|which date|is the date|has anyone|have you heard|heard|what happened|been picked|is my reading|pod|eta"
        "|can you tell|quick check|does .. ship|how many of|were there|was it|are both|on the same|do we know|tell me if"
    ),
    "policy": (
        "process|policy|who approves|who decides|who signs|who pays|do we charge|charge|rule|rules|how much|how do i"
        "|how do we|our standard|is our|typical|turnaround|in general|general|cutoff|cut-off|cut off|frozen|how often"
        "|how far|is it allowed|may we|form|is there somewhere|is there a list|price list|minimum|minimum order|moq|difference"
        "|mandatory|lead times|normal lead|standard lead|std lt|for a quote|for a quotation|quotation|rfp|catalog|onboarding"
        "|onboarding doc|metrics|a customer|the customer|when a customer|if a customer|if the customer|count as|written rule"
        "|backup approver|notice|regulated|these days|per month|do weekends|what costs|is lead time"
    ),
    "ops_news": (
        "heads up|effective|starting|from now|capacity|is posted|are posted|planning note|good news|reminder|announcement"
        "|last pickup|no pickups|we'll run|we'll be|we are running|we're running|going out|inventory count|lifting|lifted"
        "|we can offer|you can quote|no action needed|first come|please note|information|info from|fyi|update:|back up"
        "|is back|are back|restart|restarts|repaired|all dates|please update|dates hold|improve by|acks are|closed for"
        "|week of|orders in by|as normal|from stock|trucks roll|channel|we've added|added|planning|no production|will be closed"
    ),
    "meta": (
        "example|template|training|wiki|the bot|bot|slide|faq|the deck|role play|examples|trigger|flagged|the words|copy & paste"
        "|old thread|old request|is not a request|is not a date|testing|test|write requests|how not to|remember when|reads"
    ),
    "quoted": "from:|subject:|fwd|fw|wrote|writes|see below|mail below|below|forwarded|forwarding|quoting|verbatim|dear"
    "|regards|best regards|trail mail|original message|voicemail|texted|message from|mail from|quote|kindly",
    "hypothetic": "if a|if someone|in theory|theoretical|theoretically|suppose|imagine|wish list|one day|next spring|next year"
    "|for 2026|forecast|budget|annual|blanket|contract|project|someday",
}

OF_OTHER_THINGS = {
    "later": (
        "postpon*|delay|delayed|push out|push .. out|push back|push .. back|pushed out|push the|push <name>|hold|hold off"
        "|later|defer|not before|not sooner|reschedule|slow|slow down|slower|slow-roll|sit on|slip|do not ship|don't ship"
        "|don't send|not ship|keep .. on stock|keep .. till|keep .. until|wait in|in our yard|no space|storage|too early"
        "|barn is full|not ready|isn't ready|aren't ready|out by|bump back|bump .. back|bumps .. back|weeks later|week later"
        "|slide <name> to|to slide|shift <name>|shift .. from|rather have|not booked|inventory is|inventory's|too much stock"
        "|sitting on|start again|stop the|stop <order>|stop:|until further notice|shut until|company holiday|flooded|take .. out"
        "|after inventory|isn't poured|rained out|month later|be pushed|become a|till their|until their|can't unload"
    ),
    "less": (
        "reduce|reduces|cancel|cancels|cancelled|canceled|cancellation|cut back|cutting|drop|dropped|drops|fewer|less|remove"
        "|off the|only needs|only wants|only need|go back to|back to|back from|kill the|dead|return|returns|rma|overbought"
        "|by mistake|mistake|found|not take|does not take|withdraw*"
    ),
    "paper": (
        "cert|certs|certificate|certificates|coa|sds|msds|quote|quotes|offer|drawing|drawings|invoice|invoices|proforma"
        "|pro forma|packing list|bol|bill of lading|letter|nda|spec|specs|spec sheet|datasheet|document|documents|papers"
        "|paperwork|mtrs|mill certs|test report|test reports|pod|photos|manual|warranty|declaration|acknowledgment|ack"
        "|copy|submittals|contract|catalog|wording|label|pdf|presentation|sample|samples|artwork|slides|pictures|brochure"
        "|announcement|licence|dims|dimensions|weight|customs|insurance|files|proofs|flyers|deck|report|draft|copy"
        "|translations|blog|newsletter|form|application|survey|notes|list|address|number|hsn"
    ),
    "money": (
        "credit|refund|payment|pay|paid|pays|payroll|terms|net|discount|price|prices|pricing|margin|rebate|w-9|bank|wire|ap"
        "|ar|expense|expenses|budget|restocking|commission|rate|rates|fee|fees|invoice|msrp|cheaper|lower|finance|accounting"
        "|treasury|audit|auditor|auditors|tariffs|approval|consignment|exclusivity|carriage|free|quote|surcharge|days in place"
        "|€|$|£|countersign|check|deposit|lc|proforma"
    ),
    "it": (
        "server|printer|laptop|laptops|login|password|vpn|licens*|licenc*|software|hotfix|deploy|deployed|edi|erp|crm|portal"
        "|scanner|ticket|tickets|inc|bug|bugs|patch|dashboard|token|wifi|headset|headsets|access|drive|pr|merge|merged|build"
        "|staging|sprint|firmware|backup|api|query|integration|data|database|db|code|repo|release|go-live|go live|tablets"
        "|monitors|phone|screen|badge|webinar|zoom|figma|sap|it|system|update the system|app|website|feature|test|qa|outages"
        "|incident|configurator|design|mockups|mrp|backlog|customer portal|plotter|email|spreadsheet|job|report server"
    ),
    "people": (
        "hire|hiring|hr|interview|candidate|payroll|timesheet|timesheets|temps|temp|training|onboarding|vacation|pto|sick"
        "|driver|drivers|agency|holiday|benefits|enrollment|reviews|extra shift|cover|covers|forklift|volunteers|intern"
        "|new hire|starter|manager|team|staff|people|persons|shift|position|nurse|teacher|substitute|spotter|kid|kids"
    ),
    "meeting": (
        "meeting|meetings|call|review|sync|standup|kickoff|1:1|demo|workshop|tour|visit|appointment|lunch|calendar|agenda"
        "|s&op|webinar|conference|offsite|minutes|invite|booth|interview|session|talk|training|retro|party|event|slot"
        "|everyone|join|kick-off|planning meeting"
    ),
    "supplier": (
        "supplier|suppliers|vendor|vendors|purchasing|purchase|procurement|einkauf|foundry|plater|mill|inbound|subcontractor"
        "|second source|raw material|our supplier|our vendor|buyer here|buyer note|buyer update|castings|our own|box supplier"
        "|source|sourcing|corrugate|resin supplier|he delivers|receiving please|for our"
    ),
    "freight": (
        "carrier|driver|trailer|liftgate|forwarder|customs|fuel|port|ltl|parcel|broker|pickup|freight|rates|flatbed|lorry"
        "|consignee|permit|oversize|door|appointment|yard|trucks|container|containers|air|sea|ferry|bridge|accident|tractor"
        "|pro number|pro#|dock|bill of lading|reefer|ups|fedex|claims|unloading|ramp|delivery window|incoterm*"
    ),
    "social": (
        "lunch|happy|birthday|bday|game|cake|coffee|bagel|party|potluck|softball|fantasy|welcome|bbq|congrat*|weekend"
        "|tacos|taco|pizza|donuts|kitchen|cookies|vacation|kids|dog|cat|team building|movie|football|snowblower|helmet|haha"
        "|lol|merry|christmas|break room|canteen|parking|fridge|office|room|floor|restroom|heat|desk|desks|chairs|fire drill"
    ),
    "ship": (
        "ship|ships|shipping|deliver|delivery|deliveries|dispatch|despatch|send|leave|go out|goes out|truck|arrive|arrives"
        "|land|lands|produce|production|manufactur*|build|built|order|orders|shipment|load|stock|receive|collect|pick up|run"
        "|schedule|slot|capacity|line|lead time|allocation|release|pull|get to|out the door|on site|dock|in the building|shelf"
        "|in the network|make|supply|material|po|batch|van|boat"
    ),
    "customer": "customer|customers|client|clients|buyer|purchaser|account|end user|end customer|contractor|party|plant|site"
    "|their|they|store|stores|hospital|school|schools|hotel|farm|brewery|clinic|dairy|foods|boss|scheduler",
}
