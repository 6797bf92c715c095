#!/bin/sh
# Starts Plumbline in the browser. The first start brings uv and everything Plumbline needs.
# In Finder: right-click, Open, the first time. Options go on to `plumbline app`.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0" 2>/dev/null || echo "$0")")/.." && pwd)
cd "$here"
PATH="$HOME/.local/bin:$PATH"
if ! command -v uv >/dev/null 2>&1; then
    echo "Bringing uv, which installs Python and what Plumbline needs (once) ..."
    if command -v curl >/dev/null 2>&1; then
        curl -LsSf https://astral.sh/uv/install.sh | sh || true
    elif command -v wget >/dev/null 2>&1; then
        wget -qO- https://astral.sh/uv/install.sh | sh || true
    fi
    # Where that site cannot be reached, Python's own packages often can.
    if ! command -v uv >/dev/null 2>&1 && command -v python3 >/dev/null 2>&1; then
        python3 -m pip install --user uv || true
    fi
fi
command -v uv >/dev/null 2>&1 || {
    echo "uv could not be brought (it takes curl, wget or Python): see https://docs.astral.sh/uv/ and start again." >&2
    exit 1
}
echo "Starting Plumbline; the first time takes a few minutes. Close this window to stop it."
exec uv run --frozen --no-dev plumbline app "$@"
