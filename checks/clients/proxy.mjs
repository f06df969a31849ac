// A TCP proxy that breaks connections as networks do. It lives in the process of the clients, so that whoever breaks a
// connection knows what its client is doing at that moment.

import net from "node:net";
import { once } from "node:events";

export async function startProxy(target, next) {
  const links = new Set();
  let delay = 0;

  const server = net.createServer((client) => {
    const upstream = net.connect(target, "127.0.0.1");
    const link = { client, upstream, silent: false };
    links.add(link);
    forward(client, upstream, link);
    forward(upstream, client, link);
  });

  function forward(from, to, link) {
    let last = Promise.resolve();
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      const wait = delay && next() * delay;
      last = last.then(async () => {
        if (wait) {
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
        if (!link.silent && to.writable) {
          to.write(chunk);
        }
      });
    });
    from.on("end", () => last.then(() => !link.silent && to.end()));
    from.on("error", () => !link.silent && to.destroy());
    from.on("close", () => link.client.destroyed && link.upstream.destroyed && links.delete(link));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: server.address().port,

    // Both sides learn at once that the connection is gone.
    reset() {
      links.forEach(({ client, upstream }) => [client, upstream].forEach((side) => side.resetAndDestroy()));
    },

    // The server gets nothing more and no sign that something is wrong; what it sends is lost.
    resetClientOnly() {
      links.forEach((link) => {
        link.silent = true;
        link.client.resetAndDestroy();
      });
    },

    // Neither side gets anything more, or a sign that something is wrong.
    silence() {
      links.forEach((link) => (link.silent = true));
    },

    // Every piece takes up to so many milliseconds, in each direction; their order stays.
    slow(milliseconds) {
      delay = milliseconds;
    },
  };
}
