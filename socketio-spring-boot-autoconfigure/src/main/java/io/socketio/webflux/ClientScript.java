package io.socketio.webflux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One file of the JavaScript client. It is read and compressed once, when it is first
 * asked for, off the event loop.
 *
 * @since 0.1.0
 */
public final class ClientScript {

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final String contentType;

	private final @Nullable String etag;

	private final Mono<byte[]> content;

	/** In the order of the reference, which prefers Brotli. */
	private final Map<ContentCoding, Mono<byte[]>> encoded = new EnumMap<>(ContentCoding.class);

	private final List<ContentCoding> codings;

	ClientScript(Resource resource, @Nullable Resource brotli, String contentType, @Nullable String etag) {
		this.contentType = contentType;
		this.etag = etag;
		this.content = cached(Mono.fromCallable(resource::getContentAsByteArray));
		if (brotli != null) {
			this.encoded.put(ContentCoding.BR, cached(Mono.fromCallable(brotli::getContentAsByteArray)));
		}
		this.encoded.put(ContentCoding.GZIP, cached(this.content.map(ContentCoding.GZIP::encode)));
		this.encoded.put(ContentCoding.DEFLATE, cached(this.content.map(ContentCoding.DEFLATE::encode)));
		this.codings = new ArrayList<>(this.encoded.keySet());
	}

	private static Mono<byte[]> cached(Mono<byte[]> source) {
		return source.subscribeOn(Schedulers.boundedElastic())
			.cache((bytes) -> FOREVER, (ex) -> Duration.ZERO, () -> Duration.ZERO);
	}

	/**
	 * Answer a request with this file, whatever its method is: 304 if the client has this
	 * version, else the content, compressed as the client prefers.
	 * @param exchange the request and its response
	 * @return completes when the response is written
	 */
	public Mono<Void> write(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=0");
		headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		if (this.etag != null) {
			headers.set(HttpHeaders.ETAG, this.etag);
			if (matches(this.etag, exchange.getRequest().getHeaders().get(HttpHeaders.IF_NONE_MATCH))) {
				response.setStatusCode(HttpStatus.NOT_MODIFIED);
				return response.setComplete();
			}
		}
		headers.set(HttpHeaders.CONTENT_TYPE, this.contentType);
		ContentCoding coding = AcceptEncoding.choose(exchange.getRequest().getHeaders(), this.codings);
		if (coding == null) {
			return write(this.content, response);
		}
		headers.set(HttpHeaders.CONTENT_ENCODING, coding.token());
		return write(this.encoded.getOrDefault(coding, this.content), response);
	}

	// As in the reference, lists of tags and * are not understood
	private static boolean matches(String etag, @Nullable List<String> values) {
		return values != null && values.size() == 1
				&& (values.get(0).equals(etag) || values.get(0).equals("W/" + etag));
	}

	private static Mono<Void> write(Mono<byte[]> body, ServerHttpResponse response) {
		return body.flatMap((bytes) -> {
			response.getHeaders().setContentLength(bytes.length);
			return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
		});
	}

}
