/**
 * Connection state recovery: the store of sessions and the log of events.
 */
@NullMarked
package io.socketio.recovery;

import org.jspecify.annotations.NullMarked;
