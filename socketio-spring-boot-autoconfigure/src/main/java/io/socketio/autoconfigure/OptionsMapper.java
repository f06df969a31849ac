package io.socketio.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;

import io.socketio.engine.EngineOptions;
import io.socketio.protocol.PacketLimits;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.server.ServerOptions;
import io.socketio.webflux.HandshakeCookie;
import io.socketio.webflux.HttpPayloadCompression;
import io.socketio.webflux.PayloadCompression;
import io.socketio.webflux.WebOptions;

/**
 * Converts the properties to the settings of the other packages, which do not know
 * properties, and checks them on the way.
 */
final class OptionsMapper {

	private static final Pattern PATH = Pattern.compile("/[^\\s?#*{}]*");

	private static final Pattern ORIGIN = Pattern.compile("\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/\\s]*/?");

	private static final String MSGPACK_CLASS = "org.msgpack.core.MessagePack";

	private final SocketIoProperties properties;

	OptionsMapper(SocketIoProperties properties) {
		this.properties = properties;
	}

	String path() {
		String path = this.properties.getPath();
		if (!PATH.matcher(path).matches()) {
			throw PropertyCheck.invalid("path", path, path.startsWith("/")
					? "must have no query, wildcard, variable or blank" : "must start with a slash",
					"Set it to a plain path, such as /socket.io/.");
		}
		return path;
	}

	EngineOptions engine() {
		SocketIoProperties source = this.properties;
		if (source.getTransports().isEmpty()) {
			throw PropertyCheck.invalid("transports", "", "must name at least one transport",
					"Set it to polling, websocket or both.");
		}
		EngineOptions options = new EngineOptions(source.getTransports().stream().distinct().toList(),
				PropertyCheck.duration("ping-interval", source.getPingInterval()),
				PropertyCheck.duration("ping-timeout", source.getPingTimeout()),
				PropertyCheck.duration("upgrade-timeout", source.getUpgradeTimeout()),
				PropertyCheck.duration("close-timeout", source.getCloseTimeout()),
				PropertyCheck.bytes("max-payload", source.getMaxPayload(), 1),
				PropertyCheck.positiveBytes("max-buffered", source.getMaxBuffered()), source.isAllowUpgrades(),
				source.isAllowEio3(), source.getInitialPacket());
		PropertyCheck.sum("ping-timeout", options.pingTimeout(), "ping-interval", options.pingInterval());
		return options;
	}

	ServerOptions server() {
		SocketIoProperties source = this.properties;
		SocketIoProperties.Limits limits = source.getLimits();
		PacketLimits packetLimits = new PacketLimits(
				PropertyCheck.number("limits.max-attachments", limits.getMaxAttachments(), 0),
				PropertyCheck.number("limits.max-namespace-length", limits.getMaxNamespaceLength(), 1));
		return new ServerOptions(PropertyCheck.duration("connect-timeout", source.getConnectTimeout()),
				PropertyCheck.duration("ack-timeout", source.getAckTimeout()), packetLimits,
				PropertyCheck.number("limits.max-namespaces", limits.getMaxNamespaces(), 1),
				PropertyCheck.number("limits.max-rooms-per-socket", limits.getMaxRoomsPerSocket(), 1),
				PropertyCheck.bytes("limits.max-auth-bytes", limits.getMaxAuthBytes(), 1),
				source.isCleanupEmptyChildNamespaces(),
				source.getConnectionStateRecovery().isEnabled() ? recovery() : null);
	}

	RecoveryOptions recovery() {
		String prefix = "connection-state-recovery.";
		SocketIoProperties.ConnectionStateRecovery source = this.properties.getConnectionStateRecovery();
		return new RecoveryOptions(
				PropertyCheck.duration(prefix + "max-disconnection-duration", source.getMaxDisconnectionDuration()),
				source.isSkipMiddlewares(),
				PropertyCheck.positiveBytes(prefix + "max-log-bytes", source.getMaxLogBytes()),
				PropertyCheck.number(prefix + "max-log-events", source.getMaxLogEvents(), 1),
				PropertyCheck.positiveBytes(prefix + "max-total-log-bytes", source.getMaxTotalLogBytes()),
				PropertyCheck.number(prefix + "max-total-log-events", source.getMaxTotalLogEvents(), 1),
				PropertyCheck.number(prefix + "max-sessions", source.getMaxSessions(), 1),
				PropertyCheck.number(prefix + "max-concurrent-replays", source.getMaxConcurrentReplays(), 1),
				PropertyCheck.duration(prefix + "store-timeout", source.getStoreTimeout()));
	}

	ParserType parser(@Nullable ClassLoader classLoader) {
		ParserType parser = this.properties.getParser();
		if (parser == ParserType.MSGPACK && !ClassUtils.isPresent(MSGPACK_CLASS, classLoader)) {
			throw PropertyCheck.invalid("parser", "msgpack",
					"needs the library org.msgpack:msgpack-core, which is not on the class path",
					"Add the dependency org.msgpack:msgpack-core, or set socketio.parser to json.");
		}
		return parser;
	}

