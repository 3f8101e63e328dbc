# ruff: noqa: E501 (one row a line)
"""Good questions on invented English documents: (question, answer, quotation that supports it, wrong options)."""

Row = tuple[str, str, str, tuple[str, ...]]

BICYCLE = (
    "Velora Bicycle Warranty",
    """# Velora Bicycle Warranty

## Cover
Velora Cycles Ltd guarantees every frame of the Heron series for eight years from the date of purchase. Batteries are covered for 24 months or 500 charging cycles, whichever comes first. The guarantee does not cover tyres, brake pads and chains. Bicycles that are rented out commercially are excluded from the guarantee.

## Claims
A claim must be sent to the service centre in Leiden within 30 days after the defect was noticed. The owner pays the shipping costs of up to 45 euros. Velora answers every claim in writing within ten working days. Repairs are carried out by Mr Pieter Hoekstra's workshop. The receipt must be enclosed with the claim.

## Registration
Owners who register their bicycle online by 31 March 2025 receive a free inspection worth 79 euros. The Heron 3 weighs 17.4 kilograms, and its motor delivers 65 newton metres. Registration cannot be transferred to another person.
""",
    [
        (
            "For how many years does Velora guarantee the frames of the Heron series?",
            "eight years",
            "Velora Cycles Ltd guarantees every frame of the Heron series for eight years from the date of purchase.",
            (),
        ),
        (
            "After how many charging cycles does the Velora cover for batteries end at the latest?",
            "500",
            "Batteries are covered for 24 months or 500 charging cycles, whichever comes first.",
            ("300", "800", "1,000"),
        ),
        (
            "Which parts does the Velora Bicycle Warranty leave out?",
            "tyres, brake pads and chains",
            "The guarantee does not cover tyres, brake pads and chains.",
            (),
        ),
        (
            "In which town is the service centre of Velora Cycles?",
            "Leiden",
            "A claim must be sent to the service centre in Leiden within 30 days after the defect was noticed.",
            ("Utrecht", "Delft", "Haarlem"),
        ),
        (
            "Within how many days after noticing a defect must a Velora owner send a claim?",
            "30 days",
            "A claim must be sent to the service centre in Leiden within 30 days after the defect was noticed.",
            (),
        ),
        (
            "Up to which amount does the owner of a Velora bicycle pay shipping costs?",
            "45 euros",
            "The owner pays the shipping costs of up to 45 euros.",
            ("25 euros", "60 euros", "79 euros"),
        ),
        (
            "Whose workshop repairs Velora bicycles?",
            "Pieter Hoekstra",
            "Repairs are carried out by Mr Pieter Hoekstra's workshop.",
            (),
        ),
        (
            "By which date must Heron owners register online to receive a free inspection?",
            "31 March 2025",
            "Owners who register their bicycle online by 31 March 2025 receive a free inspection worth 79 euros.",
            ("1 March 2025", "30 April 2025", "31 May 2025"),
        ),
        (
            "How much does the Heron 3 weigh?",
            "17.4 kilograms",
            "The Heron 3 weighs 17.4 kilograms, and its motor delivers 65 newton metres.",
            (),
        ),
        (
            "What does the Velora warranty say about bicycles that are rented out commercially?",
            "Bicycles that are rented out commercially are excluded from the guarantee.",
            "Bicycles that are rented out commercially are excluded from the guarantee.",
            (),
        ),
        (
            "What must a Velora owner enclose with a claim?",
            "the receipt",
            "The receipt must be enclosed with the claim.",
            (),
        ),
        (
            "Can the registration of a Velora bicycle be passed on to somebody else?",
            "The registration cannot be transferred to another person.",
            "Registration cannot be transferred to another person.",
            (),
        ),
    ],
)

