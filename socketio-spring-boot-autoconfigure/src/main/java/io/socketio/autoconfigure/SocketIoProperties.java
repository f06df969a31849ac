package io.socketio.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.util.unit.DataSize;

import io.socketio.engine.TransportType;

/**
 * Properties of the Socket.IO server. Times without a unit are milliseconds and sizes
 * without a unit are bytes, as in the documentation of Socket.IO.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("socketio")
public class SocketIoProperties {

	/**
	 * Path of the endpoint, within the base path of the application.
	 */
	private String path = "/socket.io/";

	/**
	 * Whether requests must have a slash behind the path.
	 */
	private boolean addTrailingSlash = true;

	/**
	 * Comma-separated list of the enabled transports.
	 */
	private List<TransportType> transports = new ArrayList<>(List.of(TransportType.POLLING, TransportType.WEBSOCKET));

	/**
	 * Time from the answer to a heartbeat to the next heartbeat.
	 */
	private Duration pingInterval = Duration.ofSeconds(25);

	/**
	 * Time for a client to answer a heartbeat, after which its connection is closed.
	 */
	private Duration pingTimeout = Duration.ofSeconds(20);

	/**
	 * Time for a client to complete the upgrade from long-polling to WebSocket.
	 */
	private Duration upgradeTimeout = Duration.ofSeconds(10);

	/**
	 * Time for a client to join a first namespace, after which its connection is closed.
	 */
	private Duration connectTimeout = Duration.ofSeconds(45);

	/**
	 * Time for a long-polling client to collect the message that its connection is
	 * closed.
	 */
	private Duration closeTimeout = Duration.ofSeconds(30);

	/**
	 * Time to wait for the acknowledgement of an event when the application gives none.
	 */
	private Duration ackTimeout = Duration.ofSeconds(30);

	/**
	 * Whether namespaces that clients created are forgotten when nobody is in them nor
	 * can come back by connection state recovery.
	 */
	private boolean cleanupEmptyChildNamespaces;

	/**
	 * Maximum size of a message, and of the body of a long-polling request, sent by a
	 * client. Clients are told it, so that they split larger batches. Mind that "1MB" is
	 * 1,048,576 bytes, while the protocol has 1,000,000.
	 */
	private DataSize maxPayload = DataSize.ofBytes(1_000_000);

	/**
	 * Maximum size of what waits to be written to one connection. The connection of a
	 * client that reads more slowly is closed.
	 */
	private DataSize maxBuffered = DataSize.ofMegabytes(4);

	/**
	 * Whether clients that use long-polling are told that they can upgrade to WebSocket.
	 */
	private boolean allowUpgrades = true;

	/**
	 * Whether to serve clients of Socket.IO 1 and 2 (Engine.IO revision 3) too. The id of
	 * their sockets reveals the secret id of their session.
	 */
	private boolean allowEio3;

	/**
	 * Message to send to each client right behind the handshake.
	 */
	private @Nullable String initialPacket;

	/**
	 * Format of packets, which clients must use too. MessagePack needs the library
	 * org.msgpack:msgpack-core.
	 */
	private ParserType parser = ParserType.JSON;

	/**
	 * Whether to serve the files of the JavaScript client below the path.
	 */
	private boolean serveClient = true;

	/**
	 * Location of the files of the JavaScript client.
	 */
	private String clientLocation = "classpath:/io/socketio/client/";

	private final Adapter adapter = new Adapter();

	private final ConnectionStateRecovery connectionStateRecovery = new ConnectionStateRecovery();

	private final Cookie cookie = new Cookie();

	private final Cors cors = new Cors();

	private final Handler handler = new Handler();

	private final HttpCompression httpCompression = new HttpCompression();

	private final Limits limits = new Limits();

	private final Websocket websocket = new Websocket();

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public boolean isAddTrailingSlash() {
		return this.addTrailingSlash;
	}

	public void setAddTrailingSlash(boolean addTrailingSlash) {
		this.addTrailingSlash = addTrailingSlash;
	}

	public List<TransportType> getTransports() {
		return this.transports;
	}

	public void setTransports(List<TransportType> transports) {
		this.transports = transports;
	}

	public Duration getPingInterval() {
		return this.pingInterval;
	}

	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	public Duration getPingTimeout() {
		return this.pingTimeout;
	}

	public void setPingTimeout(Duration pingTimeout) {
		this.pingTimeout = pingTimeout;
	}

	public Duration getUpgradeTimeout() {
		return this.upgradeTimeout;
	}

	public void setUpgradeTimeout(Duration upgradeTimeout) {
		this.upgradeTimeout = upgradeTimeout;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getCloseTimeout() {
		return this.closeTimeout;
	}

	public void setCloseTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	public boolean isCleanupEmptyChildNamespaces() {
		return this.cleanupEmptyChildNamespaces;
	}

	public void setCleanupEmptyChildNamespaces(boolean cleanupEmptyChildNamespaces) {
		this.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
	}

	public Duration getAckTimeout() {
		return this.ackTimeout;
	}

	public void setAckTimeout(Duration ackTimeout) {
		this.ackTimeout = ackTimeout;
	}

	public DataSize getMaxPayload() {
		return this.maxPayload;
	}

	public void setMaxPayload(DataSize maxPayload) {
		this.maxPayload = maxPayload;
	}

	public DataSize getMaxBuffered() {
		return this.maxBuffered;
	}

	public void setMaxBuffered(DataSize maxBuffered) {
		this.maxBuffered = maxBuffered;
	}

	public boolean isAllowUpgrades() {
		return this.allowUpgrades;
	}

	public void setAllowUpgrades(boolean allowUpgrades) {
		this.allowUpgrades = allowUpgrades;
	}

	public boolean isAllowEio3() {
		return this.allowEio3;
	}

	public void setAllowEio3(boolean allowEio3) {
		this.allowEio3 = allowEio3;
	}

	public @Nullable String getInitialPacket() {
		return this.initialPacket;
	}

	public void setInitialPacket(@Nullable String initialPacket) {
		this.initialPacket = initialPacket;
	}

	public ParserType getParser() {
		return this.parser;
	}

	public void setParser(ParserType parser) {
		this.parser = parser;
	}

	public boolean isServeClient() {
		return this.serveClient;
	}

	public void setServeClient(boolean serveClient) {
		this.serveClient = serveClient;
	}

	public String getClientLocation() {
		return this.clientLocation;
	}

	public void setClientLocation(String clientLocation) {
		this.clientLocation = clientLocation;
	}

	public Adapter getAdapter() {
		return this.adapter;
	}

	public ConnectionStateRecovery getConnectionStateRecovery() {
		return this.connectionStateRecovery;
	}

	public Cookie getCookie() {
		return this.cookie;
	}

	public Cors getCors() {
		return this.cors;
	}

	public Handler getHandler() {
		return this.handler;
	}

	public HttpCompression getHttpCompression() {
		return this.httpCompression;
	}

	public Limits getLimits() {
		return this.limits;
	}

	public Websocket getWebsocket() {
		return this.websocket;
	}

	/**
	 * Routing of events between the nodes of a cluster.
	 */
	public static class Adapter {

		/**
		 * Type of the adapter. Not used when the application has an adapter factory of
		 * its own.
		 */
		private String type = "memory";

		public String getType() {
			return this.type;
		}

		public void setType(String type) {
			this.type = type;
		}

	}

	/**
	 * Connection state recovery: a client whose connection broke gets its socket id,
	 * rooms, data and missed events back.
	 */
	public static class ConnectionStateRecovery {

		/**
		 * Whether connection state recovery is enabled.
		 */
		private boolean enabled = false;

		/**
		 * Time for a client to come back.
		 */
		private Duration maxDisconnectionDuration = Duration.ofMinutes(2);

		/**
		 * Whether a recovered socket passes without asking the middlewares again.
		 */
		private boolean skipMiddlewares = true;

		/**
		 * Maximum size of the events kept for clients that may come back, of each
		 * namespace. Clients that would need older ones are not recovered.
		 */
		private DataSize maxLogBytes = DataSize.ofMegabytes(64);

		/**
		 * Maximum number of events kept for clients that may come back, of each
		 * namespace.
		 */
		private int maxLogEvents = 1_000_000;

		/**
		 * Maximum size of the events kept for clients that may come back, of all
		 * namespaces.
		 */
		private DataSize maxTotalLogBytes = DataSize.ofMegabytes(256);

		/**
		 * Maximum number of events kept for clients that may come back, of all
		 * namespaces.
		 */
		private long maxTotalLogEvents = 4_000_000;

		/**
		 * Maximum number of sessions kept for clients that may come back.
		 */
		private int maxSessions = 100_000;

		/**
		 * Maximum number of clients that are sent what they missed at the same time.
		 */
		private int maxConcurrentReplays = 256;

		/**
		 * Time for the session store to save or to hand out a session. Clients wait for
		 * it.
		 */
		private Duration storeTimeout = Duration.ofSeconds(5);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getMaxDisconnectionDuration() {
			return this.maxDisconnectionDuration;
		}

		public void setMaxDisconnectionDuration(Duration maxDisconnectionDuration) {
			this.maxDisconnectionDuration = maxDisconnectionDuration;
		}

		public boolean isSkipMiddlewares() {
			return this.skipMiddlewares;
		}

		public void setSkipMiddlewares(boolean skipMiddlewares) {
			this.skipMiddlewares = skipMiddlewares;
		}

		public DataSize getMaxLogBytes() {
			return this.maxLogBytes;
		}

		public void setMaxLogBytes(DataSize maxLogBytes) {
			this.maxLogBytes = maxLogBytes;
		}

		public int getMaxLogEvents() {
			return this.maxLogEvents;
		}

		public void setMaxLogEvents(int maxLogEvents) {
			this.maxLogEvents = maxLogEvents;
		}

		public DataSize getMaxTotalLogBytes() {
			return this.maxTotalLogBytes;
		}

		public void setMaxTotalLogBytes(DataSize maxTotalLogBytes) {
			this.maxTotalLogBytes = maxTotalLogBytes;
		}

		public long getMaxTotalLogEvents() {
			return this.maxTotalLogEvents;
		}

		public void setMaxTotalLogEvents(long maxTotalLogEvents) {
			this.maxTotalLogEvents = maxTotalLogEvents;
		}

		public int getMaxSessions() {
			return this.maxSessions;
		}

		public void setMaxSessions(int maxSessions) {
			this.maxSessions = maxSessions;
		}

		public int getMaxConcurrentReplays() {
			return this.maxConcurrentReplays;
		}

		public void setMaxConcurrentReplays(int maxConcurrentReplays) {
			this.maxConcurrentReplays = maxConcurrentReplays;
		}

		public Duration getStoreTimeout() {
			return this.storeTimeout;
		}

		public void setStoreTimeout(Duration storeTimeout) {
			this.storeTimeout = storeTimeout;
		}

	}

	/**
	 * Cookie with the id of the Engine.IO session, for load balancers that route by it.
	 * It is set by the handshake of long-polling alone.
	 */
	public static class Cookie {

		/**
		 * Whether the handshake of a long-polling client sets a cookie with its session
		 * id.
		 */
		private boolean enabled = false;

		/**
		 * Name of the cookie.
		 */
		private String name = "io";

		/**
		 * Path of the cookie. When empty, the attribute is left out.
		 */
		private @Nullable String path = "/";

		/**
		 * Domain of the cookie.
		 */
		private @Nullable String domain;

		/**
		 * Whether the cookie is hidden from scripts.
		 */
		private boolean httpOnly = true;

		/**
		 * Whether the cookie is sent over secure connections only.
		 */
		private boolean secure = false;

		/**
		 * SameSite attribute of the cookie.
		 */
		private SameSite sameSite = SameSite.LAX;

		/**
		 * Maximum age of the cookie. When not set, it ends with the session of the
		 * browser.
		 */
		private @Nullable Duration maxAge;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public @Nullable String getPath() {
			return this.path;
		}

		public void setPath(@Nullable String path) {
			this.path = path;
		}

		public @Nullable String getDomain() {
			return this.domain;
		}

		public void setDomain(@Nullable String domain) {
			this.domain = domain;
		}

		public boolean isHttpOnly() {
			return this.httpOnly;
		}

		public void setHttpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
		}

		public boolean isSecure() {
			return this.secure;
		}

		public void setSecure(boolean secure) {
			this.secure = secure;
		}

		public SameSite getSameSite() {
			return this.sameSite;
		}

		public void setSameSite(SameSite sameSite) {
			this.sameSite = sameSite;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

	}

	/**
	 * Cross-origin requests. They are refused, WebSocket handshakes included, unless
	 * their origin is allowed here.
	 */
	public static class Cors {

		/**
		 * Comma-separated list of origins to allow, where '*' allows all origins.
		 */
		private List<String> allowedOrigins = new ArrayList<>();

		/**
		 * Comma-separated list of origin patterns to allow, such as
		 * 'https://*.example.org'. Unlike allowed origins which only support '*', they
		 * can be used with credentials.
		 */
		private List<String> allowedOriginPatterns = new ArrayList<>();

		/**
		 * Comma-separated list of methods to allow, where '*' allows all methods.
		 */
		private List<String> allowedMethods = new ArrayList<>(List.of("GET", "POST"));

		/**
		 * Comma-separated list of headers to allow in a request, where '*' allows all
		 * headers.
		 */
		private List<String> allowedHeaders = new ArrayList<>(List.of("*"));

		/**
		 * Comma-separated list of headers that scripts may read from a response.
		 */
		private List<String> exposedHeaders = new ArrayList<>();

		/**
		 * Whether cookies and other credentials may be sent along.
		 */
		private boolean allowCredentials = false;

		/**
		 * Time for which clients may cache the response to a pre-flight request.
		 */
		private @Nullable Duration maxAge;

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

		public List<String> getAllowedOriginPatterns() {
			return this.allowedOriginPatterns;
		}

		public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
			this.allowedOriginPatterns = allowedOriginPatterns;
		}

		public List<String> getAllowedMethods() {
			return this.allowedMethods;
		}

		public void setAllowedMethods(List<String> allowedMethods) {
			this.allowedMethods = allowedMethods;
		}

		public List<String> getAllowedHeaders() {
			return this.allowedHeaders;
		}

		public void setAllowedHeaders(List<String> allowedHeaders) {
			this.allowedHeaders = allowedHeaders;
		}

		public List<String> getExposedHeaders() {
			return this.exposedHeaders;
		}

		public void setExposedHeaders(List<String> exposedHeaders) {
			this.exposedHeaders = exposedHeaders;
		}

		public boolean isAllowCredentials() {
			return this.allowCredentials;
		}

		public void setAllowCredentials(boolean allowCredentials) {
			this.allowCredentials = allowCredentials;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

	}

	/**
	 * Handlers, the methods of controllers. Those that return no reactive type may block.
	 */
	public static class Handler {

		/**
		 * Maximum number of handlers that block at once. Not used when virtual threads
		 * are enabled.
		 */
		private int concurrency = 64;

		/**
		 * Maximum number of sockets that wait for a thread. Not used when virtual threads
		 * are enabled.
		 */
		private int queueCapacity = 100_000;

		/**
		 * Number of unfinished handlers of one socket from which its connection is not
		 * read from.
		 */
		private int maxPendingPerSocket = 64;

		/**
		 * Number of unfinished handlers of one socket that return a reactive type, beyond
		 * which its next handler waits.
		 */
		private int maxConcurrentPerSocket = 64;

		/**
		 * Whether to put the id of the socket and the name of its namespace into the MDC
		 * while a handler runs.
		 */
		private boolean mdc;

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public int getQueueCapacity() {
			return this.queueCapacity;
		}

		public void setQueueCapacity(int queueCapacity) {
			this.queueCapacity = queueCapacity;
		}

		public int getMaxPendingPerSocket() {
			return this.maxPendingPerSocket;
		}

		public void setMaxPendingPerSocket(int maxPendingPerSocket) {
			this.maxPendingPerSocket = maxPendingPerSocket;
		}

		public int getMaxConcurrentPerSocket() {
			return this.maxConcurrentPerSocket;
		}

		public void setMaxConcurrentPerSocket(int maxConcurrentPerSocket) {
			this.maxConcurrentPerSocket = maxConcurrentPerSocket;
		}

		public boolean isMdc() {
			return this.mdc;
		}

		public void setMdc(boolean mdc) {
			this.mdc = mdc;
		}

	}

	/**
	 * Compression of the responses of long-polling.
	 */
	public static class HttpCompression {

		/**
		 * Whether to compress the responses of long-polling, where the client accepts it.
		 */
		private boolean enabled = true;

		/**
		 * Size from which a response is compressed.
		 */
		private DataSize threshold = DataSize.ofKilobytes(1);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public DataSize getThreshold() {
			return this.threshold;
		}

		public void setThreshold(DataSize threshold) {
			this.threshold = threshold;
		}

	}

	/**
	 * Limits of what one client can make grow.
	 */
	public static class Limits {

		/**
		 * Maximum number of binary attachments of one packet.
		 */
		private int maxAttachments = 10;

		/**
		 * Maximum length of the name of a namespace, in bytes.
		 */
		private int maxNamespaceLength = 1024;

		/**
		 * Maximum number of namespaces that one connection may have joined at a time.
		 */
		private int maxNamespaces = 100;

		/**
		 * Maximum number of rooms that one socket may be in at a time.
		 */
		private int maxRoomsPerSocket = 10_000;

		/**
		 * Maximum size of the packet by which a client joins a namespace, with the auth
		 * payload that is kept as long as the socket.
		 */
		private DataSize maxAuthBytes = DataSize.ofKilobytes(64);

		public int getMaxAttachments() {
			return this.maxAttachments;
		}

		public void setMaxAttachments(int maxAttachments) {
			this.maxAttachments = maxAttachments;
		}

		public int getMaxNamespaceLength() {
			return this.maxNamespaceLength;
		}

		public void setMaxNamespaceLength(int maxNamespaceLength) {
			this.maxNamespaceLength = maxNamespaceLength;
		}

		public int getMaxNamespaces() {
			return this.maxNamespaces;
		}

		public void setMaxNamespaces(int maxNamespaces) {
			this.maxNamespaces = maxNamespaces;
		}

		public int getMaxRoomsPerSocket() {
			return this.maxRoomsPerSocket;
		}

		public void setMaxRoomsPerSocket(int maxRoomsPerSocket) {
			this.maxRoomsPerSocket = maxRoomsPerSocket;
		}

		public DataSize getMaxAuthBytes() {
			return this.maxAuthBytes;
		}

		public void setMaxAuthBytes(DataSize maxAuthBytes) {
			this.maxAuthBytes = maxAuthBytes;
		}

	}

	/**
	 * WebSocket transport.
	 */
	public static class Websocket {

		private final Compression compression = new Compression();

		public Compression getCompression() {
			return this.compression;
		}

		/**
		 * Compression of WebSocket messages (permessage-deflate).
		 */
		public static class Compression {

			/**
			 * Whether to compress WebSocket messages, where the client accepts it. It
			 * costs memory for each connection.
			 */
			private boolean enabled = false;

			/**
			 * Size from which a message is compressed.
			 */
			private DataSize threshold = DataSize.ofKilobytes(1);

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

			public DataSize getThreshold() {
				return this.threshold;
			}

			public void setThreshold(DataSize threshold) {
				this.threshold = threshold;
			}

		}

	}

}
