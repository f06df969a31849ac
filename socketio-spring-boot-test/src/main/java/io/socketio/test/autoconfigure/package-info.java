/**
 * Test slice {@link io.socketio.test.autoconfigure.SocketIoTest @SocketIoTest} and the
 * auto-configuration of the tester.
 */
@NullMarked
package io.socketio.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
