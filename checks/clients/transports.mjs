// Connects and tells by which transport it began and where it ended.

import { command, connect, connected, end, once, report, settled } from "./client.mjs";

const socket = connect();
await once(socket.io, "open");
const { id: sid, transport } = socket.io.engine;
await connected(socket);
report("connected", { id: socket.id, sid, transport: transport.name });
await settled(socket);
const answer = await socket.emitWithAck("echo", "häß €uro 😀");
report("settled", { sid: socket.io.engine.id, transport: socket.io.engine.transport.name, answer });
await command("end");
end(socket);
