#!/bin/sh
# Make sure that Debian's packages are there. Usage: deploy/system_packages.sh run|test
# Installs what is missing when it may (root, or sudo without a password) and otherwise says exactly what to run.
# When nothing is missing it asks nobody, so that it also works without a network.
set -eu

wanted="python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-croscore gettext"
if [ "${1:-run}" = test ]; then
    # libatomic1 is for the program that drives the browser.
    wanted="$wanted postgresql chromium libatomic1 poppler-utils qpdf"
fi

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Máy này không phải Debian. Cần có sẵn các gói tương đương với: $wanted"
    echo "This machine is not a Debian. Please see that it has the equivalents of: $wanted"
    exit 0
fi

missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
# A Python from elsewhere brings its own venv, so the module is asked for rather than the package.
"${PYTHON:-python3}" -c "import ensurepip, venv" 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        echo "Thiếu gói hệ thống. Nhờ người quản trị máy chạy lệnh sau rồi chạy lại:"
        echo "System packages are missing. Have an administrator run this, then try again:"
        echo
        echo "    apt-get update && apt-get install --no-install-recommends$missing"
        exit 1
    fi
fi

echo "Cài gói hệ thống / installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086  # one word a package
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
