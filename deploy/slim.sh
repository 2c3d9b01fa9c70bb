#!/bin/sh
# Takes out of an environment what the app never loads: 180 MB of tests, headers, symbols,
# notebooks and services of others.
set -eu
rm -rf "$1/share" "$1/etc" "$1/include"
cd "$1"/lib/python3*/site-packages
rm -rf pydeck/nbextension plotly/labextension streamlit/static/static/js/PlotlyChart.*.js \
    pyarrow/include pyarrow/src pyarrow/libarrow_flight* pyarrow/_flight* \
    pyarrow/libarrow_s3* pyarrow/_s3fs*
find . -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} +
find . -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' -o -name '*.map' \) -delete
# Libraries in folders named *.libs were patched so that strip breaks them.
find . -name '*.so*' -type f -not -path '*.libs/*' -exec strip --strip-unneeded {} + || true
