"""Parquet files written byte by byte, for what no library writes: odd footers, odd levels, statistics that lie.

A file has one row group and pages without compression. `column(...)` describes a leaf with its pages, `save(...)` writes.
"""

import struct

REQUIRED, OPTIONAL, REPEATED = 0, 1, 2
BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED = range(8)
STRING, MAP, LIST, DATE, DECIMAL, TIMESTAMP, INTEGER, UNKNOWN = 1, 2, 3, 6, 5, 8, 10, 11


def uvarint(number):
    encoded = bytearray()
    while number > 127:
        encoded.append(number & 127 | 128)
        number >>= 7
    return bytes(encoded) + bytes([number])


def signed(number):
    return uvarint(number * 2 if number >= 0 else -number * 2 - 1)


class Wide(int):
    """A thrift i64; plain ints are i32."""


def kind_of(value):
    for types, kind in [((Wide,), 6), ((int,), 5), ((bytes, str), 8), ((list,), 9), ((dict,), 12)]:
        if isinstance(value, types):
            return kind
    raise TypeError(value)


def thrift(value):
    """A value in thrift's compact protocol; a dict is a struct by field number, members that are None are left out."""
    if isinstance(value, int):
        return signed(value)
    if isinstance(value, (bytes, str)):
        data = value.encode() if isinstance(value, str) else value
        return uvarint(len(data)) + data
    if isinstance(value, list):
        kind = kind_of(value[0]) if value else 12
        head = bytes([len(value) << 4 | kind]) if len(value) < 15 else bytes([0xF0 | kind]) + uvarint(len(value))
        return head + b"".join(map(thrift, value))
    parts, before = [], 0
    for number, member in sorted(value.items()):
        if member is None:
            continue
        truth = isinstance(member, bool)
        kind = (1 if member else 2) if truth else kind_of(member)
        parts.append(bytes([number - before << 4 | kind]) + (b"" if truth else thrift(member)))
        before = number
    return b"".join(parts) + b"\0"


def node(name, physical=None, repetition=None, children=None, **rest):
    """An element of the schema; `rest`: converted, logical (a struct of the union, or its member's number), length, scale, precision."""
    logical = rest.get("logical")
    return {
        1: physical, 2: rest.get("length"), 3: repetition, 4: name, 5: children, 6: rest.get("converted"),
        7: rest.get("scale"), 8: rest.get("precision"), 10: {logical: {}} if isinstance(logical, int) else logical,
    }


def plain(physical, values):
    """PLAIN values; those of INT96, FIXED and BYTES are bytes."""
    if physical == BOOLEAN:
        bits = sum(1 << i for i, v in enumerate(values) if v)
        return bits.to_bytes((len(values) + 7) // 8, "little")
    if physical == BYTES:
        return b"".join(struct.pack("<I", len(v)) + v for v in values)
    if physical in (INT96, FIXED):
        return b"".join(values)
    return struct.pack(f"<{len(values)}{' iq fd'[physical]}", *values)


def levels(numbers, width=1):
    """A bit-packed run of levels, without the length that goes before it on v1 pages."""
    groups = (len(numbers) + 7) // 8
    packed = sum(n << width * i for i, n in enumerate(numbers))
    return uvarint(groups << 1 | 1) + packed.to_bytes(groups * width, "little")


def deltas(numbers, block=1024, parts=4):
    """DELTA_BINARY_PACKED integers of 32 bits. Every part of a block is as wide as its widest needs."""
    steps = [b - a for a, b in zip(numbers, numbers[1:])]
    out = [uvarint(block), uvarint(parts), uvarint(len(numbers)), signed(numbers[0])]
    for start in range(0, len(steps), block):
        least = min(steps[start : start + block])
        above = [step - least for step in steps[start : start + block]]
        size = block // parts
        pieces = [above[at : at + size] for at in range(0, block, size)]
        widths = [max(piece, default=0).bit_length() for piece in pieces]
        out += [signed(least), bytes(widths)]
        out += [sum(n << width * i for i, n in enumerate(piece)).to_bytes(size * width // 8, "little") for piece, width in zip(pieces, widths) if piece]
    return b"".join(out)


def page_v1(data, count, *runs, encoding=0):
    body = b"".join(struct.pack("<I", len(run)) + run for run in runs) + data
    return thrift({1: 0, 2: len(body), 3: len(body), 5: {1: count, 2: encoding, 3: 3, 4: 3}}) + body


def page_v2(data, count, nulls, repetition, definition):
    body = repetition + definition + data
    head = {1: count, 2: nulls, 3: count, 4: 0, 5: len(definition), 6: len(repetition), 7: False}
    return thrift({1: 3, 2: len(body), 3: len(body), 8: head}) + body


def bounds(low=None, high=None, old_low=None, old_high=None, nulls=None):
    return {1: old_high, 2: old_low, 3: None if nulls is None else Wide(nulls), 5: high, 6: low}


def column(path, physical, pages, count, statistics=None, claimed_bytes=None, encoding=0):
    return {"encoding": encoding, "path": path, "physical": physical, "pages": pages, "count": count, "statistics": statistics, "claimed": claimed_bytes}


def save(path, schema, columns, rows, footer_rows=None, created_by="handmade", notes=None, orders=True):
    data, chunks = b"PAR1", []
    for c in columns:
        size = Wide(len(c["pages"]))
        raw = Wide(c["claimed"] or size)
        meta = {1: c["physical"], 2: [c["encoding"], 3], 3: list(c["path"]), 4: 0, 5: Wide(c["count"]), 6: raw, 7: size, 9: Wide(len(data)), 12: c["statistics"]}
        chunks.append({2: Wide(len(data)), 3: meta})
        data += c["pages"]
    footer = thrift({
        1: 1, 2: schema, 3: Wide(rows if footer_rows is None else footer_rows),
        4: [{1: chunks, 2: Wide(len(data) - 4), 3: Wide(rows)}],
        5: [{1: k, 2: v} for k, v in notes.items()] if notes else None,
        6: created_by, 7: [{1: {}} for _ in columns] if orders else None,
    })
    with open(path, "wb") as file:
        file.write(data + footer + struct.pack("<I", len(footer)) + b"PAR1")
