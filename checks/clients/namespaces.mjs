// Namespaces that refuse and accept, on one connection.

import assert from "node:assert/strict";
import { connect, connected, end, once } from "./client.mjs";

const main = await connected(connect());
const manager = main.io;

async function refusal(socket) {
  const [error] = await once(socket, "connect_error");
  assert.equal(socket.connected, false);
  return { message: error.message, data: error.data };
}

const refused = manager.socket("/private", { auth: { token: "wrong" } });
assert.deepEqual(await refusal(refused), { message: "not allowed", data: { code: 17, tried: "wrong" } });

const plain = manager.socket("/plain");
assert.deepEqual(await refusal(plain), { message: "no reason", data: undefined });

const broken = manager.socket("/broken");
assert.deepEqual(await refusal(broken), { message: "Internal server error", data: undefined });

const unknown = manager.socket("/unknown");
assert.deepEqual(await refusal(unknown), { message: "Invalid namespace", data: undefined });

assert.equal(main.connected, true, "a refusal leaves the others alone");
refused.auth = (send) => send({ token: "right" });
const accepted = await connected(refused.connect());
assert.notEqual(accepted.id, main.id);
assert.equal(await accepted.emitWithAck("who"), "/private right");
assert.equal(await main.emitWithAck("who"), "/");

const left = once(accepted, "disconnect");
accepted.disconnect();
assert.equal((await left)[0], "io client disconnect");
assert.equal(await main.emitWithAck("who"), "/");
end(main);
