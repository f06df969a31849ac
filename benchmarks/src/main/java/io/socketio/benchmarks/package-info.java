/**
 * Scenarios that measure the server beside its peers.
 * {@link io.socketio.benchmarks.Benchmarks} runs them.
 */
@NullMarked
package io.socketio.benchmarks;

import org.jspecify.annotations.NullMarked;
