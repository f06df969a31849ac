// Four clients tell what each of them got.

import { connect, connected, end, report } from "./client.mjs";

const names = ["ann", "bob", "cat", "dan"];
const got = Object.fromEntries(names.map((name) => [name, []]));
const sockets = {};
for (const name of names) {
  const socket = connect("/", { auth: { name } });
  socket.on("say", (text) => got[name].push(text));
  sockets[name] = await connected(socket);
}
await sockets.ann.emitWithAck("go");
await Promise.all(names.map((name) => sockets[name].emitWithAck("flush")));
report("done", got);
end(...Object.values(sockets));
