# Open Outcry in a container:
#   docker build -t open-outcry .
#   docker run -d --name open-outcry --restart on-failure:5 --env-file .env \
#     -v open-outcry:/data -v open-outcry-models:/models open-outcry
# Without a number a bad token, which no new try mends, would be tried for ever.
# /healthz and /metrics are served on 127.0.0.1 inside the container: ask there (docker exec), or run it with --network host.
# Tools: docker exec open-outcry npm run backup -- SERVER
# Any Node.js from 20 up begins; the bootstrap brings the pinned one and the native parts, and builds what has no prebuilt binary.
# It computes on the processor: the parts for CUDA and Vulkan, 0.6 GB, are left out.
FROM node:24-bookworm-slim

WORKDIR /opt/open-outcry
COPY . .
RUN OPEN_OUTCRY_INSTALL_SYSTEM_PACKAGES=1 node src/bootstrap.mjs src/main.ts --help > /dev/null \
    && npm cache clean --force \
    && rm -rf node_modules/@node-llama-cpp/*-cuda* node_modules/@node-llama-cpp/*-vulkan \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data /models \
    && chown node:node /data /models

# Downloaded models lie in /models. The catalog and the model that ships stay in /opt/open-outcry/models, which is no volume: an update
# of the image brings new ones.
USER node
ENV DATA_DIR=/data MODELS_DIR=/models HEALTH_PORT=9464
VOLUME /data /models

# With an empty HEALTH_PORT the bot serves no health: there is nothing to ask, which is not a sick bot. Of several shards only
# shard 0 is asked, since shard N answers on the Nth port after that; where shard 0 is elsewhere, run it with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s \
    CMD node -e "const port = process.env.HEALTH_PORT?.trim(); if (port) fetch('http://127.0.0.1:' + port + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"

# The first signal ends the show in order, within five seconds.
STOPSIGNAL SIGTERM
CMD ["node_modules/node/bin/node", "src/bootstrap.mjs", "src/main.ts"]