	void checkMemoryAdapter() {
		String type = this.properties.getAdapter().getType();
		if (!"memory".equalsIgnoreCase(type)) {
			throw PropertyCheck.invalid("adapter.type", type, "is no type that this version has: memory",
					"Set it to memory, or declare an AdapterFactory bean.");
		}
	}

	int maxPendingPerSocket() {
		return PropertyCheck.number("handler.max-pending-per-socket",
				this.properties.getHandler().getMaxPendingPerSocket(), 1);
	}

	int maxConcurrentPerSocket() {
		return PropertyCheck.number("handler.max-concurrent-per-socket",
				this.properties.getHandler().getMaxConcurrentPerSocket(), 1);
	}

	HandlerThreadPool handlerThreadPool() {
		SocketIoProperties.Handler source = this.properties.getHandler();
		return new HandlerThreadPool(PropertyCheck.number("handler.concurrency", source.getConcurrency(), 1),
				PropertyCheck.number("handler.queue-capacity", source.getQueueCapacity(), 1));
	}

	WebOptions web() {
		HandshakeCookie cookie = cookie();
		SocketIoProperties.Websocket.Compression compression = this.properties.getWebsocket().getCompression();
		int threshold = PropertyCheck.bytes("websocket.compression.threshold", compression.getThreshold(), 0);
		return new WebOptions((cookie != null) ? cookie::create : null, httpCompression(),
				compression.isEnabled() ? threshold : -1);
	}

	private @Nullable PayloadCompression httpCompression() {
		SocketIoProperties.HttpCompression source = this.properties.getHttpCompression();
		int threshold = PropertyCheck.bytes("http-compression.threshold", source.getThreshold(), 0);
		return source.isEnabled() ? new HttpPayloadCompression(threshold) : null;
	}

	private @Nullable HandshakeCookie cookie() {
		SocketIoProperties.Cookie source = this.properties.getCookie();
		if (!source.isEnabled()) {
			return null;
		}
		String sameSite = source.getSameSite().attributeValue();
		if ("None".equals(sameSite) && !source.isSecure()) {
			throw PropertyCheck.invalid("cookie.same-site", source.getSameSite().name().toLowerCase(Locale.ROOT),
					"makes browsers refuse a cookie that is not secure",
					"Set socketio.cookie.secure to true, or socketio.cookie.same-site to lax or strict.");
		}
		try {
			return new HandshakeCookie(source.getName(), source.getPath(), source.getDomain(), source.isHttpOnly(),
					source.isSecure(), sameSite, source.getMaxAge());
		}
		catch (IllegalArgumentException ex) {
			throw PropertyCheck.invalid("cookie.name", source.getName(),
					"makes no valid cookie together with path and domain: " + ex.getMessage(),
					"Correct the name, path or domain of the cookie.");
		}
	}

	CorsConfiguration cors() {
		SocketIoProperties.Cors source = this.properties.getCors();
		source.getAllowedOrigins().forEach(this::checkOrigin);
		if (source.isAllowCredentials() && source.getAllowedOrigins().contains(CorsConfiguration.ALL)) {
			throw PropertyCheck.invalid("cors.allowed-origins", CorsConfiguration.ALL,
					"cannot be combined with socketio.cors.allow-credentials=true",
					"List the origins, or use socketio.cors.allowed-origin-patterns, or leave credentials out.");
		}
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOrigins(source.getAllowedOrigins());
		cors.setAllowedOriginPatterns(source.getAllowedOriginPatterns());
		cors.setAllowedMethods(upperCase(source.getAllowedMethods()));
		cors.setAllowedHeaders(source.getAllowedHeaders());
		cors.setExposedHeaders(source.getExposedHeaders());
		if (source.isAllowCredentials()) {
			cors.setAllowCredentials(true);
		}
		if (source.getMaxAge() != null) {
			cors.setMaxAge(source.getMaxAge());
		}
		return cors;
	}

	private void checkOrigin(String origin) {
		if (!ORIGIN.matcher(origin).matches()) {
			throw PropertyCheck.invalid("cors.allowed-origins", origin, "is no origin",
					"Write origins as browsers do, with scheme, host and port where it is not the default, such as "
							+ "https://chat.example.org, and patterns in socketio.cors.allowed-origin-patterns.");
		}
	}

	private static List<String> upperCase(List<String> methods) {
		return methods.stream().map((method) -> method.toUpperCase(Locale.ROOT)).toList();
	}

	String clientLocation() {
		String location = this.properties.getClientLocation();
		if (!StringUtils.hasText(location)) {
			throw PropertyCheck.invalid("client-location", location, "must not be empty",
					"Set it to a directory, or set socketio.serve-client to false.");
		}
		return location.endsWith("/") ? location : location + "/";
	}

}
