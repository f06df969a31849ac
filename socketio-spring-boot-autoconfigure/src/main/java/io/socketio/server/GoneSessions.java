package io.socketio.server;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.socketio.recovery.RecoveryFailure;

/**
 * Why the last sessions were given up, so that a client that comes too late can be told
 * from one that was never known. Guarded by the namespace's sequencer.
 */
final class GoneSessions {

	private static final int MAX_REMEMBERED = 1000;

	private final Map<String, RecoveryFailure> reasons = new LinkedHashMap<>();

	void add(String privateId, RecoveryFailure reason) {
		this.reasons.put(privateId, reason);
		if (this.reasons.size() > MAX_REMEMBERED) {
			this.reasons.remove(this.reasons.keySet().iterator().next());
		}
	}

	@Nullable RecoveryFailure reason(String privateId) {
		return this.reasons.get(privateId);
	}

}