MUSEUM = (
    "Visitor Guide of the Harbour Museum",
    """# Visitor Guide of the Harbour Museum

The Harbour Museum in Gdynia was founded in 1962 by Captain Zofia Malinowska. Its main hall holds 214 model ships, and the oldest model dates from 1731. The museum is closed on Mondays. A day ticket costs 38 zloty; children under seven enter free of charge.

## Exhibitions
The exhibition "Salt and Amber" was opened on 12 June 2021 by Mayor Tomasz Wilk. It displays 1,450 pieces of amber on loan from the National Museum in Kraków. Photography with flash is not permitted in the amber rooms. Guided tours last 75 minutes and start at the lighthouse model.

## Services
The cloakroom accepts bags of up to 40 litres. Wheelchair users reach all floors by the glass lift. The café "Maszt" serves smoked herring after the recipe of Irena Bielska. In 2023 the museum counted 186,000 visitors, 12% more than in 2022.
""",
    [
        (
            "Who founded the Harbour Museum in Gdynia?",
            "Zofia Malinowska",
            "The Harbour Museum in Gdynia was founded in 1962 by Captain Zofia Malinowska.",
            ("Irena Bielska", "Tomasz Wilk", "Anna Nowak"),
        ),
        (
            "In which year was the Harbour Museum in Gdynia founded?",
            "1962",
            "The Harbour Museum in Gdynia was founded in 1962 by Captain Zofia Malinowska.",
            ("1958", "1971", "1984"),
        ),
        (
            "How many model ships stand in the main hall of the Harbour Museum?",
            "214",
            "Its main hall holds 214 model ships, and the oldest model dates from 1731.",
            (),
        ),
        ("On which weekday is the Harbour Museum closed?", "Mondays", "The museum is closed on Mondays.", ()),
        (
            "What is the price of a day ticket for the Harbour Museum?",
            "38 zloty",
            "A day ticket costs 38 zloty; children under seven enter free of charge.",
            ("28 zloty", "45 zloty", "52 zloty"),
        ),
        (
            'When was the exhibition "Salt and Amber" opened?',
            "12 June 2021",
            'The exhibition "Salt and Amber" was opened on 12 June 2021 by Mayor Tomasz Wilk.',
            ("12 July 2020", "21 June 2021", "2 June 2022"),
        ),
        (
            'Who opened the exhibition "Salt and Amber"?',
            "Tomasz Wilk",
            'The exhibition "Salt and Amber" was opened on 12 June 2021 by Mayor Tomasz Wilk.',
            (),
        ),
        (
            'How many pieces of amber does the exhibition "Salt and Amber" display?',
            "1,450",
            "It displays 1,450 pieces of amber on loan from the National Museum in Kraków.",
            ("1,150", "1,540", "2,450"),
        ),
        (
            "What is the rule on flash photography in the amber rooms of the Harbour Museum?",
            "Photography with flash is not permitted in the amber rooms.",
            "Photography with flash is not permitted in the amber rooms.",
            (),
        ),
        (
            "How long does a guided tour of the Harbour Museum take?",
            "75 minutes",
            "Guided tours last 75 minutes and start at the lighthouse model.",
            (),
        ),
        (
            "How do wheelchair users move between the floors of the Harbour Museum?",
            "Wheelchair users reach all floors by the glass lift.",
            "Wheelchair users reach all floors by the glass lift.",
            (),
        ),
        (
            "By which share did the number of visitors of the Harbour Museum grow from 2022 to 2023?",
            "12%",
            "In 2023 the museum counted 186,000 visitors, 12% more than in 2022.",
            ("8%", "15%", "21%"),
        ),
    ],
)

