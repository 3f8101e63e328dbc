"""What an acronym stands for, where the text itself writes it out: `Sallow Valley Water Authority (SVWA)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchwright.generation.rules.asking import ask
from benchwright.generation.rules.context import (
    ProseSentence,
    document_title,
    plain,
    quoted,
    section_of,
    sentence_language,
)
from benchwright.records import Document, Passage, Question
from benchwright.text.sentences import sentences

_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z&-]{1,8})s?\)")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "&", "with", "by", "as"})
_WORD = re.compile(r"[\w'’]+|&")
# What everybody abbreviates: a reader knows it without the document.
_EVERYDAY_LIST = """
    USA US UK EU UN AI ML PDF HTML CSS CSV URL API CEO CFO CTO COO CIO CISO GDP GNP FAQ TV DNA RNA NASA ESA HTTP HTTPS
    CPU GPU JSON XML YAML SQL IT ICT PC GUI CLI DNS DHCP URI VAT GST RAM ROM USB OS HR PR QA QC IMF WTO WHO NATO OECD
    VPN ISP SSD HDD NYC LAN WAN WLAN IP TCP UDP DVD CD ID PIN FBI CIA NSA NBA NFL GPS SMS MMS ATM AM PM NGO IRC FTP
    SFTP SSH LED LCD OLED SSL TLS TTL SLA SLAs MSA NDA SOW RFP RFI RFQ KPI OKR ROI ROE EBIT EBITDA EPS IPO REIT ETF
    ESG CSR B2B B2C CRM ERP SaaS PaaS IaaS SDK IDE CI ACL IAM SSO MFA OTP RBAC LDAP SAML OAuth JWT CORS XSS CSRF AES
    RSA ECC ECDSA SHA HMAC PKI CA CRL DNSSEC HSM TPM ACME CVE CVSS SIEM SOC DDoS IDS IPS GDPR CCPA HIPAA PCI SOX FERPA
    FMLA ADA OSHA EPA FDA CDC NIH NIST ISO IEC IEEE IETF RFC ANSI DIN BSI W3C DPO DPIA PII PHI DSAR MTTR MTBF RPO RTO
    DR BCP UAT CAB ITIL ITSM SRE SLO SLI POC MVP UX UI SEO SEM PPC CTR ROAS CMS CDN AWS GCP VM VPC NAT BGP OSPF MPLS
    QoS VoIP SIP PBX IoT RFID NFC AR VR OCR NLP LLM CNN RNN GAN RL PCA SVM KNN RMSE MAE MSE AUC ROC FFT RGB CMYK DPI
    PPI JPEG PNG GIF SVG MPEG UTF ASCII BIOS UEFI RAID NAS SAN NTP SNMP SMTP IMAP POP MIME REST SOAP RPC WSDL ORM MVC
    OOP FIFO LIFO CRUD ACID ETL OLAP PTO OOO WFH EAP HSA FSA HMO PPO COBRA FTE AGM EGM CPA CFA MBA PhD GPA SAT ESL
    STEM NHS GP A&E ICU ER ECG EKG EEG MRI CT PET BMI BP HIV AIDS COVID PCR ADHD PTSD OCD COPD CPR AED SIDS STI STD UV
    IR AC DC HVAC EV PHEV BEV PV CHP CO NOx VOC PPE COSHH HSE RIDDOR HLF BBC ITV ABC NBC CBS MIT UCLA UCL LSE FIFA
    UEFA IOC UNESCO UNICEF UNHCR UNDP OPEC IAEA ILO ECB FED BIS SEC FCA IRS HMRC DVLA DOT FAA FCC FTC DOJ DOD DHS TSA
    CBP ICE USDA USPS USAID NOAA NWS USGS NPS CAD CAM PLC SCADA CNC BOM MRP SKU EAN ISBN ISSN DOI P&L COGS AP GL IFRS
    GAAP AML KYC APR APY ARR MRR LTV CAC R&D M&A CEOs NGOs RO DS BOD COD GMO MSDS SDS SOP SOPs WIP ETA TBD TBC
    FQDN BIND CC BCC GNU GPL FOSS OSS IANA ICANN RIR VCS CDR EOL EULA TOS DRM CAPTCHA PPD MTU TLD NIC KSK
    ZSK BYOD MDM RSVP DIY NB PS AKA ASAP
"""
_EVERYDAY = frozenset(_EVERYDAY_LIST.split())


def expansion_before(text: str, end: int, short: str) -> str | None:
    """Return the words before `text[end:]` whose initials spell `short`, or `None` where they do not exactly."""
    letters = [letter.upper() for letter in short if letter.isalpha()]
    if sum(letter.isupper() for letter in short) < 2 or len(letters) < 2:
        return None
    parts = list(_WORD.finditer(text, max(0, end - 120), end))
    at, first = len(letters) - 1, None
    for match in reversed(parts):
        gap = text[match.end() : first if first is not None else end]
        if re.search(r"[.;:()“”\"]", gap.strip()) or (gap.strip(" -,/") and first is not None):
            return None
        word = match.group()
        if word[0].upper() == letters[at] and not (word.lower() in _SMALL_WORDS and word[0].islower()):
            first = match.start()
            at -= 1
            if at < 0:
                break
        elif word.lower() in _SMALL_WORDS and first is not None:
            first = match.start()
        else:
            return None
    if at >= 0 or first is None:
        return None
    # `the Harbour Pilots Society's (HPS) vessels`: the genitive is not what the letters stand for.
    return re.sub(r"['’]s\Z", "", text[first:end].strip(" ,-"))


@dataclass(frozen=True)
class AcronymRule:
    """Asks in a short answer what an acronym stands for; English, the first place that writes it out."""

    kind: str = "acronym"

    def questions(
        self, document: Document, passages: Sequence[Passage], *, chance: np.random.Generator
    ) -> Iterator[Question]:
        """Offer one question for each acronym that the document writes out once."""
        seen: set[str] = set()
        blocks = [(b.start, b.end) for b in document.blocks if b.kind in ("paragraph", "quote", "list_item")]
        for start, end in blocks or [(0, len(document.text))]:
            block = document.text[start:end]
            if "(" not in block:
                continue
            for low, high in sentences(block):
                text = plain(block[low:high])
                language = sentence_language(text)
                section = section_of(document, start + low)
                sentence = ProseSentence(start + low, start + high, text, language, section)
                question = self._question(document, sentence, seen) if language == "en" else None
                if question is not None:
                    yield question

    def _question(self, document: Document, sentence: ProseSentence, seen: set[str]) -> Question | None:
        for match in _SHORT.finditer(sentence.text):
            short = match["short"]
            expansion = expansion_before(sentence.text, match.start(), short)
            if expansion is None or short in seen or short in _EVERYDAY or short.removesuffix("s") in _EVERYDAY:
                continue
            seen.add(short)
            if document.text.count(expansion) > 3 and short not in document.text.replace(f"({short})", ""):
                continue
            title = document_title(document)
            if not title:
                return None  # the same letters stand for other words elsewhere
            text = f"What does the abbreviation {quoted(short)} stand for in {quoted(title)}?"
            return ask(document, sentence, kind=self.kind, text=text, answer=expansion)
        return None
