package io.socketio.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a socket whose connection broke. Offsets are those that clients get
 * with their events: opaque, and only comparable by the event log they stem from.
 *
 * @param namespace name of the namespace
 * @param id public id of the socket
 * @param privateId the secret by which the client claims the session
 * @param principal name of the authenticated principal, or {@code null}
 * @param data the application's attributes; what JSON can say
 * @param memberships rooms the socket is or was in, as far as missed events may depend on
 * it, with the one named by its id
 * @param membershipsSince offset of the last event for which memberships that ended may
 * be missing here
 * @param connectOffset offset of the last event before the socket first connected
 * @param lastOffset offset of the last event that was addressed to the socket
 * @param disconnectOffset offset of the last event before the disconnect
 * @param disconnectedAt when the connection broke
 * @since 0.1.0
 */
public record StoredSession(String namespace, String id, String privateId, @Nullable String principal,
		Map<String, Object> data, List<Membership> memberships, String membershipsSince, String connectOffset,
		String lastOffset, String disconnectOffset, Instant disconnectedAt) {

	/**
	 * Create a session.
	 * @param namespace name of the namespace
	 * @param id public id of the socket
	 * @param privateId the secret by which the client claims the session
	 * @param principal name of the authenticated principal, or {@code null}
	 * @param data the application's attributes; what JSON can say
	 * @param memberships rooms the socket is or was in, as far as missed events may
	 * depend on it, with the one named by its id
	 * @param membershipsSince offset of the last event for which memberships that ended
	 * may be missing here
	 * @param connectOffset offset of the last event before the socket first connected
	 * @param lastOffset offset of the last event that was addressed to the socket
	 * @param disconnectOffset offset of the last event before the disconnect
	 * @param disconnectedAt when the connection broke
	 */
	public StoredSession {
		memberships = List.copyOf(memberships);
	}

	/**
	 * Membership in a room for a span of events.
	 *
	 * @param room name of the room
	 * @param joined offset of the last event before the socket joined
	 * @param left offset of the last event before the socket left, or {@code null} if it
	 * is still a member
	 */
	public record Membership(String room, String joined, @Nullable String left) {

	}

}
