package io.socketio.test.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

import io.socketio.test.SocketIoTester;

/**
 * Properties of the {@link SocketIoTester} bean.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio.test")
public class SocketIoTesterProperties {

	/**
	 * Maximum time to wait for events, acknowledgements and connections.
	 */
	private Duration timeout = SocketIoTester.DEFAULT_TIMEOUT;

	/**
	 * How long a tester waits.
	 * @return the time
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

	/**
	 * Set how long a tester waits.
	 * @param timeout the time
	 */
	public void setTimeout(Duration timeout) {
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "The time to wait must be positive");
		this.timeout = timeout;
	}

}
