package io.socketio.handler;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Settles a call when its reactive result is there. Signals after the last one, which
 * only faulty publishers send, are ignored.
 */
final class ResultSubscriber implements CoreSubscriber<Object> {

	private final HandlerCall call;

	private final boolean noAnswer;

	private boolean done;

	private @Nullable Object value;

	ResultSubscriber(HandlerCall call, boolean noAnswer) {
		this.call = call;
		this.noAnswer = noAnswer;
	}

	@Override
	public Context currentContext() {
		return this.call.work().context().reactor();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object value) {
		this.value = value;
	}

	@Override
	public void onComplete() {
		if (this.done) {
			return;
		}
		this.done = true;
		if (this.noAnswer) {
			this.call.completeWithoutAnswer();
		}
		else {
			this.call.complete(this.value);
		}
	}

	@Override
	public void onError(Throwable ex) {
		if (this.done) {
			return;
		}
		this.done = true;
		this.call.fail(ex, false);
	}

}
