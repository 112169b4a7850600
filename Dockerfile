# 议事厅 in one container. See docs/operations.md for volumes, settings and upgrades.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
# What PDFs of ballots and notices need: Pango, and a font that has Chinese (docs/decisions).
RUN apt-get update && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home portal && install -d -o portal -g portal /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY wsgi.py pyproject.toml LICENSE ./
COPY migrations migrations
COPY templates templates
COPY static static
COPY portal portal
RUN /opt/venv/bin/python -m compileall -q portal
ENV PATH=/opt/venv/bin:$PATH PYTHONUTF8=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_INSTANCE=/data WORKERS=2
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# One blocking thread a worker: more threads make pages slower (docs/decisions).
CMD ["sh", "-c", "flask --app portal db upgrade && exec granian --interface wsgi --host 0.0.0.0 --port 8000 --workers $WORKERS --blocking-threads 1 --respawn-failed-workers wsgi:app"]
