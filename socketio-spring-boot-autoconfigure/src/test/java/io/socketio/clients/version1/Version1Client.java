package io.socketio.clients.version1;

import java.util.concurrent.BlockingQueue;

/**
 * A client of Socket.IO 2, behind types that its class loader shares with the tests.
 */
public interface Version1Client {

	/**
	 * Keep note of an event.
	 * @param event its name
	 * @return its arguments, each time it comes
	 */
	BlockingQueue<Object[]> listen(String event);

	/**
	 * Answer an event by its own arguments.
	 * @param event its name
	 */
	void echo(String event);

	void open();

	String id();

	void emit(String event, Object... args);

	/**
	 * Send an event with an acknowledgement.
	 * @param event its name
	 * @param args its arguments
	 * @return gets the arguments of the acknowledgement
	 */
	BlockingQueue<Object[]> ask(String event, Object... args);

	void close();

}
