"""The words that tell of another study, of this one, or of plans: each wording with its first words."""

from __future__ import annotations

from posolog.reader.tokens.cues import Cues

_ANIMALS = (
    ("mice mouse rat rats dog dogs monkey monkeys xenograft xenografts", r"\b"),
    ("rabbit rabbits", r"(?!\s(?:\d|anti|atg\b|alg\b|thymo|globulin|serum|polyclonal|immunoglobulin)|\))\b"),
    ("in", r"\sv(?:itro|ivo)\b"),
    ("healthy", r"\svolunteers\b"),
)
_OTHER_TRIAL = ("in", r"(?<!\bas\sin)\s(?!the\b|this\b|our\b)[a-z]{3,}[\s-]?\d{0,4}\s(?:trial|study)\b")
STRONG = Cues(
    ("et", r"\.?\sal\b"),
    *_ANIMALS,
    ("speculate", r"\b"),
    ("hypothesise hypothesize", r"\sthat\b"),
    (
        "studies trials investigators authors data reports",
        r"\s(?:have|has|show(?:ed)?|suggest(?:ed|s)?|demonstrated?|indicated?|reported|found)\b",
    ),
    (
        "has have",
        r"\s(?:previously\s|already\s|recently\s|also\s)?been\s(?:"
        r"shown|reported|demonstrated|approved|used|studied|evaluated|investigated|widely|tested|observed"
        r"|described|found)\b",
    ),
    (
        "study trial publication report analysis experience",
        r"\s(?:has|had|show(?:ed|s)?|suggest(?:ed|s)?|demonstrate[ds]?|found|reported|concluded|indicated)\b",
    ),
    (
        "previous prior earlier recent other several published retrospective animal preclinical",
        r"\s(?:\w+\s){0,3}(?:studies|trials?|reports?|series|study)\b",
    ),
    _OTHER_TRIAL,
)  # fmt: skip
EARLIER = Cues(
    ("et", r"\.?\sal\b"),
    (
        "has have had",
        r"\s(?:been\s|also\s|recently\s|previously\s|only\s|already\s)?(?:been\s)?(?:"
        r"shown|reported|determined|defined|tolerated|demonstrated|suggested|used|approved|studied|evaluated"
        r"|investigated|published|established|tested|explored|found|observed|described|associated|proven|proved"
        r"|become|emerged|led|resulted|indicated|improved|examined|compared|yielded|produced|administered|given"
        r"|treated|completed|documented|confirmed|consisted|(?:\w+\s){0,2}(?:anti-?\w+\s)?activity)\b",
    ),
    ("we", r"\shypothesis\b"),
    (
        "group groups center centers centres authors",
        r"\s(?:\w+ly\s)?(?:compared|evaluated|reported|randomi[sz]ed|studied|tested)\b",
    ),
    (
        "was were",
        r"\s(?:"
        r"reported|shown|found|observed|noted|seen|demonstrated|determined|identified|associated"
        r"|well[\s-]tolerated|considered|approved|published|superior|similar|better|higher|lower|achieved"
        r"|usually|significantly|more|active|effective|tolerable|equivalent|established|obtained|chosen"
        r"|selected)\b",
    ),
    (
        "was were is are became",
        r"\s(?:the\s)?(?:current\s)?(?:standard|conventional)\s(?:\w+\s)?(?:regimen|treatment|therapy|care|dose)\b",
    ),
    ("society societies committee", r"\b[^.]{0,120}\brecommend(?:s|ed)\sthat\b"),
    (
        "showed demonstrated reported suggested concluded revealed yielded caused produced",
        r"(?<!were\ssuggested)(?<!was\ssuggested)\b",
    ),
    ("resulted", r"\sin\b"),
    ("failed", r"\sto\b"),
    ("achieved", r"(?<!\bnot\sachieved)\b"),
    (
        "previous prior earlier recent other several published retrospective pivotal historical animal"
        " preclinical clinical early small large initial another similar",
        r"\s(?:\w+\s){0,3}(?:"
        r"study|studies|trials?|reports?|experience|work|data|experiments?|series|investigations?)\b",
    ),
    (
        "in",
        r"\s(?:an?|the|one|two|three|another|both|that|these)\s(?:\w+[\s-]){0,6}?(?:"
        r"phase\s?(?:i{1,3}|[123])\w?(?:\s?/\s?(?:i{1,3}|[123])\w?)?"
        r"|randomi[sz]ed|pilot|multicent(?:er|re)|pivotal|dose[\s-]escalation)\s"
        r"(?:\w+\s){0,4}?(?:study|studies|trials?)\b(?="
        r"[^.]{0,60}\b(?:of\s\d+|was|were|showed|conducted|using|wherein|where|patients\swith|had)\b)",
    ),
    _OTHER_TRIAL,
    ("", r"phase(?<!\wphase)\s?(?:i{1,3}|[123])[ab]?(?:\s?/\s?(?:i{1,3}|[123]))?\s(?:studies|trials)\b"),
    ("studies trials", r"\s(?:have|has|in|using|with|of|show|suggest|indicat|utili[sz]e)"),
    ("", r"\((?:19|20)\d\d\)"),
    *_ANIMALS,
    ("animal animals", r"\b"),
    (
        "recommended approved usual conventional labeled labelled licensed",
        r"\s(?!phase\b)(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    (
        "maximum",
        r"\stolerated\s(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    (
        "currently",
        r"\sused\s(?:\w+\s){0,3}(?:dose|dosage|doses|dosing|regimen|schedule|starting\sdose)\s"
        r"(?:of|is|was|for|in|from|are)\b",
    ),
    ("indicating suggesting showing demonstrating", r"\b"),
    (
        "is are",
        r"\s(?:"
        r"commonly|usually|generally|typically|widely|currently|often|frequently|routinely|traditionally"
        r"|considered|approved|known|indicated)\b",
    ),
    ("fda ema literature hypothesis hypotheses hypothesised hypothesized speculate", r"\b"),
    ("commonly widely traditionally historically", r"\sused\b"),
    ("compared", r"\s(?:with|to)\s\d"),
    ("study trial", r"\sof\s\d+\s[^.;]{0,90}?\s(?:found|showed|reported|demonstrated|enrolled)\b"),
    (
        "has have",
        r"\s(?:"
        r"(?:significant|considerable|substantial|promising|modest|proven|good|high|limited)\s"
        r"(?:\w+\s)?(?:activity|efficacy)"
        r"|consisted\sof)\b",
    ),
    ("recommended", r"\s(?:as|that)\b"),
    ("enrolled", r"\s\d{2,5}\s(?:\w+\s){0,2}(?:from|between)\s(?:\w+\s)?(?:19|20)\d\d\b"),
    (
        "recently",
        r"\s[^.;]{0,30}?\b(?:groups?|authors|investigators)\s"
        r"(?:\w+\s)?(?:compared|reported|showed|tested|published)\b",
    ),
    ("in", r"\sthe\ssame\s(?:study|trial)\b"),
    ("nowadays", r"\b"),
    ("median", r"\s(?:survival|os|pfs|follow|time|overall|dose|age)\b"),
    ("response", r"\srates?\s(?:of|was|were)\b"),
    ("p", r"\s?[<=]\s?0?\.\d"),
)  # fmt: skip
_STUDY = r"\s(?:\w+[\s-]){0,4}?(?:study|trial|protocol|schedule|project|research)\b"
PLANNED = Cues(
    ("will shall", r"\b"),
    ("this our", _STUDY),
    ("the", rf"\s(?:present|current|proposed){_STUDY}"),
    ("to", r"\sbe\s(?:given|administered|treated|randomi[sz]ed|enrolled)"),
    (
        "we",
        r"(?:,?\s(?:therefore|thus|hence|now|also|then),?)?\s(?:"
        r"propose|plan|will|intend|aim|wish|designed|selected|chose|have\s(?:selected|chosen))\b",
    ),
)
_REGIMEN = r"\s(?:\w+[\s-]){0,4}?(?:study|trial|protocol|regimen|schedule|project|research)\b"
OURS = Cues(
    ("will shall would", r"\b"),
    ("this our present current", _REGIMEN),
    ("the", rf"\sproposed{_REGIMEN}"),
    ("to", r"\sbe\s(?:given|administered|treated|randomi[sz]ed|enrolled)"),
    (
        "we",
        r"(?:,?\s(?:therefore|thus|hence|now|also|then),?)?\s(?:"
        r"(?:"
        r"propose|plan|will|intend|aim|wish|designed|selected|chose|have\s(?:selected|chosen)|investigated"
        r"|hypothesi[sz]e)\b"
        r"|(?:randomi[sz]ed|enrolled|treated|used|compared)\b)",
    ),
    (
        "patients subjects participants children women men volunteers adults",
        r"\s(?:in\s(?:the\s)?(?:[\w-]+\s){1,5})?(?:"
        r"receive|undergo|take|are\s(?:given|treated|randomi[sz]ed|assigned|stratified|enrolled|to))\b",
    ),
    (
        "is are",
        r"\s(?:"
        r"given|administered|infused|injected|initiated|started|delivered|randomi[sz]ed|planned|repeated"
        r"|escalated)\b",
    ),
    ("arm group cohort stratum schema part step regimen schedule", r"\s(?:[a-h]\b|i{1,3}v?\b|\d)"),
    ("cohort cohorts", r"\sof\b"),
    ("randomly", r"\sassigned\b"),
    ("this", r"\s(?:is|was)\san?\s(?:[\w,()/-]+\s){0,14}?(?:study|trial)\b"),
    ("stage part portion phase", r"\sof\s(?:the|this)\s(?:study|trial)\b"),
    (
        "cohort cohorts group groups arm arms",
        r"(?:\s\)|\sof\s\d+\s(?:patients|subjects|participants))?\s(?:\(?[\w-]+\)?\s){0,2}?(?:"
        r"received|took|(?:was|were)\s(?:dosed|treated|given|started))\b",
    ),
    ("selected eligible assigned allocated chosen allowed", r"\sto\s(?:receive|continue)\b"),
    ("were", r"\s(?:randomi[sz]ed|enrolled|assigned|allocated|recruited|divided)\b"),
)  # fmt: skip
PAST = Cues(
    ("was were had underwent did", r"\b"),
    ("received", r"(?<!have received)(?<!previously received)(?<!who received)(?<!has received)\b"),
)