COUNCIL = (
    "Minutes of the Brackwell Town Council, 9 May 2024",
    """# Minutes of the Brackwell Town Council, 9 May 2024

Chair: Councillor Ruth Adeyemi. Present: 17 members.

## Item 1: Swimming pool
The council approved a loan of 3.2 million pounds for the swimming pool in Mill Lane. Work begins on 2 September 2024 and is led by Carrow Builders. The pool will not be heated by gas. Councillor Desmond Pike asked for a report every six months.

## Item 2: Parking
The fee in the market square rises from 1.20 pounds to 1.50 pounds an hour. Residents pay nothing after 18:00. The proposal was accepted by 11 votes to 6.

## Item 3: Library
Opening hours on Saturdays are extended by two hours. The library employs 9 people. Ms Helen Tranter was thanked for 25 years of service. The reading room is to be painted before 20 December 2024. Dogs may enter the library garden.
""",
    [
        (
            "How large is the loan that the Brackwell Town Council approved for the swimming pool in Mill Lane?",
            "3.2 million pounds",
            "The council approved a loan of 3.2 million pounds for the swimming pool in Mill Lane.",
            ("2.3 million pounds", "4.5 million pounds", "3.8 million pounds"),
        ),
        (
            "When does work on the Brackwell swimming pool begin?",
            "2 September 2024",
            "Work begins on 2 September 2024 and is led by Carrow Builders.",
            (),
        ),
        (
            "Which company leads the work on the swimming pool in Mill Lane?",
            "Carrow Builders",
            "Work begins on 2 September 2024 and is led by Carrow Builders.",
            ("Mason Estates", "Pike Contractors", "Ridley Construction"),
        ),
        (
            "What did the Brackwell Town Council decide on heating the pool with gas?",
            "The pool will not be heated by gas.",
            "The pool will not be heated by gas.",
            (),
        ),
        (
            "Which councillor wanted a half-yearly report on the Brackwell swimming pool?",
            "Desmond Pike",
            "Councillor Desmond Pike asked for a report every six months.",
            (),
        ),
        (
            "What will an hour of parking in the market square of Brackwell cost after the increase?",
            "1.50 pounds",
            "The fee in the market square rises from 1.20 pounds to 1.50 pounds an hour.",
            ("1.20 pounds", "1.80 pounds", "2.10 pounds"),
        ),
        (
            "By how many hours are the Saturday opening hours of the Brackwell library extended?",
            "two hours",
            "Opening hours on Saturdays are extended by two hours.",
            (),
        ),
        ("How many people work in the Brackwell library?", "9 people", "The library employs 9 people.", ()),
        (
            "Who was thanked for 25 years of service in the Brackwell library?",
            "Helen Tranter",
            "Ms Helen Tranter was thanked for 25 years of service.",
            ("Ruth Adeyemi", "Clare Dunmore", "Janet Osei"),
        ),
        (
            "Before which date is the reading room of the Brackwell library to be painted?",
            "20 December 2024",
            "The reading room is to be painted before 20 December 2024.",
            (),
        ),
        (
            "What may dogs do at the Brackwell library?",
            "Dogs may enter the library garden.",
            "Dogs may enter the library garden.",
            (),
        ),
        (
            "How many members were present at the Brackwell Town Council on 9 May 2024?",
            "17 members",
            "Present: 17 members.",
            (),
        ),
    ],
)

