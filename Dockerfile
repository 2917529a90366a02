# One image for every app: the command chooses it (dist/apps/<app>/main.js).
FROM node:24-slim AS build
WORKDIR /das
COPY . .
RUN npm ci && npm run build
# Volumes take their owner from here.
RUN mkdir /keys && chown node:node /keys

FROM build AS production
RUN npm prune --omit=dev

FROM node:24-slim
WORKDIR /das
ENV NODE_ENV=production
COPY --from=production /das/node_modules node_modules
COPY --from=production /das/dist dist
COPY --from=production /das/sql sql
RUN mkdir /data /keys && chown node:node /data /keys
USER node
# Room for what is short-lived, of which a collector makes much (docs/performance.md).
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=32"]
