package io.socketio.server;

import java.time.Duration;

import io.socketio.recovery.LogBudget;
import io.socketio.recovery.RecoveryOptions;

/**
 * What the recoveries of all namespaces share.
 *
 * @param options the settings
 * @param monitor tells the application what becomes of recoveries
 * @param budget limits of all logs together
 * @param quota limit of the sessions that all namespaces keep
 * @param gate limits how many clients are sent what they missed at the same time
 * @param detection how long a broken connection may go unnoticed: events emitted in that
 * time may be missed although the socket still looks connected
 */
record RecoveryContext(RecoveryOptions options, RecoveryMonitor monitor, LogBudget budget, SessionQuota quota,
		ReplayGate gate, Duration detection) {

}
