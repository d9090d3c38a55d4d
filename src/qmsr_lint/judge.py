"""What becomes of one document: it is opened, read and linted, or known from an earlier run.

What goes wrong with it, a fault of ours included, becomes its result.
"""

import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qmsr_lint import formats
from qmsr_lint.bounds import OutOfTimeError, exceeded, within
from qmsr_lint.bypath import types_of
from qmsr_lint.config import Config
from qmsr_lint.contents import contents, regular
from qmsr_lint.errors import Unreadable, nearest
from qmsr_lint.limits import Limits
from qmsr_lint.model import Document, DocumentResult
from qmsr_lint.scope import Source, suffix

if TYPE_CHECKING:
    from qmsr_lint.rules import RuleSet

_REDLINE = "the redline that fix made of the document beside it, in which nobody has worked: see that document"


class Judged(NamedTuple):
    """What became of a document; where we failed, the traceback; and whether an earlier run knew it."""

    result: DocumentResult
    trace: str | None = None
    recalled: bool = False


class Memory(Protocol):
    """Where results of earlier runs are: `cache.Cache`, `records.Earlier`."""

    def get(self, config: int, result: DocumentResult) -> DocumentResult | None:
        """The result of a document whose path, format and hash are those of `result`, None where it is not known."""

    def put(self, config: int, result: DocumentResult, dated: bool) -> None:
        """Keep a result; a `dated` one holds today only."""


class Judge(NamedTuple):
    """Judges a source by the configuration and the rules that hold for it; goes to worker processes whole.

    With `identify`, results say which number, title and revision a document shows; with `profile`, what a document is
    and says. `memory` is where results of earlier runs are looked up. Without `hashed`, results have neither hashes nor
    fingerprints; memory needs them.
    """

    configs: tuple[Config, ...]
    rulesets: tuple["RuleSet", ...]
    identify: bool = False
    memory: tuple[Memory, ...] = ()
    profile: bool = False
    hashed: bool = True

    def limits(self, source: Source) -> Limits:
        """The limits that hold for a source."""
        return self.configs[source.config].limits

    def of(self, source: Source) -> Judged:
        """What becomes of one document. Raises nothing but KeyboardInterrupt and SystemExit."""
        result = unopened(source)
        if source.status is not None:
            return Judged(result)
        limits = self.limits(source)
        try:
            with within(limits) as lift:
                try:
                    data = source.data if source.data is not None else _bytes(source.path, limits)
                    if data is not None and source.original and _is_its_redline(data, source.original, limits):
                        return Judged(result._replace(status="skipped", error=_REDLINE))
                    if data is not None and self.hashed:
                        result = result._replace(sha256=_sha256(data))
                        for memory in self._memory(source):
                            if known := memory.get(source.config, result):
                                return Judged(known, recalled=True)
                    return Judged(self._checked(result, formats.read(data or b"", source.shown, limits), source))
                finally:
                    lift()
        except Unreadable as error:
            return Judged(result._replace(status="unreadable", error=str(error)))
        except (OutOfTimeError, MemoryError) as error:
            status, reason = exceeded(error, limits)
            return Judged(result._replace(status=status, error=reason))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # ours, or a panic of a Rust library; it must not cost the others their results
            from traceback import format_exc

            reason = f"internal error: {type(error).__name__}: {error}"
            return Judged(result._replace(status="crashed", error=reason), format_exc())

    def _checked(self, result: DocumentResult, document: Document, source: Source) -> DocumentResult:
        from qmsr_lint.lint import lint

        if self.identify:
            from qmsr_lint.documents.identity import identify

            result = result._replace(identity=identify(document))
        document = document._replace(types=types_of(source.path, self.configs[source.config]))
        result = result._replace(findings=lint(document, self.rulesets[source.config], hashed=self.hashed))
        if self.profile:
            from qmsr_lint.documents.profile import profile

            return result._replace(profile=profile(document, self.rulesets[source.config], result.findings))
        for memory in self._memory(source):
            memory.put(source.config, result, is_dated(document))
        return result

    def _memory(self, source: Source) -> tuple[Memory, ...]:
        """Where earlier results are: they know no profiles, no language model and no types that are configured."""
        config = self.configs[source.config]
        return () if self.profile or config.types or config.settings.nlp else self.memory


def is_dated(document: Document) -> bool:
    """Whether a suppression in the document may end on a day, so that its judgement holds today only."""
    from qmsr_lint.suppress import is_to_us

    return any("until" in mark.value.lower() and is_to_us(mark) for mark in document.marks)


def unopened(source: Source) -> DocumentResult:
    """The result of a document as far as it is known without opening it."""
    kind = formats.format_of(source.path) or os.path.splitext(source.path)[1][1:].lower() or "unknown"
    return DocumentResult(source.shown, kind, None, source.status or "checked", source.reason, ())


def _bytes(path: str, limits: Limits) -> bytes | None:
    """The bytes of a file, None where its kind is not read at all. Raises Unreadable."""
    try:
        if formats.format_of(path) is None:
            regular(path)
            return None
        return contents(path, limits.file_bytes)
    except FileNotFoundError:
        raise Unreadable(_missing(path)) from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None


def _missing(path: str) -> str:
    if os.path.islink(path):
        return "a link to a file that does not exist"
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        names = []
    hint = nearest(name, [other for other in names if suffix(other) == suffix(name)], 0.8)
    return "no such file or folder" + (hint if "did you mean" in hint else "")


def _is_its_redline(data: bytes, original: str, limits: Limits) -> bool:
    """Whether the bytes are the redline of a document, as this tool has made it of what the document is today."""
    from qmsr_lint.formats.docx.seal import is_as_made

    try:
        document = _bytes(original, limits)
    except Unreadable:
        return False
    return document is not None and is_as_made(data, _sha256(document))


def _sha256(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
