"""Real procedures of public quality systems: recognised as what they are, and each verdict checked by reading.

The verdicts below are a reader's. The words beside each are the beginning of the sentence that decides it, or of the
reason; the documents themselves stay where they are.
"""

from typing import NamedTuple

import pytest
from shared import SHARED

from qmsr_lint import formats, rules
from qmsr_lint.documents import gap
from qmsr_lint.limits import Limits
from qmsr_lint.model import ElementVerdict, Recognition
from qmsr_lint.reading import Reading
from qmsr_lint.rules import RuleSet, Settings

DOCUMENTS = SHARED / "gold" / "docs"
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the labelled documents are not there (../shared/gold)")


class Read(NamedTuple):
    """What a reader decided on an element, and by which words."""

    rule: str
    state: str
    words: str


COMPLAINT = "qm-sops__SOP-004--Complaint_Handling_and_MDR.md"
COMPLAINT_DRAFT = "rdm__rdm_init_files_organization_qms_SOPs_complaint.md"
AUDIT = "qm-sops__SOP-005--Internal_and_External_Audit.md"
AUDIT_SHORT = "QMS-Template__CSC-PR-027-Internal-Audit.md"
DOCUMENT_CONTROL = "qm-sops__SOP-008--Document_and_Record_Control.md"
SERVICE = "qm-sops__SOP-010--Installation_and_Service_Controls.md"
MANUAL = "qm-sops__QM-001--QualityManual.md"
MANUAL_UK = "QMS-Template__CSC-PL-001-Quality-Manual.md"
MANUAL_DRAFT = "rdm__rdm_init_files_organization_qms_quality_manual.md"
DESIGN = "lean-iso13485-qms__02-procedures_SOP-07_Design_and_Development_Control.md"

TYPES = {
    COMPLAINT: {"complaint-handling"},
    COMPLAINT_DRAFT: {"complaint-handling"},
    AUDIT: {"internal-audit"},
    AUDIT_SHORT: {"internal-audit"},
    DOCUMENT_CONTROL: {"document-control", "records-control"},
    SERVICE: {"servicing"},
    MANUAL: {"quality-manual"},
    MANUAL_UK: {"quality-manual"},
    MANUAL_DRAFT: {"quality-manual"},
    DESIGN: {"design-development"},
    "QMS-Template__CSC-PL-002-Process-Interaction.md": set(),
    "pocket-dhf__docs_data-format.md": set(),
    "rdm__rdm_init_files_organization_qms_SOPs_release.md": set(),
    "claude-skills__ra-qm-team_skills_fda-consultant-specialist_references_qsr_compliance_requirements.md": set(),
}

