package io.socketio.autoconfigure;

/**
 * Formats of Socket.IO packets. Server and clients must use the same one.
 *
 * @since 0.1.0
 */
public enum ParserType {

	/** The format of the protocol, which clients use unless told otherwise. */
	JSON,

	/**
	 * MessagePack, for clients with the parser of the npm package
	 * {@code socket.io-msgpack-parser}. Needs the library
	 * {@code org.msgpack:msgpack-core}.
	 */
	MSGPACK

}
