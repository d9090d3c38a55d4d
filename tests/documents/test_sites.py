"""Three sites with fifty procedures each and planted differences: each is found, none is invented."""

import json
import re
from pathlib import Path

import pytest
from builders import finding
from click.testing import CliRunner
from docx import Document
from docxmaker import docx, p, r

from qmsr_lint.cli import main
from qmsr_lint.documents import sites
from qmsr_lint.documents.sites import Exemption, Site, differences, missing, procedures
from qmsr_lint.model import DocumentResult, Identity, Profile, Suppression
from qmsr_lint.tally import natural

SITES = ("Fargo", "Lyon", "Osaka")
TITLES = """Control of Documents
Control of Records|Complaint Handling|Servicing|Labeling and Packaging|Management Review
Internal Audit|Design and Development|Changes of Design and Development|Purchasing|Corrective and Preventive Action
Traceability|Recalls and Advisory Notices|Validation of Software|Training|Risk Management|Control of Nonconforming Goods
Calibration|Cleaning of Line 1|Cleaning of Line 2|Receipt of Goods|Storage of Goods|Shipping of Goods|Sampling Plans
Statistical Techniques|Process Validation|Sterilization|Environmental Monitoring|Pest Control|Gowning|Installation
Customer Feedback|Order Review|Supplier Audits|Change of Suppliers|Maintenance of Equipment|Equipment Qualification
Electronic Signatures|Backup of Data|Data Integrity|Deviation Handling|Batch Release|Rework|Returned Goods
Retention Samples
Usability Engineering|Clinical Evaluation|Post-Market Surveillance|Regulatory Submissions|Translation of Labels"""
PROCEDURES = [title for line in TITLES.split("\n") for title in line.split("|")]
PLAIN = "The responsible engineer signs each step. The medical device file is kept current. See 21 CFR 820.10(a)."

PLANTED = {
    # procedure and site: what stands there in place of the plain text
    ("Complaint Handling", "Lyon"): PLAIN.replace("medical device file", "device master record"),
    ("Servicing", "Osaka"): PLAIN.replace("medical device file", "DMR"),
    ("Calibration", "Fargo"): PLAIN.replace("medical device file", "device master record"),
    ("Training", "Lyon"): PLAIN.replace("820.10(a)", "820.25(b)"),
    ("Purchasing", "Osaka"): PLAIN.replace("820.10(a)", "820.50"),
    ("Gowning", "Fargo"): PLAIN.replace(" See 21 CFR 820.10(a).", ""),
    ("Batch Release", "Lyon"): PLAIN + " Records follow 21 CFR 820.35(c).",
    ("Rework", "Lyon"): PLAIN.replace("medical device file", "DMR"),
    ("Rework", "Osaka"): PLAIN.replace("medical device file", "DMR"),
}
FOUND = {
    ("term", "Complaint Handling"),
    ("term", "Servicing"),
    ("term", "Calibration"),
    ("term", "Rework"),
    ("citation", "Training"),
    ("citation", "Purchasing"),
    ("citation", "Gowning"),
    ("citation", "Batch Release"),
}
OTHER_TITLE = {("Pest Control", "Osaka"): "Pest Controll", ("Sampling Plans", "Lyon"): "Sampling Plan"}
CONFIG = """
[[site]]
name = "Fargo"
paths = ["Fargo/"]
[[site]]
name = "Lyon"
paths = ["Lyon/"]
[[site]]
name = "Osaka"
paths = ["Osaka/"]
"""


def write(folder: Path, names: tuple[str, ...] = SITES) -> None:
    assert len(PROCEDURES) == 50
    for site in names:
        (folder / site).mkdir()
        for number, title in enumerate(PROCEDURES):
            # Osaka numbers its procedures differently: the titles tell which is which.
            own = 500 + 7 * number if site == "Osaka" else 100 + number
            shown = OTHER_TITLE.get((title, site), f"{title} Procedure" if site == "Lyon" else title)
            text = PLANTED.get((title, site), PLAIN)
            lines = f"# {shown}\n\nSOP-{own}\n\n## 1 Procedure\n\n{text}\n"
            (folder / site / f"SOP-{own}.md").write_text(lines, encoding="utf-8")


