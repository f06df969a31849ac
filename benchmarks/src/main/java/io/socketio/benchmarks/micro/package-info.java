/**
 * Benchmarks of single parts, by JMH.
 */
@NullMarked
package io.socketio.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
