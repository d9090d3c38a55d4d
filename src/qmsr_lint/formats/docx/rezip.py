"""Writes a zip again with some entries changed: every other entry keeps its bytes, its order and its header.

The entries are copied as they lie in the file, compressed data, flags, dates and extra fields included; nothing is
inflated. A changed entry keeps its name, date, attributes and method.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from qmsr_lint.errors import Unreadable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_UTF8_NAME = 0x800
_BIG = 0xFFFF_FFFF


class _Record(NamedTuple):
    """An entry of the zip's directory: its fields, its tail (name, extra, comment), and where its data begin."""

    fields: tuple[int, ...]
    tail: bytes
    name: str
    offset: int


def rewrite(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes], level: int = 6) -> bytes:
    """The zip in `data` with the contents of `changed` in place of its entries' and with `added` at its end.

    `level` is how hard to compress, from 1 to 9. Returns `data` itself when both are empty.
    Raises Unreadable for a zip in the 64-bit form.
    """
    if not changed and not added:
        return data
    records, start = _directory(data)
    end = max(data.rfind(_END_SIGNATURE), start)
    out = io.BytesIO()
    offsets: dict[int, tuple[int, tuple[int, ...]]] = {}
    by_offset = sorted(range(len(records)), key=lambda number: records[number].offset)
    first = records[by_offset[0]].offset if records else start
    out.write(data[:first])
    for place, number in enumerate(by_offset):
        record = records[number]
        following = records[by_offset[place + 1]].offset if place + 1 < len(by_offset) else start
        offset, fields = out.tell(), record.fields
        if record.name in changed:
            fields = _write(out, fields, record.tail[: fields[9]], changed[record.name], level)
        else:
            out.write(data[record.offset : following])
        offsets[number] = (offset, fields)
    like = next((record for record in records if record.name in changed), records[0])
    new = []
    for name, content in added.items():
        raw = name.encode()
        flags = 0 if raw.isascii() else _UTF8_NAME
        fields = (like.fields[0], 20, flags, zipfile.ZIP_DEFLATED, *like.fields[4:6], 0, 0, 0, len(raw), 0, 0, 0, 0, 0)
        offset = out.tell()
        new.append((offset, _write(out, fields, raw, content, level), raw))
    directory = out.tell()
    if directory > _BIG or len(records) + len(new) > 0xFFFF:
        raise Unreadable("cannot be redlined: the package needs the 64-bit form of zip")
    for number, record in enumerate(records):
        offset, fields = offsets[number]
        out.write(_CENTRAL.pack(b"PK\x01\x02", *fields, offset) + record.tail)
    for offset, fields, raw in new:
        out.write(_CENTRAL.pack(b"PK\x01\x02", *fields, offset) + raw)
    total = len(records) + len(new)
    comment = data[end + _END.size :]
    size = out.tell() - directory
    out.write(_END.pack(b"PK\x05\x06", 0, 0, total, total, size, directory, len(comment)) + comment)
    return out.getvalue()


def _directory(data: bytes) -> tuple[list[_Record], int]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos, start = archive.infolist(), archive.start_dir
    records, at = [], start
    for info in infos:
        signature, *fields = _CENTRAL.unpack_from(data, at)
        if signature != b"PK\x01\x02" or _BIG in (fields[7], fields[8], fields[-1]):
            raise Unreadable("cannot be redlined: the package is in the 64-bit form of zip")
        length = sum(fields[9:12])
        tail = data[at + _CENTRAL.size : at + _CENTRAL.size + length]
        records.append(_Record(tuple(fields[:-1]), tail, info.filename, info.header_offset))
        at += _CENTRAL.size + length
    if at > max(data.rfind(_END_SIGNATURE), start):
        raise Unreadable("cannot be redlined: the zip's directory states lengths that reach beyond its end")
    return records, start


def _write(out: io.BytesIO, fields: tuple[int, ...], name: bytes, content: bytes, level: int) -> tuple[int, ...]:
    """Write a local entry with new contents; its directory fields (all but the offset)."""
    made, needed, flags, method, time, date, _, _, _, *rest = fields
    packed = content
    if method == zipfile.ZIP_DEFLATED:
        machine = zlib.compressobj(level, zlib.DEFLATED, -15)
        packed = machine.compress(content) + machine.flush()
    flags &= ~0x8  # sizes stand in the header, no descriptor follows
    sizes = (zlib.crc32(content), len(packed), len(content))
    out.write(_LOCAL.pack(b"PK\x03\x04", needed, flags, method, time, date, *sizes, len(name), 0) + name + packed)
    return (made, needed, flags, method, time, date, *sizes, *rest)
