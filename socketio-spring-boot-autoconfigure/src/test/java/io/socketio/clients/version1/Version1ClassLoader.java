package io.socketio.clients.version1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the client of Socket.IO 2 and what it needs from the jars that the build has
 * copied, although the class path has a newer one. All else comes from the class path.
 */
public final class Version1ClassLoader extends URLClassLoader {

	private static final Path JARS = Path.of("target", "version-1-java-client");

	private static final List<String> OWN = List.of("io.socket.", "okhttp3.", "okio.", "org.json.",
			IsolatedClient.class.getName());

	/**
	 * Create a class loader.
	 */
	public Version1ClassLoader() {
		super(urls(), Version1ClassLoader.class.getClassLoader());
	}

	private static URL[] urls() {
		List<URL> urls = new ArrayList<>();
		urls.add(IsolatedClient.class.getProtectionDomain().getCodeSource().getLocation());
		try (Stream<Path> jars = Files.list(JARS)) {
			for (Path jar : jars.toList()) {
				urls.add(jar.toUri().toURL());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No client, the build copies it to " + JARS.toAbsolutePath(), ex);
		}
		return urls.toArray(URL[]::new);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (OWN.stream().noneMatch(name::startsWith)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : findClass(name);
		}
	}

	/**
	 * Create a client.
	 * @param uri address and namespace, with its query
	 * @param transports its transports
	 * @return the client, not open yet
	 */
	public Version1Client client(String uri, String... transports) {
		try {
			var constructor = loadClass(IsolatedClient.class.getName()).getDeclaredConstructor(String.class,
					String[].class);
			constructor.setAccessible(true);
			return (Version1Client) constructor.newInstance(uri, transports);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