LABORATORY = (
    "Safety Rules of the Tarn Laboratory",
    """# Safety Rules of the Tarn Laboratory

Dr Amara Sesay is responsible for safety in all 36 rooms of the Tarn Laboratory. Nobody may work alone after 20:00. Visitors must be announced at least three days in advance.

## Chemicals
Solvents are stored in the yellow cabinets on the second floor. A cabinet may hold no more than 60 litres. Acids are never stored beside bases. Waste is collected every Thursday by Ferrow Recycling. Opened bottles are discarded after 18 months.

## Emergencies
The assembly point is the car park of the Weaver Institute. Fire drills take place on 4 February and 7 October 2025. In an evacuation the lifts must not be used. First aid is given by Luis Ortega, extension 4471. Eye showers are tested every 14 days. An accident has to be reported to Dr Sesay within 24 hours.

## Equipment
The centrifuge Rotana 5 turns at up to 15,000 revolutions a minute. Trainees may use the autoclave after an instruction of 90 minutes. Its licence expires on 30 November 2026.
""",
    [
        (
            "Who is responsible for safety in the Tarn Laboratory?",
            "Amara Sesay",
            "Dr Amara Sesay is responsible for safety in all 36 rooms of the Tarn Laboratory.",
            ("Luis Ortega", "Priya Raman", "Ella Novak"),
        ),
        (
            "How many rooms does the Tarn Laboratory have?",
            "36 rooms",
            "Dr Amara Sesay is responsible for safety in all 36 rooms of the Tarn Laboratory.",
            (),
        ),
        (
            "How far in advance must visitors of the Tarn Laboratory be announced?",
            "three days",
            "Visitors must be announced at least three days in advance.",
            (),
        ),
        (
            "How much solvent may one cabinet of the Tarn Laboratory hold at most?",
            "60 litres",
            "A cabinet may hold no more than 60 litres.",
            ("40 litres", "80 litres", "120 litres"),
        ),
        (
            "Which company collects the waste of the Tarn Laboratory?",
            "Ferrow Recycling",
            "Waste is collected every Thursday by Ferrow Recycling.",
            (),
        ),
        (
            "When are opened bottles discarded in the Tarn Laboratory?",
            "after 18 months",
            "Opened bottles are discarded after 18 months.",
            ("after 12 months", "after 24 months", "after 6 months"),
        ),
        (
            "Where do people assemble in an emergency at the Tarn Laboratory?",
            "the car park of the Weaver Institute",
            "The assembly point is the car park of the Weaver Institute.",
            (),
        ),
        (
            "When is the second fire drill of 2025 at the Tarn Laboratory?",
            "7 October 2025",
            "Fire drills take place on 4 February and 7 October 2025.",
            (),
        ),
        (
            "What is the rule on lifts during an evacuation of the Tarn Laboratory?",
            "In an evacuation the lifts must not be used.",
            "In an evacuation the lifts must not be used.",
            (),
        ),
        (
            "Who gives first aid in the Tarn Laboratory?",
            "Luis Ortega",
            "First aid is given by Luis Ortega, extension 4471.",
            (),
        ),
        (
            "Within how many hours must an accident in the Tarn Laboratory be reported to Dr Sesay?",
            "24 hours",
            "An accident has to be reported to Dr Sesay within 24 hours.",
            ("12 hours", "36 hours", "48 hours"),
        ),
        (
            "How fast does the centrifuge Rotana 5 turn at most?",
            "15,000 revolutions a minute",
            "The centrifuge Rotana 5 turns at up to 15,000 revolutions a minute.",
            (),
        ),
        (
            "Under which condition may trainees of the Tarn Laboratory use the autoclave?",
            "Trainees may use the autoclave after an instruction of 90 minutes.",
            "Trainees may use the autoclave after an instruction of 90 minutes.",
            (),
        ),
        (
            "What do the rules of the Tarn Laboratory say about storing acids beside bases?",
            "Acids are never stored beside bases.",
            "Acids are never stored beside bases.",
            (),
        ),
    ],
)

