"""Files that mean harm: each would cost a careless reader memory or hours."""


def one_row(of: str) -> bytes:
    return b'[{"ts":"2024-01-01T00:00:00Z","ms_played":1,"x":"' + of.encode() + b'"}]'


HOSTILE = {
    "blanks": b'[{"ts":"2024-01-01T00:00:00Z","ms_played":1}' + b" " * 12_000_000 + b"]",
    "braces": one_row("}" * 300_000),
    "rows": one_row("},{" * 100_000),
    "giant": one_row("x" * 12_000_000),
    "deep": b'[{"ts":1,"ms_played":2,"x":' + b"[" * 1_000_000,
    "quotes": b'[{"ts":1,"ms_played":2},' + b'{"x\\"},' * 40_000,
    "open": b'[{"ts":1,"ms_played":2},' + b"{{}," * 200_000,
    "line": b'{"ts":1,"ms_played":2,"x":"' + b"y" * 12_000_000,
    "cells": b"artist,track,time\n" + b'"a,' * 300_000,
    "open csv": b"artist,track,time\na,b,2024-01-01 10:00\n" + b'"a\n' * 10_000,
}
