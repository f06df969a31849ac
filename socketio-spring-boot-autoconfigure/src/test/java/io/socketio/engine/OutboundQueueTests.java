package io.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.OutboundQueue.Offer;
import io.socketio.protocol.EnginePacket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue}.
 */
class OutboundQueueTests {

	private static final int LIMIT = 1000;

	private final OutboundQueue queue = new OutboundQueue(LIMIT);

	/**
	 * Create a message of a certain cost.
	 * @param cost the cost
	 * @return the message
	 */
	private static EngineMessage message(int cost) {
		EngineMessage empty = EngineMessage.of(EnginePacket.message(""));
		EngineMessage message = EngineMessage.of(EnginePacket.message("x".repeat(cost - empty.cost())));
		assertThat(message.cost()).isEqualTo(cost);
		return message;
	}

	private static EngineMessage message(String text) {
		return EngineMessage.of(EnginePacket.message(text));
	}

	@Test
	@DisplayName("first in, first out")
	void order() {
		List<EngineMessage> messages = List.of(message("a"), message("b"), message("c"), message("d"), message("e"));
		this.queue.offer(messages.get(0));
		this.queue.offerUnbounded(messages.get(1));
		this.queue.offer(messages.get(2));
		assertThat(this.queue.poll()).isSameAs(messages.get(0));
		this.queue.offer(messages.get(3));
		this.queue.offer(messages.get(4));
		for (EngineMessage message : messages.subList(1, 5)) {
			assertThat(this.queue.isEmpty()).isFalse();
			assertThat(this.queue.poll()).isSameAs(message);
		}
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.poll()).isNull();
	}

	@Test
	@DisplayName("one drain is asked for until the queue was found empty")
	void schedule() {
		assertThat(this.queue.offer(message("a"))).isEqualTo(Offer.SCHEDULE);
		assertThat(this.queue.offer(message("b"))).isEqualTo(Offer.QUEUED);
		this.queue.poll();
		this.queue.poll();
		assertThat(this.queue.offer(message("c"))).isEqualTo(Offer.QUEUED);
		this.queue.poll();
		assertThat(this.queue.poll()).isNull();
		assertThat(this.queue.offerUnbounded(message("d"))).isEqualTo(Offer.SCHEDULE);
	}

	@Test
	@DisplayName("volatile messages are taken when none waits")
	void idle() {
		assertThat(this.queue.offerIfIdle(message("a"))).isEqualTo(Offer.SCHEDULE);
		assertThat(this.queue.offerIfIdle(message("b"))).isEqualTo(Offer.DROPPED);
		this.queue.poll();
		assertThat(this.queue.offerIfIdle(message("c"))).isEqualTo(Offer.QUEUED);
	}

	@Test
	@DisplayName("the limit holds for the cost of all that waits")
	void limit() {
		assertThat(this.queue.offer(message(400))).isEqualTo(Offer.SCHEDULE);
		assertThat(this.queue.offer(message(400))).isEqualTo(Offer.QUEUED);
		assertThat(this.queue.offer(message(201))).isEqualTo(Offer.OVERFLOW);
		assertThat(this.queue.offer(message(200))).isEqualTo(Offer.QUEUED);
		assertThat(this.queue.offer(message(100))).isEqualTo(Offer.OVERFLOW);
		this.queue.poll();
		assertThat(this.queue.offer(message(400))).isEqualTo(Offer.QUEUED);
		assertThat(this.queue.offer(message(100))).isEqualTo(Offer.OVERFLOW);
	}

	@Test
	@DisplayName("many tiny messages are bounded too")
	void tinyMessages() {
		int count = 0;
		while (this.queue.offer(message("")) != Offer.OVERFLOW) {
			count++;
		}
		assertThat(count).isLessThanOrEqualTo(LIMIT / 16);
	}

	@Test
	@DisplayName("a single message may be larger than the limit")
	void largeMessage() {
		assertThat(this.queue.offer(message(5000))).isEqualTo(Offer.SCHEDULE);
		assertThat(this.queue.offer(message(100))).isEqualTo(Offer.OVERFLOW);
		this.queue.poll();
		assertThat(this.queue.offer(message(100))).isEqualTo(Offer.QUEUED);
	}

	@Test
	@DisplayName("missed events do not count, as long as they wait")
	void unbounded() {
		assertThat(this.queue.offerUnbounded(message(3000))).isEqualTo(Offer.SCHEDULE);
		assertThat(this.queue.offerUnbounded(message(3000))).isEqualTo(Offer.QUEUED);
		assertThat(this.queue.offer(message(900))).isEqualTo(Offer.QUEUED);
		assertThat(this.queue.offer(message(200))).isEqualTo(Offer.OVERFLOW);
		this.queue.poll();
		assertThat(this.queue.offer(message(200))).isEqualTo(Offer.OVERFLOW);
		this.queue.poll();
		assertThat(this.queue.offer(message(200))).isEqualTo(Offer.OVERFLOW);
		this.queue.poll();
		assertThat(this.queue.offer(message(200))).isEqualTo(Offer.QUEUED);
	}

	@Test
	@DisplayName("closed: nothing is taken, what waits can be polled")
	void close() {
		this.queue.offer(message("a"));
		this.queue.close();
		assertThat(this.queue.offer(message("b"))).isEqualTo(Offer.DROPPED);
		assertThat(this.queue.offerUnbounded(message("b"))).isEqualTo(Offer.DROPPED);
		assertThat(this.queue.offerIfIdle(message("b"))).isEqualTo(Offer.DROPPED);
		assertThat(this.queue.poll().packets().get(0).text()).isEqualTo("a");
		assertThat(this.queue.poll()).isNull();
	}

	@Test
	@DisplayName("cleared: nothing is left, nothing is taken")
	void clear() {
		this.queue.offer(message("a"));
		this.queue.clear();
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.poll()).isNull();
		assertThat(this.queue.offer(message("b"))).isEqualTo(Offer.DROPPED);
	}

	@Test
	@DisplayName("callbacks are called when all before them was taken, in their order")
	void whenTaken() {
		List<String> calls = new ArrayList<>();
		this.queue.whenTaken(() -> calls.add("nothing waits"));
		assertThat(calls).containsExactly("nothing waits");
		this.queue.offer(message("a"));
		this.queue.whenTaken(() -> calls.add("a"));
		this.queue.whenTaken(() -> calls.add("a too"));
		this.queue.whenTaken(() -> calls.add("a as well"));
		this.queue.offer(message("b"));
		this.queue.whenTaken(() -> calls.add("b"));
		this.queue.offer(message("c"));
		this.queue.poll();
		assertThat(calls).containsExactly("nothing waits", "a", "a too", "a as well");
		this.queue.poll();
		assertThat(calls).hasSize(5).endsWith("b");
	}

	@Test
	@DisplayName("callbacks are called when the queue is cleared")
	void whenCleared() {
		List<String> calls = new ArrayList<>();
		this.queue.offer(message("a"));
		this.queue.whenTaken(() -> calls.add("first"));
		this.queue.whenTaken(() -> calls.add("second"));
		this.queue.clear();
		assertThat(calls).containsExactly("first", "second");
	}

	@Test
	@DisplayName("filled by several threads, emptied by one: nothing is lost, a drain is always asked for")
	void concurrency() throws InterruptedException {
		int threads = 4;
		int each = 5000;
		OutboundQueue large = new OutboundQueue(Long.MAX_VALUE);
		AtomicInteger drains = new AtomicInteger();
		List<Thread> producers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			String name = i + " ";
			producers.add(new Thread(() -> {
				for (int n = 0; n < each; n++) {
					if (large.offer(message(name + n)) == Offer.SCHEDULE) {
						drains.incrementAndGet();
					}
				}
			}));
		}
		producers.forEach(Thread::start);
		int[] next = new int[threads];
		int taken = 0;
		while (taken < threads * each) {
			if (drains.get() == 0) {
				Thread.onSpinWait();
				continue;
			}
			drains.decrementAndGet();
			for (EngineMessage message = large.poll(); message != null; message = large.poll()) {
				String[] text = message.packets().get(0).text().split(" ");
				assertThat(Integer.parseInt(text[1])).isEqualTo(next[Integer.parseInt(text[0])]++);
				taken++;
			}
			assertThat(drains.get()).isLessThanOrEqualTo(1);
		}
		for (Thread producer : producers) {
			producer.join();
		}
		assertThat(large.isEmpty()).isTrue();
	}

}
