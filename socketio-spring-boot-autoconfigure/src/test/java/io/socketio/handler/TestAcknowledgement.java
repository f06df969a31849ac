package io.socketio.handler;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;

/**
 * Remembers the answer.
 */
final class TestAcknowledgement implements Acknowledgement {

	private final boolean requested;

	private final CompletableFuture<List<@Nullable Object>> answer = new CompletableFuture<>();

	private final AtomicInteger calls = new AtomicInteger();

	TestAcknowledgement(boolean requested) {
		this.requested = requested;
	}

	@Override
	public boolean requested() {
		return this.requested;
	}

	@Override
	public void send(@Nullable Object... args) {
		this.calls.incrementAndGet();
		if (Arrays.asList(args).contains(Unwritable.INSTANCE)) {
			throw new IllegalArgumentException("cannot be written");
		}
		this.answer.complete(Arrays.asList(args));
	}

	int calls() {
		return this.calls.get();
	}

	boolean answered() {
		return this.answer.isDone();
	}

	List<@Nullable Object> await() {
		try {
			return this.answer.get(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("No acknowledgement", ex);
		}
	}

	@Nullable Object awaitValue() {
		List<@Nullable Object> answer = await();
		if (answer.size() != 1) {
			throw new AssertionError("Acknowledged with " + answer);
		}
		return answer.get(0);
	}

	/**
	 * What JSON cannot say.
	 */
	enum Unwritable {

		INSTANCE

	}

}
