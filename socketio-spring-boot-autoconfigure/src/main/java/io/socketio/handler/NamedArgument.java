package io.socketio.handler;

import io.socketio.handler.ArgumentResolver.Argument;

/**
 * An argument that clients know by a name.
 */
interface NamedArgument extends Argument {

	/**
	 * What clients are told the argument is called.
	 * @return such as {@code message} or {@code auth.token}
	 */
	String name();

}
