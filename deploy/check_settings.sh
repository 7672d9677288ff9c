#!/bin/sh
# Django's own check for deployment, with the settings that a new installation starts from (none but its host's name), and whether
# every change of the models has its migration.
set -eu
cd "$(dirname "$0")/.."
var=$(mktemp -d)
trap 'rm -rf "$var"' EXIT
manage() {
    env -i PATH="$PATH" HOME="${HOME:-/}" LANG=C.UTF-8 VAR_DIR="$var" \
        ALLOWED_HOSTS=thidua.example.vn PUBLIC_BASE_URL=https://thidua.example.vn .venv/bin/python manage.py "$@"
}
manage check --deploy --fail-level WARNING
manage makemigrations --check --dry-run