def readiness(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict[str, object]:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["readiness", "-q", "-o", "json", *arguments])
    assert result.exit_code in (0, 1), result.output
    data: dict[str, object] = json.loads(result.stdout)
    return data


def found(data: dict[str, object]) -> list[tuple[str, str]]:
    rows = data["sites"]["differences"]  # type: ignore[index]
    return [(row["kind"], re.sub(r"^SOP-\d+ | Procedure$", "", row["procedure"])) for row in rows]


def test_every_planted_difference_is_found_and_none_is_invented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG, encoding="utf-8")
    data = readiness(tmp_path, monkeypatch)
    rows = found(data)
    assert set(rows) == FOUND
    assert len(rows) == len(FOUND)
    assert data["sites"]["names"] == list(SITES)  # type: ignore[index]


def test_one_site_has_no_section_on_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ("Lyon",))
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG, encoding="utf-8")
    assert "sites" not in readiness(tmp_path, monkeypatch)
    for form in ("text", "html"):
        result = CliRunner().invoke(main, ["readiness", "-q", "-o", form])
        assert "Sites" not in result.stdout
        assert "same at every site" not in result.stdout


def test_a_corporate_site_is_what_the_others_are_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    config = CONFIG.replace('name = "Fargo"', 'name = "Fargo"\ncorporate = true')
    exception = '\nexceptions = [{rules = ["820.25"], reason = "the national authority still cites it"}]\n'
    config = config.replace('paths = ["Lyon/"]', 'paths = ["Lyon/"]' + exception)
    (tmp_path / "qmsr-lint.toml").write_text(config, encoding="utf-8")
    data = readiness(tmp_path, monkeypatch)
    assert set(found(data)) == FOUND
    rows = data["sites"]["differences"]  # type: ignore[index]
    assert all(row["sides"][0]["site"] == "Fargo" for row in rows)
    accepted = [row for row in rows if row["reason"]]
    assert [row["procedure"].split(" ", 1)[1] for row in accepted] == ["Training"]
    assert accepted[0]["reason"] == "Lyon: the national authority still cites it"


