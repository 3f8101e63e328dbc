"""Subtle faults planted by hand: an answer that stands in its sentence, but for something else, or turned round."""

from dataclasses import dataclass

from benchwright.curation import Curator
from benchwright.documents.structure import with_structure
from benchwright.records import Citation, Document, Provenance, Question


@dataclass(frozen=True)
class Plant:
    """One sentence, what is asked of it, an answer that is wrong, and the right one."""

    fault: str
    sentence: str
    asked: str
    wrong: str
    right: str


KNOWN: tuple[Plant, ...] = (
    Plant(
        "other unit",
        "The probation period for managers is 6 months.",
        "How long is the probation period for managers?",
        "6 weeks",
        "6 months",
    ),
    Plant(
        "other unit",
        "The tank holds 1,200 litres of diesel.",
        "How much diesel does the tank hold?",
        "1,200 gallons",
        "1,200 litres",
    ),
    Plant(
        "other unit",
        "Interest on overdue rent is 4 per cent a year.",
        "What interest is charged on overdue rent?",
        "4 per cent a month",
        "4 per cent a year",
    ),
    Plant(
        "other unit",
        "The grant covers €250,000 of the cost.",
        "How much of the cost does the grant cover?",
        "£250,000",
        "€250,000",
    ),
    Plant(
        "other unit",
        "The pump delivers 40 litres per minute.",
        "How much does the pump deliver?",
        "40 litres per hour",
        "40 litres per minute",
    ),
    Plant("other unit", "The mast is 61 metres high.", "How high is the mast?", "61 kilometres", "61 metres"),
    Plant(
        "other unit",
        "Sales reached $3.2 million in 2022.",
        "How high were sales in 2022?",
        "$3.2 billion",
        "$3.2 million",
    ),
    Plant(
        "other unit",
        "Returns fell by 12 percentage points.",
        "By how much did returns fall?",
        "12 per cent",
        "12 percentage points",
    ),
    Plant(
        "other of two numbers",
        "Route A carried 210 passengers and Route B carried 156 passengers.",
        "How many passengers did Route B carry?",
        "210",
        "156",
    ),
    Plant(
        "other of two numbers",
        "The fee rose from £40 to £55 in 2023.",
        "To what amount did the fee rise in 2023?",
        "£40",
        "£55",
    ),
    Plant(
        "other of two numbers",
        "The fee rose from £40 to £55 in 2023.",
        "From what amount did the fee rise in 2023?",
        "£55",
        "£40",
    ),
    Plant(
        "other of two numbers",
        "In 2021 the ferry carried 412,000 passengers, and in 2022 it carried 538,000.",
        "How many passengers did the ferry carry in 2022?",
        "412,000",
        "538,000",
    ),
    Plant("other of two numbers", "Adults pay £8 and children pay £5.", "How much do children pay?", "£8", "£5"),
    Plant(
        "other of two numbers",
        "The lease began in 1998 and ended in 2013.",
        "In which year did the lease end?",
        "1998",
        "2013",
    ),
    Plant(
        "other of two numbers",
        "Managers receive 30 days of leave, while apprentices receive 24 days.",
        "How many days of leave do apprentices receive?",
        "30 days",
        "24 days",
    ),
    Plant(
        "other of two numbers",
        "Notice is 14 days for tenants and 60 days for the landlord.",
        "How many days of notice must the landlord give?",
        "14 days",
        "60 days",
    ),
    Plant(
        "other of two persons",
        "The report was written by Ada Brandt and reviewed by Tom Ilves.",
        "Who reviewed the report?",
        "Ada Brandt",
        "Tom Ilves",
    ),
    Plant(
        "other of two persons",
        "Dilys Roper chaired the meeting and Jean Tull kept the minutes.",
        "Who kept the minutes?",
        "Dilys Roper",
        "Jean Tull",
    ),
    Plant(
        "other of two persons",
        "Priya Nair succeeded Paul Voss as director in 2019.",
        "Who became director in 2019?",
        "Paul Voss",
        "Priya Nair",
    ),
    Plant(
        "other of two persons",
        "Carol Whitty proposed the motion and Piotr Banas seconded it.",
        "Who seconded the motion?",
        "Carol Whitty",
        "Piotr Banas",
    ),
    Plant(
        "other of two persons",
        "The bridge was designed by Emil Kranz and built by Sorley Works.",
        "Which firm built the bridge?",
        "Emil Kranz",
        "Sorley Works",
    ),
    Plant(
        "other of two persons",
        "Mayor Lena Hartog opened the pool; councillor Ivo Steen had asked for it.",
        "Who opened the pool?",
        "Ivo Steen",
        "Lena Hartog",
    ),
    Plant(
        "other of two persons",
        "Brandreth Ltd sold the quarry to Holloway plc in 2018.",
        "Which company bought the quarry in 2018?",
        "Brandreth Ltd",
        "Holloway plc",
    ),
    Plant(
        "turned exception or limit",
        "Dogs are not allowed in the hall except guide dogs.",
        "Which dogs are allowed in the hall?",
        "All dogs except guide dogs",
        "guide dogs",
    ),
    Plant(
        "turned exception or limit",
        "All staff except contractors receive the bonus.",
        "Which group receives no bonus?",
        "All staff except contractors",
        "contractors",
    ),
    Plant(
        "turned exception or limit",
        "The warranty covers every part unless the seal is broken.",
        "When does the warranty cover every part?",
        "if the seal is broken",
        "unless the seal is broken",
    ),
    Plant(
        "turned exception or limit",
        "Refunds are paid only before dispatch.",
        "When are refunds paid?",
        "only after dispatch",
        "only before dispatch",
    ),
    Plant(
        "turned exception or limit",
        "Members under 16 may not vote.",
        "Who may not vote?",
        "Members over 16",
        "Members under 16",
    ),
    Plant(
        "turned exception or limit",
        "Requests must be made no later than 10 days before departure.",
        "How late may requests be made?",
        "at least 10 days after departure",
        "10 days before departure",
    ),
    Plant(
        "turned exception or limit",
        "At least three members must sign the petition.",
        "How many members must sign the petition?",
        "At most three members",
        "At least three members",
    ),
    Plant(
        "turned exception or limit",
        "The permit is valid until 31 March 2025.",
        "Until when is the permit valid?",
        "from 31 March 2025",
        "until 31 March 2025",
    ),
)
"""Before which the check was written."""
FRESH: tuple[Plant, ...] = (
    Plant(
        "other unit",
        "The fine is CHF 400 for a first offence.",
        "How high is the fine for a first offence?",
        "EUR 400",
        "CHF 400",
    ),
    Plant("other unit", "Storage costs £3 a day.", "What does storage cost?", "£3 a week", "£3 a day"),
    Plant("other unit", "The beam weighs 340 kg.", "How much does the beam weigh?", "340 lb", "340 kg"),
    Plant("other unit", "The valve opens at 6 bar.", "At what pressure does the valve open?", "6 psi", "6 bar"),
    Plant(
        "other of two numbers",
        "Turnover grew from 41 million to 56 million crowns.",
        "From what figure did turnover grow?",
        "56 million",
        "41 million",
    ),
    Plant(
        "other of two numbers",
        "The north wing was finished in 1904 and the south wing was finished in 1911.",
        "When was the south wing finished?",
        "1904",
        "1911",
    ),
    Plant(
        "other of two numbers",
        "Bread costs 3 crowns, but cake costs 7 crowns.",
        "How much does cake cost?",
        "3 crowns",
        "7 crowns",
    ),
    Plant(
        "other of two numbers",
        "The pool has 25 metre lanes and the sauna seats 18 people.",
        "How many people does the sauna seat?",
        "25",
        "18",
    ),
    Plant(
        "other of two numbers",
        "In 2019 the farm sold 800 lambs and in 2020 it sold 650 lambs.",
        "How many lambs did the farm sell in 2020?",
        "800",
        "650",
    ),
    Plant(
        "other of two numbers",
        "Full members pay 60 crowns a year; juniors pay 15 crowns a year.",
        "How much do juniors pay a year?",
        "60 crowns",
        "15 crowns",
    ),
    Plant(
        "other of two persons",
        "Emma Lund founded the firm and Karl Roth ran it until 1970.",
        "Who founded the firm?",
        "Karl Roth",
        "Emma Lund",
    ),
    Plant(
        "other of two persons",
        "The novel was translated by Ines Prat and illustrated by Guy Odell.",
        "Who illustrated the novel?",
        "Ines Prat",
        "Guy Odell",
    ),
    Plant(
        "other of two persons",
        "Captain Mary Shaw commanded the Heron, while Captain Luke Dent commanded the Plover.",
        "Who commanded the Plover?",
        "Mary Shaw",
        "Luke Dent",
    ),
    Plant(
        "other of two persons",
        "Anna Berg replaced Olaf Stone as treasurer.",
        "Who was replaced as treasurer?",
        "Anna Berg",
        "Olaf Stone",
    ),
    Plant(
        "turned exception or limit",
        "Children under 12 travel free.",
        "Who travels free?",
        "Children over 12",
        "Children under 12",
    ),
    Plant(
        "turned exception or limit",
        "Parking is free except on market days.",
        "When is parking free?",
        "only on market days",
        "except on market days",
    ),
    Plant(
        "turned exception or limit",
        "Deliveries after 18:00 need a permit.",
        "Which deliveries need a permit?",
        "Deliveries before 18:00",
        "Deliveries after 18:00",
    ),
    Plant(
        "turned exception or limit",
        "The alarm sounds when the level falls.",
        "When does the alarm sound?",
        "when the level rises",
        "when the level falls",
    ),
    Plant(
        "turned exception or limit",
        "Not more than two guests may stay overnight.",
        "How many guests may stay overnight?",
        "at least two guests",
        "not more than two guests",
    ),
    Plant(
        "turned exception or limit",
        "The prize includes travel but not meals.",
        "What does the prize include?",
        "meals but not travel",
        "travel but not meals",
    ),
)
"""Written after it, to see what it misses."""


def is_rejected(plant: Plant, answer: str) -> bool:
    """Whether curation rejects the question on the plant's sentence with `answer`."""
    text = f"# Harrow Report\n\n{plant.sentence}\n"
    document = with_structure(Document(title="Harrow Report", text=text, path="h.md", format="markdown", language="en"))
    start = text.index(plant.sentence)
    question = Question(
        form="short",
        kind="factual",
        text=f"According to “Harrow Report”, {plant.asked[0].lower()}{plant.asked[1:]}",
        answer=answer,
        language="en",
        citations=(
            Citation(document_id=document.id, start=start, end=start + len(plant.sentence), text=plant.sentence),
        ),
        document=document.title,
        provenance=Provenance(writer="hand"),
    )
    return bool(Curator().each([question], [document]).rejected)
