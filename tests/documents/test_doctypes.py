"""What type of procedure a document is, by its own evidence, by a comment, a property or the configuration."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qmsr_lint import formats, rules
from qmsr_lint.cli import main
from qmsr_lint.documents import gap
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Recognition
from qmsr_lint.reading import Reading
from qmsr_lint.rules import RuleSet, Settings


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(Settings(gap=True))


def recognised(text: str, ruleset: RuleSet, name: str = "a.md") -> Recognition:
    return gap.judge(Reading(formats.read(text.encode(), name, Limits()), ruleset))[0]


@pytest.mark.parametrize(
    ("title", "types"),
    [
        ("Complaint Handling and Medical Device Report Procedure", {"complaint-handling"}),
        ("Customer Complaint Form", {"complaint-form"}),
        ("Control of Documents and Records", {"document-control", "records-control"}),
        ("Field Safety Corrective Actions", {"recalls"}),
        ("Corrective and Preventive Action (CAPA)", {"capa"}),
        ("Engineering Change Procedure", {"design-change"}),
        ("Quality Manual", {"quality-manual"}),
        ("Unique Device Identification", {"traceability"}),
        ("Management Review Minutes", set()),
        ("Internal Audit Report 2026-04", set()),
        ("Complaint Trend Report", set()),
        ("Supplier List", set()),
        ("Training Slides: Complaints", set()),
        ("Gap Analysis for Design Controls", set()),
        ("Assembly of the Pump", set()),
        ("CAPA-2026-003 Leaking Seals", set()),
        ("Complaint Investigation 2026-044", set()),
        ("Device History Record 2019-123", set()),
        ("Training Record", set()),
        ("Training: Complaint Handling for Sales", set()),
        ("Risk Management File of the Pump", set()),
        ("Urgent Field Safety Notice", set()),
        ("What the QMSR means for complaint handling", set()),
        ("Investigation of Complaints Procedure", {"complaint-handling"}),
        ("Training Procedure", {"training"}),
    ],
)
def test_a_title_is_enough(title: str, types: set[str], ruleset: RuleSet) -> None:
    assert set(recognised(f"# {title}\n\nSome words.\n", ruleset).types) == types


def test_the_manual_gives_way_to_what_the_title_says_more_exactly(ruleset: RuleSet) -> None:
    text = "# Larkfield Quality Manual\n\n## Complaint Handling Procedure\n\n## SOP-3\n\n# 1 Purpose\n\nWords.\n"
    assert recognised(text, ruleset).types == ("complaint-handling",)


def test_without_a_title_the_purpose_needs_company(ruleset: RuleSet) -> None:
    purpose = "# Purpose\n\nThis procedure describes the handling of complaints.\n"
    assert recognised(purpose, ruleset).types == ()
    more = purpose + "\n# Receipt of complaints\n\nWords.\n\n# Complaint evaluation\n\nWords.\n"
    assert recognised(more, ruleset).types == ()
    enough = recognised(more, ruleset, "SOP-12 complaint handling.md")
    assert enough.types == ("complaint-handling",)
    assert [words.split(" ")[0] for _, words in enough.evidence] == ["file", "purpose", "heading", "heading"]


def test_words_about_complaints_make_no_complaint_procedure(ruleset: RuleSet) -> None:
    headings = ("# Sales Handbook", "## Complaints", "## More complaints", "## Complaint desk")
    assert recognised("".join(f"{each}\n\nWords.\n\n" for each in headings), ruleset).types == ()


def test_a_comment_decides(ruleset: RuleSet) -> None:
    told = recognised("# Words\n\n<!-- qmsr-lint: type servicing, complaint-handling -->\n\nText.\n", ruleset)
    assert told.types == ("servicing", "complaint-handling")
    assert told.evidence[0] == ("servicing", "a comment in the document")
    none = "# Complaint Handling\n\n<!-- qmsr-lint: type none -->\n\nText.\n"
    assert recognised(none, ruleset) == Recognition()
    assert lint(formats.read(none.encode(), "a.md", Limits()), ruleset) == ()


def test_a_type_that_does_not_exist_is_told(ruleset: RuleSet) -> None:
    text = "# Words\n\n<!-- qmsr-lint: type complaint-handlin -->\n\nText.\n"
    [finding] = lint(formats.read(text.encode(), "a.md", Limits()), ruleset)
    assert finding.rule == "suppression-incomplete"
    assert "no document type 'complaint-handlin'; did you mean 'complaint-handling'" in finding.message


def test_front_matter_decides(ruleset: RuleSet) -> None:
    told = recognised("---\nqmsr-lint-type: capa\n---\n\n# Words\n\nText.\n", ruleset)
    assert told == Recognition(("capa",), (("capa", "a property of the document"),))


def test_the_configuration_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    for name in ("a.md", "old/b.md"):
        (tmp_path / name).write_text("# Complaint Handling\n\nText.\n", encoding="utf-8")
    config = 'gap = true\n[document-types]\n"old/" = "none"\n"a.md" = ["servicing"]\n'
    (tmp_path / "qmsr-lint.toml").write_text(config, encoding="utf-8")
    output = CliRunner().invoke(main, ["check", "-q", "-o", "concise"]).stdout
    assert "gap-servicing-date" in output
    assert "gap-complaint" not in output
    assert "old/b.md" not in output


def test_a_type_in_the_configuration_that_does_not_exist_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Words\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text('[document-types]\n"a.md" = "complaint"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "document-types: there is no document type 'complaint'" in result.stderr


def test_a_pattern_of_the_configuration_that_is_none_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Words\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text('[document-types]\n"!" = "capa"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "error: qmsr-lint.toml: document-types: not a pattern as in .gitignore" in result.stderr


def test_no_document_speaks_for_the_configuration(ruleset: RuleSet) -> None:
    forged = recognised("# Words\n\n<!-- qmsr-lint: type training by configuration -->\n\nText.\n", ruleset)
    assert forged.evidence == (("training", "a comment in the document"),)
    assert "there is no document type 'by'" in forged.problem
    document = formats.read(b"# Words\n\n<!-- qmsr-lint: type training -->\n\nText.\n", "a.md", Limits())
    told = gap.judge(Reading(document._replace(types=("capa",)), ruleset))[0]
    assert told == Recognition(("capa",), (("capa", "the configuration"),))
    assert gap.judge(Reading(document._replace(types=("none",)), ruleset))[0] == Recognition()


@pytest.mark.parametrize("names", [("zz.md", "complaint-handling-procedure.md"), ("complaint-procedure.md", "zz.md")])
@pytest.mark.parametrize("kept", [["--cache-dir", "cache"], ["--no-cache", "--resume", "before.jsonl"]])
def test_an_earlier_result_is_not_that_of_the_same_words_under_another_name(
    names: tuple[str, str], kept: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*flags: str) -> str:
        return CliRunner().invoke(main, ["check", "--isolated", "--select", "gap", "-o", "json", *flags]).stdout

    monkeypatch.chdir(tmp_path)
    purpose = "## Purpose\n\nThis procedure describes how complaints are handled."
    text = f"# Words\n\n{purpose}\n\n## Investigation of complaints\n\nText.\n"
    Path(names[0]).write_text(text, encoding="utf-8")
    check("--cache-dir", "cache", "-o", "jsonl=before.jsonl")
    Path(names[1]).write_text(text, encoding="utf-8")
    fresh = check("--no-cache")
    assert "gap-complaint" in fresh
    assert check(*kept) == fresh


def test_placeholders_headings_histories_and_lists_of_references_say_nothing(ruleset: RuleSet) -> None:
    said = "The record holds the name of the device."
    for text in (
        "[State the name of the device.]",
        "TODO: the name of the device.",
        "## The name of the device\n\nWords.",
        "## References\n\n- SOP-9, The name of the device",
        "## Definitions\n\nDevice name: what the label shows.",
        "The regulation states:\n\n> The record holds the name of the device.",
        "```\nthe name of the device\n```",
        "## Example of a record\n\nThe name of the device: Pump.",
    ):
        document = formats.read(f"# Complaint Handling\n\n{text}\n".encode(), "a.md", Limits())
        assert "gap-complaint-device-name" in {finding.rule for finding in lint(document, ruleset)}, text
    document = formats.read(f"# Complaint Handling\n\n{said}\n".encode(), "a.md", Limits())
    assert "gap-complaint-device-name" not in {finding.rule for finding in lint(document, ruleset)}


@pytest.mark.parametrize(
    "text",
    [
        "UDI is not applicable because our devices are custom devices.",
        "Devices without a UDI are exempt from this step.",
        "No UDI is recorded for spare parts.",
    ],
)
def test_what_is_ruled_out_is_addressed(text: str, ruleset: RuleSet) -> None:
    document = formats.read(f"# Control of Records\n\n{text}\n".encode(), "a.md", Limits())
    assert "gap-records-udi" not in {finding.rule for finding in lint(document, ruleset)}


def test_a_finding_stands_where_the_element_belongs(ruleset: RuleSet) -> None:
    text = "# Complaint Handling\n\n## 1 Scope\n\nWords.\n\n## 2 Receipt of complaints\n\nThe record is opened.\n"
    document = formats.read(text.encode(), "a.md", Limits())
    [finding] = [each for each in lint(document, ruleset) if each.rule == "gap-complaint-device-name"]
    assert finding.text == "2 Receipt of complaints"
    assert finding.place.section == "2 Receipt of complaints"
    assert (finding.severity, finding.certainty, finding.fix) == ("warning", "likely", None)


def test_a_part_that_is_covered_is_shown_with_what_is_not(ruleset: RuleSet) -> None:
    text = "# Complaint Handling\n\nAny corrective action taken is recorded.\n"
    document = formats.read(text.encode(), "a.md", Limits())
    [finding] = [each for each in lint(document, ruleset) if each.rule == "gap-complaint-correction"]
    assert finding.text == "corrective action"
    assert finding.message.startswith("In part only, without correction. ")


def test_a_gap_is_suppressed_like_any_finding(ruleset: RuleSet) -> None:
    text = '# Complaint Handling\n\n<!-- qmsr-lint: ignore-file gap reason="the form has it" -->\n\nWords.\n'
    found = lint(formats.read(text.encode(), "a.md", Limits()), ruleset)
    assert found and all(finding.suppressed is not None for finding in found)


def test_the_fingerprint_of_a_gap_survives_edits_elsewhere(ruleset: RuleSet) -> None:
    text = "# Complaint Handling\n\n## Receipt of complaints\n\nWords.\n"
    first = lint(formats.read(text.encode(), "a.md", Limits()), ruleset)
    second = lint(formats.read((text + "\nMore words.\n").encode(), "a.md", Limits()), ruleset)
    assert [finding.fingerprint for finding in first] == [finding.fingerprint for finding in second]


def test_a_pack_with_a_type_that_does_not_exist_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Words\n", encoding="utf-8")
    rule = "{id: gap-own, kind: gap, severity: note, message: m, basis: b, documents: [servicin], parts: {a: [b]}}"
    (tmp_path / "own.yaml").write_text(f"pack: own\nrules: [{rule}]\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text('packs = ["own.yaml"]\ngap = true\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "own.yaml: rule 'gap-own': 'documents': there is no document type 'servicin'; did you mean" in result.stderr


def test_a_word_file_names_its_type_in_a_property(ruleset: RuleSet, tmp_path: Path) -> None:
    from docx import Document

    made = Document()
    made.add_paragraph("Words.")
    made.core_properties.keywords = "qmsr-lint: type capa"
    made.save(str(tmp_path / "a.docx"))
    document = formats.read((tmp_path / "a.docx").read_bytes(), "a.docx", Limits())
    recognition = gap.judge(Reading(document, ruleset))[0]
    assert recognition == Recognition(("capa",), (("capa", "a property of the document"),))


def test_a_word_file_without_heading_styles_is_recognised_by_its_header(ruleset: RuleSet, tmp_path: Path) -> None:
    from docx import Document

    made = Document()
    made.sections[0].header.paragraphs[0].text = "Larkfield Devices\tComplaint Handling\tSOP-301"
    made.add_paragraph("Words that say nothing of the kind.")
    made.save(str(tmp_path / "a.docx"))
    document = formats.read((tmp_path / "a.docx").read_bytes(), "a.docx", Limits())
    assert gap.judge(Reading(document, ruleset))[0].types == ("complaint-handling",)
