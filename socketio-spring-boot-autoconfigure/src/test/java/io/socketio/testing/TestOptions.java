package io.socketio.testing;

import java.time.Duration;
import java.util.List;

import io.socketio.engine.EngineOptions;
import io.socketio.engine.TransportType;

/**
 * Engine settings: the defaults of the protocol, but for what is set here.
 */
public final class TestOptions {

	private List<TransportType> transports;

	private Duration pingInterval;

	private Duration pingTimeout;

	private Duration upgradeTimeout;

	private Duration closeTimeout;

	private int maxPayload;

	private long maxBuffered;

	private boolean allowUpgrades;

	private boolean allowEio3;

	private String initialPacket;

	private TestOptions(EngineOptions from) {
		this.transports = from.transports();
		this.pingInterval = from.pingInterval();
		this.pingTimeout = from.pingTimeout();
		this.upgradeTimeout = from.upgradeTimeout();
		this.closeTimeout = from.closeTimeout();
		this.maxPayload = from.maxPayload();
		this.maxBuffered = from.maxBuffered();
		this.allowUpgrades = from.allowUpgrades();
		this.allowEio3 = from.allowEio3();
		this.initialPacket = from.initialPacket();
	}

	public static TestOptions defaults() {
		return new TestOptions(EngineOptions.defaults());
	}

	public static TestOptions heartbeat(int intervalMillis, int timeoutMillis) {
		TestOptions options = defaults();
		options.pingInterval = Duration.ofMillis(intervalMillis);
		options.pingTimeout = Duration.ofMillis(timeoutMillis);
		return options;
	}

	public TestOptions transports(TransportType... types) {
		this.transports = List.of(types);
		return this;
	}

	public TestOptions upgradeTimeout(int millis) {
		this.upgradeTimeout = Duration.ofMillis(millis);
		return this;
	}

	public TestOptions closeTimeout(int millis) {
		this.closeTimeout = Duration.ofMillis(millis);
		return this;
	}

	public TestOptions maxPayload(int bytes) {
		this.maxPayload = bytes;
		return this;
	}

	public TestOptions maxBuffered(long bytes) {
		this.maxBuffered = bytes;
		return this;
	}

	public TestOptions allowUpgrades(boolean allow) {
		this.allowUpgrades = allow;
		return this;
	}

	public TestOptions allowEio3() {
		this.allowEio3 = true;
		return this;
	}

	public TestOptions initialPacket(String text) {
		this.initialPacket = text;
		return this;
	}

	public EngineOptions build() {
		return new EngineOptions(this.transports, this.pingInterval, this.pingTimeout, this.upgradeTimeout,
				this.closeTimeout, this.maxPayload, this.maxBuffered, this.allowUpgrades, this.allowEio3,
				this.initialPacket);
	}

}
