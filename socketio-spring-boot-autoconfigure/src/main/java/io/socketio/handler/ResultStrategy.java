package io.socketio.handler;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What becomes of a handler method's result, decided once for each method.
 */
@FunctionalInterface
interface ResultStrategy {

	/**
	 * The result is the answer, an empty one if it is {@code null}.
	 */
	ResultStrategy VALUE = HandlerCall::complete;

	/**
	 * The method answers by itself.
	 */
	ResultStrategy NO_ANSWER = (call, result) -> call.completeWithoutAnswer();

	/**
	 * Nothing is known of the type before the call.
	 */
	ResultStrategy DYNAMIC = (call, result) -> {
		if (result instanceof Publisher || result instanceof CompletionStage) {
			of(ResolvableType.forInstance(result), false).settle(call, result);
		}
		else {
			call.complete(result);
		}
	};

	/**
	 * Settle a call by the result of the method.
	 * @param call the call
	 * @param result what the method returned
	 */
	void settle(HandlerCall call, @Nullable Object result);

	/**
	 * Choose the strategy for a method.
	 * @param type what the method returns
	 * @param answersItself whether the method takes an acknowledgement
	 * @return the strategy
	 */
	static ResultStrategy of(ResolvableType type, boolean answersItself) {
		Class<?> raw = type.toClass();
		if (raw == void.class || raw == Void.class) {
			return answersItself ? NO_ANSWER : VALUE;
		}
		ReactiveAdapter adapter = adapter(raw);
		if (adapter == null) {
			return (raw == Object.class) ? DYNAMIC : VALUE;
		}
		boolean noValue = adapter.isNoValue() || type.getGeneric().resolve() == Void.class;
		return reactive(adapter, noValue && answersItself);
	}

	/**
	 * Choose the strategy for a suspending function, whose result is a {@code Mono}, or a
	 * {@code Flux} where it returns a {@code Flow}.
	 * @param type what the function returns, as Kotlin sees it
	 * @param answersItself whether the function takes an acknowledgement
	 * @return the strategy
	 */
	static ResultStrategy ofSuspending(ResolvableType type, boolean answersItself) {
		return subscribing(
				(result) -> (result instanceof Flux<?> flow) ? flow.collectList() : Mono.from((Publisher<?>) result),
				answersItself && type.toClass().getName().equals("kotlin.Unit"));
	}

	/**
	 * Whether a method that returns a type leaves its work to others.
	 * @param type what the method returns
	 * @return {@code true} for reactive types and {@code CompletionStage}
	 */
	static boolean isReactive(ResolvableType type) {
		return adapter(type.toClass()) != null;
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
	}

	private static ResultStrategy reactive(ReactiveAdapter adapter, boolean noAnswer) {
		return subscribing((result) -> {
			Publisher<Object> publisher = adapter.toPublisher(result);
			return adapter.isMultiValue() ? Flux.from(publisher).collectList() : publisher;
		}, noAnswer);
	}

	private static ResultStrategy subscribing(Function<Object, Publisher<?>> toPublisher, boolean noAnswer) {
		return (call, result) -> {
			if (result == null) {
				call.complete(null);
				return;
			}
			ResultSubscriber subscriber = new ResultSubscriber(call, noAnswer);
			try {
				toPublisher.apply(result).subscribe(subscriber);
			}
			catch (Throwable ex) {
				subscriber.onError(ex);
			}
		};
	}

}
