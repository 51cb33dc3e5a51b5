"""Doses told of a drug in general, as guidelines and labels do, and of trials that this one goes on from.

`whose_study.earlier` knows a study told in the past tense. These forms stand in the present tense, or in a clause of
a sentence that is otherwise about this trial.
"""

from __future__ import annotations

import re

# "Recent guidelines recommend a loading dose of ...", "according to the label, the dose is ..."
_GUIDELINES = re.compile(
    r"""\b(?:
            guidelines?|guidance|consensus|recommendations?|the\slabel|labell?ing|package\sinsert
            |prescribing\sinformation|SmPC|textbooks?|pharmacopoeia|NCCN|ESMO|ASCO|ASH|BSH|NICE|WHO)\b[^.;]{0,60}?\b
        (?:recommends?|suggests?|advises?|states?|indicates?|advocates?|endorses?|propose[sd]?\sthat|calls?\sfor)\b""",
    re.X,
)
# "after 400 mg the peak plasma concentration is reached in 3 hours", "has a half-life of 20 h"
_KINETICS = re.compile(
    r"""\b(?:
            half-li(?:fe|ves)|bioavailability|steady[\s-]state|peak\s(?:plasma|serum|steady)\w*|Cmax|Tmax
            |(?:plasma|serum)\s(?:concentrations?|levels?)|protein[\s-]bound|volume\sof\sdistribution|clearance)
        \b(?:[^.;]|\.\d){0,60}?\b(?:
            is|are|was|were|has|occurs?|reach(?:es|ed)|achieved|rang(?:es|ed)|increas(?:es|ed)|approximately)\b""",
    re.I | re.X,
)
# "licensed at 20 mg", "the approved dosage of X for this indication is 10 mg": what the market has
_LICENSED = re.compile(
    r"""\b(?:is|are|was|were|been|currently|commercially)\s(?:\w+ly\s)?(?:
             mostly\sused|mainly\sused|primarily\sused|normally\sused|sometimes\sused|prescribed\s(?:at|in|as)|toxic
             |approved|licensed|marketed|registered|authori[sz]ed|indicated|available)\b
         (?!\s(?:for\s)?(?:participants|patients|subjects|at\sthe\ssite))
        |\b(?:
             standard\sof\scare|current\sstandard|gold\sstandard|mainstay|treatment\sof\schoice
             |first[\s-]line\s(?:treatment|therapy))
         \b[^.;]{0,60}\b(?:is|are|remains|consists?|includes?)\b""",
    re.I | re.X,
)
# "current practice is to provide enoxaparin 40 mg daily"
_PRACTICE = re.compile(
    r"""\b(?:current|common|usual|standard|routine|clinical|daily|local)\s(?:clinical\s)?practice\s
        (?:is|are|has|remains)\b""",
    re.I | re.X,
)
# "continuous vinorelbine is feasible and well tolerated at doses up to 50 mg"
_TOLERATED = re.compile(
    r"""\b(?:appears?|seems?)\sto\sbe\s(?:\w+\s){0,3}?(?:
             effective|efficacious|tolerated|safe|superior|inferior|equivalent|active|toxic)\b
        |\bupper\s(?:tolerable|intake)\s(?:intake\s)?(?:level|limit)\b
        |\bdoses?\sof\s[\w-]+\s(?:eliminates?|obviates?|prevents?|improves?|prolongs?|reduces?|increases?)\b
        |\b(?:is|are|be)\s(?:\w+\s){0,4}?(?:tolerated|safe|effective|feasible)\s(?:\w+\s){0,3}?(?:at|in|with|up\sto)
         \s(?:an?\s|the\s)?(?:\w+\s){0,2}?(?:doses?|dosages?)\b""",
    re.I | re.X,
)
# "an extension of the phase I trial which permitted 5 mCi and 10 mCi": the clause tells of the other trial
_OF_ANOTHER = re.compile(
    r"""\b(?:
            (?:extension|continuation|successor|follow-?up|result|outcome)s?\sof\s
             (?:an?\s|the\s|our\s)?(?:\w+\s){0,3}?
            |(?:previous|earlier|prior|preceding|initial|first|pilot|original|parent)\s(?:\w+\s){0,2}?)
        (?:phase\s?(?:I{1,3}|[123])[ab]?|pilot|previous|earlier|prior)?\s?
        (?:clinical\s)?(?:study|trial)\b[^.;]{0,90}?(?:\bin\swhich\b|\bwhich\b|\bthat\b|\bwhere\b)\s
        (?:\w+\s){0,4}?(?:\w+ed|was|were|gave|had|showed|found)\b""",
    re.I | re.X,
)
_OURS = re.compile(
    r"""\b(?:
            will|shall
            |(?<!appear\s)(?<!appears\s)(?<!seem\s)(?<!seems\s)(?<!known\s)to\sbe
            |this\s(?:study|trial|protocol)
            |in\sour\sstudy
            |we\s(?:propose|plan|intend|aim)
            |randomi[sz]ed\sto|arm\s[A-D1-4]\b|patients\sreceive|are\s(?:given|treated)
            |(?<!in\s)addition\s(?:of|to)
            |added
            |doses?\s(?:\w+\s)?(?:chosen|selected|used\shere)
            |objectives?|aims?|purpose
            |to\s(?:evaluate|assess|determine|estimate|compare|investigate|test|establish)
            |(?:evaluat|assess|investigat|compar|test)(?:ing|es)
            |(?:efficacy|safety)\s(?:and\s\w+\s)?of)\b""",
    re.I | re.X,
)


