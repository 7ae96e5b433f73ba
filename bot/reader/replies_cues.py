"""The turns of phrase that operations answer with, by what they point at: a vocabulary, to read and to grow.

Every cue is a pattern over a text in lower case with plain apostrophes. None decides alone what a reply means: they
are the signs that are weighed (:mod:`bot.reader.replies_signs`).
"""

from __future__ import annotations

import re

_PHRASES = {
    "seen": r"""
        seen|noted|received|saw (?:it|this|that|your)|got (?:it|this|that|your)|copy(?: that)?|ack|acknowledged
        understood|on it|on my list|i see it|i hear you|roger|logged|picked (?:it|this) up|picking (?:it|this) up
        loud and clear|thanks for flagging|well received|message received|will do my best|in my hands|leave it with me
        take care|on my desk|reading this|just (?:saw|seen|walked|got)|ricevuto|on the case|with us
        added to (?:the|my) (?:list|agenda|queue)""",
    "look": r"""
        check|checks|checking|chck|look|looks|looking|lookin|see what|see if|see whether|see how|see where|dig|digging
        review|reviewing|verify|verifying|find out|finding out|investigat\w+|figure out|figuring|count|counting
        pull(?:ing)?(?: up)? the|calculat\w+|evaluat\w+|study|clarify|coordinating|working on
        working (?:it|my way|thr\w+)|run(?:ning)? it|running the|running (?:some |the )?numbers|trying to
        think about it|sleep on|rerun|double check\w*|crunch\w*|simulat\w+|analy[sz]\w+|assess\w*|explor\w+
        scan(?:ning)?|poke|nose|squiz|gander|peek|dive|work(?:ing)? (?:it )?out|must see|have to see|need to see
        want to see|waiting (?:on|for|to)|what i can do|what we can do|in process|under process|under discussion
        being (?:checked|looked|reviewed)|pending with|test(?:ing)? it|shuffl\w+|juggl\w+|take (?:this|it) up""",
    "ask": r"""
        ask|asks|asking|asked|ping(?:ed|ing)?|nudged?|call|calling|called|phon(?:e|ing)|ring(?:ing)?|chas(?:e|ing|ed)
        talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)|spoke|discuss(?:ing)?|have a word|raise it|raising
        bring it up|bring it to|loop(?:ed|ing)?|consult\w*|escalat\w+|follow(?:ing)? up|forward(?:ed|ing)?
        pass(?:ed|ing)? (?:it|this|on|to)|hand(?:ed|ing)|sent it to|reach(?:ed|ing)? out|emailed|messag(?:ed|ing)
        texted|fight for|grab|grabbing|catch|corner(?:ing)?|pester(?:ing)?|bug(?:ging)?|contact(?:ed|ing)?|is taking
        takes this|takes care|has it|will answer|will take|picks it up|picks this up|knock(?:ing)? on|huddle
        meet(?:ing)? with|sit(?:ting)? with|get with|put it to|floor (?:it|this)""",
    "back": r"""
        back to (?:you|u|ya)|get back|come back|coming back|be back|back by|back in|back before|report back|revert
        let (?:you|u|ya) know|circle back|will know|'ll know|know (?:more|after|by)|keep you|update you|an update
        will update|'ll update|updates?|answer by|answer before|an answer|answer (?:mon|tue|wed|thu|fri|tom)\w*
        you have answer|your answer|my answer|hear (?:from|back)|tell you|tell more
        more (?:later|tomorrow|tmrw|then|after|soon)|feedback|inform you|inform|post (?:here|it|what)|write you|shout
        holler|sing out|ping you|dm you|talk then|answer comes|status by|know where|should know
        will have (?:numbers|news|an|it|something|more)|have numbers|have news|have word|i'll post|will post
        will confirm|'ll confirm|and confirm|confirm (?:by|tomorrow|tmrw|later|on|after)|i say you|yes or no|reply you
        date out of|owe you|come to you|call you|respond|response|in touch|say more|word by""",
    "hold": r"""
        give me|gimme|hang on|hold on|hang tight|hold tight|bear with|one (?:moment|sec|second|minute|min)|1 sec|a sec
        a moment|a minute|a bit|a tick|a few|two minutes|stand by|standby|brb|need (?:un)?til|give us|need the weekend
        need a day|need an hour|let me|lemme|stay tuned|in a (?:meeting|truck|call)|on a call
        after (?:lunch|that|the meeting)|allow (?:us|me)|kindly wait|wait|time to|moment please|some time|not yet
        no answer yet|still (?:not|no|on|waiting)|patience please""",
    "lean": r"""
        probably|prob|perhaps|maybe|might|not sure|unsure|no promises?|doubt\w*|could be|could work|50/50|leaning
        we'll see|hopefully|i think|i hope|inshallah|fingers crossed|gut feel\w*|gut says
        should be (?:ok|able|fine|possible|doable)|tight|tricky|tough|a stretch|not looking|no idea|who knows|reckon
        can't promise|cannot promise|don't hold|first i|before i say|before i|normally|in theory|long shot|iffy
        at first glance|quick look|smells like|feels like""",
    "yes": r"""
        yes|yep|yup|yeah|yea|ya|aye|sure|sure thing|ok|okay|okey|k|fine|confirmed|confirm|confirming|approved|agreed
        agree|absolutely|of course|certainly|done|sorted|deal|locked|lock|positive|si|sí|vale|listo|oui|d'accord|ja
        tamam|va bene|affirmative|10-4|you got it|you win|go ahead|go on then|green light|all good|all yours|perfect
        beauty|too easy|good news|gladly|with pleasure|definitely|you bet|alright|all right|right then|granted
        accepted|happy to|glad to|without question|roger that|in luck|lucky you|why not|all clear|sold|bingo|thumbs up
        it is|a go|good to go|we're good|we are good|all set|say no more""",
    "can": r"""
        can do|can make|can meet|can get|can give|can deliver|can ship|can manage|can confirm|we can|i can
        can certainly|is possible|it's possible|possible|doable|feasible|no problem|not a problem|no prob|np|no issue
        not an issue|no worries|no drama|no dramas|no stress|no sweat|no bother|don't worry|dont worry|relax
        works (?:for|on)|that works|make it happen|make that happen|will do|we'll do|i'll do|will be done|taken care
        happen|we'll be there|we'll get|we'll hit|hit the|hit your|made it|make it|consider it|easy|piece of cake
        manage|covered|in time|on time|as (?:requested|wished|asked|required|you asked)|your date|your wish|on your
        you have|you'll have|they'll have|you will|you'd have|gets? them|have them|got them|got it done|squeezed
        fit (?:it|them|you) in|made room|found (?:a|some|it|them|em|you)|free(?:s|d)? up|freed|opened up|gap
        slot is yours|slot's yours|is yours|are yours|yours|ready|in stock|on the (?:shelf|floor|dock|truck|wagon)
        sitting|moved (?:it|you|them) (?:up|in|forward)|pulled (?:it|them|you) in|pulled in|bumped|moved up|priority
        go better|beat that|ahead""",
    "ship": r"""
        ship|ships|shipped|shipping|leave|leaves|leaving|left|go out|goes out|going out|going|goes|go w|went|go with
        dispatch\w*|load|loaded|loading|loads|truck|trucks|truck's|depart\w*|slotted|booked|book|schedul\w+|planned
        plan|packed|picked|labeled|collected|pickup|pick up|deliver|delivers|delivered|delivery|arrive|arrives|route
        lane|wave|courier|driver|driver's|carrier|ltl|vessel|container|flight|plane|air|out the (?:door|gate)
        in the system|system|sap|updated|update the|changed|new date|runs|run tonight|running|on the line
        on the schedule|released|built|poured|cast|cut|in production|supplied|organi[sz]ed|arranged|reserved|assigned
        allocated to you|put your name|set aside|staged""",
    "no": r"""
        no|nope|nah|nup|negative|nein|non|nie|never|none|impossible|unable|can't|cant|cannot|can not|could not
        couldn't|won't|wont|will not|wouldn't|not possible|isn't possible|not gonna|not going to|ain't|not able
        not feasible|not realistic|unrealistic|regret\w*|unfortunately|sadly|leider|afraid|declined?|denied|refus\w+
        reject\w*|pass on|hard pass|have to pass|gonna pass|no can do|no way|no chance|no dice|no joy|not a chance
        not a hope|out of (?:the )?question|excluded|forget|dreaming|no go|nogo|no-go|not happening|happening
        doesn't work|won't work|not work|don't have|haven't got|do not have|isn't|aren't|didn't|doesn't|wasn't
        not this|not today|not now|not for|not before|not until|not without|no path|nothing|zero|nada|niet|nowhere
        no longer|too late|too short|too soon|too early|not on|never was|désolé|desole|mi dispiace|no es|lo siento""",
    "sorry": r"""
        sorry|apologies|i wish|wish i|wish we|would if|would love|i'd love|if i could|if we could|love to
        hands are tied|disappoint\w*|bad news|no better news|better news|hate to|i'd like to|happy to help|i get it
        i understand|polite no|ship has sailed|miracle|time machine|magic|crystal ball|moon""",
    "stays": r"""
        stays?|staying|stands?|stand by|standing|remains?|still the|as confirmed|as (?:it )?was|as is|as it is
        was confirmed|keep|keeping|keeps|unchanged|holds|is what it is|is what|won't move|not moving|fixed|firm
        unable to improve|improve|original|current date|confirmed date|promised date|what they've got
        already confirmed|per the ack|lead time is|is the date|is the best|best we|as committed|we committed|stick
        sticking|no movement|no change|not changing|same as before|like everybody|as everybody|everybody else|in line
        queue|frozen|freeze|horizon|policy|policies|allocation""",
    "block": r"""
        full|full up|fully|booked|booked solid|booked out|down|out of|sold out|we're out|wiped out|cleaned out
        all gone|gone|allocated|allocation|committed|spoken for|no capacity|capacity|broken|broke|breakdown
        maintenance|shut ?down|shutting|frozen|froze|short|shortage|behind|backlog|closed|close|empty|delayed|delay
        stuck|customs|hold|on hold|quarantine|overloaded|overbooked|slammed|maxed|tied up|flat out|swamped|jammed
        no stock|no material|no people|no steel|no truck|no trucks|no drivers|no slot|no room|no space|no resin
        no hours|not arrived|not received|hasn't arrived|not here|not enough|bottleneck|strike|sick|outage|repair
        in bits|cactus|waiting for parts|back ?order\w*|until|till|til|not until|through|week \d+|january|next year
        months?|stop|reserved|priority|ahead of|somebody else's|someone else's|another customer|other customers?
        other commitments|breaks?|blow up|bump|steal|take (?:it|them) (?:away )?from|queue|cure|curing|physically
        quarantined?|scrap\w*|rejected|failed|nothing left|all that's left""",
    "cond": r"""
        if|provided|providing|unless|only if|only when|as long as|so long as|subject to|assuming|condition|conditional
        in exchange|in return|once|when they|when the|when you|on one condition|contingent|depending|depends on
        but only|against|with (?:overtime|saturday|ot|express)|pays?|paid|paying|overtime|ot|premium|expedite fee|fee
        fees|surcharge|extra cost|additional|collects?|picks (?:it )?up|sign it off|signs?|agrees?|gives? (?:up|back)
        accepts?|waive|without (?:test|testing|paint)|on their|on your|at their|at your cost|covers?|swap|trade
        doesn't mind|okay with|ok with""",
    "limit": r"""
        only|best|best i|max|maximum|the most|most i|at most|earliest|soonest|not before|nothing before
        all i (?:have|can|got)|all we (?:have|can|got)|left|half|partial|partly|part of|rest|the rest|balance
        remainder|remaining|the other|others|second half|first half|split|two (?:deliveries|shipments|parts|lots)
        in two|another|more not|not more|no more|nothing more|not one more|not a|up to|instead of|instead|rather than
        counter|propose|offer|could offer|can offer|meet (?:you|me|in)|halfway|in the middle|compromise|squeeze|spare
        short by|enough for|some of|not all|not in full|in full|what about|how about|would|could they|couldn't they
        could you live|live with|help you|any good|any use|take it or leave|deal|next|later|after|the following
        afterwards|week on|then|followed|plus|and then|tops|that's it|that's the lot|realistic\w*|closer to|somewhere
        around|about|roughly|at the latest|a day late|days? late|days? later|weeks? later|days? after|weeks? after
        the day after|more like|push\w*|but""",
    "alt": r"""
        version|alternative|alternate|substitute|equivalent|similar|other product|another product|different|grade
        instead|meanwhile|in the meantime|stopgap|bridge|tide|loaner|lend|loan|rent|demo|refurbished|used|second hand
        try|dealer|distributor|branch|warehouse|other plant|sister|competitor|wholesaler|could use|could take
        could buy|can take|can pick up|can buy|can use|would do|drops in|drop in|replaces?|fits|suggest|recommend
        offer them|switch|any good|plenty|loads of|lots of|heaps?|we've got|we have|stock|in stock|on hand
        on the shelf|interchangeable|compatible|same spec|same part|upgrade|next size""",
    "want": r"""
        need (?:the|a|an|to know|your|their|you|from|po|so|more|it in|that|some|someone)|need po|i need|we need
        i'll need|would need|want to know|must know|have to know
        please (?:send|confirm|share|clarify|provide|advise|tell|give|fill|complete)
        please (?:check|specify|precise|intimate|attach|ask|arrange|have)
        pls (?:send|confirm|share|clarify|provide|advise|tell|give|fill|check|attach|ask)|plz
        kindly (?:share|confirm|send|provide|clarify|intimate|advise|arrange|attach|specify|mention)|send me|send us
        send over|share the|get me|give me (?:the|a|an|their|your)|tell me
        let me know (?:if|what|which|when|who|how|the)|can you (?:get|ask|find|send|confirm|check|share|tell)
        could you (?:ask|get|find|send|confirm|check)|confirm the|confirm if|confirm whether|clarify|missing
        without (?:the|a|this|that|it|an)|can't find|cannot find|can't see|i don't see|don't see|no access
        doesn't open|won't open|not attached|blank|cut off|which one|waiting on you|ball
        before i (?:can|do|answer|turn|bump|book|lift|start|say|move|touch|quote)|until somebody|till somebody|till i
        until i|i can't do|pending since|not enough info|whats|what's|paste""",
    "topic": r"""
        po|po number|so|so number|order number|number|numbers|drawing|spec|specs|specification|address|ship-to|ship to
        shipto|zip|revision|rev|version|color|colour|finish|size|sizes|voltage|packaging|label|labels|pallets? or
        window|delivery window|dock|partials?|partial (?:delivery|dispatch|shipment)|credit|credit hold|blocked
        deposit|advance|payment|invoice|approval|approved by|signed|sign off|freight|incoterms?|budget|cost|costs
        margin|reason|contact|site|plant|warehouse|which|quantity|qty|total|each|or more|extra or|on top|need date
        in stock|stock do they|cover|line down|hard stop|tested|certificate|coa|release|released|ppap|forecast
        opening hours|unload|truck|account|forwarder|tax|customer|client|end user|drums|bags|bottles|left|right|both
        either|original|latest|current|index|split|which of|reference|appointment|booking""",
    "party": r"""
        they|them|their|they're|they'd|they've|customer|customer's|client|he|she|his|her|the school|the hospital
        end user|buyer|site""",
    "thanks": r"""
        thanks?|thank you|thx|ty|ta|cheers|gracias|merci|grazie|danke|appreciate\w*|much obliged|rock|rocks|legends?
        legend|crack|hero|star|great (?:job|work|team)|well done|nice (?:one|work|job)|kudos|congrat\w*
        congratulations|mabrook|bravo|best|you are the best|bless|welcome""",
    "laugh": r"""
        lol|lmao|haha+\w*|hahaha\w*|jaja\w*|hehe\w*|rofl|omg|wow|oof|dang|ugh|ouch|yikes|wah|oh boy|oh dear|classic
        funny|joke|kidding|famous last words|good luck|here we go|water is wet|breaking news|popcorn|fun fact|shocker
        surprise|plot twist""",
    "small": r"""
        good morning|morning|good evening|hello|hi all|happy|birthday|weekend|lunch|coffee|kettle|donuts?|bagel|beer
        brew|cake|game|match|ticket|weather|snow\w*|rain\w*|storm|holiday|holidays|vacation|wedding|party|baby|kid
        kids|kid's|dog|team building|football|soccer|parking|printer|canteen|cafeteria|break room|room|meeting link
        link|calendar|phone|headset|email|e-mail|mail|inbox|laptop|password|channel|thread|threads|topic|group|muted?
        unmute|notification\w*|copied|copy|cc|fyi|fwiw|btw|by the way|unrelated|separate|different order|other order
        different project|different topic|not the topic|wrong|ignore|never ?mind|oops|my bad|mistake|typo|posted
        pinned|offline|adding|tagging|bumping|following|visibility|awareness|loop me|take me (?:off|out)|remove me
        unsubscribe|org chart|catching up|i was out|out sick|back from|who created|who changed|who keeps|who has|who's
        anyone|anybody|someone|somebody|does anyone|has anyone|did anybody|anyone else|for the record|rest my case
        same (?:story|ask|thing|again|old|discussion)|every (?:time|month|week|year|friday)|as always|always|again
        not again|one of those|reminds me|remember when|town hall|audit|training|survey|gate|forklift|civil|tone
        friendly|nicer|nicely|shout|polite|politest|rude|stay safe|take care everyone|last year|fault|famous|episode
        movie|song|meme|picture|screenshot|traffic|flu|bowling|potluck|raffle|charity|invoice|expense""",
}


def _compiled(listed: str) -> re.Pattern[str]:
    alternatives = [part.strip() for line in listed.strip().splitlines() for part in _split(line.strip())]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(alternatives)})(?![\w'])")


def _split(line: str) -> list[str]:
    """Split at the bars that are not inside brackets."""
    parts, depth, start = [], 0, 0
    for i, sign in enumerate(line):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append(line[start:i])
            start = i + 1
    return [*parts, line[start:]]


CUES = {name: _compiled(listed) for name, listed in _PHRASES.items()}
