// One client that never reads, and one that is served meanwhile.

import { command, connect, end, once, report, settled } from "./client.mjs";

const slow = await settled(connect("/", { auth: { name: "slow" }, reconnection: false, transports: ["websocket"] }));
const other = await settled(connect("/", { auth: { name: "other" }, transports: ["websocket"] }));
slow.io.engine.transport.ws._socket.pause();
report("ready");

let answers = 0;
let running = true;
command("stop").then(() => (running = false));
while (running) {
  await other.timeout(5000).emitWithAck("echo", answers);
  answers++;
}
const gone = once(slow, "disconnect");
slow.io.engine.transport.ws._socket.resume();
const [reason] = await gone;
report("done", { answers, reason });
end(other);
