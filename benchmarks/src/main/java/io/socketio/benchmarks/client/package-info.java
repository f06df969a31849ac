/**
 * A load client that costs far less than any server: prepared frames, one event loop, and
 * counts and order checked on the way.
 */
@NullMarked
package io.socketio.benchmarks.client;

import org.jspecify.annotations.NullMarked;
