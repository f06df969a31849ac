package io.socketio.server;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.engine.EngineRequest;

/**
 * The handshake of one socket.
 */
final class DefaultHandshake implements Handshake {

	private final EngineRequest request;

	private final @Nullable JsonNode auth;

	private final JsonMapper mapper;

	private final Instant time = Instant.now();

	DefaultHandshake(EngineRequest request, @Nullable JsonNode auth, JsonMapper mapper) {
		this.request = request;
		this.auth = auth;
		this.mapper = mapper;
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public Map<String, String> query() {
		return this.request.query();
	}

	@Override
	@SuppressWarnings("unchecked") // a JSON object
	public Map<String, Object> auth() {
		if (this.auth == null) {
			return Collections.emptyMap();
		}
		return Collections.unmodifiableMap(this.mapper.convertValue(this.auth, Map.class));
	}

	@Override
	public <T> @Nullable T auth(String name, Class<T> type) {
		JsonNode field = (this.auth != null) ? this.auth.get(name) : null;
		if (field == null || field.isNull()) {
			return null;
		}
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) JsonEventArguments.convert(this.mapper, field, this.mapper.constructType(type),
				"Field '" + name + "' of the CONNECT payload");
		return value;
	}

	@Override
	public String url() {
		return this.request.url();
	}

	@Override
	public @Nullable InetSocketAddress address() {
		return this.request.remoteAddress();
	}

	@Override
	public Instant time() {
		return this.time;
	}

	@Override
	public boolean secure() {
		return this.request.secure();
	}

	@Override
	public boolean xdomain() {
		return this.request.headers().getOrigin() != null;
	}

	@Override
	public @Nullable Principal principal() {
		return this.request.principal();
	}

}
