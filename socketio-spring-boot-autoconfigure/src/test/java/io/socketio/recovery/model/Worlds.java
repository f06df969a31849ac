package io.socketio.recovery.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;

/**
 * Servers that programs share, each in namespaces of its own. A server is replaced after
 * a number of programs, since its logs grow.
 */
final class Worlds implements AutoCloseable {

	private static final int MAX_PROGRAMS = 250;

	private final Map<World, Place> places = new EnumMap<>(World.class);

	private final List<Place> all = new CopyOnWriteArrayList<>();

	synchronized Place enter(World world) {
		Place place = this.places.get(world);
		if (place == null || place.entered == MAX_PROGRAMS) {
			place = new Place(world.start());
			this.places.put(world, place);
			this.all.add(place);
		}
		place.entered++;
		place.inside++;
		return place;
	}

	void leave(Place place) {
		synchronized (this) {
			place.inside--;
			if (place.inside > 0 || place.entered < MAX_PROGRAMS) {
				return;
			}
		}
		this.all.remove(place);
		place.server.close();
	}

	@Override
	public void close() {
		this.all.forEach((place) -> place.server.close());
	}

	/**
	 * A server.
	 */
	static final class Place {

		final TestServer server;

		private final AtomicInteger namespaces = new AtomicInteger();

		private final AtomicBoolean mainTaken = new AtomicBoolean();

		private volatile ProgramRun main;

		private int entered;

		private int inside;

		Place(TestServer server) {
			this.server = server;
			server.server().use((socket) -> {
				ProgramRun run = this.main;
				return (run != null) ? run.admit(socket) : Mono.empty();
			});
			server.server().onConnection((socket) -> {
				ProgramRun run = this.main;
				if (run != null) {
					run.connected(socket);
				}
			});
		}

		/**
		 * Have a namespace of one's own.
		 * @param run who wants it
		 * @param wantsMain whether it should be {@code /}, if nobody else has it
		 * @return the namespace
		 */
		SocketIoNamespace namespace(ProgramRun run, boolean wantsMain) {
			if (wantsMain && this.mainTaken.compareAndSet(false, true)) {
				this.main = run;
				return this.server.server();
			}
			SocketIoNamespace namespace = this.server.server().of("/p" + this.namespaces.incrementAndGet());
			namespace.use(run::admit);
			namespace.onConnection(run::connected);
			return namespace;
		}

		void release(ProgramRun run, List<SocketIoSocket> live) {
			if (this.main == run && live.isEmpty()) {
				this.main = null;
				this.mainTaken.set(false);
			}
		}

	}

}