# "the current regimen, 10 mg twice daily, may be inadequate", "work suggests that ...": why the trial is done
_RATIONALE = re.compile(
    r"""\b(?:current|existing|present|conventional)\s
         (?:\w+\s){0,3}(?:regimens?|practice|treatments?|approach|prophylaxis)
         \b[^.]{0,160}?\b(?:is|are|may\sbe|remains?)\s(?:\w+\s){0,2}(?:
             inadequate|insufficient|suboptimal|limited|toxic|ineffective|unsatisfactory|poor)\b
        |\b[Aa]ccording\sto\s(?:the\s)?(?:existing|current|available|recent|published|previous)\s
         (?:evidence|data|literature|studies|knowledge)\b
        |\b(?:contrary\sto|in\scontrast\s(?:to|with))\s
         (?:the\s)?(?:\w+\s){0,2}(?:findings?|results?|data|observations?)\b
        |\b(?:work|findings?|observations?|evidence|experience|data|results?)
         \b[^.;]{0,60}?\b(?:suggests?|indicates?|supports?|shows?|available\sthat)\b""",
    re.I | re.X,
)


_FORMS = (_GUIDELINES, _KINETICS, _LICENSED, _RATIONALE, _PRACTICE, _TOLERATED)


def general(sentence: str) -> bool:
    """Told of a drug in general, and with no word of this trial's own."""
    return _OURS.search(sentence) is None and any(form.search(sentence) for form in _FORMS)


def another_from(sentence: str) -> int | None:
    """Where in the sentence a clause about another trial begins, None where there is none."""
    if "trial" not in sentence and "study" not in sentence:
        return None
    match = _OF_ANOTHER.search(sentence)
    return match.end() if match is not None else None


# "Patients who were treated with X (twice weekly 20 mg/m2) and show ... are also eligible": what they had before
_WHO_MAY_ENTER = re.compile(
    r"""\W{0,3}(?:(?:Additionally|In\saddition|Also|Furthermore),?\s)?(?:
            Only\s|All\s|(?:Up\sto|Approximately|About|At\sleast|A\stotal\sof)\s(?:\d{1,4}|\w+)\s|\d{1,4}\s)?
        (?:adult\s|eligible\s)?(?:
            [Pp]atients|[Ss]ubjects|[Pp]articipants|[Tt]hose|[Ii]ndividuals|[Cc]hildren|[Ww]omen|[Mm]en)\s
        (?:\w+\s){0,4}?(?:who|with|whose|currently|previously|already|on|receiving|taking)
        \b[^.]*?\b(?:are|is|will\sbe|were|may\sbe)\s
        (?:also\s|not\s)?(?:eligible|excluded|ineligible|enrolled|included|recruited)\b(?!
            \s(?:to|for)\s(?:receive|treatment|the\s(?:addition|extension)|continue|cross))""",
    re.I | re.X,
)


def eligible_until(sentence: str) -> int:
    """Where the words end that say who may enter, 0 where the sentence says nothing of it."""
    if not any(word in sentence for word in ("ligible", "xcluded", "nrolled", "ncluded", "ecruited")):
        return 0
    match = _WHO_MAY_ENTER.match(sentence)
    return match.end() if match is not None else 0
