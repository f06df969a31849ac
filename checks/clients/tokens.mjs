// A token in the auth payload: accepted, refused, expired, renewed.

import assert from "node:assert/strict";
import { connect, connected, end, onCommand, once, report } from "./client.mjs";

let answer;
onCommand((line) => answer?.(line));

// A token is asked for when it is needed, as from an authorization server.
function token(validity) {
  return new Promise((resolve) => {
    answer = resolve;
    report("token", { validity });
  });
}

// Accepted
const socket = await connected(connect("/", { auth: (send) => token("long").then((value) => send({ token: value })) }));
assert.equal(await socket.emitWithAck("argument"), "alice");

// Renewed before it expires: a new connection gets the state back
const { id } = socket;
socket.io.engine.close();
await once(socket, "connect");
assert.equal(socket.recovered, true);
assert.equal(socket.id, id);
assert.equal(await socket.emitWithAck("reactive"), "alice");

// Refused
const refused = connect("/", { auth: { token: "x.y.z" } });
const [error] = await once(refused, "connect_error");
assert.equal(error.message, "Authentication failed");
assert.equal(refused.active, false, "the client gives up");
refused.auth = { token: await token("long") };
await connected(refused.connect());

// Expired
const expired = connect("/", { auth: { token: await token("short") } });
const told = once(expired, "exception");
const gone = once(expired, "disconnect");
await connected(expired);
assert.deepEqual(await told, [{ status: "error", message: "Authentication expired" }]);
assert.equal((await gone)[0], "io server disconnect");
assert.equal(expired.active, false, "the client does not come back by itself");
expired.auth = { token: await token("long") };
await connected(expired.connect());
assert.equal(expired.recovered, false);
assert.equal(await expired.emitWithAck("argument"), "alice");

report("done");
end(socket, refused, expired);
