# syntax=docker/dockerfile:1
# The one binary and the pages' look: docker build -t motcua .
# The image has no shell, writes nowhere but to its volumes, and runs as nobody in particular.

FROM node:22-bookworm-slim AS web
WORKDIR /web
COPY services/portal/web/package.json services/portal/web/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY services/portal/web ./
RUN node build.mjs /assets

# Debian 12 here and below: the binary is linked against this libc.
FROM rust:1.95-bookworm AS binary
WORKDIR /motcua
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/motcua/target \
    cargo build --release --locked --package motcua \
    && install -D target/release/motcua /out/motcua \
    && mkdir /out/documents

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=web /assets /usr/share/motcua/assets
COPY --from=binary /out/motcua /usr/local/bin/motcua
# A new volume takes its owner from here.
COPY --from=binary --chown=65532:65532 /out/documents /var/lib/motcua/documents
# Two arenas are enough for two worker threads; by default there are eight for each core of the machine, which cost memory.
ENV MALLOC_ARENA_MAX=2 \
    MOTCUA_ASSETS=/usr/share/motcua/assets \
    MOTCUA_DOCUMENTS_DIR=/var/lib/motcua/documents
USER 65532:65532
# The gateway, accounts, submissions, payments, notifications, the portal, catalogue; health and metrics.
EXPOSE 8080 8081 8082 8083 8084 8085 8086 9000
ENTRYPOINT ["/usr/local/bin/motcua"]
CMD ["--help"]
