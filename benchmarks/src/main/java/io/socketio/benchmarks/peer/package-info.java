/**
 * The servers under load, each a process of its own.
 */
@NullMarked
package io.socketio.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
