/**
 * A client for tests: {@link io.socketio.test.SocketIoTester} connects
 * {@link io.socketio.test.TestSocket}s to a server on a real port. Knows neither Spring
 * Boot nor a test framework.
 */
@NullMarked
package io.socketio.test;

import org.jspecify.annotations.NullMarked;
