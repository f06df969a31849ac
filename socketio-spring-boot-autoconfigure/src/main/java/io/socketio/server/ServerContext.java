package io.socketio.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.engine.Timers;
import io.socketio.protocol.PacketParser;
import io.socketio.recovery.SessionStore;

/**
 * What all parts of a server share.
 *
 * @param options the settings
 * @param parser the format of packets
 * @param mapper converts arguments
 * @param store keeps sessions
 * @param timers the timers
 * @param recovery what the recoveries of all namespaces share, or {@code null} if
 * recovery is off
 * @param extensions what the application has plugged in
 */
record ServerContext(ServerOptions options, PacketParser parser, JsonMapper mapper, SessionStore store, Timers timers,
		@Nullable RecoveryContext recovery, ServerExtensions extensions) {

}
