# One image for worker, recheck, beat, console and migrate: an environment built from the lock, and nothing else.
#
#   build: venv ◀─ requirements.lock, every file checked against its hash ◀─ the project, without dependencies
#   run:   the venv alone, as a user who owns nothing

FROM python:3.11.16-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/kanalkoll
ENV PATH=/opt/kanalkoll/bin:$PATH
WORKDIR /build
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock
COPY . ./
RUN pip install --no-deps --no-build-isolation . \
    && python -m compileall -q /opt/kanalkoll/lib

FROM python:3.11.16-slim-bookworm
ENV PATH=/opt/kanalkoll/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin kanalkoll
COPY --from=build /opt/kanalkoll /opt/kanalkoll
WORKDIR /srv
USER kanalkoll
CMD ["kanalkoll", "--help"]