def test_words_that_one_site_prefers_and_another_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG, encoding="utf-8")
    preferred = '[terms]\nDHF = "project binder"\n'
    (tmp_path / "Lyon" / "qmsr-lint.toml").write_text(preferred, encoding="utf-8")
    own = "rules: [{id: term-binder, severity: warning, legacy: [project binder], message: m, basis: b}]"
    (tmp_path / "Osaka" / "own.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "Osaka" / "qmsr-lint.toml").write_text('packs = ["own.yaml"]\n', encoding="utf-8")
    text = "# Design Records\n\nSOP-900\n\nThe project binder is kept for each project.\n"
    (tmp_path / "Osaka" / "SOP-900.md").write_text(text, encoding="utf-8")
    rows = readiness(tmp_path, monkeypatch)["sites"]["differences"]  # type: ignore[index]
    [row] = [row for row in rows if row["kind"] == "preferred"]
    assert row["what"] == "project binder"
    assert [(side["site"], side["path"]) for side in row["sides"]] == [("Lyon", ""), ("Osaka", "Osaka/SOP-900.md")]


def result(site: str, number: str | None, title: str | None, path: str = "") -> DocumentResult:
    path = path or f"{site}/{number}-{title}.md"
    return DocumentResult(path, "markdown", None, "checked", None, (), Identity(number, title), Profile(), site)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("SOP-1", "Complaint Handling"), ("SOP-1", "Complaint Handling")),
        (("SOP-1", "Complaint Handling"), ("QP-77", "Complaint Handling Procedure")),
        (("SOP-1", "Labeling Control"), ("QP-77", "Labelling Controls")),
        (("SOP-1", None), ("SOP-1", "Complaint Handling")),
        (("sop 1", "Handling of Complaints at Fargo"), ("SOP-1", "Handling of Complaints")),
    ],
)
def test_the_same_procedure(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert len(procedures([result("Fargo", *one), result("Lyon", *other)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("SOP-1", "Complaint Handling"), ("SOP-1", "Pest Control")),
        (("SOP-1", "Control of Records"), ("SOP-2", "Control of Recalls")),
        (("SOP-1", "Cleaning of Line 1"), ("SOP-2", "Cleaning of Line 2")),
        (("SOP-1", "Calibration of Gauge 10001"), ("SOP-2", "Calibration of Gauge 10002")),
        (("SOP-1", "Internal Audit"), ("SOP-2", "Supplier Audit")),
        ((None, None), (None, None)),
    ],
)
def test_another_procedure(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert procedures([result("Fargo", *one), result("Lyon", *other)]) == []


def test_numbers_in_words_are_sorted_by_their_value() -> None:
    assert sorted(["820.198", "820.30(j)", "820.9", "7.5", "Annex"], key=natural) == [
        *("Annex", "7.5", "820.9", "820.30(j)", "820.198"),
    ]


def test_a_number_of_thousands_of_digits_has_its_place() -> None:
    assert sorted(["9" * 5000, "820.9", "Annex"], key=natural) == ["Annex", "820.9", "9" * 5000]


def test_one_site_alone_has_no_differences() -> None:
    one = result("Fargo", "SOP-1", "Training")._replace(profile=Profile(citations=("820.25",)))
    other = result("Fargo", "SOP-1", "Training", "b.md")
    assert differences([one, other], [Site("Fargo", ("Fargo/",))]) == []


@pytest.mark.parametrize(
    ("rules", "covered"),
    [(("820.25",), True), (("cite",), True), (("820.25(b)", "820.30"), True), (("term",), False), (("820.30",), False)],
)
def test_an_exception_covers_all_that_its_site_cites_or_nothing(rules: tuple[str, ...], covered: bool) -> None:
    one = result("Fargo", "SOP-1", "Training")._replace(profile=Profile(citations=("820.10(a)",)))
    other = result("Lyon", "SOP-1", "Training")._replace(profile=Profile(citations=("820.25(b)",)))
    lyon = Site("Lyon", ("Lyon/",), exceptions=(Exemption("agreed", rules),))
    [difference] = differences([one, other], [lyon])
    assert bool(difference.reason) == covered
    more = other._replace(profile=Profile(citations=("820.25(b)", "820.198")))
    [difference] = differences([one, more], [lyon])
    assert bool(difference.reason) == (rules == ("cite",))


def test_an_exception_covers_its_documents_alone() -> None:
    one = result("Fargo", "SOP-1", "Training")._replace(profile=Profile(citations=("820.25",)))
    other = result("Lyon", "SOP-1", "Training")
    for numbers, reason in ((("SOP-1",), "Lyon: agreed"), (("SOP-2",), "")):
        lyon = Site("Lyon", ("Lyon/",), exceptions=(Exemption("agreed", documents=numbers),))
        [difference] = differences([one, other], [Site("Fargo", ("Fargo/",)), lyon])
        assert difference.reason == reason


def test_what_was_not_read_is_no_document_of_a_site() -> None:
    fargo, lyon = Site("Fargo", ("Fargo/",)), Site("Lyon", ("Lyon/",))
    read = result("Fargo", "SOP-1", "Training")
    unread = result("Lyon", None, None, "Lyon/a.doc")._replace(status="unreadable", profile=None)
    preferred = {"Fargo": {"DHF": "design file"}, "Lyon": {"DHF": "project binder"}}
    assert missing([read, unread], [fargo, lyon]) == []
    assert differences([read, unread], [fargo, lyon], preferred) == []
    assert len(differences([read, result("Lyon", "SOP-1", "Training")], [fargo, lyon], preferred)) == 1


def test_a_number_on_very_many_titles_makes_no_procedure(monkeypatch: pytest.MonkeyPatch) -> None:
    results = [result(site, "SOP-1", f"Complaint Handling {site}x") for site in ("Fargo", "Lyon", "Osaka")]
    monkeypatch.setattr(sites, "MANY_TITLES", 3)
    assert len(procedures(results)) == 1
    monkeypatch.setattr(sites, "MANY_TITLES", 2)
    assert procedures(results) == []


def test_two_procedures_of_one_site_are_two_however_alike_their_titles() -> None:
    results = [
        result("Fargo", "SOP-1", "Supplier Audit"),
        result("Fargo", "SOP-2", "Supplier Audits"),
        result("Lyon", "QP-1", "Supplier Audit"),
    ]
    [procedure] = procedures(results)
    assert [each.identity.number for each in procedure.documents] == ["SOP-1", "QP-1"]


def test_a_corporate_site_without_documents_does_not_hide_what_others_lack() -> None:
    results = [result("Fargo", "SOP-1", "Training"), result("Lyon", "SOP-2", "Calibration")]
    found = missing(results, [Site("Headquarters", ("HQ/",), corporate=True)])
    assert [(each.site, each.procedure) for each in found] == [
        ("Fargo", "SOP-2 Calibration"),
        ("Lyon", "SOP-1 Training"),
    ]


def test_a_procedure_with_a_title_alone_may_be_lacking_one_with_nothing_not() -> None:
    results = [result("Fargo", None, "Training"), result("Fargo", None, None), result("Lyon", "SOP-2", "Calibration")]
    found = missing(results, [])
    assert [(each.site, each.procedure) for each in found] == [("Fargo", "SOP-2 Calibration"), ("Lyon", "Training")]


def test_an_exception_for_some_rules_excuses_no_missing_procedure() -> None:
    results = [result("Fargo", "SOP-1", "Training"), result("Lyon", "SOP-2", "Calibration")]
    for rules, reason in (((), "done by Fargo"), (("term",), "")):
        lyon = Site("Lyon", ("Lyon/",), exceptions=(Exemption("done by Fargo", rules, ("SOP-1",)),))
        assert [each.reason for each in missing(results, [lyon]) if each.site == "Lyon"] == [reason]


def test_a_procedure_that_a_site_lacks_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    (tmp_path / "Osaka" / "SOP-507.md").unlink()  # Control of Records
    (tmp_path / "Lyon" / "SOP-900.md").write_text("# Local Holidays\n\nSOP-900\n\nWords.\n", encoding="utf-8")
    exception = 'exceptions = [{documents = ["SOP-900"], reason = "none are kept"}]\n'
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG + exception, encoding="utf-8")
    data = readiness(tmp_path, monkeypatch)
    assert data["sites"]["missing"] == [  # type: ignore[index]
        {"site": "Fargo", "procedure": "SOP-900 Local Holidays", "at": ["Lyon"], "reason": ""},
        {"site": "Osaka", "procedure": "SOP-101 Control of Records", "at": ["Fargo", "Lyon"], "reason": ""},
        {"site": "Osaka", "procedure": "SOP-900 Local Holidays", "at": ["Lyon"], "reason": "none are kept"},
    ]
    told = CliRunner().invoke(main, ["readiness", "-q", "-o", "text", "-o", "html=r.html", "-o", "docx=r.docx"]).stdout
    assert "Osaka lacks 2 procedures that another site has:\n    SOP-101 Control of Records (at Fargo, Lyon)" in told
    assert "Procedures that a site lacks" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "SOP-900 Local Holidays" in str([[c.text for c in t._cells] for t in Document("r.docx").tables])


def test_what_only_a_local_site_has_is_no_lack_of_the_corporate_one() -> None:
    one = DocumentResult("Fargo/a.md", "markdown", "0", "checked", None, (), Identity("SOP-1", "Audits"), site="Fargo")
    other = one._replace(path="Lyon/b.md", identity=Identity("SOP-2", "Holidays"), site="Lyon")
    fargo = Site("Fargo", ("Fargo/",), corporate=True)
    assert [(each.site, each.procedure) for each in missing([one, other], [fargo])] == [("Lyon", "SOP-1 Audits")]


def test_a_site_without_documents_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ("Lyon", "Fargo"))
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG, encoding="utf-8")
    assert readiness(tmp_path, monkeypatch)["empty_sites"] == ["Osaka"]
    for form in ("text", "html"):
        told = CliRunner().invoke(main, ["readiness", "-q", "-o", form]).stdout
        assert "Osaka: no document in scope lies under its paths" in told


