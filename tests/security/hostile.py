"""Text that somebody hopes a page, a chart, a file or a terminal will obey."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "html": "<img src=x onerror=\"window.ran='img'\"><script>window.ran='s'</script></script>",
        "attribute": "\" onmouseover=\"window.ran='attribute'\" '",
        "entity": "&lt;b&gt; &amp; &#36;",
        "markdown": "# [link](javascript:alert(1)) ![x](https://evil.example/x.png) **b** _i_ `c`",
        "address": "www.evil.example mail@evil.example https://evil.example",
        "icon": ":material/delete: :red[stop] :smile: :red-badge[x]",
        "table": "| a | b | |---|---| ~~gone~~",
        "formula": r"$\frac{1}{2}$ and $5 %{x}",
        "override": "abc\u202edef \u2067ghi",
        "hebrew": "שלום 123",
        "zero width": "a\u200bb\u200dc\ufeffd",
        "family": "👩\u200d👩\u200d👧 e\u0301\u0323",
        "lines": "one\ntwo\r\n#EXTINF:1,forged\u2028three\x85four",
        "control": "a\x1b[31mb\x07c\x7fd",
        "nul": "a\x00b",
        "surrogate": "a\ud800b",
        "spreadsheet": '=HYPERLINK("https://evil.example","x")',
        "plus": "+1+cmd|' /C calc'!A0",
        "tab": "\t=1+1",
        "return": "\r=1+1",
        "dots": "../../etc/passwd",
        "long": "x" * 10_000,
    }
)
