// Stops reading while the server emits volatile events, and tells which of them arrived.

import { command, connect, end, report, settled } from "./client.mjs";

const socket = connect();
const received = [];
socket.on("tick", (number) => received.push(number));
socket.on("marker", () => {
  report("received", { received });
  received.length = 0;
});
await settled(socket);
const tcp = socket.io.engine.transport.ws?._socket;
report("ready");
await command("pause");
tcp.pause();
report("paused");
await command("resume");
tcp.resume();
await command("end");
end(socket);