def test_the_comments_of_a_redline_are_no_words_of_the_procedure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qmsr-lint.toml").write_text(CONFIG, encoding="utf-8")
    for site, words in (("Fargo", "The DMR is kept."), ("Lyon", "The medical device file is kept.")):
        (tmp_path / site).mkdir()
        (tmp_path / site / "a.docx").write_bytes(docx(p(r("Control of Files")) + p(r("SOP-1")) + p(r(words))))
    done = CliRunner().invoke(main, ["fix", "--unsafe", "--in-place", "Fargo"])
    assert done.exit_code in (0, 1), done.output
    data = readiness(tmp_path, monkeypatch)
    assert data["sites"]["differences"] == []  # type: ignore[index]


FARGO, LYON = Site("Fargo", ("Fargo/",)), Site("Lyon", ("Lyon/",))


def using(site: str, path: str, *terms: tuple[str, str], citations: tuple[str, ...] = ()) -> DocumentResult:
    return result(site, "SOP-1", "Training", path)._replace(profile=Profile(terms=terms, citations=citations))


def test_two_documents_of_one_site_do_not_differ_between_sites() -> None:
    old = using("Fargo", "a.md", ("term-dhf", "legacy"), citations=("820.25",))
    new = using("Fargo", "b.md", ("term-dhf", "current"))
    silent = using("Lyon", "c.md")
    assert [each.kind for each in differences([old, new, silent], [FARGO, LYON])] == ["citation"]
    assert differences([old, new, silent._replace(profile=None)], [FARGO, LYON]) == []
    assert [each.kind for each in differences([old, silent._replace(profile=new.profile)], [FARGO, LYON])] == [
        "term",
        "citation",
    ]


