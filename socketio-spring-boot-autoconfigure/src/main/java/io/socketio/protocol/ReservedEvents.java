package io.socketio.protocol;

import java.util.Set;

/**
 * Names that an event on the wire must not have, since official clients and servers emit
 * them locally.
 *
 * @since 0.1.0
 */
public final class ReservedEvents {

	private static final Set<String> NAMES = Set.of("connect", "connect_error", "disconnect", "disconnecting",
			"newListener", "removeListener");

	private ReservedEvents() {
	}

	/**
	 * Return whether a name is reserved.
	 * @param name the name of an event
	 * @return whether no event may have it
	 */
	public static boolean contains(String name) {
		return NAMES.contains(name);
	}

}
