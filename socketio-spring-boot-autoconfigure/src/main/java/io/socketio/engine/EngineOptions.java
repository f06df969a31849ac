package io.socketio.engine;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Settings of the engine. Immutable.
 *
 * @param transports the enabled transports
 * @param pingInterval time from a heartbeat's answer to the next heartbeat
 * @param pingTimeout time for the client to answer a heartbeat
 * @param upgradeTimeout time for an upgrade to be completed
 * @param closeTimeout time for a client to collect the close of its long-polling session
 * @param maxPayload limit of a message or request body from the client, in bytes
 * @param maxBuffered limit of what waits to be written to one connection, in bytes
 * @param allowUpgrades whether upgrades are advertised
 * @param allowEio3 whether sessions of Engine.IO revision 3 are served too
 * @param initialPacket a message to send right behind the handshake, or {@code null}
 * @since 0.1.0
 */
public record EngineOptions(List<TransportType> transports, Duration pingInterval, Duration pingTimeout,
		Duration upgradeTimeout, Duration closeTimeout, int maxPayload, long maxBuffered, boolean allowUpgrades,
		boolean allowEio3, @Nullable String initialPacket) {

	/**
	 * Create settings.
	 * @param transports the enabled transports
	 * @param pingInterval time from a heartbeat's answer to the next heartbeat
	 * @param pingTimeout time for the client to answer a heartbeat
	 * @param upgradeTimeout time for an upgrade to be completed
	 * @param closeTimeout time for a client to collect the close of its long-polling
	 * session
	 * @param maxPayload limit of a message or request body from the client, in bytes
	 * @param maxBuffered limit of what waits to be written to one connection, in bytes
	 * @param allowUpgrades whether upgrades are advertised
	 * @param allowEio3 whether sessions of Engine.IO revision 3 are served too
	 * @param initialPacket a message to send right behind the handshake, or {@code null}
	 */
	public EngineOptions {
		transports = List.copyOf(transports);
		Assert.notEmpty(transports, "At least one transport must be enabled");
		assertPositive(pingInterval, "pingInterval");
		assertPositive(pingTimeout, "pingTimeout");
		assertPositive(upgradeTimeout, "upgradeTimeout");
		assertPositive(closeTimeout, "closeTimeout");
		Assert.isTrue(maxPayload > 0, "maxPayload must be positive");
		Assert.isTrue(maxBuffered > 0, "maxBuffered must be positive");
	}

	private static void assertPositive(Duration duration, String name) {
		Assert.isTrue(duration.toMillis() > 0, () -> name + " must be at least 1 ms, but is " + duration);
	}

	/**
	 * The defaults of the protocol.
	 * @return the defaults
	 */
	public static EngineOptions defaults() {
		return new EngineOptions(List.of(TransportType.POLLING, TransportType.WEBSOCKET), Duration.ofSeconds(25),
				Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30), 1_000_000, 4 * 1024 * 1024,
				true, false, null);
	}

	/**
	 * Whether a transport is enabled.
	 * @param type the transport
	 * @return {@code true} if it is
	 */
	public boolean enabled(TransportType type) {
		return this.transports.contains(type);
	}

	/**
	 * Limit of packets in one request body. No meaningful packet is shorter than four
	 * bytes with its separator.
	 * @return number of packets
	 */
	int maxPacketsPerPayload() {
		return this.maxPayload / 4 + 1;
	}

}
