package io.socketio.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of server.
 *
 * @since 0.1.0
 */
public enum PeerType {

	/**
	 * This project's server.
	 */
	SPRING("this server"),

	/**
	 * The reference, with its in-memory adapter.
	 */
	NODE("Node socket.io");

	private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

	private static final List<String> JAVA_OPTIONS = List.of("-Xmx1g");

	private final String title;

	PeerType(String title) {
		this.title = title;
	}

	/**
	 * What it is called in reports.
	 * @return the name
	 */
	public String title() {
		return this.title;
	}

	List<String> command(boolean recovery, List<String> options) {
		List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
		if (this == NODE) {
			command.addAll(List.of("node", "--expose-gc", "peers/server.mjs"));
			if (recovery) {
				command.add("--recovery");
			}
			return command;
		}
		command.add(JAVA);
		command.addAll(JAVA_OPTIONS);
		command.addAll(options);
		command.addAll(List.of("-jar", System.getProperty("java.class.path"), "server", "--server.address=127.0.0.1",
				"--server.port=0", "--socketio.connection-state-recovery.enabled=" + recovery));
		return command;
	}

}
