"""Settings of the web server. One request at a time in each process: printing a document keeps a processor busy anyway."""

import os
from pathlib import Path

from gunicorn import glogging

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
wsgi_app = "emulation.wsgi:application"
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY") or 3)
timeout = 60
graceful_timeout = 25
# Memory that a long life gathers is given back; the jitter keeps the processes from restarting together.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
# The heartbeat file must not wait for a disk.
MEMORY = Path("/dev/shm")  # noqa: S108  # gunicorn makes a file with a random name there
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None
# The path without its query, since queries carry what people search for, and the id that the answer and our own log lines carry.
accesslog = "-"
access_log_format = '%(h)s %({x-request-id}o)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'


class Logger(glogging.Logger):
    """Writes no address down by which whoever reads logs could open what is somebody else's."""

    def atoms(self, resp, req, environ, request_time):
        from emulation.lib.secret_paths import masked

        found = super().atoms(resp, req, environ, request_time)
        return found | {"U": masked(found["U"] or "")}


logger_class = Logger


def post_worker_init(worker):
    """Import all pages and the printing engine, and print one line, before the first person asks."""
    from django.urls import get_resolver

    from emulation.lib import garbage
    from emulation.pdf import render

    _ = get_resolver().url_patterns
    try:
        render.warm()
    except Exception:  # a machine without fonts still serves pages, and its health page says what is missing
        worker.log.exception("documents cannot be printed")
    garbage.settle()