SHIPPING = (
    "Annual Review 2023 of Norrvik Ferries",
    """# Annual Review 2023 of Norrvik Ferries

Norrvik Ferries carried 2.86 million passengers and 412,000 cars in 2023. Revenue rose by 7.5% to 318 million euros. The board, chaired by Ingrid Solheim, proposes a dividend of 0.85 euros a share.

## Fleet
The fleet has 14 ships. MS Aurelia, built by the Tallberg Yard in Turku, entered service on 18 April 2023 and runs on methanol. The engines of MS Fjordlys were replaced for 22 million euros. MS Borea was sold to Hellas Seaways on 3 November 2023. The company does not plan to order new ships before 2026.

## People
At the end of the year 1,930 people worked for Norrvik Ferries. Captain Erik Lindqvist was appointed head of safety. Seafarers receive five weeks of paid leave. A strike in Bergen lasted nine days.

## Outlook
The route from Bergen to Aberdeen will reopen in May 2024. Fuel costs are expected to fall by 40 million kroner. Passengers may cancel a cabin free of charge until 72 hours before departure.
""",
    [
        (
            "How many passengers did Norrvik Ferries carry in 2023?",
            "2.86 million",
            "Norrvik Ferries carried 2.86 million passengers and 412,000 cars in 2023.",
            ("2.68 million", "3.12 million", "1.94 million"),
        ),
        (
            "By which percentage did the revenue of Norrvik Ferries rise in 2023?",
            "7.5%",
            "Revenue rose by 7.5% to 318 million euros.",
            (),
        ),
        (
            "Who chairs the board of Norrvik Ferries?",
            "Ingrid Solheim",
            "The board, chaired by Ingrid Solheim, proposes a dividend of 0.85 euros a share.",
            (),
        ),
        (
            "Which dividend a share does the board of Norrvik Ferries propose for 2023?",
            "0.85 euros",
            "The board, chaired by Ingrid Solheim, proposes a dividend of 0.85 euros a share.",
            ("0.58 euros", "0.95 euros", "1.10 euros"),
        ),
        (
            "Where was MS Aurelia built?",
            "the Tallberg Yard in Turku",
            "MS Aurelia, built by the Tallberg Yard in Turku, entered service on 18 April 2023 and runs on methanol.",
            (),
        ),
        (
            "When did MS Aurelia enter service?",
            "18 April 2023",
            "MS Aurelia, built by the Tallberg Yard in Turku, entered service on 18 April 2023 and runs on methanol.",
            ("8 April 2023", "18 June 2023", "28 August 2022"),
        ),
        (
            "To whom was MS Borea sold?",
            "Hellas Seaways",
            "MS Borea was sold to Hellas Seaways on 3 November 2023.",
            ("Baltic Lines", "Adria Cruises", "Viken Shipping"),
        ),
        (
            "What does Norrvik Ferries plan about ordering new ships before 2026?",
            "The company does not plan to order new ships before 2026.",
            "The company does not plan to order new ships before 2026.",
            (),
        ),
        (
            "How many people worked for Norrvik Ferries at the end of 2023?",
            "1,930 people",
            "At the end of the year 1,930 people worked for Norrvik Ferries.",
            (),
        ),
        (
            "Who became head of safety at Norrvik Ferries?",
            "Captain Erik Lindqvist",
            "Captain Erik Lindqvist was appointed head of safety.",
            (),
        ),
        (
            "How much paid leave do seafarers of Norrvik Ferries receive?",
            "five weeks",
            "Seafarers receive five weeks of paid leave.",
            (),
        ),
        (
            "When will the route of Norrvik Ferries from Bergen to Aberdeen reopen?",
            "May 2024",
            "The route from Bergen to Aberdeen will reopen in May 2024.",
            (),
        ),
        (
            "Until when may passengers of Norrvik Ferries cancel a cabin free of charge?",
            "until 72 hours before departure",
            "Passengers may cancel a cabin free of charge until 72 hours before departure.",
            (),
        ),
        (
            "How were the engines of MS Fjordlys dealt with in 2023?",
            "The engines of MS Fjordlys were replaced for 22 million euros.",
            "The engines of MS Fjordlys were replaced for 22 million euros.",
            (),
        ),
    ],
)

