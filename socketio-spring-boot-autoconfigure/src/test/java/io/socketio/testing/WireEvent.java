package io.socketio.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a client got it.
 *
 * @param namespace name of the namespace
 * @param id id of the acknowledgement, or {@code null}
 * @param name name of the event
 * @param arguments the arguments, without the offset
 * @param offset the offset behind the arguments, or {@code null}
 * @param attachments the attachments
 */
public record WireEvent(String namespace, Long id, String name, List<Object> arguments, String offset,
		List<byte[]> attachments) {

	private static final Pattern PACKET = Pattern.compile("[25](?:(\\d+)-)?(/[^,]*,)?(\\d+)?(\\[.*])", Pattern.DOTALL);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * Read an event.
	 * @param packet the text packet
	 * @param recovery whether connection state recovery is on, so that an event without
	 * an id has an offset
	 * @return the event, without its attachments yet
	 */
	static WireEvent parse(String packet, boolean recovery) {
		Matcher matcher = PACKET.matcher(packet);
		if (!matcher.matches()) {
			throw new AssertionError("Not an event: " + packet);
		}
		List<Object> data = new ArrayList<>(MAPPER.readValue(matcher.group(4), List.class));
		Long id = (matcher.group(3) != null) ? Long.valueOf(matcher.group(3)) : null;
		String offset = (recovery && id == null && data.size() > 1) ? (String) data.remove(data.size() - 1) : null;
		String namespace = (matcher.group(2) != null) ? matcher.group(2).substring(0, matcher.group(2).length() - 1)
				: "/";
		return new WireEvent(namespace, id, String.valueOf(data.remove(0)), data, offset, new ArrayList<>());
	}

	static int attachmentCount(String packet) {
		Matcher matcher = PACKET.matcher(packet);
		return (matcher.matches() && matcher.group(1) != null) ? Integer.parseInt(matcher.group(1)) : 0;
	}

	@Override
	public String toString() {
		return this.name + this.arguments;
	}

}
