package io.socketio.webflux;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.socketio.engine.ConnectionError;
import io.socketio.engine.EngineRequest;
import io.socketio.engine.EngineServer;
import io.socketio.engine.EngineSession;
import io.socketio.engine.PollHandle;
import io.socketio.engine.PollingTransport;
import io.socketio.protocol.EnginePayload;

/**
 * HTTP long-polling: turns requests into calls of a session's {@link PollingTransport}
 * and what it answers into responses.
 */
final class PollingEndpoint {

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Size in bytes up to which a payload is compressed on the event loop, in about a
	 * millisecond.
	 */
	private static final int COMPRESSED_AT_ONCE = 64 * 1024;

	private final EngineServer server;

	private final ReactorNettyExchange connections;

	private final @Nullable Function<String, ResponseCookie> cookie;

	private final @Nullable PayloadCompression compression;

	private final Refusals refusals;

	PollingEndpoint(EngineServer server, ReactorNettyExchange connections, WebOptions options, Refusals refusals) {
		this.server = server;
		this.connections = connections;
		this.cookie = options.cookie();
		this.refusals = refusals;
		this.compression = options.compression();
	}

	Mono<Void> open(ServerWebExchange exchange, EngineRequest request) {
		return Mono
			.<PollResult>create((sink) -> this.server.openPolling(request, this.connections.lane(exchange),
					(sid) -> new PendingPoll(sink, sid)))
			.flatMap((result) -> {
				if (this.cookie != null && result.sid() != null) {
					exchange.getResponse().addCookie(this.cookie.apply(result.sid()));
				}
				return write(exchange, result);
			});
	}

	Mono<Void> handle(ServerWebExchange exchange, String sid) {
		HttpMethod method = exchange.getRequest().getMethod();
		EngineSession session = this.server.session(sid);
		PollingTransport transport = (session != null) ? session.pollingTransport() : null;
		if (session == null || transport == null) {
			return this.refusals.refuse(exchange, ConnectionError.unknownSession(sid), false);
		}
		if (method == HttpMethod.GET) {
			return poll(exchange, session, transport);
		}
		if (method == HttpMethod.POST) {
			return push(exchange, session, transport);
		}
		return complete(exchange, HttpStatus.INTERNAL_SERVER_ERROR); // as the reference
																		// does
	}

	private Mono<Void> poll(ServerWebExchange exchange, EngineSession session, PollingTransport transport) {
		return Mono.<PollResult>create((sink) -> {
			PendingPoll handle = new PendingPoll(sink, session.id());
			sink.onCancel(() -> session.inLane(() -> transport.pollAborted(handle)));
			session.inLane(() -> transport.poll(handle));
		}).flatMap((result) -> write(exchange, result));
	}

	private Mono<Void> push(ServerWebExchange exchange, EngineSession session, PollingTransport transport) {
		ServerHttpRequest request = exchange.getRequest();
		Sinks.Empty<Void> interrupt = Sinks.empty();
		if (!transport.beginPush(interrupt::tryEmitEmpty)) {
			return complete(exchange, HttpStatus.BAD_REQUEST);
		}
		boolean binary = MediaType.APPLICATION_OCTET_STREAM_VALUE
			.equals(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
		if (binary && !transport.acceptsBinaryBodies()) {
			transport.abortPush("invalid content");
			return complete(exchange, HttpStatus.BAD_REQUEST);
		}
		Runnable aborted = () -> transport.abortPush("data request connection closed prematurely");
		return RequestBody.read(request, this.server.options().maxPayload())
			.takeUntilOther(interrupt.asMono())
			.doOnCancel(aborted)
			.onErrorResume((ex) -> gone(exchange, aborted))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((body) -> {
				if (body.isEmpty()) {
					return interrupted(exchange);
				}
				if (body.get().tooLarge()) {
					transport.endPush();
					return complete(exchange, HttpStatus.CONTENT_TOO_LARGE);
				}
				return Mono
					.<Boolean>create((sink) -> session
						.inLane(() -> transport.push(new EnginePayload(body.get().bytes(), binary), sink::success)))
					.flatMap((valid) -> valid ? ok(exchange) : complete(exchange, HttpStatus.BAD_REQUEST));
			});
	}

	// Later, since Reactor Netty reports the error again to who ends the exchange at once
	private <T> Mono<T> gone(ServerWebExchange exchange, Runnable aborted) {
		return Mono.create((sink) -> this.connections.lane(exchange).execute(() -> {
			aborted.run();
			sink.success();
		}));
	}

	private Mono<Void> interrupted(ServerWebExchange exchange) {
		exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
		return complete(exchange, HttpStatus.BAD_REQUEST);
	}

	private Mono<Void> ok(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.setContentType(MediaType.TEXT_HTML); // some browsers offer text/plain as
														// a download
		return writeBody(exchange, OK);
	}

	private Mono<Void> write(ServerWebExchange exchange, PollResult result) {
		if (result.error() != null) {
			return this.refusals.refuse(exchange, result.error(), false);
		}
		EnginePayload payload = result.payload();
		if (payload == null) {
			return complete(exchange, HttpStatus.BAD_REQUEST);
		}
		exchange.getResponse()
			.getHeaders()
			.setContentType(payload.binary() ? MediaType.APPLICATION_OCTET_STREAM : TEXT);
		return (result.compress() && this.compression != null)
				? writeCompressed(exchange, payload.bytes(), this.compression) : writeBody(exchange, payload.bytes());
	}

	private Mono<Void> writeCompressed(ServerWebExchange exchange, byte[] payload, PayloadCompression with) {
		Mono<byte[]> body = Mono.fromSupplier(() -> with.apply(exchange, payload));
		return ((payload.length > COMPRESSED_AT_ONCE) ? body.subscribeOn(Schedulers.parallel()) : body)
			.flatMap((compressed) -> writeBody(exchange, compressed));
	}

	private Mono<Void> writeBody(ServerWebExchange exchange, byte[] body) {
		ServerHttpResponse response = exchange.getResponse();
		commonHeaders(exchange);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	private Mono<Void> complete(ServerWebExchange exchange, HttpStatus status) {
		ServerHttpResponse response = exchange.getResponse();
		commonHeaders(exchange);
		response.setStatusCode(status);
		response.getHeaders().setContentLength(0);
		return response.setComplete();
	}

	private void commonHeaders(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.setCacheControl("no-store");
		String userAgent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
		if (userAgent != null && (userAgent.contains(";MSIE") || userAgent.contains("Trident/"))) {
			headers.set("X-XSS-Protection", "0");
		}
	}

	/**
	 * What a long-polling request is answered with.
	 *
	 * @param payload the packets, or {@code null} to refuse the request
	 * @param compress whether it may be compressed
	 * @param error the error, or {@code null}
	 * @param sid id of the session that answers, or {@code null} if it does not
	 */
	private record PollResult(@Nullable EnginePayload payload, boolean compress, @Nullable ConnectionError error,
			@Nullable String sid) {

	}

	private record PendingPoll(MonoSink<PollResult> sink, String sid) implements PollHandle {

		@Override
		public void respond(EnginePayload payload, boolean compress) {
			this.sink.success(new PollResult(payload, compress, null, this.sid));
		}

		@Override
		public void refuse() {
			this.sink.success(new PollResult(null, false, null, null));
		}

		@Override
		public void unknownSession() {
			this.sink.success(new PollResult(null, false, ConnectionError.unknownSession(this.sid), null));
		}

	}

}
