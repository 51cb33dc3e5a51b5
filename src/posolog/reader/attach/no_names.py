"""Capitalised words and abbreviations that stand beside amounts and name no agent."""

from __future__ import annotations

# Words that open sentences, head columns or measure.
_WORDS = """
    biw tiw bd od qod qhs qam qpm prn tds qds mwf subq qw qow
    ideal actual lean adjusted corrected human recombinant iodine radiolabelled radiolabeled unlabeled unlabelled
    dose doses dosage patients subjects participants group arm cohort level week weeks cycle cycles part phase drug
    drugs oral daily total single low high maximum minimum starting start titrate then after each with without from
    until tablet tablets capsule capsules injection infusion placebo treatment therapy given receive received take
    taken administered administration between over every once twice intravenous subcutaneous either both control
    standard regimen regimens induction consolidation maintenance conditioning loading target initial final first
    second third stage step visit study trial day days night morning evening adults children infants males females
    body weight surface area approximately about less more than above below equal exceed reduce increase decrease
    serum plasma blood urine levels protein fat energy sodium potassium carbohydrate fiber alcohol water milk table
    note dlt mtd bid tid qid iv sc im and the for not are was has will may can all any one two three four five six
    auc cmax bsa kg inr bmi gfr crp psa hba1c eggs fish lactose calcium sugar creatinine bilirubin hemoglobin
    albumin platelets volume concentration strength solution saline suspension cream gel patch spray drops vial
    vials bottle pack pump pre post max min usp fda ema april june july march august january february september
    october november december radiation radiotherapy chemotherapy grade iii vii viii supplement supplements fixed
    following escalation titration thereafter subsequently initially when where using because however therefore
    during within whereas while there their these this that those intravenously subcutaneously injections infusions
    screening baseline enrollment randomization randomisation safety efficacy expansion intervention interventions
    experimental comparator active sham prior primary secondary objective objectives endpoint outcome summary
    description design methods background rationale purpose dosing schedule duration frequency administer continue
    stop preparation provide neonates women men healthy volunteers hospital university institute department center
    centre monday tuesday wednesday thursday friday saturday sunday lymphoma leukemia leukaemia myeloma carcinoma
    cancer tumor tumour disease syndrome anemia anaemia depot requirement sequence period periods option options
    stratum strata panel block course courses number figure relapsed refractory untreated previously newly recurrent
    advanced metastatic severe moderate mild eligible
"""
# Abbreviations of diseases, of trial and laboratory terms, of bodies and of procedures.
_ABBREVIATIONS = """
    aml all cml cll mds mm nhl hl dlbcl fl mcl mf pmf pv et itp ttp tma pnh scd hlh gvhd agvhd cgvhd apl mpn wm sll
    lpl pcnsl cmml jmml ptld mgus smm rrmm ndmm hcc nsclc sclc crc mcrc gbm rcc mrcc hnscc pdac tnbc gist net aids
    hiv hbv hcv cmv ebv hpv htlv hsv vzv copd ards ckd esrd aki chf cad dvt vte dic uti bpd rds nec rop pcos sle als
    ibd gerd adhd ptsd mdd ocd lbw vlbw elbw who nih nci fda ema eortc ecog swog calgb rtog cog pog ctcae recist
    rp2d irb dsmb crf anc wbc rbc alt ast ldh inr ptt aptt psa cea crp esr bun gfr egfr hdl ldl tsh hba hla mhc dna
    rna mrna pcr hsct asct bmt hct abmt allo auto tki cns csf pbl bsa bmi ibw abw orr pfs efs dfs dor dcr mrd qol
    nyha lvef mri pet spect icu picu nicu usa
"""
NO_NAMES = frozenset((_WORDS + _ABBREVIATIONS).split())
