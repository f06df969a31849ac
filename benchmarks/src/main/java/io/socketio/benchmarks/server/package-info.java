/**
 * Our server as a user would write it: annotated beans and properties.
 */
@NullMarked
package io.socketio.benchmarks.server;

import org.jspecify.annotations.NullMarked;
