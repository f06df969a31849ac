package io.socketio.test.autoconfigure;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.boot.test.http.server.LocalTestWebServer;
import org.springframework.context.ApplicationContext;

/**
 * Finds the endpoint of an application, as soon as its server is started.
 */
final class LocalEndpoint implements Supplier<URI> {

	private static final Set<String> ANY_ADDRESS = Set.of("", "0.0.0.0", "::", "[::]");

	private final ApplicationContext context;

	private final String path;

	/**
	 * Create an endpoint.
	 * @param context the context of the application
	 * @param path the path below that of the application
	 */
	LocalEndpoint(ApplicationContext context, String path) {
		this.context = context;
		this.path = path;
	}

	@Override
	public URI get() {
		LocalTestWebServer server = LocalTestWebServer.get(this.context);
		if (server == null) {
			throw new IllegalStateException("No server is running that a client could connect to. Use @SocketIoTest, "
					+ "or @SpringBootTest(webEnvironment = RANDOM_PORT).");
		}
		String address = this.context.getEnvironment().getProperty("server.address", "");
		return server.uriBuilder(null).host(host(address)).path(this.path).build();
	}

	/**
	 * The host that a client connects to.
	 * @param address address that the server is bound to, empty for all
	 * @return host of a URI
	 */
	static String host(String address) {
		if (ANY_ADDRESS.contains(address)) {
			return "127.0.0.1";
		}
		return (address.indexOf(':') >= 0 && !address.startsWith("[")) ? "[" + address + "]" : address;
	}

}
