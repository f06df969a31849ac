package io.socketio.webflux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * The files of the JavaScript client that the server offers below its path (section 2.16
 * of the protocol notes). They are taken from a location that holds files of npm's
 * {@code socket.io-client/dist} and a {@code client.properties} with its {@code version}.
 * Files that are not there are unknown, as any other name.
 *
 * @since 0.1.0
 */
public final class ClientScripts {

	private static final Log logger = LogFactory.getLog(ClientScripts.class);

	private static final String[] NAMES = { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
			"socket.io.msgpack.min.js" };

	private static final Pattern VERSION = Pattern.compile("[\\w.+-]+");

	private final Map<String, ClientScript> scripts;

	private ClientScripts(Map<String, ClientScript> scripts) {
		this.scripts = scripts;
	}

	/**
	 * Serve no file.
	 * @return empty scripts
	 */
	public static ClientScripts none() {
		return new ClientScripts(Map.of());
	}

	/**
	 * Look for the files in a location. Their content is read when it is first asked for.
	 * @param location the location, a directory (its path ends with a slash)
	 * @return the files that are there
	 */
	public static ClientScripts from(Resource location) {
		Map<String, ClientScript> scripts = new LinkedHashMap<>();
		try {
			String etag = etag(location.createRelative("client.properties"));
			for (String name : NAMES) {
				add(scripts, location, name, "application/javascript; charset=utf-8", etag);
				add(scripts, location, name + ".map", "application/json; charset=utf-8", etag);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + location, ex);
		}
		if (scripts.isEmpty()) {
			logger.debug("No file of the JavaScript client in " + location);
		}
		return new ClientScripts(Map.copyOf(scripts));
	}

	private static void add(Map<String, ClientScript> scripts, Resource location, String name, String contentType,
			@Nullable String etag) throws IOException {
		Resource resource = location.createRelative(name);
		if (resource.isReadable()) {
			Resource brotli = location.createRelative(name + ".br");
			scripts.put(name, new ClientScript(resource, brotli.isReadable() ? brotli : null, contentType, etag));
		}
	}

	private static @Nullable String etag(Resource resource) throws IOException {
		if (!resource.isReadable()) {
			return null;
		}
		Properties properties = new Properties();
		try (InputStream content = resource.getInputStream()) {
			properties.load(content);
		}
		String version = properties.getProperty("version", "").trim();
		return VERSION.matcher(version).matches() ? '"' + version + '"' : null;
	}

	/**
	 * Find a file.
	 * @param name path of the request within the endpoint, without a leading slash
	 * @return the file, or {@code null} if there is none of that name
	 */
	public @Nullable ClientScript find(String name) {
		return this.scripts.get(name);
	}

	/**
	 * Whether there is no file at all.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return this.scripts.isEmpty();
	}

}
