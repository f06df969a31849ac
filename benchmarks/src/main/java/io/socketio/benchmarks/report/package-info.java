/**
 * Results as Markdown.
 */
@NullMarked
package io.socketio.benchmarks.report;

import org.jspecify.annotations.NullMarked;
