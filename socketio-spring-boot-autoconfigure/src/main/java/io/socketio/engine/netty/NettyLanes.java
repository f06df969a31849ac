package io.socketio.engine.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import io.socketio.engine.Lane;

/**
 * The lanes of the event loops that carry connections: one for each, created when it is
 * first seen.
 *
 * @since 0.1.0
 */
public final class NettyLanes {

	private final Map<EventLoop, NettyLane> lanes = new ConcurrentHashMap<>();

	/**
	 * Return the lane of a channel's event loop.
	 * @param channel the channel
	 * @return the lane, always the same for one event loop
	 */
	public Lane lane(Channel channel) {
		return nettyLane(channel);
	}

	NettyLane nettyLane(Channel channel) {
		return this.lanes.computeIfAbsent(channel.eventLoop(), NettyLane::new);
	}

}