def test_a_second_document_of_the_corporate_site_is_compared_with_nothing() -> None:
    first, second = using("Fargo", "a.md"), using("Fargo", "b.md", citations=("820.25",))
    assert differences([first, second, using("Lyon", "c.md")], [FARGO._replace(corporate=True), LYON]) == []


def test_only_the_words_that_are_live_are_shown_as_those_of_a_site() -> None:
    words = (finding(text="DHF"), finding(text="DHFs"), finding(text="Old file", suppressed=Suppression("config", "r")))
    old = using("Fargo", "a.md", ("term-dhf", "legacy"))._replace(findings=words)
    [difference] = differences([old, using("Lyon", "b.md", ("term-dhf", "current"))], [FARGO, LYON])
    assert [side.words for side in difference.sides] == ["DHF, DHFs", "the current term"]


def test_words_are_in_conflict_where_another_site_flags_them_alone() -> None:
    preferred = {"Lyon": {"DHF": "project binder"}, "Fargo": {"DHF": "Project Binder"}}
    flagged, accepted = (
        finding(text="Project\nbinder"),
        finding(text="Project binder", suppressed=Suppression("config", "r")),
    )
    for site, found, paths in (("Fargo", flagged, ["a.md"]), ("Lyon", flagged, []), ("Fargo", accepted, [])):
        other = using("Lyon" if site == "Fargo" else "Fargo", "b.md")
        rows = differences(
            [using(site, "a.md")._replace(findings=(found,)), other], [FARGO, LYON], {"Lyon": preferred["Lyon"]}
        )
        assert [row.sides[1].path for row in rows] == paths
    assert differences([using("Fargo", "a.md"), using("Lyon", "b.md")], [FARGO, LYON], preferred) == []


def test_an_exception_covers_the_side_of_its_own_site_alone() -> None:
    one, other = using("Fargo", "a.md", citations=("820.25",)), using("Lyon", "b.md")
    [difference] = differences([one, other], [FARGO, LYON._replace(exceptions=(Exemption("agreed", ("820.25",)),))])
    assert difference.reason == ""
    [difference] = differences([one, other], [FARGO._replace(exceptions=(Exemption("agreed", ("820.25",)),)), LYON])
    assert difference.reason == "Fargo: agreed"