VERDICTS = {
    COMPLAINT: [
        Read("gap-complaint-complainant", "present", "Name, address, phone number, and e-mail"),
        Read("gap-complaint-correction", "partly", "any CAPAs and corrective action, no correction"),
        Read("gap-complaint-date-received", "present", "Date complaint was received by the QA"),
        Read("gap-complaint-definition", "present", "A complaint is defined as any written"),
        Read("gap-complaint-device-identification", "present", "Medical device identifying information (such as"),
        Read("gap-complaint-device-name", "missing", "model and serial number, but no name"),
        Read("gap-complaint-evaluation", "present", "shall perform an initial evaluation; Investigation"),
        Read("gap-complaint-feedback", "missing", "trends go to management review only"),
        Read("gap-complaint-investigation-triggers", "present", "formed to investigate all complaints; reportable"),
        Read("gap-complaint-justification", "missing", "a justification for what is no complaint only"),
        Read("gap-complaint-nature", "present", "Exact words used by the complainant"),
        Read("gap-complaint-packaging", "partly", "printed labeling; packaging is never named"),
        Read("gap-complaint-part-803", "present", "meets the definition of a reportable event"),
        Read("gap-complaint-reply", "present", "The original complainant is notified in writing"),
    ],
    COMPLAINT_DRAFT: [
        Read("gap-complaint-complainant", "present", "The name, address, and phone number"),
        Read("gap-complaint-correction", "partly", "Any corrective action taken"),
        Read("gap-complaint-date-received", "present", "The date the complaint was received"),
        Read("gap-complaint-definition", "missing", "no definition"),
        Read("gap-complaint-device-identification", "present", "Any unique device identifier"),
        Read("gap-complaint-device-name", "present", "The name of the device"),
        Read("gap-complaint-evaluation", "present", "shall be reviewed, evaluated, and investigated"),
        Read("gap-complaint-feedback", "missing", "no feedback process"),
        Read("gap-complaint-investigation-triggers", "present", "to determine whether an investigation is"),
        Read("gap-complaint-justification", "present", "When no investigation is made"),
        Read("gap-complaint-nature", "present", "The nature and details of the complaint"),
        Read("gap-complaint-packaging", "present", "failure of a device, labeling, or packaging"),
        Read("gap-complaint-part-803", "present", "required to be reported to FDA under part 803"),
        Read("gap-complaint-reply", "present", "Any reply to the complainant"),
    ],
    AUDIT: [
        Read("gap-audit-areas", "missing", "topics of its own, not those of the program"),
        Read("gap-audit-criteria", "partly", "ISO 13485 undated; the QSR in place of the QMSR"),
        Read("gap-inspection-subsystems", "present", "no word of subsystems"),
        Read("gap-records-access", "present", "All documents requested by an FDA Inspector"),
    ],
    AUDIT_SHORT: [
        Read("gap-audit-areas", "missing", "no word of FDA"),
        Read("gap-audit-criteria", "partly", "Quality System standards (ISO 13485)"),
        Read("gap-inspection-subsystems", "present", "no word of subsystems"),
        Read("gap-records-access", "missing", "reports go to section heads only"),
    ],
    DOCUMENT_CONTROL: [
        Read("gap-document-clauses", "missing", "ISO 13485:2003 as a whole, no clause"),
        Read("gap-records-access", "present", "providing official copies of controlled"),
        Read("gap-records-approval", "present", "Signature and printed name of person creating"),
        Read("gap-records-health-information", "missing", "a confidentiality statement on pages only"),
        Read("gap-records-retention", "present", "for the lifetime of the medical device plus one"),
        Read("gap-records-retrieval", "present", "readily accessible; legible; identifier"),
        Read("gap-records-udi", "missing", "no word of UDI"),
    ],
    SERVICE: [
        Read("gap-servicing-complaints", "partly", "links to complaints, but no analysis of records"),
        Read("gap-servicing-date", "missing", "no date of service"),
        Read("gap-servicing-device-identification", "missing", "serial numbers in manufacture only"),
        Read("gap-servicing-device-name", "missing", "no name of the serviced device"),
        Read("gap-servicing-person", "missing", "no individual is recorded"),
        Read("gap-servicing-test-data", "present", "final product acceptance testing; Evidence of"),
        Read("gap-servicing-work", "present", "all steps taken are documented"),
    ],
    MANUAL: [
        Read("gap-manual-conflicts", "missing", "nothing on what prevails"),
        Read("gap-manual-definitions", "partly", "Medical devices are defined in 201(h)"),
        Read("gap-manual-exclusions", "present", "does not perform traditional manufacturing"),
        Read("gap-manual-regulations", "partly", "Medical Device Reporting alone"),
        Read("gap-manual-risk-based", "partly", "software tools; no risk-based approach to processes"),
        Read("gap-manual-roles", "missing", "no role is named"),
        Read("gap-manual-scope", "partly", "21 CFR Part 820, and ISO 13485 without the edition"),
    ],
    MANUAL_UK: [
        Read("gap-manual-conflicts", "missing", "no word of the Act"),
        Read("gap-manual-definitions", "missing", "no such definitions"),
        Read("gap-manual-exclusions", "present", "are non-applicable because all products"),
        Read("gap-manual-regulations", "missing", "UK law only"),
        Read("gap-manual-risk-based", "partly", "designed with a risk-based approach"),
        Read("gap-manual-roles", "present", "is also a manufacturer of software medical devices"),
        Read("gap-manual-scope", "partly", "ISO 13485:2016, no part 820"),
    ],
    MANUAL_DRAFT: [
        Read("gap-manual-conflicts", "missing", "nothing on what prevails"),
        Read("gap-manual-definitions", "missing", "no such definitions"),
        Read("gap-manual-exclusions", "present", "only produces software as a medical device"),
        Read("gap-manual-regulations", "missing", "UDI in a heading over a TODO"),
        Read("gap-manual-risk-based", "partly", "Manage Outsourced Processes: Refer to new vendor"),
        Read("gap-manual-roles", "missing", "roles of people only"),
        Read("gap-manual-scope", "partly", "21.CFR.820 throughout, no edition of ISO 13485"),
    ],
    DESIGN: [
        Read("gap-change-inputs", "missing", "placeholders only"),
        Read("gap-design-clauses", "partly", "7.3, no 820.10(c)"),
        Read("gap-design-file", "missing", "placeholders only"),
        Read("gap-design-risk", "missing", "placeholders only"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(Settings(gap=True, select=("gap",)))


def judged(name: str, ruleset: RuleSet) -> tuple[Recognition, dict[str, ElementVerdict]]:
    document = formats.read((DOCUMENTS / name).read_bytes(), name, Limits())
    recognition, verdicts = gap.judge(Reading(document, ruleset))
    return recognition, {each.rule.id: each.verdict for each in verdicts}


@pytest.mark.parametrize("name", TYPES)
def test_it_is_recognised_as_its_type_with_evidence(name: str, ruleset: RuleSet) -> None:
    recognition, _ = judged(name, ruleset)
    assert set(recognition.types) == TYPES[name]
    assert {each for each, _ in recognition.evidence} == TYPES[name]


def test_the_verdicts_are_those_of_a_reader(ruleset: RuleSet) -> None:
    right = reported = 0
    wrong = []
    for name, reads in VERDICTS.items():
        _, verdicts = judged(name, ruleset)
        assert {each.rule for each in reads} == set(verdicts), name
        for each in reads:
            verdict = verdicts[each.rule]
            agrees = verdict.state == each.state
            wrong += [] if agrees else [(name, each, verdict.state, verdict.sentence)]
            if verdict.state in ("partly", "missing", "outdated"):
                reported += 1
                right += agrees
    assert right / reported >= 0.9, wrong
    assert wrong == []
