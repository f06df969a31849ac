package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.socketio.protocol.PacketLimits;
import io.socketio.recovery.RecoveryOptions;

/**
 * Settings of the Socket.IO server. Immutable.
 *
 * @param connectTimeout time for a new connection to join a namespace, and for a packet's
 * attachments to arrive
 * @param ackTimeout time to wait for acknowledgements where the caller sets none
 * @param packetLimits limits of what clients send
 * @param maxNamespaces how many namespaces one connection may have joined at a time
 * @param maxRoomsPerSocket how many rooms one socket may be in at a time
 * @param maxAuthBytes limit of the size of a CONNECT packet with a payload
 * @param cleanupEmptyChildNamespaces whether namespaces that clients created are
 * forgotten when nobody is in them nor can come back
 * @param recovery settings of connection state recovery, or {@code null} if it is off
 * @since 0.1.0
 */
public record ServerOptions(Duration connectTimeout, Duration ackTimeout, PacketLimits packetLimits, int maxNamespaces,
		int maxRoomsPerSocket, int maxAuthBytes, boolean cleanupEmptyChildNamespaces,
		@Nullable RecoveryOptions recovery) {

	/**
	 * The defaults: 45 s to connect, 30 s for acknowledgements, 100 namespaces, 10,000
	 * rooms, 64 KiB to authenticate, no recovery.
	 * @return the defaults
	 */
	public static ServerOptions defaults() {
		return new ServerOptions(Duration.ofSeconds(45), Duration.ofSeconds(30), PacketLimits.defaults(), 100, 10_000,
				64 * 1024, false, null);
	}

}