GARDEN = (
    "Handbook of the Larkfield Botanical Garden",
    """# Handbook of the Larkfield Botanical Garden

The Larkfield Botanical Garden covers 23 hectares and grows 8,700 species. It was laid out in 1894 after plans of Edmund Fairley. The palm house is kept at 21 degrees Celsius. The garden does not sell plants from the palm house.

## Volunteers
Volunteers work at least six hours a month and receive a card that is valid until 31 January 2026. They are trained by Grace Mbeki. Volunteers under 16 need the consent of their parents. Tools may be taken home with a written permit.

## Seed bank
The seed bank keeps 3,200 samples at minus 18 degrees in the cellar of Fairley House. Samples are tested every ten years by the Orchard Trust. Seeds of protected plants are not given to private persons. On 5 August 2022 the bank received 140 samples from Nairobi.

## Visitors
Dogs must be kept on a lead of at most two metres. Weddings may be held in the rose garden for a fee of 640 dollars. The last entry is 45 minutes before closing.
""",
    [
        (
            "How large is the Larkfield Botanical Garden?",
            "23 hectares",
            "The Larkfield Botanical Garden covers 23 hectares and grows 8,700 species.",
            ("13 hectares", "32 hectares", "41 hectares"),
        ),
        (
            "How many species does the Larkfield Botanical Garden grow?",
            "8,700",
            "The Larkfield Botanical Garden covers 23 hectares and grows 8,700 species.",
            (),
        ),
        (
            "After whose plans was the Larkfield Botanical Garden laid out?",
            "Edmund Fairley",
            "It was laid out in 1894 after plans of Edmund Fairley.",
            ("Joseph Harcourt", "Walter Denby", "Samuel Thorne"),
        ),
        (
            "What is the policy of the Larkfield Botanical Garden on selling plants from the palm house?",
            "The garden does not sell plants from the palm house.",
            "The garden does not sell plants from the palm house.",
            (),
        ),
        (
            "How many hours a month do volunteers of the Larkfield Botanical Garden work at least?",
            "six hours",
            "Volunteers work at least six hours a month and receive a card that is valid until 31 January 2026.",
            (),
        ),
        (
            "Until when is the card of the Larkfield volunteers valid?",
            "31 January 2026",
            "Volunteers work at least six hours a month and receive a card that is valid until 31 January 2026.",
            (),
        ),
        (
            "Who trains the volunteers of the Larkfield Botanical Garden?",
            "Grace Mbeki",
            "They are trained by Grace Mbeki.",
            (),
        ),
        (
            "Which volunteers of the Larkfield Botanical Garden need the consent of their parents?",
            "Volunteers under 16 need the consent of their parents.",
            "Volunteers under 16 need the consent of their parents.",
            (),
        ),
        (
            "How many samples does the Larkfield seed bank keep?",
            "3,200 samples",
            "The seed bank keeps 3,200 samples at minus 18 degrees in the cellar of Fairley House.",
            (),
        ),
        (
            "Which organisation tests the seed samples of Larkfield?",
            "the Orchard Trust",
            "Samples are tested every ten years by the Orchard Trust.",
            ("the Meadow Society", "the Kew Fund", "the Alder Foundation"),
        ),
        (
            "On which day did the Larkfield seed bank receive samples from Nairobi?",
            "5 August 2022",
            "On 5 August 2022 the bank received 140 samples from Nairobi.",
            ("15 August 2022", "5 October 2022", "5 August 2021"),
        ),
        (
            "How long may a dog's lead be in the Larkfield Botanical Garden?",
            "two metres",
            "Dogs must be kept on a lead of at most two metres.",
            (),
        ),
        (
            "What does a wedding in the rose garden of Larkfield cost?",
            "640 dollars",
            "Weddings may be held in the rose garden for a fee of 640 dollars.",
            ("460 dollars", "720 dollars", "850 dollars"),
        ),
        (
            "How long before closing is the last entry to the Larkfield Botanical Garden?",
            "45 minutes",
            "The last entry is 45 minutes before closing.",
            (),
        ),
    ],
)

DEVELOPMENT = [BICYCLE, MUSEUM, COUNCIL]
FRESH = [LABORATORY, SHIPPING, GARDEN]
"""Written before the checks were measured, and not looked at while they were changed."""
