package io.socketio.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.socketio.adapter.AdapterFactory;

/**
 * The namespaces of a server: those of the application, and those that clients create
 * where a parent accepts their names.
 */
final class Namespaces {

	private static final Log logger = LogFactory.getLog(Namespaces.class);

	private final ServerContext context;

	private final AdapterFactory adapters;

	private final Map<String, DefaultNamespace> namespaces = new ConcurrentHashMap<>();

	private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();

	private final List<Consumer<SocketIoNamespace>> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Namespaces that listeners are told of, by this object's monitor: others find them
	 * when that is done.
	 */
	private final Map<String, DefaultNamespace> announced = new HashMap<>();

	Namespaces(ServerContext context, AdapterFactory adapters) {
		this.context = context;
		this.adapters = adapters;
	}

	Collection<DefaultNamespace> all() {
		return this.namespaces.values();
	}

	void onNew(Consumer<SocketIoNamespace> listener) {
		this.listeners.add(listener);
	}

	// For the application

	/**
	 * A namespace that the application has a hold of, and that therefore stays.
	 * @param name the name
	 * @return the namespace
	 */
	synchronized DefaultNamespace of(String name) {
		DefaultNamespace namespace = find(name);
		if (namespace == null) {
			namespace = create(name, parent(name));
		}
		namespace.keep();
		return namespace;
	}

	private @Nullable ParentNamespace parent(String name) {
		return this.parents.stream().filter((parent) -> parent.matches(name)).findFirst().orElse(null);
	}

	ParentNamespace parent(Function<String, ParentNamespace> parent) {
		synchronized (this.parents) {
			ParentNamespace created = parent.apply("/_" + this.parents.size());
			this.parents.add(created);
			return created;
		}
	}

	// For clients

	/**
	 * Find a namespace for a client that joins. It stays until that client's socket is
	 * detached from it.
	 * @param name the name
	 * @return the namespace, or {@code null} if there is none
	 */
	@Nullable DefaultNamespace enter(String name) {
		DefaultNamespace namespace = this.namespaces.get(name);
		return (namespace != null && namespace.sockets().enter()) ? namespace : null;
	}

	/**
	 * Whether a client may join a namespace, as far as its name tells.
	 * @param name the name
	 * @return {@code false} if there is none, and no parent to ask
	 */
	boolean mayBeJoined(String name) {
		return this.namespaces.containsKey(name) || !this.parents.isEmpty();
	}

	/**
	 * Create a namespace for a client that joins, if a parent accepts its name.
	 * @param name the name
	 * @param handshake the client
	 * @return the namespace, as by {@link #enter}, or nothing
	 */
	Mono<DefaultNamespace> create(String name, Handshake handshake) {
		return Flux.fromIterable(this.parents)
			.concatMap((parent) -> parent.accepts(name, handshake)
				.onErrorResume((ex) -> refused(name, parent, ex))
				.filter(Boolean::booleanValue)
				.map((accepted) -> parent), 0)
			.next()
			.map((parent) -> enter(name, parent));
	}

	private static Mono<Boolean> refused(String name, ParentNamespace parent, Throwable ex) {
		logger.error(LogMessage.format("The predicate of %s failed for namespace %s", parent, name), ex);
		return Mono.just(false);
	}

	private synchronized DefaultNamespace enter(String name, ParentNamespace parent) {
		DefaultNamespace namespace = find(name);
		if (namespace == null || !namespace.sockets().enter()) {
			namespace = create(name, parent);
			namespace.sockets().enter();
		}
		return namespace;
	}

	private @Nullable DefaultNamespace find(String name) {
		DefaultNamespace namespace = this.namespaces.get(name);
		return (namespace != null) ? namespace : this.announced.get(name);
	}

	private DefaultNamespace create(String name, @Nullable ParentNamespace parent) {
		DefaultNamespace namespace = new DefaultNamespace(name, this.context, this.adapters, this::retire, parent);
		if (parent != null) {
			parent.setup().applyTo(namespace);
		}
		this.announced.put(name, namespace);
		try {
			this.listeners.forEach((listener) -> announce(namespace, listener));
		}
		finally {
			this.announced.remove(name);
		}
		this.namespaces.put(name, namespace);
		if (parent != null) {
			parent.children().add(namespace);
		}
		return namespace;
	}

	private static void announce(DefaultNamespace namespace, Consumer<SocketIoNamespace> listener) {
		try {
			listener.accept(namespace);
		}
		catch (RuntimeException ex) {
			logger.error(LogMessage.format("A listener failed for the new %s", namespace), ex);
		}
	}

	/**
	 * Forget a child that nobody is in, nor can come back to.
	 * @param namespace the namespace
	 * @param parent its parent
	 */
	private synchronized void retire(DefaultNamespace namespace, ParentNamespace parent) {
		if (namespace.retire()) {
			this.namespaces.remove(namespace.name(), namespace);
			parent.children().remove(namespace);
			namespace.close();
		}
	}

}
