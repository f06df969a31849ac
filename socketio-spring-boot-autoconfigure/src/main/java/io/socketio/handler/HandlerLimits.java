package io.socketio.handler;

/**
 * Limits for each socket of a namespace.
 *
 * @param maxPending events that may be waiting or unfinished before reading stops
 * @param maxConcurrent calls of reactive handlers that may be unfinished at a time
 * @param slots number of slots that unfinished calls are counted in
 */
record HandlerLimits(int maxPending, int maxConcurrent, int slots) {

}
