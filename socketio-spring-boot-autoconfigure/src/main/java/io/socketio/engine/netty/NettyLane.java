package io.socketio.engine.netty;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.socketio.engine.EngineMessage;
import io.socketio.engine.Lane;
import io.socketio.protocol.EngineRevision;

/**
 * An event loop as a lane. Keeps the frames of the broadcasts it is writing, so that each
 * is encoded once for all connections of the loop.
 */
final class NettyLane implements Lane {

	private static final Log logger = LogFactory.getLog(NettyLane.class);

	private final EventLoop eventLoop;

	/**
	 * Frames by the revision whose form they have; that of text is the same in all.
	 */
	private final Map<EngineRevision, Map<EngineMessage, ByteBuf>> frames = new EnumMap<>(EngineRevision.class);

	private boolean releasing;

	NettyLane(EventLoop eventLoop) {
		this.eventLoop = eventLoop;
	}

	@Override
	public boolean inLane() {
		return this.eventLoop.inEventLoop();
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Event loop is shut down, its connections are gone");
		}
	}

	/**
	 * Encode a message, or return a duplicate of what was encoded for another connection.
	 * Called on the lane.
	 * @param message the message
	 * @param revision the revision of the protocol that the connection speaks
	 * @param allocator where the frames are allocated
	 * @return the frames, to be released by the caller
	 */
	ByteBuf frames(EngineMessage message, EngineRevision revision, ByteBufAllocator allocator) {
		if (!message.shared()) {
			return WebSocketFrames.encode(message.packets(), revision.codec(), allocator);
		}
		Map<EngineMessage, ByteBuf> sameForm = this.frames
			.computeIfAbsent(message.binary() ? revision : EngineRevision.V4, (created) -> new IdentityHashMap<>());
		ByteBuf encoded = sameForm.get(message);
		if (encoded == null) {
			encoded = WebSocketFrames.encode(message.packets(), revision.codec(), allocator);
			if (!this.releasing) {
				this.releasing = true;
				execute(this::releaseFrames); // runs when the drains queued by now are
												// done
			}
			sameForm.put(message, encoded);
		}
		return encoded.retainedDuplicate();
	}

	private void releaseFrames() {
		this.releasing = false;
		for (Map<EngineMessage, ByteBuf> sameForm : this.frames.values()) {
			sameForm.values().forEach(ByteBuf::release);
			sameForm.clear();
		}
	}

}
