package io.socketio.autoconfigure;

/**
 * Thrown at start when the application does not run on Reactor Netty.
 */
final class UnsupportedWebServerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Class<?> factoryType;

	UnsupportedWebServerException(Class<?> factoryType) {
		super("The Socket.IO endpoint needs Reactor Netty, but the web server is created by " + factoryType.getName());
		this.factoryType = factoryType;
	}

	Class<?> getFactoryType() {
		return this.factoryType;
	}

}
