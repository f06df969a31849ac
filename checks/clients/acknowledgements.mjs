// Acknowledgements both ways, given, late and missing.

import assert from "node:assert/strict";
import { connect, connected, end, report } from "./client.mjs";

const socket = connect();
let late;
socket.on("answer", (text, acknowledge) => acknowledge(text + "!", { list: [1, 2] }));
socket.on("answer-binary", (bytes, acknowledge) => acknowledge({ bytes: Buffer.from(bytes).reverse() }));
socket.on("answer-nothing", (acknowledge) => acknowledge());
socket.on("silent", (acknowledge) => (late = acknowledge));
socket.on("now", (acknowledge) => {
  late("late");
  acknowledge("in time");
});
await connected(socket);

assert.equal(await socket.emitWithAck("answer", "a"), "a!");
assert.deepEqual(await socket.timeout(5000).emitWithAck("answer-binary", Buffer.from([1, 2, 3])), Buffer.from([3, 2, 1]));
const several = await new Promise((resolve) => socket.emit("answer-several", (...args) => resolve(args)));
assert.deepEqual(several, ["one", 2, { three: [3] }, null]);
const nothing = await new Promise((resolve) => socket.emit("answer-nothing", (...args) => resolve(args)));
assert.deepEqual(nothing, []);

await assert.rejects(socket.timeout(50).emitWithAck("silent"), { message: "operation has timed out" });
const tooLate = [];
await new Promise((resolve) => {
  socket.timeout(50).emit("held", (...args) => {
    tooLate.push(args);
    resolve();
  });
});
await socket.emitWithAck("release"); // the server answers "held" first
assert.equal(tooLate.length, 1, "the late answer is ignored");
assert.match(tooLate[0][0].message, /timed out/);

const order = [];
for (let i = 0; i < 100; i++) {
  socket.emit("answer", String(i), (answer) => order.push(answer));
}
await socket.emitWithAck("answer", "last");
assert.deepEqual(order, Array.from({ length: 100 }, (_, i) => i + "!"));
report("done");
socket.on("end", () => end(socket));
