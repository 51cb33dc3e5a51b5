"""Short sentences in the registries' style, each with the lines it must draft; traps draft nothing at all."""

import pytest

from posolog.protocol.write import line_text
from posolog.reader import read

SENTENCES: dict[str, list[str]] = {
    "Cyclophosphamide 60 mg/kg/day IV on days -5 and -4.": ["cyclophosphamide 60 mg/kg/day IV on D-5 and D-4"],
    "Fludarabine 25 mg/m2/day on days -6 to -2.": ["fludarabine 25 mg/m²/day on D-6 to D-2"],
    "Day -7, -6: melphalan 70 mg/m2.": ["melphalan 70 mg/m² on D-7 and D-6"],
    "Busulfan 0.8 mg/kg IV every 6 hours for 16 doses on days -7 to -4.": [
        "busulfan 0.8 mg/kg/dose IV every 6 hours for 16 doses on D-7 to D-4"
    ],
    "Rituximab 375 mg/m2 once weekly for 4 weeks.": ["rituximab 375 mg/m²/dose once a week for 28 days"],
    "Cytarabine 2 g/m2 IV q12h x 8 doses on days 1-4.": [
        "cytarabine 2 g/m²/dose IV every 12 hours for 8 doses on D+1 to D+4"
    ],
    "Dasatinib 100 mg PO QD until disease progression.": ["dasatinib 100 mg/day PO once a day"],
    "Imatinib 400 mg PO BID.": ["imatinib 400 mg/dose PO twice a day"],
    "Mercaptopurine 60 mg/m2/day orally for 14 days.": ["mercaptopurine 60 mg/m²/day PO for 14 days"],
    "Vincristine 1.5 mg/m2 (maximum dose 2 mg) IV on days 1, 8 and 15.": [
        "vincristine 1.5 mg/m² IV on D+1, D+8 and D+15 at most 2 mg"
    ],
    "Cisplatin 75 mg/m2 and pemetrexed 500 mg/m2 on day 1 every 21 days.": [
        "cisplatin 75 mg/m²/dose every 21 days on D+1",
        "pemetrexed 500 mg/m²/dose every 21 days on D+1",
    ],
    "Carboplatin AUC 6 IV on day 1 of a 21-day cycle.": ["carboplatin AUC 6 IV on D+1"],
    "Radiotherapy 24 Gy in 12 fractions.": ["radiotherapy 24 Gy for 12 doses"],
    "Total body irradiation 2 Gy on day 0.": ["total body irradiation 2 Gy on D0"],
    "CD34+ cells 2 x 10^6 cells/kg on day 0.": [
        "haematopoietic stem cell graft (CD34-selected) 2000000 cells/kg on D0"
    ],
    "Donor lymphocytes 1 x 10^7 cells/kg on day +60.": ["donor lymphocytes 10000000 cells/kg on D+60"],
    "Azacitidine 75 mg/m 2 SC on days 1-7 of each 28 day cycle.": ["azacitidine 75 mg/m² SC on D+1 to D+7"],
    "Bortezomib 1.3 mg/m administered on days 1, 4, 8 and 11.": ["bortezomib 1.3 mg/m² on D+1, D+4, D+8 and D+11"],
    "Decitabine 1,3 mg/m2 on day 1.": ["decitabine 1.3 mg/m² on D+1"],
    "Methotrexate 15 mg/m2 on day +1 and 10 mg/m2 on days +3, +6 and +11.": [
        "methotrexate 15 mg/m² on D+1",
        "methotrexate 10 mg/m² on D+3, D+6 and D+11",
    ],
    "Tacrolimus 0.03 mg/kg/day from day -1, target trough level 10 ng/mL.": ["tacrolimus 0.03 mg/kg/day from D-1"],
    "Previous studies have shown that 20 mg of prednisone daily is well tolerated.": [],
    "In a previous phase II trial, doxorubicin 60 mg/m2 was active.": [],
    "Eligible patients have a creatinine below 1.5 mg/dL and bilirubin below 2 mg/dL.": [],
    "Hemoglobin must be at least 8 g/dL.": [],
    "Tamoxifen is supplied as 20 mg tablets.": [],
    "Capecitabine is reduced to 825 mg/m2 if grade 3 toxicity occurs.": [],
    "The dose of lenalidomide is reduced by 5 mg.": [],
    "AUC0-24 of mycophenolate is measured on day 7.": [],
    "Patients receive prednisone 40 mg daily, tapered from day 30 to day 60.": [
        "prednisone 40 mg/day once a day tapered from D+30 to D+60"
    ],
    "Gemcitabine at 800, 1000 or 1250 mg/m2 on days 1 and 8.": [
        "gemcitabine levels 800, 1000, 1250 mg/m² on D+1 and D+8"
    ],
    "Cohort 1: lapatinib 1000 mg daily.": ["lapatinib 1000 mg/day once a day"],
    "Thiotepa 5 mg/kg or melphalan 140 mg/m2 on day -2.": ["thiotepa 5 mg/kg on D-2", "melphalan 140 mg/m² on D-2"],
    "Ganciclovir 5 mg/kg every 12 hours for 14 days.": ["ganciclovir 5 mg/kg/dose every 12 hours for 14 days"],
    "Dexamethasone 20 mg (10 mg for patients older than 75 years) on days 1, 2, 8 and 9.": [
        "dexamethasone 20 mg on D+1, D+2, D+8 and D+9",
        "dexamethasone 10 mg on D+1, D+2, D+8 and D+9",
    ],
    "Idarubicin 12 mg/m2 on days 1, 3 and 5 for patients over 60 years.": ["idarubicin 12 mg/m² on D+1, D+3 and D+5"],
    "Paclitaxel 175 mg/m2 over 3 hours on day 1.": ["paclitaxel 175 mg/m² over 3 hours on D+1"],
    "Fluorouracil 1000 mg/m2/day by continuous infusion on days 1-4.": [
        "fluorouracil 1000 mg/m²/day by continuous infusion on D+1 to D+4"
    ],
    "177Lu-DOTATATE 7.4 GBq every 8 weeks for 4 doses.": ["177Lu-oxodotreotide 7.4 GBq/dose every 8 weeks for 4 doses"],
    "131I-tositumomab 75 cGy on day 0.": ["131I-tositumomab 75 cGy on D0"],
    "Hydroxyurea 500 mg three times a day.": ["hydroxycarbamide 500 mg/dose 3 times a day"],
    "Interferon alfa 3 MIU three times weekly.": ["interferon alfa 3 MU/dose 3 times a week"],
    "Filgrastim 300 ug daily until neutrophil recovery.": ["filgrastim 300 mcg/day once a day"],
    "In an earlier study patients were treated with 100 mg of aspirin.": [],
    "Serum calcium of 2 mg/dL on day 8 is recorded.": [],
    "MRI is performed on days 1 and 28.": [],
    "Bevacizumab 10 mg/kg every 2 weeks.": ["bevacizumab 10 mg/kg/dose every 2 weeks"],
    "Melphalan 10 mg/m2 on day 1, cumulative dose 40 mg/m2.": ["melphalan 10 mg/m² on D+1"],
    "Etoposide 160 mg/m2/day divided into 2 doses on days 1-3.": ["etoposide 160 mg/m²/day twice a day on D+1 to D+3"],
    "Sirolimus 6 mg on day 1, then 2 mg daily.": ["sirolimus 6 mg on D+1", "sirolimus 2 mg/day once a day"],
    "Patients with CR receive cytarabine 3 g/m2 every 12 hours on days 1, 3 and 5.": [
        "cytarabine 3 g/m²/dose every 12 hours on D+1, D+3 and D+5"
    ],
    "Clofarabine up to 40 mg/m2 on days 1-5.": ["clofarabine up to 40 mg/m² on D+1 to D+5"],
    "Treosulfan at least 10 g/m2 on days -4 to -2.": ["treosulfan at least 10 g/m² on D-4 to D-2"],
    "Asparaginase 6000 IU/m2 IM on days 4, 7 and 10.": ["asparaginase 6000 IU/m² IM on D+4, D+7 and D+10"],
    "Nilotinib 300 mg twice daily for 12 months.": ["nilotinib 300 mg/dose twice a day"],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_drafts_these_lines(sentence: str) -> None:
    protocol = read(sentence).protocol
    assert [line_text(line)[1] for part in protocol.parts for line in part.lines] == SENTENCES[sentence]


def test_alternatives_are_a_question() -> None:
    (part,) = read("Thiotepa 5 mg/kg or melphalan 140 mg/m2 on day -2.").protocol.parts
    assert all(line.unsettled == ("thiotepa or melphalan: which of the two is given",) for line in part.lines)


def test_the_dose_outside_the_bracket_is_for_the_others() -> None:
    sentence = "Dexamethasone 20 mg (10 mg for patients older than 75 years) on days 1, 2, 8 and 9."
    (part,) = read(sentence).protocol.parts
    assert [getattr(line.condition, "op", None) for line in part.lines] == ["<=", ">"]
