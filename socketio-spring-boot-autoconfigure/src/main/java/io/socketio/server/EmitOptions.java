package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Modifiers of an emit.
 *
 * @param compress whether it may be compressed
 * @param dropIfBusy whether it is volatile
 * @param local whether it is for this node only
 * @param timeout time to wait for acknowledgements, or {@code null} for the default
 * @param conflationKey of the events with one key only the newest is sent again, or
 * {@code null} for none
 */
record EmitOptions(boolean compress, boolean dropIfBusy, boolean local, @Nullable Duration timeout,
		@Nullable String conflationKey) {

	static final EmitOptions DEFAULT = new EmitOptions(true, false, false, null, null);

	EmitOptions withCompress(boolean value) {
		return new EmitOptions(value, this.dropIfBusy, this.local, this.timeout, this.conflationKey);
	}

	EmitOptions withDropIfBusy() {
		return new EmitOptions(this.compress, true, this.local, this.timeout, this.conflationKey);
	}

	EmitOptions withLocal() {
		return new EmitOptions(this.compress, this.dropIfBusy, true, this.timeout, this.conflationKey);
	}

	EmitOptions withTimeout(Duration value) {
		return new EmitOptions(this.compress, this.dropIfBusy, this.local, value, this.conflationKey);
	}

	EmitOptions withConflationKey(String value) {
		return new EmitOptions(this.compress, this.dropIfBusy, this.local, this.timeout, value);
	}

}
