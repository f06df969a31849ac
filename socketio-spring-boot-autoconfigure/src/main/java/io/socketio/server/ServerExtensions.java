package io.socketio.server;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an application plugs into its server. Immutable.
 *
 * @param authenticator authenticates clients by their CONNECT payload, or {@code null} to
 * go by the handshake alone
 * @param contributors make the contexts of sockets, in this order
 * @param translator knows errors that clients are told of
 * @since 0.1.0
 */
public record ServerExtensions(@Nullable SocketAuthenticator authenticator, List<SocketContextContributor> contributors,
		ClientErrorTranslator translator) {

	/**
	 * Create extensions.
	 * @param authenticator authenticates clients by their CONNECT payload, or
	 * {@code null} to go by the handshake alone
	 * @param contributors make the contexts of sockets, in this order
	 * @param translator knows errors that clients are told of
	 */
	public ServerExtensions {
		contributors = List.copyOf(contributors);
	}

	/**
	 * No extensions at all.
	 * @return the extensions
	 */
	public static ServerExtensions none() {
		return new ServerExtensions(null, List.of(), ClientErrorTranslator.of(List.of()));
	}

}
