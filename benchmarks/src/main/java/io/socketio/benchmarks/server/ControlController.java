package io.socketio.benchmarks.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.benchmarks.server.Audience.Measured;
import io.socketio.benchmarks.server.Audience.WarmUp;

/**
 * Does what the load client asks for.
 */
@SocketIoController("/control")
class ControlController {

	private final Audience measured;

	private final Audience warmUp;

	ControlController(Measured measured, WarmUp warmUp) {
		this.measured = measured;
		this.warmUp = warmUp;
	}

	private Audience audience(String namespace) {
		return namespace.equals("/") ? this.measured : this.warmUp;
	}

	@SocketIoEvent("present")
	int present(String namespace) {
		return audience(namespace).present();
	}

	@SocketIoEvent("greet")
	void greet(String namespace) {
		audience(namespace).greet();
	}

	@SocketIoEvent("emit")
	int emit(String namespace, int count, boolean mixed) {
		return audience(namespace).emit(count, mixed);
	}

	@SocketIoEvent("broadcast")
	void broadcast(int number, String text) {
		this.measured.broadcast(number, text);
	}

	/**
	 * Collect garbage, and start to watch the peak of the heap.
	 * @return bytes in use
	 */
	@SocketIoEvent("collect")
	long collect() {
		ManagementFactory.getMemoryMXBean().gc();
		heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * The peak of the heap, garbage included: the sum of its pools' peaks.
	 * @return bytes
	 */
	@SocketIoEvent("peak")
	long peak() {
		return heapPools().stream().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum();
	}

	private static List<MemoryPoolMXBean> heapPools() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
	}

}
