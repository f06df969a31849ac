// The client of Socket.IO 2: a stream both ways while the transport changes, acknowledgements, namespaces, heartbeats.

import assert from "node:assert/strict";
import io from "socket.io-client-v2";
import { command, end, once, options, report } from "./client.mjs";

const bytes = (...values) => Buffer.from(values);

const socket = io(`http://127.0.0.1:${options.port}/`, {
  forceNew: true,
  query: { who: "version 2" },
  ...(options.transports && { transports: options.transports }),
});
const manager = socket.io;
const settling = new Promise((resolve) => {
  manager.once("open", () => (options.upgrades ? manager.engine.once("upgrade", resolve) : resolve()));
});
const answer = (target, ...args) => new Promise((resolve) => target.emit(...args, (...all) => resolve(all)));

socket.on("disconnect", (reason) => assert.equal(reason, "io client disconnect"));
const pong = once(socket, "pong");
await once(socket, "connect");
report("connected", { id: socket.id, sid: manager.engine.id, transport: manager.engine.transport.name });

// The server answers each number of this stream by the same number, so that none is lost or overtaken on either way.
const back = [];
let sent = 0;
let settled = false;
let left = 200;
settling.then(() => (settled = true));
const numbers = new Promise((resolve) => {
  socket.on("down", (number, ...rest) => {
    back.push(number);
    assert.deepEqual(rest, number % 10 ? [`häß €uro 😀 ${number}`] : [{ deep: [bytes(number % 256), bytes()] }]);
    if (left === 0 && back.length === sent) {
      resolve();
    }
  });
});
while (left > 0) {
  socket.emit("up", sent, sent % 10 ? `häß €uro 😀 ${sent}` : { deep: [bytes(sent % 256), bytes()] });
  sent++;
  left -= settled ? 1 : 0;
  await new Promise((resolve) => setTimeout(resolve, settled ? 0 : 1));
}
await numbers;
assert.deepEqual(
  back,
  Array.from({ length: sent }, (_, i) => i),
);

assert.deepEqual(await answer(socket, "answer", "ä", 1, null), ["ä", 1, null]);
assert.deepEqual(await answer(socket, "answer", bytes(1, 2), [{ b: bytes(3) }]), [bytes(1, 2), [{ b: bytes(3) }]]);
assert.deepEqual(await answer(socket, "answer", Buffer.alloc(100_000, 7)), [Buffer.alloc(100_000, 7)]);
socket.on("question", (text, data, reply) => reply(`${text}!`, Buffer.from(data).reverse()));

const refusal = async (name, settings) => (await once(manager.socket(name, settings), "error"))[0];
assert.equal(await refusal("/plain"), "no reason");
assert.deepEqual(await refusal("/private", { query: { token: "wrong" } }), { code: 17, tried: "wrong" });
assert.deepEqual(await refusal("/unknown"), { message: "Invalid namespace" });

const nsp = manager.socket("/nsp", { query: { token: "right", text: "ä, &=?" } });
await once(nsp, "connect");
assert.equal(nsp.id, `/nsp#${manager.engine.id}`);
assert.deepEqual(await answer(nsp, "who"), [{ id: nsp.id, auth: { token: "right", text: "ä, &=?" } }]);

await pong;
report("ready", { sent, transport: manager.engine.transport.name });
await command("end");
end(nsp, socket);
manager.close(); // which the client does not do by itself, since some of its sockets were refused
