package io.socketio.adapter;

/**
 * Creates the adapter of each namespace. A bean of this type replaces the one in memory.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AdapterFactory {

	/**
	 * Create an adapter.
	 * @param namespace name of the namespace
	 * @param sockets the sockets of the namespace on this node
	 * @return the adapter
	 */
	Adapter create(String namespace, LocalSockets sockets);

	/**
	 * Adapters for a single node, in memory.
	 * @return the factory
	 */
	static AdapterFactory inMemory() {
		return (namespace, sockets) -> sockets::deliver;
	}

}
