package io.socketio.webflux;

import java.io.ByteArrayOutputStream;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Reads the body of a request up to a limit. What is beyond it is read and dropped, so
 * that the client gets the answer instead of a reset, but not without end.
 */
final class RequestBody {

	private static final int MAX_DROPPED_FACTOR = 16;

	private final int limit;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private long length;

	private RequestBody(int limit) {
		this.limit = limit;
	}

	static Mono<RequestBody> read(ServerHttpRequest request, int limit) {
		return Mono.defer(() -> {
			RequestBody body = new RequestBody(limit);
			long end = (long) limit * MAX_DROPPED_FACTOR;
			return request.getBody().doOnNext(body::add).takeUntil((buffer) -> body.length > end).then(Mono.just(body));
		});
	}

	private void add(DataBuffer buffer) {
		int count = buffer.readableByteCount();
		this.length += count;
		if (!tooLarge()) {
			byte[] chunk = new byte[count];
			buffer.read(chunk);
			this.bytes.write(chunk, 0, count);
		}
		else {
			this.bytes.reset();
		}
		DataBufferUtils.release(buffer);
	}

	boolean tooLarge() {
		return this.length > this.limit;
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

}
